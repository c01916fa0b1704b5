// Vault · who is known here: the subjects and the actors, sealed.
internal import Cryptography
internal import Primitives
internal import Storage
internal import Synchronization

/// The directory of subjects and actors, sealed under the root of the epoch.
///
/// Who is known lies in the key store, beside the keys, and is sealed anew when an epoch ends; what finds a subject by
/// a resource or a business identifier lies with the content, and is made anew from the compartments.
///
/// On disk neither an entry nor the identifier it is found by can be read or guessed at without the root. What is
/// looked up is kept decoded in memory, up to a bound. A change is visible once it is durable, never before. Changes to
/// one subject are made one after the other; so are changes to actors.
public final class VaultDirectory: Sendable {
    /// Who is known: in the key store.
    static let peopleFamily = ColumnFamily("people", index: 1, access: .ordered)
    /// Where resources and identifiers are: in the store of the content.
    static let family = ColumnFamily("directory", index: 3, access: .ordered)
    /// Most entries and look-ups kept in memory.
    static let cachedCountMax = 16_384

    enum Tag: UInt8 {
        case subject = 1, patient, actor, did, client, resource, identifier, assertion, identifying, erasure

        /// What the names of such rows are hashed with.
        var name: String {
            switch self {
            case .subject: "subject"
            case .patient: "patient"
            case .actor: "actor"
            case .did: "did"
            case .client: "client"
            case .resource: "resource"
            case .identifier: "identifier"
            case .assertion: "assertion"
            case .identifying: "identifying"
            case .erasure: "erasure"
            }
        }
    }

    /// What a row holds.
    enum Entry: Sendable {
        case subject(RegisteredSubject)
        case subjectID(SubjectID)
        case actor(RegisteredActor)
        case actorID(String)
    }

    private struct Cache: Sendable {
        var entries = BoundedCache<[UInt8], Entry>(costMax: cachedCountMax)
        var changeCount = 0
    }

    let keyStore: KeyStore
    let random: any RandomSource
    let rows: SealedRows
    let lock = KeyedLock<[UInt8]>()
    // The resources being staged, each for one subject by so many writers. Held for a moment, never while rows are
    // read.
    let claims = Mutex<[ResourceName: (subject: SubjectID, count: Int)]>([:])
    let store: any KeyValueStore
    let committer: GroupCommitter
    // Who is told what identifies somebody, before it can be used; set once.
    let identifyingListener = Mutex<IdentifyingListener?>(nil)
    private let cache = Mutex(Cache())  // What was read or written lately, by row key.

    init(_ store: any KeyValueStore, keyStore: KeyStore, committer: GroupCommitter, random: any RandomSource) {
        self.store = store
        self.keyStore = keyStore
        self.committer = committer
        self.random = random
        rows = SealedRows(kind: .directory, current: keyStore.current, random: random)
    }
}

// MARK: - Rows
extension VaultDirectory {
    /// How many writes there were since this was opened: while it stays, what was found stays true.
    public var changeCount: Int { cache.withLock { $0.changeCount } }

    func row(_ tag: Tag, _ name: some Sequence<UInt8>) -> [UInt8] { rows.key(tag.rawValue, tag.name, Array(name)) }

    /// The entry in row `key`, or nil; `decode` reads what was sealed.
    func find(
        _ key: [UInt8], _ decode: ([UInt8]) throws(SteleError) -> Entry
    ) throws(SteleError) -> Entry? {
        let (known, changeCount) = cache.withLock { ($0.entries.value(for: key), $0.changeCount) }
        if let known { return known }
        let (store, family) = place(of: key)
        guard let sealed = try store.get(key, in: family) else { return nil }
        let entry = try open(sealed, key, decode)
        cache.withLock { cache in
            // What was read before a change must not take the place of what the change put there.
            if cache.changeCount == changeCount { cache.entries.insert(entry, for: key) }
        }
        return entry
    }

    /// Calls `body` with every entry tagged `tag`, in no order that means anything.
    func forEach(
        _ tag: Tag, _ decode: ([UInt8]) throws(SteleError) -> Entry, _ body: (Entry) throws(SteleError) -> Void
    ) throws(SteleError) {
        let (store, family) = place(of: [tag.rawValue])
        try store.forEach(prefix: [tag.rawValue], in: family) { (key, sealed) throws(SteleError) in
            try body(open(sealed, key, decode))
            return true
        }
    }

    /// Calls `body` with what each row whose key begins with `prefix` holds, until it returns false.
    func forEachRow(
        prefix: [UInt8], _ body: ([UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        let (store, family) = place(of: prefix)
        try store.forEach(prefix: prefix, in: family) { (key, sealed) throws(SteleError) in
            try body(try reading("directory entry") { () throws(SteleError) in try rows.open(sealed, for: key) })
        }
    }

    /// The store and family of the rows whose keys begin like `key`.
    func place(of key: [UInt8]) -> (store: any KeyValueStore, family: ColumnFamily) {
        [Tag.resource.rawValue, Tag.identifier.rawValue, Tag.identifying.rawValue].contains(key[0])
            ? (store, Self.family) : (keyStore.store, Self.peopleFamily)
    }

    /// Forgets everything decoded: the rows have other names now.
    func forgetAll() {
        cache.withLock { cache in
            cache.changeCount += 1
            cache.entries = BoundedCache(costMax: Self.cachedCountMax)
        }
    }

    /// Writes who is known, or removes them where nil, all or none, with what `more` adds; visible when this returns.
    func write(
        _ changes: [(key: [UInt8], entry: Entry?)], sync: Bool, adding more: (inout WriteBatch) -> Void = { _ in }
    ) async throws(SteleError) {
        try keyStore.committer.checkRoom()
        var batch = WriteBatch()
        more(&batch)
        for (key, entry) in changes {
            guard let entry else {
                batch.delete(key, in: Self.peopleFamily)
                continue
            }
            let plain =
                switch entry {
                case .subject(let subject): subject.encoded
                case .subjectID(let id): id.bytes
                case .actor(let actor): actor.encoded
                case .actorID(let id): Array(id.utf8)
                }
            batch.put(key, rows.seal(plain, for: key), in: Self.peopleFamily)
        }
        try await keyStore.committer.commit(batch, sync: sync)
        cache.withLock { cache in
            cache.changeCount += 1
            for (key, entry) in changes {
                if let entry { cache.entries.insert(entry, for: key) } else { cache.entries.remove(key) }
            }
        }
    }

    private func open(
        _ sealed: [UInt8], _ key: [UInt8], _ decode: ([UInt8]) throws(SteleError) -> Entry
    ) throws(SteleError) -> Entry {
        let plain = try reading("directory entry") { () throws(SteleError) in try rows.open(sealed, for: key) }
        return try decode(plain)
    }
}
