// Ledger · the keys that sign notes, as C2SP writes them.
public import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no signed note, or text that is no verifier key.
    public static let noteMalformed = ErrorCode("note.malformed")
    /// A note that none of the trusted keys signed, or that one of them is said to have signed and did not.
    public static let noteUnsigned = ErrorCode("note.unsigned")
}

/// The public half of a key that signs notes: `name+hash+base64(kind ‖ key)`. Source: C2SP signed-note, "Verifier
/// keys".
public struct NoteVerifierKey: Hashable, Sendable {
    /// What the key signs.
    public enum Kind: UInt8, Sendable {
        /// The note's text: plain Ed25519.
        case text = 0x01
        /// A time and the note's text, as a witness. Source: C2SP tlog-cosignature.
        case cosignature = 0x04
    }

    /// The key's name: no white space, no `+`.
    public let name: String
    /// The Ed25519 key.
    public let publicKey: PublicKey
    /// What it signs.
    public let kind: Kind

    /// The key named `name`.
    /// - Precondition: `name` is valid.
    public init(name: String, publicKey: PublicKey, kind: Kind = .text) {
        precondition(Self.isName(name), "a note key's name has no white space and no +")
        self.name = name
        self.publicKey = publicKey
        self.kind = kind
    }

    /// Reads the text form strictly.
    public init(parsing text: String) throws(SteleError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, Self.isName(String(parts[0])), let key = Base64.decode(parts[2]), key.count == 33,
            let kind = Kind(rawValue: key[0])
        else { throw Self.malformed }
        self.init(name: String(parts[0]), publicKey: PublicKey(key, at: 1), kind: kind)
        guard parts[1] == Hex.encode(id) else { throw Self.malformed }
    }

    /// The text form.
    public var text: String {
        name + "+" + Hex.encode(id) + "+" + Base64.encode([kind.rawValue] + publicKey.bytes)
    }

    /// The first four bytes of `SHA-256(name ‖ 0A ‖ kind ‖ key)`: what names the key in a signature line.
    public var id: [UInt8] {
        var bytes = Array(name.utf8)
        bytes.append(contentsOf: [0x0a, kind.rawValue])
        bytes.append(publicKey)
        return Array(SHA256.hash(bytes).bytes[..<4])
    }

    /// Whether `name` can name a key: a word without white space, `+` and control characters.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.unicodeScalars.contains { $0 == "+" || $0.properties.isWhitespace || $0.value < 0x20 }
    }

    private static var malformed: SteleError {
        SteleError(
            .noteMalformed, "the verifier key is malformed",
            hint: "copy the whole line name+hash+key from the node's trust.key")
    }
}

/// Signs notes.
public struct NoteSigner: Sendable {
    /// The public half.
    public let verifierKey: NoteVerifierKey
    private let key: SigningKey

    /// A signer named `name`.
    public init(name: String, key: SigningKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: key.publicKey)
        self.key = key
    }

    /// The note of `text`, which ends with a newline, with one signature.
    public func sign(_ text: [UInt8]) -> SignedNote {
        SignedNote(text: text, signatures: [(verifierKey, key.sign(text))])
    }
}
