// SteleCommand · a data directory made out of a backup.
internal import Cryptography
internal import Ledger
internal import Node
public import Primitives
internal import Storage
internal import Vault

extension ErrorCode {
    /// A data directory that was restored, and that nobody has said may serve.
    public static let storeRestored = ErrorCode("store.restored")
}

/// Makes a data directory out of a backup, checked from end to end, and marked: it does not serve until the operator
/// says that nothing newer is left. Source: `docs/spec/backup.md` §3.
struct Restoration {
    /// The mark: its one line is the height of the backup.
    static let markName = "RESTORED"

    /// The backup.
    let backup: String
    /// The new data directory, absolute.
    let path: String
    /// The file of the root key, absolute.
    let rootPath: String
    /// The folder with the newest copy of `keystore/` and `keys/`, if it is not the backup.
    var keys: String?
    /// The newest sign-state, if one is left.
    var signState: String?

    private var staging: String { path + ".restore" }

    /// Makes it.
    /// - Parameter progress: Called with what is being done and how far it is, in thousandths.
    /// - Throws: `backup.exists`, `files.list_rejected`, `files.damaged`, `backup.other_node`, `keys.epoch_retired`,
    ///   what
    ///   an inspection finds, or what the disk says. There is no directory then.
    func make(progress: (String, Int) -> Void) throws(SteleError) -> Inspected {
        guard try !FolderCopy.exists(path) else {
            throw SteleError(
                .backupExists, "there is something at the path of the restored directory",
                hint: "give --data a path where nothing is")
        }
        let genesis = try DataDirectory(backup).genesis()
        let list = try FileList.load(backup, genesis)
        try list.check(backup) { done, total in progress("backup", total == 0 ? 1000 : done * 1000 / total) }
        try checkNode(genesis, list)
        try FolderCopy.remove(staging)
        try FolderCopy.copy(backup, to: staging)
        if let keys {
            for folder in ["keystore", "keys"] {
                try FolderCopy.remove("\(staging)/\(folder)")
                try FolderCopy.copy("\(keys)/\(folder)", to: "\(staging)/\(folder)")
            }
        }
        if let signState {
            try AtomicFile(staging + "/signstate").remove()
            try FolderCopy.copyFile(signState, to: staging + "/signstate")
        }
        for name in [FileList.name, FileList.signatureName] { try AtomicFile("\(staging)/\(name)").remove() }
        try AtomicFile("\(staging)/\(Self.markName)").write(Array("\(list.fact("height") ?? "0")\n".utf8))
        try pointAtRoot()
        do throws(SteleError) {
            let setup = try NodeSetup.load(configuration(at: staging))
            let inspected = try Inspected(setup, isDeep: true) { progress($0, $1) }
            try FolderCopy.rename(staging, to: path)
            return inspected
        } catch {
            try? FolderCopy.remove(staging)
            throw error
        }
    }

    /// The node's keys open with the root key given, and the one that signed the list is one of the node's.
    private func checkNode(_ genesis: Genesis, _ list: FileList) throws(SteleError) {
        let roots = try configuration(at: backup).rootKeyFile(at: rootPath).candidates()
        let folder = (self.keys ?? backup) + "/keys"
        let lineage = try NodeLineage(folder, genesis).keys
        let keys = try? NodeKeys.load(from: folder, roots: roots, chainID: genesis.chainID)
        guard let keys, lineage.contains(keys.node.publicKey),
            let node = list.fact("node").flatMap(PublicKey.init(hex:)),
            lineage.contains(node)
        else {
            throw SteleError(
                .backupOtherNode, "the backup is of another node than the root key",
                hint: "give the root key file of the node that made the backup; if it was replaced since, as by an "
                    + "erasure, the newest one with the newest copy of the keys as --keys")
        }
    }

    private func configuration(at folder: String) throws(SteleError) -> Configuration {
        try Configuration.load(folder + "/stele.toml")
    }

    /// The configuration names the root key where it is now, and the data where it lies.
    private func pointAtRoot() throws(SteleError) {
        var configuration = try configuration(at: staging)
        configuration.rootKey = rootPath
        configuration.data = "."
        try AtomicFile(staging + "/stele.toml").write(Array(configuration.text.utf8))
    }

    // MARK: - The mark

    /// Throws while the directory is marked.
    static func check(_ directory: DataDirectory) throws(SteleError) {
        guard let mark = try AtomicFile("\(directory.path)/\(markName)").read() else { return }
        let height = String(decoding: mark, as: UTF8.self).trimmed
        throw SteleError(
            .storeRestored, "the directory was restored from a backup that ends at block \(height)",
            hint: "if nothing newer is left anywhere, serve with --accept-restored; blocks after it will be signed anew"
        )
    }

    /// Takes the mark away.
    static func accept(_ directory: DataDirectory) throws(SteleError) {
        try AtomicFile("\(directory.path)/\(markName)").remove()
    }
}

extension String {
    fileprivate var trimmed: String { String(prefix { $0.isNumber }) }
}
