// Node · tokens turned back into labels, by trying the labels that a custodian knows.
internal import Cryptography
internal import FHIR
internal import Primitives
internal import Synchronization
internal import Vault

/// Reads tokens of subjects by making the tokens of every label that can stand in a grant, and remembers what it found.
///
/// A token that no known label makes is padding, or a label of somebody this custodian has never heard of. Trying all
/// for one subject costs some milliseconds; asking again costs nothing while the directory stays as it is.
final class LabelReader: Sendable {
    /// Most subjects, counted once for each policy key, whose tokens are remembered.
    static let subjectCountMax = 64

    private struct Name: Hashable {
        let subject: SubjectID
        let version: UInt32
    }
    private struct Memory {
        let mark: [Int]
        var found: [Token: Label] = [:]
        var tried: Set<Token> = []
    }
    private struct People {
        let changeCount: Int
        let labels: Set<Label>
        let names: [Label: String]
    }

    // Held for a look-up; what is worked out is worked out outside.
    private let memories = Mutex<[Name: Memory]>([:])
    private let people = Mutex<People?>(nil)

    /// The labels behind those of `tokens`, made with `key`, that can be read.
    func labels(
        behind tokens: Set<Token>, under key: PolicyKey, of subject: RegisteredSubject, in vault: Vault,
        teams: Set<Bytes32>
    ) throws(SteleError) -> [Token: Label] {
        let compartment = try vault.compartment(of: subject.id)
        let mark = [vault.directory.changeCount, compartment.entries.count, teams.count]
        let name = Name(subject: subject.id, version: key.version)
        var memory = memories.withLock { memories -> Memory in
            if let known = memories[name], known.mark == mark { return known }
            return Memory(mark: mark)
        }
        let unknown = tokens.subtracting(memory.tried)
        if !unknown.isEmpty {
            var missing = unknown
            func attempt(_ label: Label) {
                let token = key.token(for: label)
                if missing.remove(token) != nil { memory.found[token] = label }
            }
            for label in Self.fixed where !missing.isEmpty { attempt(label) }
            for team in teams { attempt(.team(team.hex)) }
            for label in try known(in: vault.directory).labels where !missing.isEmpty { attempt(label) }
            for own in try Self.own(subject, in: vault.directory) { attempt(own) }
            for entry in compartment.current() where !missing.isEmpty {
                attempt(.record(entry.resource.description))
            }
            memory.tried.formUnion(unknown)
            memories.withLock { memories in
                if memories.count >= Self.subjectCountMax { memories.removeAll() }
                memories[name] = memory
            }
        }
        return memory.found.filter { tokens.contains($0.key) }
    }

    /// What people call those whom labels name.
    func names(in directory: VaultDirectory) throws(SteleError) -> [Label: String] { try known(in: directory).names }

    /// Whether `label` names one of the staff or systems, a role or an organisation of theirs.
    func isKnown(_ label: Label, in directory: VaultDirectory) throws(SteleError) -> Bool {
        try known(in: directory).labels.contains(label)
    }

    // MARK: - What can stand in a grant

    private static let fixed: [Label] = {
        var labels: [Label] = [.all] + PurposeOfUse.parents.keys.map(Label.purpose)
        let categories = RecordCategory.allCases.map(\.rawValue)
        labels += categories.map(Label.category)
        labels += Sensitivity.allCases.map { .sensitivity($0.rawValue) }
        labels += ResourceType.allCases.map { .type($0.name) }
        for type in ResourceType.allCases {
            labels += categories.map { .typeInCategory(type: type.name, category: $0) }
        }
        return labels
    }()

    /// Staff and systems with their roles and organisations; patients are tried for themselves only.
    private func known(in directory: VaultDirectory) throws(SteleError) -> People {
        let changeCount = directory.changeCount
        if let known = people.withLock({ $0 }), known.changeCount == changeCount { return known }
        var labels: Set<Label> = []
        var names: [Label: String] = [:]
        for actor in try directory.actors() where actor.patientSubject == nil {
            labels.insert(.actor(actor.did))
            labels.insert(.organisation(actor.organisation))
            labels.formUnion(actor.roles.map { .role(code: $0, organisation: actor.organisation) })
            names[.actor(actor.did)] = actor.displayName
        }
        let found = People(changeCount: changeCount, labels: labels, names: names)
        people.withLock { $0 = found }
        return found
    }

    private static func own(_ subject: RegisteredSubject, in directory: VaultDirectory) throws(SteleError) -> [Label] {
        [
            .actor(DIDKey.did(of: subject.consentKey)), .organisation(subject.organisation),
            .role(code: "patient", organisation: subject.organisation),
        ]
    }
}
