// Ledger · proof files taken apart and put together: their openings without bytes, and with them.
public import Primitives

extension ProofFile {
    /// The same file with openings that have no bytes: what is kept beside the records themselves.
    public var withoutContent: ProofFile {
        var file = self
        file.openings = openings.map { RecordOpening(record: $0.record, salt: $0.salt, bytes: []) }
        return file
    }

    /// The file that shows `content` to be the record it opens.
    ///
    /// - Throws: `proof.malformed` unless the file opens exactly one record and has no bytes for it.
    public func opening(_ content: [UInt8]) throws(SteleError) -> ProofFile {
        guard openings.count == 1, openings[0].bytes.isEmpty else {
            throw SteleError(
                .proofMalformed, "the proof does not open exactly one record, to be given its bytes",
                hint: "take the proof out of a copy again with stele export")
        }
        var file = self
        file.openings = [RecordOpening(record: openings[0].record, salt: openings[0].salt, bytes: content)]
        return file
    }

    /// The log whose checkpoint the file leads to: the first line of the checkpoint, trusted by nobody yet.
    public var claimedOrigin: String {
        String(decoding: note.prefix { $0 != UInt8(ascii: "\n") }.prefix(1024), as: UTF8.self)
    }
}
