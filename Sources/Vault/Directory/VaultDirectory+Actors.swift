// Vault · the directory's actors.
public import Primitives

extension VaultDirectory {
    /// Adds an actor. Durable when this returns.
    ///
    /// - Throws: ``SteleError`` with code `vault.actor_exists` when an actor has the id, the DID or the client id.
    public func registerActor(_ actor: RegisteredActor) async throws(SteleError) {
        try await lock.withLock(Self.actorsLock) { () async throws(SteleError) in
            guard try find(actorRow(actor.id), Self.decodeActor) == nil else { throw Self.actorExists }
            noteIdentifying(actor.identifyingTexts)
            try await write(changes(from: nil, to: actor), sync: true)
        }
    }

    /// Changes what is known of an actor. Durable when this returns; nothing is changed when `change` throws.
    ///
    /// - Throws: ``SteleError`` with code `vault.actor_unknown`, or `vault.actor_exists` when another actor has the new
    ///   DID or client id.
    @discardableResult
    public func updateActor(
        id: String, _ change: @Sendable (inout RegisteredActor) throws(SteleError) -> Void
    ) async throws(SteleError) -> RegisteredActor {
        try await lock.withLock(Self.actorsLock) { () async throws(SteleError) in
            guard let old = try actor(id: id) else {
                throw SteleError(
                    .vaultActorUnknown, "the vault keeps no such actor", hint: "list the actors with `stele actor list`"
                )
            }
            var new = old
            try change(&new)
            noteIdentifying(new.identifyingTexts)
            if new != old { try await write(changes(from: old, to: new), sync: true) }
            return new
        }
    }

    /// The actor with this id, or nil.
    public func actor(id: String) throws(SteleError) -> RegisteredActor? {
        guard case .actor(let actor)? = try find(actorRow(id), Self.decodeActor) else { return nil }
        return actor
    }

    /// The actor with this DID, or nil.
    public func actor(did: String) throws(SteleError) -> RegisteredActor? {
        try actor(named: row(.did, did.utf8))
    }

    /// The actor with this client id at the token endpoint, or nil.
    public func actor(clientID: String) throws(SteleError) -> RegisteredActor? {
        try actor(named: row(.client, clientID.utf8))
    }

    /// Every actor, by id.
    public func actors() throws(SteleError) -> [RegisteredActor] {
        var actors: [RegisteredActor] = []
        try forEach(.actor, Self.decodeActor) { (entry) throws(SteleError) in
            if case .actor(let actor) = entry { actors.append(actor) }
        }
        return actors.sorted { $0.id < $1.id }
    }

    private func actor(named key: [UInt8]) throws(SteleError) -> RegisteredActor? {
        guard case .actorID(let id)? = try find(key, Self.decodeActorID) else { return nil }
        guard let actor = try actor(id: id) else { throw .damaged("directory entry") }
        return actor
    }

    /// The rows to write so that `new` takes the place of `old`.
    private func changes(
        from old: RegisteredActor?, to new: RegisteredActor
    ) throws(SteleError) -> [(key: [UInt8], entry: Entry?)] {
        var changes: [(key: [UInt8], entry: Entry?)] = [(actorRow(new.id), .actor(new))]
        let names: [(Tag, String?, String?)] = [
            (.did, old?.did, new.did), (.client, old?.clientID, new.clientID),
        ]
        for (tag, oldName, newName) in names where oldName != newName {
            if let oldName { changes.append((row(tag, oldName.utf8), nil)) }
            guard let newName else { continue }
            let key = row(tag, newName.utf8)
            guard try find(key, Self.decodeActorID) == nil else { throw Self.actorExists }
            changes.append((key, .actorID(new.id)))
        }
        return changes
    }

    private func actorRow(_ id: String) -> [UInt8] { row(.actor, id.utf8) }

    private static let actorsLock = [Tag.actor.rawValue]

    private static var actorExists: SteleError {
        SteleError(
            .vaultActorExists, "another actor has this id, DID or client id",
            hint: "change the actor that has it, or choose another")
    }

    private static func decodeActor(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        .actor(try decoding("actor") { () throws(CBORError) in try RegisteredActor(bytes) })
    }

    private static func decodeActorID(_ bytes: [UInt8]) throws(SteleError) -> Entry {
        guard let id = String(validating: bytes, as: UTF8.self) else { throw .damaged("directory entry") }
        return .actorID(id)
    }
}
