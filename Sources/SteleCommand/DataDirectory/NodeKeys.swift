// SteleCommand · the keys with which a node signs.
public import Cryptography
internal import Node
public import Primitives
internal import Storage
internal import Vault

/// The keys of a node: one for each kind of thing it signs, so that no signature stands for another.
public struct NodeKeys: Sendable {
    /// Signs `records.*` and `access.*` for the organisation.
    public let node: SigningKey
    /// Signs blocks.
    public let vote: SigningKey
    /// Governs: signs `network.*` and `identity.*`, and closes reviews.
    public let admin: SigningKey
    /// Signs emergency overrides; nil in a data directory made before there was one, until the node is started.
    public let override: SigningKey?
    /// Signs the consent of the organisation's own compartment; nil while that is made from ``node``.
    public var commons: SigningKey?
    /// A node key that was prepared to take the place of ``node``.
    var nextNode: SigningKey?

    /// New keys.
    public static func random(from random: some RandomSource) -> NodeKeys {
        NodeKeys(
            node: .random(from: random), vote: .random(from: random), admin: .random(from: random),
            override: .random(from: random))
    }

    /// Seals each key into a file of its own in `folder`, which exists; durable when this returns.
    func save(
        in folder: String, root: SecretBytes, chainID: Digest, random: some RandomSource
    ) throws(SteleError) {
        for (use, key) in [("node", node), ("vote", vote), ("admin", admin), ("override", override)] {
            guard let key else { continue }
            try SealedKeyFile(folder: folder, use: use, chainID: chainID).save(key.seed, root: root, random: random)
        }
    }

    /// Opens the keys in `folder`, each under whichever of `roots` it was sealed with.
    /// - Throws: `key.file_rejected`.
    static func load(from folder: String, roots: [RootKey], chainID: Digest) throws(SteleError) -> NodeKeys {
        func key(_ use: String) throws(SteleError) -> SigningKey {
            try SigningKey(seed: SealedKeyFile(folder: folder, use: use, chainID: chainID).load(roots: roots))
        }
        func keyIfThere(_ use: String) throws(SteleError) -> SigningKey? {
            try SealedKeyFile(folder: folder, use: use, chainID: chainID).exists() ? try key(use) : nil
        }
        return NodeKeys(
            node: try key("node"), vote: try key("vote"), admin: try key("admin"), override: try keyIfThere("override"),
            commons: try keyIfThere("commons"), nextNode: try keyIfThere("node-next"))
    }

    /// What emergencies are opened and reviewed with. Makes the override key if the data directory has none, for
    /// whoever holds its lock; the custodian registers it on the ledger.
    func emergencyKeys(
        in folder: String, root: SecretBytes, chainID: Digest, random: some RandomSource
    ) throws(SteleError) -> EmergencyKeys {
        if let override { return EmergencyKeys(override: override, admin: admin) }
        let made = SigningKey.random(from: random)
        try SealedKeyFile(folder: folder, use: "override", chainID: chainID).save(made.seed, root: root, random: random)
        return EmergencyKeys(override: made, admin: admin)
    }
}
