// Cryptography · randomness from the operating system.
internal import CSodium
public import Primitives

/// The operating system's generator, by libsodium's `randombytes_buf`: the only source outside tests.
public struct SystemRandom: RandomSource {
    /// The generator; it has no state of its own.
    public init() { Sodium.start() }

    public func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            if let start = buffer.baseAddress { unsafe randombytes_buf(start, count) }
            written = count
        }
    }
}
