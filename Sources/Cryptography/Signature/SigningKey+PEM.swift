// Cryptography · Ed25519 keys as files, in the form every other tool reads.
internal import CSodium
public import Primitives

extension SigningKey {
    // RFC 8410 §7: OneAsymmetricKey version 1, algorithm 1.3.101.112, the seed as an OCTET STRING in an OCTET STRING.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    /// The key in a `PRIVATE KEY` file: what `openssl genpkey -algorithm ed25519` writes.
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` if `pem` is anything else, an encrypted key included.
    public init(pem: SecretBytes) throws(SteleError) {
        let document = PEM.privateKey.decode(pem, byteCount: 48)
        let prefixCount = Self.derPrefix.count
        let seed: SecretBytes? = unsafe document?.withUnsafeBytes { document in
            guard unsafe document.prefix(prefixCount).elementsEqual(Self.derPrefix) else { return nil }
            return unsafe SecretBytes(document[prefixCount...])
        }
        guard let seed else {
            throw SteleError(
                .keyMalformed, "the file holds no Ed25519 private key in PKCS #8 form",
                hint: "make one with `openssl genpkey -algorithm ed25519`")
        }
        try self.init(seed: seed)
    }

    /// The key as a `PRIVATE KEY` file (RFC 8410 §7), unencrypted: for a file that only its owner reads.
    public var pem: SecretBytes {
        let document = unsafe SecretBytes(count: 48) { document in
            unsafe _ = document.update(fromContentsOf: Self.derPrefix)
            unsafe seed.withUnsafeBytes { seed in
                unsafe _ = UnsafeMutableBufferPointer(rebasing: document[Self.derPrefix.count...])
                    .update(fromContentsOf: seed)
            }
        }
        return PEM.privateKey.encode(document)
    }
}

extension Ed25519 {
    // RFC 8410 §4: SubjectPublicKeyInfo, algorithm 1.3.101.112.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// `key` as a `PUBLIC KEY` file (RFC 8410 §4).
    public static func pem(_ key: PublicKey) -> String {
        String(decoding: PEM.publicKey.encode(SecretBytes(derPrefix + key.bytes)).exposedCopy(), as: UTF8.self)
    }

    /// The key in a `PUBLIC KEY` file (RFC 8410 §4).
    ///
    /// - Throws: ``SteleError`` with code `key.malformed` if `pem` is anything else.
    public static func publicKey(pem: String) throws(SteleError) -> PublicKey {
        guard let document = PEM.publicKey.decode(SecretBytes(pem.utf8), byteCount: 44)?.exposedCopy(),
            document.starts(with: derPrefix)
        else {
            throw SteleError(
                .keyMalformed, "the text holds no Ed25519 public key in PEM form",
                hint: "write one with `openssl pkey -in <key file> -pubout`")
        }
        return PublicKey(document, at: derPrefix.count)
    }
}

// MARK: - The text form
/// Text around a short DER document (RFC 7468 §3): one line of base64 between two of a fixed wording.
///
/// The base64 is libsodium's, which looks nothing up by the value of a secret.
private struct PEM {
    static let privateKey = PEM(label: "PRIVATE KEY")
    static let publicKey = PEM(label: "PUBLIC KEY")

    var label: String
    var header: [UInt8] { Array("-----BEGIN \(label)-----\n".utf8) }
    var footer: [UInt8] { Array("\n-----END \(label)-----\n".utf8) }

    /// The text of `document`, which has 48 bytes at most and so fits one line.
    func encode(_ document: SecretBytes) -> SecretBytes {
        precondition(document.count <= 48)
        let textCount = (document.count + 2) / 3 * 4
        let (header, footer) = (header, footer)
        // libsodium ends its text with a zero, which the footer then overwrites.
        return unsafe SecretBytes(count: header.count + textCount + footer.count) { text in
            unsafe _ = text.update(fromContentsOf: header)
            let line = unsafe UnsafeMutableBufferPointer(rebasing: text[header.count...])
            unsafe document.withUnsafeBytes { document in
                unsafe line.withMemoryRebound(to: CChar.self) { line in
                    unsafe _ = sodium_bin2base64(
                        line.baseAddress!, textCount + 1, document.baseAddress!, document.count,
                        sodium_base64_VARIANT_ORIGINAL)
                }
            }
            unsafe _ = UnsafeMutableBufferPointer(rebasing: line[textCount...]).update(fromContentsOf: footer)
        }
    }

    /// The `byteCount` bytes written by `text`, or nil. Line ends may be of either kind, the last may be missing.
    func decode(_ text: SecretBytes, byteCount: Int) -> SecretBytes? {
        let lineCount = (byteCount + 2) / 3 * 4
        // Line ends are dropped on both sides, so that only one spelling is left to compare.
        var plain = text.exposedCopy().filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        defer { unsafe plain.withUnsafeMutableBufferPointer { unsafe Sodium.wipe($0) } }
        let (header, footer) = (header.dropLast(), footer.dropFirst().dropLast())
        // libsodium 1.0.18 takes some bytes above 127 for letters.
        guard plain.allSatisfy({ $0 < 0x80 }), plain.count == header.count + lineCount + footer.count,
            plain.starts(with: header),
            plain.suffix(footer.count).elementsEqual(footer)
        else { return nil }
        var isDecoded = false
        let document = unsafe SecretBytes(count: byteCount) { document in
            var written = 0
            unsafe plain.withUnsafeBufferPointer { plain in
                let line = unsafe UnsafeBufferPointer(rebasing: plain[header.count..<(header.count + lineCount)])
                unsafe line.withMemoryRebound(to: CChar.self) { line in
                    let code = unsafe sodium_base642bin(
                        document.baseAddress!, byteCount, line.baseAddress!, lineCount, nil, &written, nil,
                        sodium_base64_VARIANT_ORIGINAL)
                    isDecoded = code == 0 && written == byteCount
                }
            }
        }
        return isDecoded ? document : nil
    }
}
