// Storage · a log of fixed size whose bytes are on the disk before anything is written to it.
public import Primitives
import Synchronization

extension ErrorCode {
    /// A journal that holds what was not written to it, or lacks what was.
    public static let journalDamaged = ErrorCode("journal.damaged")
    /// A journal without room for what is to be written down.
    public static let journalFull = ErrorCode("journal.full")
}

/// Numbered pieces of bytes, one after the other, each durable when the call that appends it returns.
///
/// The file is made with all its bytes, so that a full disk cannot keep anything out of it on a file system that
/// overwrites in place. A piece is `length u32 ‖ bytes ‖ zeros`, cut into sectors (`SlotSector`) whose sequence is the
/// piece's number, whose slot is how many more sectors than one it has, and whose place counts them from 0. Numbers
/// grow by one. Whoever needs no piece any more starts over at the front; what is left behind the newest piece has
/// smaller numbers and means nothing.
///
/// A write cut short leaves sectors that are whole and of another number, or zero: that piece, the last, was never
/// acknowledged and is cut off. A sector that fails its own checksum is damage, and the file is refused. What no single
/// file can show is a last piece whose sectors were all put back to what they were.
///
/// After a failed write or sync the log refuses every later one (``FailStop``).
public final class PreallocatedLog: Sendable {
    /// One piece of what is in the log.
    public struct Piece: Hashable, Sendable {
        /// Its number.
        public let number: UInt64
        /// What was appended.
        public let bytes: [UInt8]

        /// The piece `number`.
        public init(number: UInt64, bytes: [UInt8]) {
            self.number = number
            self.bytes = bytes
        }
    }

    /// Most bytes of one piece.
    public static let pieceByteCountMax = sectorCountMax * SlotSector.contentSize - 4
    private static let sectorCountMax = 256

    private let file: OpenFile
    private let sectorCount: Int
    private let failStop = FailStop()
    private let next: Mutex<Int>  // The sector that the next piece begins at; held while one is written.

    /// Creates the file with `byteCount` zeros unless it exists. It is durable when this returns, and a crash before
    /// leaves no file.
    /// - Precondition: `byteCount` is a multiple of 512.
    public static func create(
        _ path: String, byteCount: Int, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        precondition(byteCount.isMultiple(of: SlotSector.size) && byteCount > 0)
        let exists = try doing("looking for a journal") { () throws(SystemError) in try calls.exists(path) }
        if !exists { try AtomicFile(path, calls: calls).write([UInt8](repeating: 0, count: byteCount)) }
    }

