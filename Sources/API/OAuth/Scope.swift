// API · what a token may be used for under /fhir.
internal import FHIR
internal import Primitives

/// A SMART v2 scope: `system/*.rs`. Source: SMART App Launch 2.2, "Scopes for requesting FHIR resources".
///
/// Version 1 scopes (`.read`), finer-grained ones (`?category=…`) and anything misspelt are refused, never narrowed or
/// ignored: a client must not believe it has what it has not.
struct Scope: Hashable, Sendable {
    enum Context: String, Sendable { case patient, user, system }

    /// What may be done, in the order in which SMART writes it.
    struct Permissions: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let create = Permissions(rawValue: 1)
        static let read = Permissions(rawValue: 2)
        static let update = Permissions(rawValue: 4)
        static let delete = Permissions(rawValue: 8)
        static let search = Permissions(rawValue: 16)
        static let letters: [(Character, Permissions)] = [
            ("c", .create), ("r", .read), ("u", .update), ("d", .delete), ("s", .search),
        ]
    }

    let context: Context
    /// Nil for every type.
    let type: ResourceType?
    let permissions: Permissions

    /// The scope written as `text`, or nil.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let context = Context(rawValue: String(parts[0])) else { return nil }
        let words = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard words.count == 2, !words[1].isEmpty else { return nil }
        if words[0] == "*" {
            type = nil
        } else {
            guard let type = ResourceType(name: String(words[0])) else { return nil }
            self.type = type
        }
        var permissions: Permissions = []
        var rest = Permissions.letters[...]
        for letter in words[1] {
            // Each letter once and in order: one spelling for one set.
            guard let place = rest.firstIndex(where: { $0.0 == letter }) else { return nil }
            permissions.insert(rest[place].1)
            rest = rest[(place + 1)...]
        }
        self.context = context
        self.permissions = permissions
    }

    var text: String {
        let letters = Permissions.letters.filter { permissions.contains($0.1) }.map(\.0)
        return "\(context.rawValue)/\(type?.name ?? "*").\(String(letters))"
    }

    /// Whether it allows `permission` on resources of `type`, or on every type if that is nil.
    func allows(_ permission: Permissions, on type: ResourceType?) -> Bool {
        permissions.contains(permission) && (self.type == nil || self.type == type)
    }

    /// Most scopes of one token.
    static let countMax = 32

    /// The scopes that `text` lists, separated by single spaces, each once.
    static func list(_ text: String) throws(SteleError) -> [Scope] {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard !words.contains(where: { $0.contains("?") }) else {
            throw SteleError(
                .tokenScope, "a scope is narrowed by a search parameter, which is not supported",
                hint: "ask for the whole type: the patient's grants narrow what you get, record by record")
        }
        let scopes = words.compactMap { Scope($0) }
        guard !scopes.isEmpty, scopes.count == words.count, scopes.count <= countMax,
            Set(scopes).count == scopes.count
        else {
            throw SteleError(
                .tokenScope, "the scope is not a list of SMART v2 scopes, each once",
                hint: "write scopes like system/*.rs or user/Observation.cruds, separated by single spaces")
        }
        return scopes
    }
}
