// Vault · the encrypted store of a custodian, beside the ledger.
internal import Cryptography
public import Primitives
public import Storage
internal import Synchronization

/// A custodian's records, their index, what is known of subjects and actors, and the requests made for them: sealed.
///
/// **What it protects.** Whoever has the data directory without the root key learns how much there is, the lengths of
/// sealed values to the byte, how many rows belong together, and when files changed; no content, name, date, type or
/// identifier. A changed, moved or swapped row or blob is refused, never returned as something else. Rows put back to
/// an earlier state as a whole, or the newest ones removed, are not noticed here: the ledger's anchors show that.
/// **What it does not protect.** Whoever has the data directory *and* the root key has everything not erased. The
/// running process holds keys and open indexes in memory.
///
/// A record is written in two steps. `stage` makes it durable as *pending*, before the caller submits the transaction
/// that anchors it; `confirm` shows it to readers once that committed. After a crash, and from time to time,
/// `reconcile` settles by the ledger what neither step did.
///
/// All methods may be called from any thread or task at once.
public final class Vault: Sendable {
    /// The column families of the key store, and of the store of everything else.
    public static let keyFamilies = [KeyStore.family, VaultDirectory.peopleFamily]
    public static let contentFamilies = [
        recordFamily, CompartmentRows.family, requestFamily, VaultDirectory.family, PendingRows.family,
    ]
    static let recordFamily = ColumnFamily("record", index: 0, access: .pointLookup)
    static let requestFamily = ColumnFamily("request", index: 2, access: .ordered)

    /// Who is known here.
    public let directory: VaultDirectory

    let keyStore: KeyStore
    let store: any KeyValueStore
    let blobs: any BlobStore
    let committer: GroupCommitter
    let random: any RandomSource
    let pendingRows: PendingRows
    let categoryLock = KeyedLock<SubjectID>()
    // What is staged. Whoever settles a transaction takes it out first, so that nobody else does.
    let pending: Mutex<[TransactionID: PendingTransaction]>
    // Held only to find or keep a subject, never while rows are read.
    private let subjects: Mutex<OpenSubjects>

    private init(_ stores: VaultStores, keyStore: KeyStore, random: any RandomSource, openCostMax: Int)
        throws(SteleError)
    {
        self.keyStore = keyStore
        self.random = random
        store = stores.content
        blobs = stores.blobs
        committer = GroupCommitter(stores.content, name: "content")
        directory = VaultDirectory(stores.content, keyStore: keyStore, committer: committer, random: random)
        pendingRows = PendingRows(keyStore.current, random: random)
        // What is pending was sealed under the root of the index's epoch; of another, it is made anew.
        let isIndexCurrent = try Self.indexEpoch(in: stores.content) == keyStore.root.epoch
        pending = Mutex(isIndexCurrent ? try pendingRows.load(from: stores.content) : [:])
        subjects = Mutex(OpenSubjects(costMax: openCostMax))
    }

    /// Begins a new vault in empty stores.
    ///
    /// - Throws: ``SteleError`` with code `vault.exists`.
    public static func create(
        in stores: VaultStores, root: RootKey, random: any RandomSource, openCostMax: Int = openCostMax
    ) throws(SteleError) -> Vault {
        let keyStore = try KeyStore(creating: root, in: stores.keys, random: random)
        let vault = try Vault(stores, keyStore: keyStore, random: random, openCostMax: openCostMax)
        try vault.rebuildIndex()
        return vault
    }

    /// Opens a vault. What a crash left pending stays pending until ``reconcile(isCommitted:now:)``.
    ///
    /// If the content is of an earlier epoch than the keys, because it is an old copy or an erasure stopped half-way,
    /// its index is made anew first, which reads every compartment.
    ///
    /// - Throws: ``SteleError`` with code `vault.missing`, `keys.root_wrong`, `keys.epoch_retired` or `vault.damaged`.
    public static func open(
        in stores: VaultStores, root: RootKey, random: any RandomSource, openCostMax: Int = openCostMax
    ) throws(SteleError) -> Vault {
        let keyStore = try KeyStore(opening: stores.keys, root: root, random: random)
        let vault = try Vault(stores, keyStore: keyStore, random: random, openCostMax: openCostMax)
        if try indexEpoch(in: stores.content) != root.epoch { try vault.rebuildIndex() }
        return vault
    }

    /// The same with whichever of `roots` the key store is of: after a crash while an epoch ended there are two.
    public static func open(
        in stores: VaultStores, roots: [RootKey], random: any RandomSource, openCostMax: Int = openCostMax
    ) throws(SteleError) -> Vault {
        precondition(!roots.isEmpty, "a vault is opened with a root")
        let newest = try KeyStore.newestEpoch(in: stores.keys)
        let root = roots.first { $0.epoch == newest } ?? roots[0]
        return try open(in: stores, root: root, random: random, openCostMax: openCostMax)
    }

    /// The epoch of the root in force.
    public var epoch: UInt32 { keyStore.root.epoch }

    /// The failure after which requests and records can no longer be kept, if there was one.
    public var fault: SteleError? { committer.fault }

    /// What open compartments may cost in memory together, in entries; a subject counts as 64 more. Some hundreds of
    /// bytes for each.
    public static var openCostMax: Int { OpenSubjects.costMax }

    /// How many subjects are held open now.
    public var openSubjectCount: Int { subjects.withLock { $0.count } }

    /// Waits for what was handed over and closes the stores. Nothing may be called after that.
    public func close() throws(SteleError) {
        committer.finish()
        try keyStore.close()
        try store.close()
    }
}

// MARK: - Subjects
extension Vault {
    /// The open subject `id`: the only one there is at any time.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown`.
    func openSubject(_ id: SubjectID) throws(SteleError) -> OpenSubject {
        if let found = subjects.withLock({ $0.find(id) }) { return found }
        guard let keys = try keyStore.patientKeys(id) else {
            throw SteleError(
                .vaultSubjectUnknown, "the vault keeps no such subject",
                hint: "check the id; a subject is known to its own custodian only")
        }
        return subjects.withLock { subjects in
            if let found = subjects.find(id) { return found }
            let subject = OpenSubject(keys, store: store)
            subjects.keep(subject)
            return subject
        }
    }

    /// The subject's index as it is now. Opening it the first time reads and opens all of it; then it costs nothing.
    ///
    /// - Throws: ``SteleError`` with code `vault.subject_unknown` or `vault.damaged`.
    public func compartment(of subject: SubjectID) throws(SteleError) -> Compartment {
        let open = try openSubject(subject)
        let (compartment, entryCount) = try open.withState { (state) throws(SteleError) in
            (state.compartment, state.entryCount)
        }
        noteCost(of: subject, entryCount: entryCount)
        return compartment
    }

    /// Forgets the open subject `id`: its keys and its index leave memory when nobody uses them any more.
    func forget(_ id: SubjectID) { subjects.withLock { $0.remove(id) } }

    func noteCost(of subject: SubjectID, entryCount: Int) {
        subjects.withLock { $0.setCost(of: subject, entryCount: entryCount) }
    }
}
