// Node · one line of the journal: what the ledger will be told, and what is kept for the patient.
internal import Contracts
internal import Cryptography
internal import Primitives
internal import Storage

/// An entry with what goes beside it, as it lies in the journal. Source: `docs/spec/journal.md` §2.
struct JournalLine: Hashable, Sendable {
    /// The hash over the entries before it.
    let previous: Digest
    /// Whose records it is about.
    let subject: SubjectID
    /// What the ledger will be told.
    let entry: JournalEntry
    /// The request kept for the patient, sealed under the patient's key.
    let sealed: [UInt8]

    /// The journal up to and with this line.
    var row: JournalRow {
        var row = JournalRow()
        row.count = entry.number - 1
        row.head = previous
        row.append(encoded: entry.encoded(), of: subject)
        return row
    }

    /// `previous 32 ‖ subject 32 ‖ length of the entry u32 ‖ entry ‖ sealed request`.
    var encoded: [UInt8] {
        let entry = entry.encoded()
        var bytes = previous.bytes + subject.bytes
        bytes.append(bigEndian: UInt32(entry.count))
        return bytes + entry + sealed
    }
}

extension JournalLine {
    /// The line that `piece` of the file is.
    /// - Throws: `journal.damaged`.
    init(_ piece: PreallocatedLog.Piece) throws(SteleError) {
        let bytes = piece.bytes
        guard bytes.count >= 68 else { throw .damagedJournal }
        let length = Int(bytes.bigEndian(at: 64, as: UInt32.self))
        guard length <= bytes.count - 68, let entry = try? JournalEntry(decoding: bytes, in: 68..<(68 + length)) else {
            throw .damagedJournal
        }
        previous = Digest(bytes, at: 0)
        subject = SubjectID(bytes, at: 32)
        self.entry = entry
        sealed = Array(bytes[(68 + length)...])
        guard entry.number == piece.number, entry.kept == SHA256.hash(sealed) else { throw .damagedJournal }
    }
}

extension SteleError {
    /// A journal whose lines are whole and not those that were written, or not of this ledger.
    static var damagedJournal: SteleError {
        SteleError(
            .journalDamaged, "the journal of emergencies does not follow what the ledger has of it",
            hint: "keep the file: it may hold accesses that the ledger lacks; restore it with the rest of its backup")
    }
}
