// Storage · how a log file ends: whole, with a write that was cut short, or damaged.

/// The end of a file in RocksDB's log format, which its write-ahead log and its `MANIFEST` share.
///
/// A log is a run of 32 KiB blocks, each a run of fragments, with up to 6 zero bytes where no header fits:
/// ```
/// masked CRC-32C of type and data u32 le ‖ size u16 le ‖ type u8 ‖ data
/// ```
/// A record is one fragment of type 1 (whole), or one of type 2 (first), any of type 3 (middle) and one of type 4
/// (last). Source: RocksDB 7.8, `db/log_format.h` and the wiki page "Write Ahead Log File Format".
///
/// A write is *cut short* when the file ends inside it, or a disk sector of it is missing (all zeros), and no record
/// begins after it. Everything else that is not whole is *damage*: RocksDB itself would take a damaged size at the end
/// for a cut and drop what was synced.
enum LogEnding: Equatable {
    case whole
    /// The record that was cut short begins at this offset.
    case cutShort(at: Int)
    case damaged

    init(of log: [UInt8]) {
        var offset = 0
        var recordStart: Int?  // Of the record whose fragments are being read.
        self = .whole
        while let fragment = LogFragment(in: log, atOrAfter: offset) {
            let start = recordStart ?? fragment.start
            guard fragment.isWhole, (recordStart == nil) == fragment.beginsRecord else {
                let isCut = !fragment.isWhole && Self.isCut(log, fragment, recordStart: start)
                let next = fragment.isWhole ? fragment.start : fragment.start + 1
                self = isCut && !Self.beginsRecord(in: log, from: next) ? .cutShort(at: start) : .damaged
                return
            }
            recordStart = fragment.endsRecord ? nil : start
            offset = fragment.end
        }
        if let recordStart { self = .cutShort(at: recordStart) }
    }

    private static func isCut(_ log: [UInt8], _ fragment: LogFragment, recordStart: Int) -> Bool {
        if hasEmptySector(log, from: recordStart) { return true }
        return fragment.end > log.count && !fragment.fitsAnotherSize(in: log)
    }

    /// Whether a 512-byte sector of the file has nothing but zeros from `start` on.
    private static func hasEmptySector(_ log: [UInt8], from start: Int) -> Bool {
        var sector = start / 512 * 512
        while sector < log.count {
            let part = max(sector, start)..<min(sector + 512, log.count)
            // Shorter runs of zeros are common in good data.
            if part.count >= LogFragment.headerSize, log[part].allSatisfy({ $0 == 0 }) { return true }
            sector += 512
        }
        return false
    }

    /// Whether a record begins with a whole fragment anywhere from `start` on. Sizes before it are not trusted.
    private static func beginsRecord(in log: [UInt8], from start: Int) -> Bool {
        var offset = start
        while let fragment = LogFragment(in: log, atOrAfter: offset) {
            if fragment.isWhole, fragment.beginsRecord { return true }
            offset = fragment.isWhole ? fragment.end : fragment.start + 1
        }
        return false
    }
}

/// One fragment of a log, as its header describes it.
struct LogFragment {
    static let headerSize = 7
    private static let blockSize = 32 << 10

    let start: Int
    /// Where it ends if its size is right; past the end of the log if even its header is incomplete.
    let end: Int
    /// Whether it is all there and agrees with its checksum.
    let isWhole: Bool
    private let type: UInt8

    var beginsRecord: Bool { type == 1 || type == 2 }
    var endsRecord: Bool { type == 1 || type == 4 }

    /// The fragment at `offset`, or at the next block if no header fits in this one; `nil` at the end of the log.
    init?(in log: [UInt8], atOrAfter offset: Int) {
        let blockEnd = (offset / Self.blockSize + 1) * Self.blockSize
        start = blockEnd - offset < Self.headerSize ? blockEnd : offset
        guard start < log.count else { return nil }
        guard log.count - start >= Self.headerSize else {
            (end, isWhole, type) = (log.count + 1, false, 0)
            return
        }
        end = start + Self.headerSize + (Int(log[start + 4]) | Int(log[start + 5]) << 8)
        type = log[start + 6]
        let limit = min((start / Self.blockSize + 1) * Self.blockSize, log.count)
        isWhole =
            end <= limit && (1...4).contains(type)
            && Self.storedChecksum(log, start) == Self.mask(CRC32C.checksum(log[(start + 6)..<end]))
    }

    /// Whether the checksum agrees with some other size, which then is what was damaged.
    func fitsAnotherSize(in log: [UInt8]) -> Bool {
        let limit = min((start / Self.blockSize + 1) * Self.blockSize, log.count)
        guard limit - start >= Self.headerSize else { return false }
        let stored = Self.storedChecksum(log, start)
        var checksum: UInt32 = 0
        for offset in (start + 6)..<limit {
            checksum = CRC32C.checksum(log[offset...offset], continuing: checksum)
            if Self.mask(checksum) == stored { return true }
        }
        return false
    }

    private static func storedChecksum(_ log: [UInt8], _ start: Int) -> UInt32 {
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(log[start + $1]) << (8 * UInt32($1)) }
    }

    private static func mask(_ checksum: UInt32) -> UInt32 { (checksum >> 15 | checksum << 17) &+ 0xa282_ead8 }
}
