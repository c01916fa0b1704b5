// Vault · which patients have a business identifier.
internal import Cryptography
internal import FHIR
public import Primitives
internal import Storage

extension VaultDirectory {
    /// The subject of the only patient who has, or once had, this identifier; nil if nobody has it, or several.
    ///
    /// It says nothing about whether anybody may know: whoever asks by an identifier is answered from the patient's
    /// record as far as they may see it, and from nothing else.
    public func subject(identified system: String, _ value: String) throws(SteleError) -> SubjectID? {
        var found: Set<SubjectID> = []
        let prefix = row(.identifier, Self.name(system, value))
        try rowsByPrefix(prefix) { (key, plain) throws(SteleError) in
            guard let subject = SubjectID(plain) else { throw .damaged("directory entry") }
            found.insert(subject)
        }
        return found.count == 1 ? found.first : nil
    }

    /// Adds rows for the identifiers of `drafts`, which are of `subject`, to `batch`. A row for each pair of identifier
    /// and subject: nothing is read, so writers of different subjects need not wait for each other.
    func putIdentifiers(of drafts: [RecordDraft], of subject: SubjectID, into batch: inout WriteBatch) {
        for draft in drafts where draft.resource.type == ResourceType.patient.name {
            for (system, value) in draft.facts.identifiers(of: .patient) {
                let name = Self.name(system, value)
                let key = row(.identifier, name) + row(.identifier, name + [0] + subject.bytes).dropFirst().prefix(16)
                batch.put(key, rows.seal(subject.bytes, for: key), in: Self.family)
            }
        }
    }

    private static func name(_ system: String, _ value: String) -> [UInt8] {
        Array(system.utf8) + [0] + Array(value.utf8)
    }
}
