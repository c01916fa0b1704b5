// SteleCommand · one secret of a node as it lies on disk.
internal import Cryptography
public import Primitives
internal import Storage
internal import Vault

extension ErrorCode {
    /// A sealed key file that is missing, damaged, or of another root key or network.
    public static let keyFileRejected = ErrorCode("key.file_rejected")
}

/// A secret in a file of its own, mode 0600, sealed under a key derived from the root key:
/// ```
/// stele sealed key 1
/// use <word>
/// sealed <hexadecimal of nonce 24 ‖ XChaCha20-Poly1305 of the secret>
/// ```
/// The use and the network's chain id are authenticated, so a file can neither take another's place nor be carried to
/// another network. When the root key is renewed, every file is saved again before the old root is destroyed.
struct SealedKeyFile {
    /// The folder that holds the file, which is named `<use>.key`.
    let folder: String
    /// What the secret is for, in lower-case letters and hyphens.
    let use: String
    /// The network it is for.
    let chainID: Digest

    private var file: AtomicFile { AtomicFile("\(folder)/\(use).key") }
    private var heading: String { "stele sealed key 1\nuse \(use)\nsealed " }
    private var associated: [UInt8] { Array("stele/v1/sealed-key/\(use)\0".utf8) + chainID.bytes }

    private static func sealingKey(_ root: SecretBytes) -> SecretBytes {
        HKDF.sha256.derive(from: root, info: "stele/v1/sealed-key")
    }

    /// Seals `secret`, replacing the file as a whole; durable when this returns.
    func save(_ secret: SecretBytes, root: SecretBytes, random: some RandomSource) throws(SteleError) {
        let sealed = XChaCha20Poly1305.sealWithNonce(
            secret, key: Self.sealingKey(root), associated: associated, random: random)
        try file.write(Array("\(heading)\(Hex.encode(sealed))\n".utf8))
    }

    /// Opens the file.
    /// - Throws: `key.file_rejected` when it is missing, damaged, or was sealed for something else.
    func load(root: SecretBytes) throws(SteleError) -> SecretBytes {
        guard let bytes = try file.read(), bytes.starts(with: heading.utf8), bytes.last == UInt8(ascii: "\n"),
            let sealed = Hex.decode(String(decoding: bytes.dropFirst(heading.utf8.count).dropLast(), as: UTF8.self))
        else { throw rejected }
        do throws(SteleError) {
            return try XChaCha20Poly1305.openSecretWithNonce(
                sealed, key: Self.sealingKey(root), associated: associated)
        } catch {
            throw rejected
        }
    }

    /// Opens the file under whichever of `roots` it was sealed with.
    func load(roots: [RootKey]) throws(SteleError) -> SecretBytes {
        for root in roots.dropLast() { if let secret = try? load(root: root.secret) { return secret } }
        guard let last = roots.last else { throw rejected }
        return try load(root: last.secret)
    }

    /// Whether there is such a file.
    func exists() throws(SteleError) -> Bool { try file.read() != nil }

    /// Takes the file away, if there is one; durable when this returns.
    func remove() throws(SteleError) { try file.remove() }

    private var rejected: SteleError {
        SteleError(
            .keyFileRejected, "the \(use) key of this node is missing, damaged, or not of this root key and network",
            hint: "check [keys] root in the configuration; restore the keys folder from a backup")
    }
}
