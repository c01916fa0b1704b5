// Ledger · what a log asks of a witness, as text on the wire.
public import Primitives

extension ErrorCode {
    /// A request to a witness, or its answer, that is not what the protocol says.
    public static let witnessMalformed = ErrorCode("witness.malformed")
}

/// The body of `POST add-checkpoint`. Source: C2SP tlog-witness.
///
/// ```
/// old <size>
/// <base64 hash>            up to 63 of them
///
/// <signed checkpoint>
/// ```
public struct WitnessRequest: Sendable {
    /// Most hashes in a proof.
    public static let hashCountMax = 63
    /// Largest body, in bytes.
    public static let byteCountMax = SignedNote.byteCountMax + 64 + 64 * 64

    /// The size of the tree from which the proof leads; what the witness cosigned last, 0 for nothing.
    public let oldSize: UInt64
    /// The consistency proof's hashes.
    public let path: [Digest]
    /// The checkpoint.
    public let note: SignedNote

    /// The request to cosign `note`.
    public init(oldSize: UInt64, path: [Digest], note: SignedNote) {
        self.oldSize = oldSize
        self.path = path
        self.note = note
    }

    /// Reads a body strictly.
    /// - Throws: `witness.malformed`, or what is wrong with the note.
    public init(parsing body: [UInt8]) throws(SteleError) {
        guard body.count <= Self.byteCountMax else { throw Self.malformed }
        var rest = body[...]
        func line() throws(SteleError) -> String {
            guard let end = rest.firstIndex(of: 0x0a),
                let text = String(validating: rest[..<end], as: UTF8.self)
            else { throw Self.malformed }
            rest = rest[(end + 1)...]
            return text
        }
        let first = try line()
        guard first.hasPrefix("old "), let size = Checkpoint.decimal(String(first.dropFirst(4))) else {
            throw Self.malformed
        }
        oldSize = size
        var path: [Digest] = []
        while true {
            let text = try line()
            if text.isEmpty { break }
            guard path.count < Self.hashCountMax, let hash = Base64.decode(text).flatMap({ Digest($0) }) else {
                throw Self.malformed
            }
            path.append(hash)
        }
        self.path = path
        note = try SignedNote(parsing: Array(rest))
    }

    /// The body.
    public var encoded: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in path { text += Base64.encode(hash.bytes) + "\n" }
        return Array((text + "\n").utf8) + note.encoded
    }

    private static var malformed: SteleError {
        SteleError(
            .witnessMalformed, "the body is not an add-checkpoint request",
            hint: "send an old size line, base64 hashes, an empty line and a signed note, as C2SP tlog-witness says")
    }
}
