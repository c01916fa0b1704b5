// SteleTesting · what a vault in memory lies in.
public import Cryptography
public import Primitives
public import Storage
public import Vault

/// Everything of a vault that outlives its process, in memory: crash it, damage it, open it again.
public struct VaultDisk: Sendable {
    /// The two key-value stores, at the paths `keystore` and `vault`.
    public let disk = MemoryDisk()
    /// The content of large records.
    public let blobs = MemoryBlobs()
    /// The root key.
    public let root: RootKey
    /// Where its vaults draw their ids and keys from.
    public let random: SeededRandom

    /// An empty disk; everything drawn later follows from `seed`.
    public init(seed: UInt64 = 1) {
        random = SeededRandom(seed)
        root = RootKey.random(from: random)
    }

    /// The stores on this disk. One vault at a time.
    public func stores() throws(SteleError) -> VaultStores {
        VaultStores(
            keys: try MemoryStore(path: "keystore", columnFamilies: Vault.keyFamilies, on: disk),
            content: try MemoryStore(path: "vault", columnFamilies: Vault.contentFamilies, on: disk), blobs: blobs)
    }

    /// A new vault on this disk.
    public func create(openCostMax: Int = Vault.openCostMax) throws(SteleError) -> Vault {
        try Vault.create(in: stores(), root: root, random: random, openCostMax: openCostMax)
    }

    /// The vault on this disk.
    public func open(openCostMax: Int = Vault.openCostMax) throws(SteleError) -> Vault {
        try Vault.open(in: stores(), root: root, random: random, openCostMax: openCostMax)
    }
}
