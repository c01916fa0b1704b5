// Cryptography · the two spellings of an ECDSA signature.

/// An ECDSA signature as JOSE writes it, r ‖ s of fixed length (RFC 7518 §3.4), and as OpenSSL does, DER (RFC 3279
/// §2.2.3).
enum ECDSASignature {
    /// The DER form of `raw`, or nil unless it has the curve's length and neither half is zero.
    static func encode(raw: [UInt8], _ curve: JWKCurve) -> [UInt8]? {
        let width = curve.coordinateByteCount
        guard raw.count == 2 * width else { return nil }
        let (r, s) = (Array(raw[..<width]), Array(raw[width...]))
        // A zero would be refused by the verification too; refused here, it never reaches the arithmetic.
        guard r.contains(where: { $0 != 0 }), s.contains(where: { $0 != 0 }) else { return nil }
        let body = integer(r) + integer(s)
        // At most 2 · (2 + 49) bytes, so the length always fits one byte of short form.
        return [0x30, UInt8(body.count)] + body
    }

    /// The JOSE form of OpenSSL's `encoded`, or nil if that is no signature on `curve`.
    static func decode(der encoded: [UInt8], _ curve: JWKCurve) -> [UInt8]? {
        let width = curve.coordinateByteCount
        guard encoded.count >= 2, encoded[0] == 0x30, Int(encoded[1]) == encoded.count - 2 else { return nil }
        var raw: [UInt8] = []
        var position = 2
        for _ in 0..<2 {
            guard position + 2 <= encoded.count, encoded[position] == 2 else { return nil }
            let end = position + 2 + Int(encoded[position + 1])
            guard end <= encoded.count else { return nil }
            let digits = encoded[(position + 2)..<end].drop { $0 == 0 }
            guard digits.count <= width else { return nil }
            raw.append(contentsOf: repeatElement(0, count: width - digits.count))
            raw.append(contentsOf: digits)
            position = end
        }
        return position == encoded.count ? raw : nil
    }

    /// A positive DER INTEGER (X.690 §8.3): as short as can be, the top bit clear.
    private static func integer(_ bytes: [UInt8]) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [2, UInt8(digits.count)] + digits
    }
}
