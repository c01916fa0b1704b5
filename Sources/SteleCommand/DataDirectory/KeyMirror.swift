// SteleCommand · a second copy of the newest key store, on another device.
internal import Primitives
internal import Storage
internal import Synchronization
internal import Vault

/// Keeps a folder with a copy of `keystore/` and of `keys/`, everything that the root key opens directly, replaced as a
/// whole: after a crash it is the copy before or the one after. With it and the root key, an old copy of everything
/// else opens whatever was not erased.
///
/// The copy follows within a minute, and at once when an erasure has ended an epoch: a key store from before that opens
/// nothing any more.
final class KeyMirror: Sendable {
    private let path: String
    private let nodeKeys: String
    private let staging: String
    private let copied = Mutex<Int?>(nil)  // What had changed when the last copy was made.

    /// The mirror at `path` of what `directory` has.
    init(_ path: String, of directory: DataDirectory) {
        self.path = path
        nodeKeys = directory.keysPath
        staging = directory.path + "/tmp/keys.copy"
    }

    /// Copies the key store of `vault` and the node's keys, unless it has not changed since the last copy and it need
    /// not be done `always`; durable when this returns.
    func renew(from vault: Vault, always: Bool = false) throws(SteleError) {
        try copied.withLock { (copied) throws(SteleError) in
            let change = vault.keyChangeCount
            guard always || copied != change else { return }
            try FolderCopy.remove(staging)
            try vault.copyKeys(to: staging + "/keystore")
            try FolderCopy.copy(nodeKeys, to: staging + "/keys")
            try FolderCopy.replace(path, by: staging)
            try FolderCopy.remove(staging)
            copied = change
        }
    }
}
