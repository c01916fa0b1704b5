// SteleCommand · a backup: a folder with all that a node needs to go on, except the root key.
internal import Cryptography
internal import Ledger
internal import Node
public import Primitives
internal import Storage
internal import Vault

extension ErrorCode {
    /// A path at which a backup or a restored directory should go and something is.
    public static let backupExists = ErrorCode("backup.exists")
    /// A data directory that no node was started in.
    public static let backupNothing = ErrorCode("backup.nothing")
    /// A backup of another node, or one that another root key belongs to.
    public static let backupOtherNode = ErrorCode("backup.other_node")
}

/// Makes backups of one node. Source: `docs/spec/backup.md`.
///
/// A backup appears under its name when all of it is durable. It holds ciphertext and the node's sealed keys; the root
/// key is never in it.
struct Backup {
    /// What a backup holds besides the stores.
    private static let files = ["FORMAT", "genesis.cbor", "stele.toml", "trust.key", "signstate", "journal"]
    private static let folders = ["keys", "tls"]
    private static let stores = ["ledger", "vault", "keystore"]

    /// What was made.
    struct Made: Sendable {
        let path: String
        let fileCount: Int
        let byteCount: Int
        let height: UInt64
    }

    let setup: NodeSetup
    /// Where it goes, absolute.
    let path: String

    private var data: String { setup.directory.path }
    private var staging: String { path + ".partial" }

    /// Throws unless the backup can be made at its path.
    func checkPlace() throws(SteleError) {
        guard path.hasPrefix("/"), path != data, !path.hasPrefix(data + "/"), !data.hasPrefix(path + "/") else {
            throw SteleError(
                .usageValue, "a backup goes to an absolute path that is apart from the data directory",
                hint: "give a path on another device")
        }
        guard try !FolderCopy.exists(path) else {
            throw SteleError(
                .backupExists, "there is something at the path of the backup",
                hint: "give each backup a path of its own")
        }
    }

    /// Copies a stopped node's files. The caller holds the directory's lock.
    func makeStopped() throws(SteleError) -> Made {
        try checkPlace()
        let store = try RocksDBStore(path: data + "/ledger", columnFamilies: LedgerStore.columnFamilies)
        guard try LedgerStore(store).isStarted else {
            throw SteleError(
                .backupNothing, "the node was never started, so there is nothing to back up",
                hint: "start it once with stele serve")
        }
        let header = try LedgerStore(store).newestHeader()
        try store.close()
        try FolderCopy.remove(staging)
        for folder in Self.stores { try FolderCopy.copy("\(data)/\(folder)", to: "\(staging)/\(folder)") }
        return try finish(header)
    }

    /// Copies a running node's files from checkpoints of its stores, which were made at one moment in `checkpoints`.
    func make(from checkpoints: String, header: Header) throws(SteleError) -> Made {
        try FolderCopy.remove(staging)
        for folder in Self.stores + ["keys"] {
            try FolderCopy.copy("\(checkpoints)/\(folder)", to: "\(staging)/\(folder)")
        }
        for file in ["signstate", "journal"] where try FolderCopy.exists("\(checkpoints)/\(file)") {
            try FolderCopy.copyFile("\(checkpoints)/\(file)", to: "\(staging)/\(file)")
        }
        return try finish(header)
    }

    /// The folders and files that checkpoints are made of, and the rest, which hardly changes.
    private func finish(_ header: Header) throws(SteleError) -> Made {
        for file in Self.files where try !FolderCopy.exists("\(staging)/\(file)") {
            if try FolderCopy.exists("\(data)/\(file)") {
                try FolderCopy.copyFile("\(data)/\(file)", to: "\(staging)/\(file)")
            }
        }
        for folder in Self.folders where try !FolderCopy.exists("\(staging)/\(folder)") {
            try FolderCopy.copy("\(data)/\(folder)", to: "\(staging)/\(folder)")
        }
        try copyBlobs()
        let node = try setup.keysNow(in: staging + "/keys").node
        let list = try FileList.make(
            staging,
            facts: [
                "backup of \(setup.genesis.origin)", "node \(node.publicKey.hex)", "height \(header.height)",
                "block \(header.hash.hex)",
            ])
        try list.write(in: staging, origin: setup.genesis.origin, key: node)
        try FolderCopy.rename(staging, to: path)
        return Made(
            path: path, fileCount: list.lines.count, byteCount: list.lines.reduce(0) { $0 + $1.byteCount },
            height: header.height)
    }

    /// Blobs never change. One that goes while they are copied was never anchored, or was erased.
    private func copyBlobs() throws(SteleError) {
        try Directory.create(staging + "/blobs")
        for file in try FolderCopy.files(in: data + "/blobs") {
            do throws(SteleError) {
                try FolderCopy.copyFile("\(data)/blobs/\(file)", to: "\(staging)/blobs/\(file)")
            } catch {
                guard try !FolderCopy.exists("\(data)/blobs/\(file)") else { throw error }
            }
        }
    }
}
