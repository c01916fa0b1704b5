// Cryptography · keys from keys: HKDF (RFC 5869).
internal import Primitives

/// HKDF with one of two hash functions.
///
/// `info` says what the derived key is for; two purposes never share one. `salt` may be public.
public enum HKDF: Sendable {
    case sha256, sha512

    /// How many bytes a pseudorandom key has.
    public var digestByteCount: Int { self == .sha256 ? 32 : 64 }

    /// `count` bytes derived from `input`: extract, then expand (RFC 5869 §2.2, §2.3).
    ///
    /// - Precondition: `count` is at most 255 times ``digestByteCount``.
    public func derive(from input: SecretBytes, salt: [UInt8] = [], info: [UInt8], count: Int = 32) -> SecretBytes {
        expand(extract(from: input, salt: salt), info: info, count: count)
    }

    /// `count` bytes derived from `input`, where `info` is text.
    public func derive(from input: SecretBytes, salt: [UInt8] = [], info: String, count: Int = 32) -> SecretBytes {
        derive(from: input, salt: salt, info: Array(info.utf8), count: count)
    }

    /// The pseudorandom key of `input` (RFC 5869 §2.2). An empty salt counts as zeros, as the standard has it.
    public func extract(from input: SecretBytes, salt: [UInt8] = []) -> SecretBytes {
        extract(from: input, salt: SecretBytes(salt))
    }

    /// The pseudorandom key of `input` under a salt that is itself secret.
    func extract(from input: SecretBytes, salt: SecretBytes) -> SecretBytes {
        unsafe SecretBytes(count: digestByteCount) { key in
            unsafe salt.withUnsafeBytes { salt in
                unsafe input.withUnsafeBytes { unsafe write(to: key.baseAddress!, of: $0, key: salt) }
            }
        }
    }

    /// `count` bytes expanded from a pseudorandom key (RFC 5869 §2.3).
    ///
    /// - Precondition: `count` is at most 255 times ``digestByteCount``.
    public func expand(_ key: SecretBytes, info: [UInt8], count: Int = 32) -> SecretBytes {
        let width = digestByteCount
        precondition(count >= 0 && count <= 255 * width, "HKDF gives at most 255 blocks")
        return unsafe SecretBytes(count: count) { output in
            // One block: T(i-1) ‖ info ‖ i. The first has no T before it.
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * width + info.count + 1) { work in
                defer { unsafe Sodium.wipe(work) }
                unsafe work.initialize(repeating: 0)
                unsafe _ = UnsafeMutableBufferPointer(rebasing: work[width...]).update(fromContentsOf: info)
                let end = width + info.count + 1
                let next = unsafe work.baseAddress! + end
                var written = 0
                var counter: UInt8 = 1
                while written < count {
                    unsafe work[end - 1] = counter
                    let start = counter == 1 ? width : 0
                    let message = unsafe UnsafeBufferPointer(rebasing: work[start..<end])
                    unsafe key.withUnsafeBytes { unsafe write(to: next, of: message, key: $0) }
                    unsafe work.baseAddress!.update(from: next, count: width)
                    let taken = min(width, count - written)
                    unsafe (output.baseAddress! + written).update(from: next, count: taken)
                    written += taken
                    counter &+= 1
                }
            }
        }
    }

    @unsafe
    private func write(
        to code: UnsafeMutablePointer<UInt8>, of message: UnsafeBufferPointer<UInt8>, key: UnsafeBufferPointer<UInt8>
    ) {
        switch self {
        case .sha256: unsafe HMACSHA256.code(of: message, key: key).store(to: code)
        case .sha512: unsafe HMACSHA512.write(to: code, of: message, key: key)
        }
    }
}
