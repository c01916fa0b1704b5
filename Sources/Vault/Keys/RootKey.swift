// Vault · the key above all others, and its four children.
public import Cryptography
public import Primitives
internal import Synchronization

/// The root of one epoch: 32 bytes that are nowhere in the data directory or its backups.
///
/// Whoever has it and the key store opens the vault. An erasure begins a new epoch: the keys of those who stay are
/// wrapped again under a new root and the old root is destroyed, which makes every old copy of the erased key noise.
public struct RootKey: Sendable, Equatable {
    /// How many bytes the secret has.
    public static let byteCount = 32

    /// Which of the vault's successive roots this is, from 1.
    public let epoch: UInt32
    /// The key itself.
    public let secret: SecretBytes

    /// The root `secret` of `epoch`.
    ///
    /// - Throws: ``SteleError`` with code `keys.root_malformed` unless it has 32 bytes and the epoch is at least 1.
    public init(epoch: UInt32, secret: SecretBytes) throws(SteleError) {
        guard epoch >= 1, secret.count == Self.byteCount else {
            throw SteleError(
                .keysRootMalformed, "a root key has 32 bytes and an epoch from 1",
                hint: "give the root key file that `stele init` wrote")
        }
        self.epoch = epoch
        self.secret = secret
    }

    /// A new root.
    public static func random(epoch: UInt32 = 1, from random: some RandomSource) -> RootKey {
        do {
            return try RootKey(epoch: epoch, secret: .random(count: byteCount, from: random))
        } catch {
            preconditionFailure("an epoch begins at 1, and a random source gives what it is asked for")
        }
    }
}

/// The keys derived from a root: one for each use, so that no two uses share one. Source: `docs/spec/vault.md` §3.
struct RootKeys: Sendable {
    let epoch: UInt32
    /// Wraps the patients' keys.
    let wrapping: SecretBytes
    /// Seals the directory and the list of what is pending.
    let sealing: SecretBytes
    /// Names rows.
    let naming: SecretBytes
    /// Proves the root to the key store.
    let checking: SecretBytes

    init(_ root: RootKey) {
        func child(_ use: String) -> SecretBytes {
            HKDF.sha256.derive(from: root.secret, info: "stele/v1/vault/root/\(use)")
        }
        epoch = root.epoch
        wrapping = child("wrap")
        sealing = child("seal")
        naming = child("name")
        checking = child("check")
    }
}

/// The keys of the root in force, shared by everything that is sealed under it. They are replaced when an epoch ends,
/// while nobody else uses the vault.
final class CurrentRoot: Sendable {
    private let keys: Mutex<RootKeys>  // Held to copy or replace references.

    init(_ keys: RootKeys) { self.keys = Mutex(keys) }

    var value: RootKeys { keys.withLock { $0 } }

    func replace(by next: RootKeys) { keys.withLock { $0 = next } }
}
