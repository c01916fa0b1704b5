// SteleCommand · the keys with which a node signs, as they lie on disk.
public import Cryptography
public import Primitives
internal import Storage

extension ErrorCode {
    /// A sealed key file that is missing, damaged, or sealed under another root key.
    public static let keyFileRejected = ErrorCode("key.file_rejected")
}

/// The three keys of a node: one for each thing it signs, so that none stands for another.
///
/// Each lies in a file of its own under `keys/`, mode 0600, sealed under a key derived from the root key:
/// ```
/// stele sealed key 1
/// use <node | vote | admin>
/// sealed <hexadecimal of nonce 24 ‖ XChaCha20-Poly1305 of the 32-byte seed, 48>
/// ```
/// The use and the network's chain id are authenticated, so a file can be neither renamed nor carried to another network.
public struct NodeKeys: Sendable {
    /// Signs `records.*` and `access.*` for the organisation.
    public let node: SigningKey
    /// Signs blocks.
    public let vote: SigningKey
    /// Governs: signs `network.*`.
    public let admin: SigningKey

    /// New keys.
    public static func random(from random: some RandomSource) -> NodeKeys {
        NodeKeys(node: .random(from: random), vote: .random(from: random), admin: .random(from: random))
    }

    /// The folder inside the data directory.
    static let folder = "keys"
}

// MARK: - As files
extension NodeKeys {
    /// Seals the keys into `directory`, which exists; durable when this returns. Existing files are replaced, as when the
    /// root key was renewed.
    public func save(
        in directory: String, root: SecretBytes, chainID: Digest, random: some RandomSource
    ) throws(SteleError) {
        for (use, key) in [("node", node), ("vote", vote), ("admin", admin)] {
            let sealed = XChaCha20Poly1305.sealWithNonce(
                key.seed, key: Self.sealingKey(root), associated: Self.associated(use, chainID), random: random)
            let text = "stele sealed key 1\nuse \(use)\nsealed \(Hex.encode(sealed))\n"
            try AtomicFile("\(directory)/\(use).key").write(Array(text.utf8))
        }
    }

    /// Opens the keys in `directory`.
    /// - Throws: `key.file_rejected` when a file is missing, damaged, or was sealed under another root or for another
    ///   network.
    public static func load(
        from directory: String, root: SecretBytes, chainID: Digest
    ) throws(SteleError) -> NodeKeys {
        NodeKeys(
            node: try load("node", directory, root, chainID), vote: try load("vote", directory, root, chainID),
            admin: try load("admin", directory, root, chainID))
    }

    private static func load(
        _ use: String, _ directory: String, _ root: SecretBytes, _ chainID: Digest
    ) throws(SteleError) -> SigningKey {
        let rejected = SteleError(
            .keyFileRejected, "the \(use) key of this node is missing, damaged, or not of this root key and network",
            hint: "check [keys] root in the configuration; restore the folder keys from a backup")
        let heading = "stele sealed key 1\nuse \(use)\nsealed "
        guard let bytes = try AtomicFile("\(directory)/\(use).key").read(), bytes.starts(with: heading.utf8),
            bytes.last == UInt8(ascii: "\n"),
            let sealed = Hex.decode(String(decoding: bytes.dropFirst(heading.utf8.count).dropLast(), as: UTF8.self))
        else { throw rejected }
        do throws(SteleError) {
            return try SigningKey(
                seed: XChaCha20Poly1305.openSecretWithNonce(
                    sealed, key: sealingKey(root), associated: associated(use, chainID)))
        } catch {
            throw rejected
        }
    }

    private static func sealingKey(_ root: SecretBytes) -> SecretBytes {
        HKDF.sha256.derive(from: root, info: "stele/v1/node-keys")
    }

    private static func associated(_ use: String, _ chainID: Digest) -> [UInt8] {
        Array("stele/v1/node-key/\(use)\0".utf8) + chainID.bytes
    }
}
