// Ledger · text with signatures below it, as C2SP writes it.
internal import Cryptography
public import Primitives

/// A signed note: text, a blank line, one line for each signature. Keeps the bytes it was read from.
///
/// ```
/// <text, ends with a newline>
///
/// — <key name> <base64(key id 4 ‖ signature)>
/// ```
/// Source: C2SP signed-note.
public struct SignedNote: Hashable, Sendable {
    /// Largest note, in bytes.
    public static let byteCountMax = 65_536
    /// Most signatures on one note.
    public static let signatureCountMax = 100

    /// What is signed, the final newline included.
    public let text: [UInt8]
    /// The whole note.
    public let encoded: [UInt8]
    let signatures: [Signature]

    struct Signature: Hashable, Sendable {
        let name: String
        let keyID: [UInt8]
        let bytes: [UInt8]
    }

    // An em dash and a space in UTF-8.
    static let mark: [UInt8] = [0xe2, 0x80, 0x94, 0x20]

    /// The note of `text` with signatures already made.
    /// - Precondition: `text` ends with a newline.
    public init(text: [UInt8], signatures: [(key: NoteVerifierKey, bytes: [UInt8])]) {
        precondition(text.last == 0x0a, "a note's text ends with a newline")
        self.text = text
        var encoded = text
        encoded.append(0x0a)
        for (key, bytes) in signatures {
            encoded.append(contentsOf: Self.mark)
            encoded.append(contentsOf: "\(key.name) \(Base64.encode(key.id + bytes))\n".utf8)
        }
        self.encoded = encoded
        self.signatures = signatures.map { Signature(name: $0.key.name, keyID: $0.key.id, bytes: $0.bytes) }
    }

    /// Reads a note strictly. Signatures are not verified; see ``verifiedKeys(among:)``.
    public init(parsing bytes: [UInt8]) throws(SteleError) {
        guard bytes.count <= Self.byteCountMax, String(validating: bytes, as: UTF8.self) != nil, bytes.last == 0x0a,
            bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0a }),
            let split = bytes.indices.dropFirst().last(where: { bytes[$0] == 0x0a && bytes[$0 - 1] == 0x0a })
        else { throw Self.malformed }
        var signatures: [Signature] = []
        for line in bytes[(split + 1)...].dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
            guard signatures.count < Self.signatureCountMax, line.starts(with: Self.mark) else {
                throw Self.malformed
            }
            let words = line.dropFirst(Self.mark.count).split(separator: 0x20, omittingEmptySubsequences: false)
            guard words.count == 2, case let name = String(decoding: words[0], as: UTF8.self),
                NoteVerifierKey.isName(name), let blob = Base64.decode(String(decoding: words[1], as: UTF8.self)),
                blob.count >= 5
            else { throw Self.malformed }
            signatures.append(Signature(name: name, keyID: Array(blob[..<4]), bytes: Array(blob[4...])))
        }
        guard !signatures.isEmpty else { throw Self.malformed }
        text = Array(bytes[..<split])
        encoded = bytes
        self.signatures = signatures
    }

    /// Which of `keys` signed this note. Signatures by other keys are passed over.
    /// - Throws: `note.unsigned` if none did, or if a signature that names one of them does not verify.
    public func verifiedKeys(among keys: [NoteVerifierKey]) throws(SteleError) -> [NoteVerifierKey] {
        var verified: [NoteVerifierKey] = []
        for signature in signatures {
            for key in keys where key.kind == .text && key.name == signature.name && key.id == signature.keyID {
                guard Ed25519.isValid(signature: signature.bytes, of: text, by: key.publicKey) else {
                    throw SteleError(
                        .noteUnsigned, "a signature by a trusted key does not verify",
                        hint: "do not rely on this note; fetch it again from its source")
                }
                if !verified.contains(key) { verified.append(key) }
            }
        }
        guard !verified.isEmpty else {
            throw SteleError(
                .noteUnsigned, "none of the trusted keys signed this note",
                hint: "check that the trust file belongs to this network")
        }
        return verified
    }

    private static var malformed: SteleError {
        SteleError(
            .noteMalformed, "the bytes are not a signed note",
            hint: "fetch the checkpoint again; it is text, a blank line, and signature lines")
    }
}
