// Cryptography · Ed25519 verification, by libsodium and nothing else.
internal import CSodium
public import Primitives

/// Ed25519 signatures (RFC 8032 §5.1), checked one at a time by libsodium.
///
/// Libraries disagree about signatures with low-order or non-canonical points, so a network whose nodes checked with
/// different ones could split. Every check of the project comes here; there is no batch verification, whose verdict may
/// differ too. The verdicts on the published edge cases are pinned by tests. About 37 µs each.
public enum Ed25519 {
    /// How many bytes a signature has.
    public static let signatureByteCount = 64

    /// Whether `signature` is one of `message` by `key`. Of any other length than 64 it is not.
    public static func isValid(signature: [UInt8], of message: [UInt8], by key: PublicKey) -> Bool {
        guard signature.count == signatureByteCount else { return false }
        return isValid(signatureIn: signature, at: 0, message: message, by: key)
    }

    /// Whether `signature` is one of `message` by `key`. Of any other length than 64 it is not.
    public static func isValid(signature: ArraySlice<UInt8>, of message: [UInt8], by key: PublicKey) -> Bool {
        guard signature.count == signatureByteCount else { return false }
        return unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer { unsafe isValid(signature.baseAddress!, $0, key) }
        }
    }

    /// Whether the 64 bytes of `bytes` at `offset` are a signature of `message` by `key`.
    ///
    /// - Precondition: the 64 bytes lie inside `bytes`.
    public static func isValid(
        signatureIn bytes: [UInt8], at offset: Int, message: [UInt8], by key: PublicKey
    ) -> Bool {
        precondition(offset >= 0 && offset <= bytes.count - signatureByteCount)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe message.withUnsafeBufferPointer { unsafe isValid(bytes.baseAddress! + offset, $0, key) }
        }
    }

    /// Whether the 64 bytes of `bytes` at `offset` are a signature by `key` of `"stele/v1/" ‖ tag ‖ 0x00 ‖ body`, where
    /// the body is `bytes[range]`: an envelope is checked where it lies. The message is put together on the stack.
    ///
    /// - Precondition: the 64 bytes and `range` lie inside `bytes`.
    public static func isValid(
        signatureIn bytes: [UInt8], at offset: Int, tag: StaticString, bodyIn range: Range<Int>, by key: PublicKey
    ) -> Bool {
        precondition(offset >= 0 && offset <= bytes.count - signatureByteCount)
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            let body = unsafe UnsafeBufferPointer(rebasing: bytes[range])
            return unsafe SHA256.withTagged(tag, body) { message in
                unsafe isValid(bytes.baseAddress! + offset, message, key)
            }
        }
    }

    /// Whether `signature` is one by `key` of `"stele/v1/" ‖ tag ‖ 0x00 ‖ body`.
    public static func isValid(
        signature: [UInt8], tag: StaticString, of body: [UInt8], by key: PublicKey
    ) -> Bool {
        guard signature.count == signatureByteCount else { return false }
        return unsafe body.withUnsafeBufferPointer { body in
            unsafe SHA256.withTagged(tag, body) { message in
                unsafe signature.withUnsafeBufferPointer { unsafe isValid($0.baseAddress!, message, key) }
            }
        }
    }

    @unsafe
    private static func isValid(
        _ signature: UnsafePointer<UInt8>, _ message: UnsafeBufferPointer<UInt8>, _ key: PublicKey
    ) -> Bool {
        Sodium.start()
        return unsafe key.withUnsafeBytes { key in
            unsafe crypto_sign_verify_detached(signature, message.baseAddress, UInt64(message.count), key) == 0
        }
    }
}
