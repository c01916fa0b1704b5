// Vault · the key store copied while it is in use.
public import Primitives
internal import Storage

extension Vault {
    /// Grows with every change of the key store since this vault was opened.
    public var keyChangeCount: Int { keyStore.committer.writeCount }

    /// Writes a consistent copy of the key store, keys and people, to the new folder `path` on the same file system.
    public func copyKeys(to path: String) throws(SteleError) { try keyStore.store.checkpoint(to: path) }

    /// The same of the store of the content.
    public func copyContent(to path: String) throws(SteleError) { try store.checkpoint(to: path) }
}
