// Vault · what a vault lies in.
public import Primitives
public import Storage

/// The stores of one vault. Each has no other user while the vault is open.
public struct VaultStores: Sendable {
    /// Wrapped keys; opened with ``Vault/keyFamilies``.
    public var keys: any KeyValueStore
    /// Everything else; opened with ``Vault/contentFamilies``.
    public var content: any KeyValueStore
    /// The content of large records.
    public var blobs: any BlobStore

    /// A vault in these stores.
    public init(keys: any KeyValueStore, content: any KeyValueStore, blobs: any BlobStore) {
        self.keys = keys
        self.content = content
        self.blobs = blobs
    }

    /// The stores of a data directory: `keystore/`, `vault/`, `blobs/` and, for what is being written, `tmp/`. Missing
    /// ones are created.
    ///
    /// The caller holds the directory's lock and has checked its format.
    public init(at directory: String, failpoints: Failpoints? = nil) throws(SteleError) {
        var keyOptions = RocksDBOptions()
        keyOptions.blockCacheByteCount = 8 << 20
        keyOptions.writeBufferByteCount = 8 << 20
        keys = try RocksDBStore(
            path: "\(directory)/keystore", columnFamilies: Vault.keyFamilies, options: keyOptions,
            failpoints: failpoints)
        content = try RocksDBStore(
            path: "\(directory)/vault", columnFamilies: Vault.contentFamilies, failpoints: failpoints)
        blobs = try BlobDirectory(
            "\(directory)/blobs", temporaryPath: "\(directory)/tmp", failpoints: failpoints)
    }
}

// MARK: - Data directories
extension Vault {
    /// Begins a new vault in a data directory.
    ///
    /// - Throws: ``SteleError`` with code `vault.exists`, or those of the stores.
    public static func create(
        at directory: String, root: RootKey, random: any RandomSource, failpoints: Failpoints? = nil
    ) throws(SteleError) -> Vault {
        try create(in: VaultStores(at: directory, failpoints: failpoints), root: root, random: random)
    }

    /// Opens the vault of a data directory.
    ///
    /// - Throws: ``SteleError`` with code `vault.missing`, `keys.root_wrong`, `keys.epoch_retired` or `vault.damaged`,
    ///   or those of the stores.
    public static func open(
        at directory: String, root: RootKey, random: any RandomSource, failpoints: Failpoints? = nil
    ) throws(SteleError) -> Vault {
        try open(in: VaultStores(at: directory, failpoints: failpoints), root: root, random: random)
    }

    /// The same with whichever of `roots` the key store is of.
    public static func open(
        at directory: String, roots: [RootKey], random: any RandomSource, failpoints: Failpoints? = nil
    ) throws(SteleError) -> Vault {
        try open(in: VaultStores(at: directory, failpoints: failpoints), roots: roots, random: random)
    }
}
