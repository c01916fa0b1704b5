// SteleCommand · the keys with which a node signs.
public import Cryptography
public import Primitives
public import Vault

/// The three keys of a node: one for each kind of thing it signs, so that no signature stands for another.
public struct NodeKeys: Sendable {
    /// Signs `records.*` and `access.*` for the organisation.
    public let node: SigningKey
    /// Signs blocks.
    public let vote: SigningKey
    /// Governs: signs `network.*` and `identity.*`.
    public let admin: SigningKey

    /// New keys.
    public static func random(from random: some RandomSource) -> NodeKeys {
        NodeKeys(node: .random(from: random), vote: .random(from: random), admin: .random(from: random))
    }

    /// Seals each key into a file of its own in `folder`, which exists; durable when this returns.
    func save(
        in folder: String, root: SecretBytes, chainID: Digest, random: some RandomSource
    ) throws(SteleError) {
        for (use, key) in [("node", node), ("vote", vote), ("admin", admin)] {
            try SealedKeyFile(folder: folder, use: use, chainID: chainID).save(key.seed, root: root, random: random)
        }
    }

    /// Opens the keys in `folder`, each under whichever of `roots` it was sealed with.
    /// - Throws: `key.file_rejected`.
    static func load(from folder: String, roots: [RootKey], chainID: Digest) throws(SteleError) -> NodeKeys {
        func key(_ use: String) throws(SteleError) -> SigningKey {
            try SigningKey(seed: SealedKeyFile(folder: folder, use: use, chainID: chainID).load(roots: roots))
        }
        return NodeKeys(node: try key("node"), vote: try key("vote"), admin: try key("admin"))
    }
}
