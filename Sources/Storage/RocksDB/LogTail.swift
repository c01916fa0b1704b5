// Storage · a log whose last write was cut short, told from a log that is damaged.
import Primitives

/// Finds the end of the whole records in RocksDB's newest log file.
///
/// A log is a run of 32 KiB blocks, each a run of fragments, with up to 6 zero bytes where no header fits:
/// ```
/// masked CRC-32C of type and data u32 le ‖ size u16 le ‖ type u8 ‖ data
/// ```
/// A record is one fragment of type 1 (whole), or one of type 2 (first), any of type 3 (middle) and one of type 4
/// (last). Source: RocksDB 7.8, `db/log_format.h` and the wiki page "Write Ahead Log File Format".
enum LogTail {
    private static let blockSize = 32 << 10
    private static let headerSize = 7

    /// Cuts a torn tail off the newest log in `directory` and returns how many bytes were cut; `nil`, with nothing
    /// changed, when the log is whole or damaged before its last record.
    ///
    /// The bytes are not kept: they may hold what is erased later.
    static func cut(in directory: String, calls: any SystemCalls) throws(SteleError) -> Int? {
        try doing("reading the log") { () throws(SystemError) in
            let logs = try calls.names(in: directory).compactMap { name -> (number: Int, name: String)? in
                guard name.hasSuffix(".log"), let number = Int(name.dropLast(4)) else { return nil }
                return (number, name)
            }
            guard let newest = logs.max(by: { $0.number < $1.number }) else { return nil }
            let file = try OpenFile("\(directory)/\(newest.name)", .update, calls: calls)
            let bytes = try file.readAll()
            guard let end = tornTailStart(in: bytes) else { return nil }
            try file.truncate(byteCount: end)
            try file.sync()
            return bytes.count - end
        }
    }

    /// Where the last record begins, if it is cut short and every one before it is whole; otherwise `nil`.
    ///
    /// After the cut no whole record may begin: a later one would mean damage in the middle.
    static func tornTailStart(in log: [UInt8]) -> Int? {
        var offset = 0
        var recordStart: Int?  // Of the record whose fragments are being read.
        while let fragment = nextFragment(in: log, from: &offset) {
            let start = recordStart ?? fragment.start
            guard fragment.isWhole, (recordStart == nil) == fragment.type.begins else {
                return beginsRecord(in: log, after: fragment.start) ? nil : start
            }
            recordStart = fragment.type.ends ? nil : start
            offset = fragment.end
        }
        return recordStart
    }

    private struct Fragment {
        var start: Int
        var end: Int
        var type: Kind
        var isWhole: Bool
    }

    private enum Kind: UInt8 {
        case unknown = 0, whole = 1, first, middle, last
        var begins: Bool { self == .whole || self == .first }
        var ends: Bool { self == .whole || self == .last }
    }

    /// The fragment at `offset`, or at the next block if no header fits in this one; `nil` at the end of the log.
    private static func nextFragment(in log: [UInt8], from offset: inout Int) -> Fragment? {
        let blockEnd = (offset / blockSize + 1) * blockSize
        if blockEnd - offset < headerSize { offset = blockEnd }
        guard offset < log.count else { return nil }
        var fragment = Fragment(start: offset, end: log.count, type: .unknown, isWhole: false)
        guard log.count - offset >= headerSize else { return fragment }

        let size = Int(log[offset + 4]) | Int(log[offset + 5]) << 8
        let end = offset + headerSize + size
        let limit = min((offset / blockSize + 1) * blockSize, log.count)
        guard end <= limit, let type = Kind(rawValue: log[offset + 6]), type != .unknown else { return fragment }
        let stored = (0..<4).reduce(UInt32(0)) { $0 | UInt32(log[offset + $1]) << (8 * UInt32($1)) }
        let checksum = CRC32C.checksum(log[(offset + 6)..<end])
        fragment.end = end
        fragment.type = type
        fragment.isWhole = stored == (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
        return fragment
    }

    /// Whether a record begins with a whole fragment past `start`: in the same block, following the sizes as they stand,
    /// or at the beginning of any later block and onwards.
    private static func beginsRecord(in log: [UInt8], after start: Int) -> Bool {
        var offset = start
        while offset < log.count {
            guard let fragment = nextFragment(in: log, from: &offset) else { return false }
            if fragment.start > start, fragment.isWhole, fragment.type.begins { return true }
            let isReadable = fragment.type != .unknown
            offset = isReadable ? fragment.end : (fragment.start / blockSize + 1) * blockSize
        }
        return false
    }
}
