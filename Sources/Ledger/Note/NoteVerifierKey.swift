// Ledger · the keys that sign notes, as C2SP writes them.
public import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no signed note, or text that is no verifier key.
    public static let noteMalformed = ErrorCode("note.malformed")
    /// A note that none of the trusted keys signed, or that one of them is said to have signed and did not.
    public static let noteUnsigned = ErrorCode("note.unsigned")
}

/// The public half of a key that signs notes: `name+hash+base64(01 ‖ key)`. Source: C2SP signed-note, "Verifier keys".
public struct NoteVerifierKey: Hashable, Sendable {
    /// The signature type of plain Ed25519.
    static let ed25519: UInt8 = 0x01

    /// The key's name: no white space, no `+`.
    public let name: String
    /// The Ed25519 key.
    public let publicKey: PublicKey

    /// The key named `name`.
    /// - Precondition: `name` is valid.
    public init(name: String, publicKey: PublicKey) {
        precondition(Self.isName(name), "a note key's name has no white space and no +")
        self.name = name
        self.publicKey = publicKey
    }

    /// Reads the text form strictly.
    public init(parsing text: String) throws(SteleError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, Self.isName(String(parts[0])), let key = Base64.decode(parts[2]), key.count == 33,
            key[0] == Self.ed25519
        else { throw Self.malformed }
        self.init(name: String(parts[0]), publicKey: PublicKey(key, at: 1))
        guard parts[1] == Hex.encode(id) else { throw Self.malformed }
    }

    /// The text form.
    public var text: String {
        name + "+" + Hex.encode(id) + "+" + Base64.encode([Self.ed25519] + publicKey.bytes)
    }

    /// The first four bytes of `SHA-256(name ‖ 0A ‖ 01 ‖ key)`: what names the key in a signature line.
    public var id: [UInt8] {
        var bytes = Array(name.utf8)
        bytes.append(contentsOf: [0x0a, Self.ed25519])
        bytes.append(publicKey)
        return Array(SHA256.hash(bytes).bytes[..<4])
    }

    package static func isName(_ name: String) -> Bool {
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