    /// Opens the log and hands over its pieces, oldest first. A piece that was cut short is wiped, so that it cannot be
    /// taken for the one that comes in its place.
    /// - Throws: `journal.damaged`, or what the disk says.
    public static func open(
        _ path: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> (log: PreallocatedLog, pieces: [Piece]) {
        let file = try doing("opening a journal") { () throws(SystemError) in try OpenFile(path, .update, calls: calls)
        }
        let bytes = try doing("reading a journal") { () throws(SystemError) in try file.readAll() }
        let (pieces, end) = try Self.pieces(in: bytes)
        let tail = end..<min(end + sectorCountMax, bytes.count / SlotSector.size)
        let range = tail.lowerBound * SlotSector.size..<tail.upperBound * SlotSector.size
        if bytes[range].contains(where: { $0 != 0 }) {
            try doing("mending a journal") { () throws(SystemError) in
                try file.write([UInt8](repeating: 0, count: range.count), at: range.lowerBound)
                try file.syncData()
            }
        }
        return (PreallocatedLog(file: file, sectorCount: bytes.count / SlotSector.size, next: end), pieces)
    }

    /// The pieces of the log at `path`, which is left as it is.
    /// - Throws: `journal.damaged`, or what the disk says.
    public static func read(
        _ path: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> [Piece] {
        try Self.pieces(in: AtomicFile(path, calls: calls).read() ?? []).pieces
    }

    private init(file: consuming OpenFile, sectorCount: Int, next: Int) {
        self.file = file
        self.sectorCount = sectorCount
        self.next = Mutex(next)
    }

    /// Appends the piece `number`, which follows the one before; durable when this returns.
    /// - Throws: `journal.full` with nothing written, or what the disk says.
    /// - Complexity: one write and one `fdatasync`.
    public func append(_ bytes: [UInt8], number: UInt64) throws(SteleError) {
        let sectors = Self.sectors(bytes, number: number)
        let outcome = next.withLock { next in
            Result { () throws(SteleError) in
                guard let sectors, next + sectors.count <= sectorCount else { throw Self.full }
                try failStop.guarding { () throws(SteleError) in
                    try doing("writing to a journal") { () throws(SystemError) in
                        try file.write(sectors.flatMap { $0 }, at: next * SlotSector.size)
                        try file.syncData()
                    }
                }
                next += sectors.count
            }
        }
        try outcome.get()
    }

    /// Lets the next piece begin at the front, because none that is there is needed any more.
    public func startOver() { next.withLock { $0 = 0 } }

    /// Writes zeros over all of it; durable when this returns. The next piece begins at the front.
    public func wipe() throws(SteleError) {
        let outcome = next.withLock { next in
            Result { () throws(SteleError) in
                next = 0
                try failStop.guarding { () throws(SteleError) in
                    try doing("wiping a journal") { () throws(SystemError) in
                        try file.write([UInt8](repeating: 0, count: sectorCount * SlotSector.size), at: 0)
                        try file.syncData()
                    }
                }
            }
        }
        try outcome.get()
    }

    private static var full: SteleError {
        SteleError(
            .journalFull, "the journal of emergencies has no room left",
            hint: "make the ledger work again: see /health/ready")
    }
}

// MARK: - Format
extension PreallocatedLog {
    private static func sectors(_ bytes: [UInt8], number: UInt64) -> [[UInt8]]? {
        guard bytes.count <= pieceByteCountMax else { return nil }
        var content: [UInt8] = []
        content.append(bigEndian: UInt32(bytes.count))
        content += bytes
        let count = (content.count + SlotSector.contentSize - 1) / SlotSector.contentSize
        content += repeatElement(0, count: count * SlotSector.contentSize - content.count)
        return (0..<count).map { sector in
            SlotSector.encode(
                sequence: number, slot: count - 1, sector: sector,
                content: content[(sector * SlotSector.contentSize)...].prefix(SlotSector.contentSize))
        }
    }

    /// One sector as it lies in the file.
    private enum Sector {
        case zero
        case whole(SlotSector, more: Int, place: Int)
    }

    private static func sector(_ index: Int, of bytes: [UInt8]) throws(SteleError) -> Sector {
        let slice = bytes[(index * SlotSector.size)...].prefix(SlotSector.size)
        if slice.allSatisfy({ $0 == 0 }) { return .zero }
        let (more, place) = (Int(slice[slice.startIndex + 8]), Int(slice[slice.startIndex + 9]))
        guard let sector = SlotSector(slice, slot: more, sector: place) else { throw damaged }
        return .whole(sector, more: more, place: place)
    }

    /// The pieces, and the sector at which the next one begins.
    private static func pieces(in bytes: [UInt8]) throws(SteleError) -> (pieces: [Piece], end: Int) {
        guard bytes.count.isMultiple(of: SlotSector.size) else { throw damaged }
        let count = bytes.count / SlotSector.size
        var pieces: [Piece] = []
        var place = 0
        while place < count {
            guard case .whole(let first, let more, let index) = try sector(place, of: bytes) else { break }
            let expected = pieces.last.map { $0.number + 1 }
            // Left from before the log was started over, or of a piece that was cut short over what was left.
            if index != 0 || first.sequence < expected ?? 0 { break }
            guard first.sequence == expected ?? first.sequence, place + more < count else { throw damaged }
            var content = Array(first.content)
            for offset in 0..<more {
                guard case .whole(let part, more: more, place: offset + 1) = try sector(place + offset + 1, of: bytes),
                    part.sequence == first.sequence
                else { return (pieces, place) }
                content += part.content
            }
            let length = Int(content.bigEndian(at: 0, as: UInt32.self))
            guard length <= content.count - 4 else { throw damaged }
            pieces.append(Piece(number: first.sequence, bytes: Array(content[4..<(4 + length)])))
            place += more + 1
        }
        return (pieces, place)
    }

    private static var damaged: SteleError {
        SteleError(
            .journalDamaged, "the journal of emergencies is damaged",
            hint: "keep the file: it may hold accesses that the ledger lacks; restore it from a copy of this directory")
    }
}
