// Ledger · what an outside witness signs about a checkpoint: that it only grew, as of a time.
public import Cryptography
public import Primitives

/// A witness's signature on a checkpoint. Source: C2SP tlog-cosignature, "Ed25519 signed message".
///
/// ```
/// signed     cosignature/v1\ntime <seconds since 1970>\n<text of the note>
/// signature  seconds u64 ‖ Ed25519 signature 64
/// ```
/// It states that the tree is the largest that the witness has seen of this log by then, and that it extends every tree
/// that the witness cosigned before.
public struct Cosignature: Hashable, Sendable {
    /// How many bytes a signature has, its time included.
    static let byteCount = 72

    /// Whose it is.
    public let key: NoteVerifierKey
    /// When it was made, in seconds since 1970.
    public let time: UInt64

    /// What is signed.
    static func message(_ text: [UInt8], time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}

/// Cosigns checkpoints, as a witness.
public struct Cosigner: Sendable {
    /// The public half.
    public let verifierKey: NoteVerifierKey
    private let key: SigningKey

    /// The witness `name`. Its key signs nothing else: the signed message does not name the witness.
    public init(name: String, key: SigningKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: key.publicKey, kind: .cosignature)
        self.key = key
    }

    /// The signature line that states `text` as of `time` (seconds since 1970), newline included.
    public func line(for text: [UInt8], time: UInt64) -> [UInt8] {
        var signature: [UInt8] = []
        signature.append(bigEndian: time)
        signature += key.sign(Cosignature.message(text, time: time))
        return SignedNote.line(verifierKey, signature)
    }
}

// MARK: - On a note
extension SignedNote {
    /// The cosignatures on this note by `keys`, each key once, in the order of `keys`. Other signatures are passed
    /// over.
    /// - Throws: `note.unsigned` if a signature that names one of `keys` does not verify.
    public func cosignatures(by keys: [NoteVerifierKey]) throws(SteleError) -> [Cosignature] {
        var found: [Cosignature] = []
        for key in keys where key.kind == .cosignature && !found.contains(where: { $0.key == key }) {
            // The newest, if a witness signed twice.
            var newest: UInt64?
            for signature in signatures where signature.name == key.name && signature.keyID == key.id {
                guard signature.bytes.count == Cosignature.byteCount,
                    case let time:UInt64 = signature.bytes.bigEndian(at: 0), time <= UInt64(Int64.max),
                    Ed25519.isValid(
                        signature: Array(signature.bytes[8...]), of: Cosignature.message(text, time: time),
                        by: key.publicKey)
                else {
                    throw SteleError(
                        .noteUnsigned, "a cosignature by a trusted witness does not verify",
                        hint: "do not rely on this note; fetch it again from its source")
                }
                newest = max(newest ?? 0, time)
            }
            if let newest { found.append(Cosignature(key: key, time: newest)) }
        }
        return found
    }

    /// This note with the cosignature of `key` in a witness's `answer`, and the cosignature. Lines of other keys are
    /// left.
    /// - Throws: `note.malformed` or `note.unsigned` unless the answer holds one that verifies.
    public func adding(
        cosignatureIn answer: [UInt8], by key: NoteVerifierKey
    ) throws(SteleError) -> (note: SignedNote, cosignature: Cosignature) {
        let answered = try SignedNote(parsing: text + [0x0a] + answer)
        guard let cosignature = try answered.cosignatures(by: [key]).first else {
            throw SteleError(
                .noteUnsigned, "the witness's answer holds no cosignature by its key",
                hint: "check the name and the key of the witness")
        }
        let lines = answered.signatures.filter { $0.name == key.name && $0.keyID == key.id }
            .map { Self.line(key, $0.bytes) }
        return (try SignedNote(parsing: encoded + lines.joined()), cosignature)
    }

    /// The signature line of `key`, newline included.
    static func line(_ key: NoteVerifierKey, _ signature: [UInt8]) -> [UInt8] {
        mark + Array("\(key.name) \(Base64.encode(key.id + signature))\n".utf8)
    }
}
