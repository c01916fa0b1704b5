// SteleCommand · a data directory opened as a running custodian.
internal import Contracts
internal import Cryptography
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// A custodian with its stores open, and this process the only one that has them.
///
/// Opening checks the format, the lock, the genesis, the keys, the sign-state and both roots of the newest block, so
/// that a store that is newer, damaged, of another network or rolled back is refused before anything is signed or
/// served.
final class OpenNode: Sendable {
    /// Where everything comes from.
    let setup: NodeSetup
    /// Vault and ledger together.
    let custodian: Custodian
    private let store: RocksDBStore
    private let vault: Vault
    private let lock: DirectoryLock
    private let mirror: KeyMirror?
    private let fileSystems: FileSystems

    /// Opens what `setup` names.
    /// - Throws: `store.locked`, `store.damaged`, `store.rolled_back`, `store.other_network`, `vault.damaged`,
    ///   `keys.root_wrong` and what the disk says.
    init(
        _ setup: NodeSetup, time: any TimeSource, random: any RandomSource, cache: LeakCache?, log: ServiceLog
    ) throws(SteleError) {
        let path = setup.directory.path
        self.setup = setup
        let leaks = LeakGuard(cache)  // Gets its dictionary while the stores are opened.
        fileSystems = FileSystems(of: [path] + DataDirectory.stores.map { "\(path)/\($0)" })
        let reserve = setup.configuration.diskReserveMiB.map { UInt64($0) << 20 }
        let disk = DiskGuard(fileSystems, reserve: DiskReserve(byteCount: reserve), time: time)
        lock = try DirectoryLock(path)
        try Restoration.check(setup.directory)
        try FileList.setAside(in: path)
        let signState = try SyncedSlotFile.open(setup.directory.signStatePath)
        store = try RocksDBStore(path: setup.directory.ledgerPath, columnFamilies: LedgerStore.columnFamilies)
        let ledger = try LedgerNode(
            genesis: setup.genesis, contracts: StandardContracts(), store: store, signState: signState,
            key: setup.keys.vote, time: time, leaks: leaks, disk: disk)
        vault = try setup.openVault(random: random)
        let keeper = try NodeRootKeeper(setup, random: random) { log.write(.rootRenewed(epoch: $0)) }
        try keeper.settle(onEpoch: vault.epoch)
        let mirror = setup.configuration.keyMirror.map {
            KeyMirror(setup.configuration.resolve($0), of: setup.directory)
        }
        try mirror?.renew(from: vault)
        let epoch = vault.epoch
        let root = setup.roots.first { $0.epoch == epoch } ?? setup.roots[0]
        let emergencyKeys = try setup.keys.emergencyKeys(
            in: setup.directory.keysPath, root: root.secret, chainID: setup.genesis.chainID, random: random)
        custodian = Custodian(
            ledger: ledger, vault: vault, nodeKey: setup.keys.node, commonsKey: setup.keys.commons,
            nodeKeyKeeper: try NodeKeyFiles(setup, random: random), emergencyKeys: emergencyKeys,
            journal: try Self.journal(setup, ledger), organisation: setup.genesis.organisation, time: time,
            random: random,
            erasure: ErasureTerms(
                retention: setup.configuration.retention, rootKeeper: keeper,
                keysChanged: { (vault) throws(SteleError) in try mirror?.renew(from: vault, always: true) },
                ended: { log.write(.erasureEnded(recordCount: $0.recordCount, bodyCount: $0.bodyCount)) }))
        self.mirror = mirror
    }

    /// The journal of emergencies, made if it is missing. A node that has none and starts on a full disk goes without.
    private static func journal(_ setup: NodeSetup, _ ledger: LedgerNode) throws(SteleError) -> EmergencyJournal? {
        let path = setup.directory.journalPath
        if try !FolderCopy.exists(path) {
            guard ledger.disk?.reading.level != .full else { return nil }
            try EmergencyJournal.create(path)
        }
        return try EmergencyJournal(path, of: setup.genesis.organisation, on: ledger)
    }

    /// Copies the key store to its mirror, if there is one and anything in it has changed.
    func mirrorKeys() throws(SteleError) { try mirror?.renew(from: vault) }

    /// Waits until everything accepted is durable and closes the stores. Nothing may be asked of the node after that.
    func close() async throws(SteleError) {
        await custodian.ledger.settle()
        try mirrorKeys()
        try vault.close()
        try store.close()
        let former = try? FileList.read(setup.directory.path, name: FileList.formerName)
        try FileList.make(setup.directory.path, reusing: former ?? nil)
            .write(in: setup.directory.path, origin: setup.genesis.origin, key: setup.keysNow().node)
        try AtomicFile("\(setup.directory.path)/\(FileList.formerName)").remove()
    }

    /// Makes a backup at `path` while everything goes on: the stores are held still only while their checkpoints, which
    /// copy nothing, are made.
    func backUp(to path: String) async throws(SteleError) -> Backup.Made {
        let backup = Backup(setup: setup, path: path)
        try backup.checkPlace()
        if try fileSystems.hold(path) { try custodian.ledger.disk?.checkGrowth() }
        try custodian.ledger.disk?.checkSubmission()
        let staging = setup.directory.path + "/tmp/backup"
        let header = try await custodian.admission.alone { () async throws(SteleError) -> Header in
            await custodian.ledger.settle()
            try FolderCopy.remove(staging)
            try store.checkpoint(to: staging + "/ledger")
            try vault.copyContent(to: staging + "/vault")
            try vault.copyKeys(to: staging + "/keystore")
            try FolderCopy.copy(setup.directory.keysPath, to: staging + "/keys")
            try FolderCopy.copyFile(setup.directory.signStatePath, to: staging + "/signstate")
            if try FolderCopy.exists(setup.directory.journalPath) {
                try FolderCopy.copyFile(setup.directory.journalPath, to: staging + "/journal")
            }
            return custodian.ledger.head.header
        }
        let made = try backup.make(from: staging, header: header)
        try FolderCopy.remove(staging)
        return made
    }
}
