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

    /// Opens what `setup` names.
    /// - Throws: `store.locked`, `store.damaged`, `store.rolled_back`, `store.other_network`, `vault.damaged`,
    ///   `keys.root_wrong` and what the disk says.
    init(_ setup: NodeSetup, time: any TimeSource, random: any RandomSource) throws(SteleError) {
        let path = setup.directory.path
        self.setup = setup
        lock = try DirectoryLock(path)
        let signState = try SyncedSlotFile.open(setup.directory.signStatePath)
        store = try RocksDBStore(path: setup.directory.ledgerPath, columnFamilies: LedgerStore.columnFamilies)
        let ledger = try LedgerNode(
            genesis: setup.genesis, contracts: StandardContracts(), store: store, signState: signState,
            key: setup.keys.vote, time: time)
        vault = try Vault.open(at: path, root: setup.root, random: random)
        let emergencyKeys = try setup.keys.emergencyKeys(
            in: setup.directory.keysPath, root: setup.root.secret, chainID: setup.genesis.chainID, random: random)
        custodian = Custodian(
            ledger: ledger, vault: vault, nodeKey: setup.keys.node, emergencyKeys: emergencyKeys,
            organisation: setup.genesis.organisation, time: time, random: random)
    }

    /// Waits until everything accepted is durable and closes the stores. Nothing may be asked of the node after that.
    func close() async throws(SteleError) {
        await custodian.ledger.settle()
        try vault.close()
        try store.close()
    }
}
