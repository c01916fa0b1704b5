// Cryptography · repeatable bytes for tests and simulations.
internal import CSodium
public import Primitives
internal import Synchronization

/// A generator that gives the same bytes for the same seed. For tests and simulations only: whoever has the seed has
/// every byte.
///
/// The stream is ChaCha20 under `SHA-256("stele/v1/seed\0" ‖ seed)` with a 64-bit nonce that counts the calls, so
/// the bytes depend on how they were asked for, and on nothing else.
public final class SeededRandom: RandomSource {
    private let key: Bytes32
    private let callCount = Mutex<UInt64>(0)  // Guards the order of calls; a nonce is never used twice.

    /// The generator for `seed`.
    public convenience init(_ seed: UInt64) {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: seed)
        self.init(seed: bytes)
    }

    /// The generator for `seed`, of any length.
    public init(seed: [UInt8]) {
        Sodium.start()
        key = SHA256.hash(tag: "seed", seed)
    }

    public func bytes(_ count: Int) -> [UInt8] {
        let call = callCount.withLock { count in
            defer { count += 1 }
            return count
        }
        var nonce: [UInt8] = []
        nonce.append(bigEndian: call)
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            let code = unsafe key.withUnsafeBytes { key in
                unsafe crypto_stream_chacha20(buffer.baseAddress!, UInt64(count), nonce, key)
            }
            precondition(code == 0, "libsodium cannot produce \(count) bytes at once")
            written = count
        }
    }
}
