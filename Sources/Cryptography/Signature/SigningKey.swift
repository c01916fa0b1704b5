// Cryptography · Ed25519 signing keys.
internal import CSodium
public import Primitives

/// An Ed25519 private key (RFC 8032 §5.1.5). Copies of the value share the one secret, which is wiped after the last.
public struct SigningKey: Sendable {
    /// How many bytes a seed has.
    public static let seedByteCount = 32

    /// The key that verifies what this one signs.
    public let publicKey: PublicKey
    // Seed ‖ public key: 64 bytes, libsodium's own form.
    private let secret: SecretBytes

    /// The key grown from a 32-byte seed.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` unless the seed has 32 bytes.
    public init(seed: SecretBytes) throws(SteleError) {
        guard seed.count == Self.seedByteCount else {
            throw SteleError(
                .keyMalformed, "an Ed25519 seed has \(seed.count) bytes",
                hint: "give the 32 bytes of RFC 8032 §5.1.5")
        }
        Sodium.start()
        var publicKey = PublicKey.zero
        secret = unsafe SecretBytes(count: 64) { secret in
            let code = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { point in
                let code = unsafe seed.withUnsafeBytes { seed in
                    unsafe crypto_sign_seed_keypair(point.baseAddress!, secret.baseAddress!, seed.baseAddress!)
                }
                unsafe publicKey = PublicKey(loading: UnsafePointer(point.baseAddress!))
                return code
            }
            precondition(code == 0, "libsodium cannot derive an Ed25519 key")
        }
        self.publicKey = publicKey
    }

    /// A new key.
    public static func random(from random: some RandomSource) -> SigningKey {
        do {
            return try SigningKey(seed: .random(count: seedByteCount, from: random))
        } catch {
            preconditionFailure("a random source gave fewer bytes than asked for")
        }
    }

    /// The 32-byte seed: what a key file keeps.
    public var seed: SecretBytes {
        unsafe secret.withUnsafeBytes { secret in
            unsafe SecretBytes(count: Self.seedByteCount) { seed in
                unsafe _ = seed.update(fromContentsOf: secret[..<Self.seedByteCount])
            }
        }
    }

    /// The 64-byte signature of `message`. The same message always gets the same signature.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        unsafe message.withUnsafeBufferPointer { unsafe sign($0) }
    }

    /// The 64-byte signature of `"stele/v1/" ‖ tag ‖ 0x00 ‖ body`: tagged, so that it stands for nothing else.
    public func sign(tag: StaticString, _ body: [UInt8]) -> [UInt8] {
        unsafe body.withUnsafeBufferPointer { body in
            unsafe SHA256.withTagged(tag, body) { unsafe sign($0) }
        }
    }

    @unsafe
    private func sign(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        Sodium.start()
        return unsafe [UInt8](unsafeUninitializedCapacity: Ed25519.signatureByteCount) { signature, count in
            let code = unsafe secret.withUnsafeBytes { secret in
                unsafe crypto_sign_detached(
                    signature.baseAddress!, nil, message.baseAddress, UInt64(message.count), secret.baseAddress!)
            }
            precondition(code == 0, "libsodium cannot sign")
            count = Ed25519.signatureByteCount
        }
    }
}
