// Cryptography · did:key, the DID that is a public key.
public import Primitives

/// The `did:key` method for Ed25519 keys: `did:key:z` and base58btc of `ed 01 ‖ key`. Source: W3C CCG did:key v0.7.
public enum DIDKey {
    private static let prefix = "did:key:z"
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    // The multicodec code of an Ed25519 public key as a varint.
    private static let codec: [UInt8] = [0xed, 0x01]

    /// The DID of an Ed25519 key.
    public static func did(of key: PublicKey) -> String { prefix + base58(codec + key.bytes) }

    /// The Ed25519 key that `did` is, or nil if it is none or not in its one spelling.
    public static func key(of did: String) -> PublicKey? {
        guard did.hasPrefix(prefix), did.utf8.count <= 64, let bytes = bytes(base58: did.dropFirst(prefix.count)),
            bytes.count == 34, Array(bytes[..<2]) == codec
        else { return nil }
        let key = PublicKey(bytes, at: 2)
        return self.did(of: key) == did ? key : nil
    }

    private static func base58(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []  // Least significant first.
        for byte in bytes {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) << 8
                digits[index] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = bytes.prefix { $0 == 0 }.map { _ in alphabet[0] }
        return String(decoding: zeros + digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    private static func bytes(base58 text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []  // Least significant first.
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            var carry = value
            for index in bytes.indices {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(truncatingIfNeeded: carry))
                carry >>= 8
            }
        }
        let zeros = text.utf8.prefix { $0 == alphabet[0] }.map { _ in UInt8(0) }
        return zeros + bytes.reversed()
    }
}
