// A log that was cut short is mended; a log that was damaged is refused.
//
// The folder of an open store is copied file by file, which is what a killed process leaves. The copy's log is then cut
// or damaged at chosen places and opened.
import Primitives
import Testing

@testable import Storage

@Suite struct LogEndingTests {
    /// A folder with three synced writes and then one of 80,000 bytes, in one log that was never flushed.
    private struct Crashed {
        let directory: TemporaryDirectory
        let log: [UInt8]
        let logName: String
        let lastStart: Int

        init() throws {
            directory = try TemporaryDirectory()
            let store = try RocksDBStore(path: directory("live"), columnFamilies: .test)
            for byte in UInt8(1)...3 { try store.put([byte], [UInt8](repeating: byte, count: 500), sync: true) }
            let path = directory("live")
            logName = try #require(try TemporaryDirectory.names(in: path, suffix: ".log").last)
            lastStart = try TemporaryDirectory.read("\(path)/\(logName)").count
            var random = SeededGenerator(seed: 7)
            try store.put([4], random.bytes(80_000))
            log = try TemporaryDirectory.read("\(path)/\(logName)")
            _ = try directory.copy(path, as: "copy")
            try store.close()
        }

        func open(log: some Sequence<UInt8>, tornTail: RocksDBOptions.TornTail = .cut) throws -> RocksDBStore {
            directory.remove("try")
            let path = try directory.copy(directory("copy"), as: "try")
            try TemporaryDirectory.write(log, to: "\(path)/\(logName)")
            var options = RocksDBOptions()
            options.tornTail = tornTail
            return try RocksDBStore(path: path, columnFamilies: .test, options: options)
        }
    }

    @Test func opensAfterACrashWithNothingLost() throws {
        let crashed = try Crashed()
        let store = try crashed.open(log: crashed.log)
        #expect(store.cutByteCount == 0)
        #expect(try store.keys() == [[1], [2], [3], [4]])
    }

    @Test func cutsOnlyTheWriteThatWasCutShort() throws {
        let crashed = try Crashed()
        let ends = [1, 6, 7, 8, 511, 512, 32_000, 32_768, 40_000, 79_999].map { crashed.lastStart + $0 }
        for end in ends + [crashed.log.count - 1] {
            let store = try crashed.open(log: crashed.log[..<end])
            #expect(store.cutByteCount == end - crashed.lastStart, "cut at \(end)")
            #expect(try store.keys() == [[1], [2], [3]], "cut at \(end)")
            try store.put([5], [5], sync: true)
            try store.close()
            let again = try RocksDBStore(path: crashed.directory("try"), columnFamilies: .test)
            #expect(try again.keys() == [[1], [2], [3], [5]] && again.cutByteCount == 0)
        }
    }

    @Test func cutsALastWriteWithMissingSectors() throws {
        let crashed = try Crashed()
        for sector in stride(from: (crashed.lastStart / 512 + 1) * 512, to: crashed.log.count, by: 19 * 512) {
            var log = crashed.log
            for offset in sector..<min(sector + 512, log.count) { log[offset] = 0 }
            let store = try crashed.open(log: log)
            #expect(try store.keys() == [[1], [2], [3]], "sector at \(sector)")
        }
    }

    @Test func leavesATornTailWhenTold() throws {
        let crashed = try Crashed()
        let error = #expect(throws: SteleError.self) {
            try crashed.open(log: crashed.log[..<(crashed.lastStart + 600)], tornTail: .refuse)
        }
        #expect(error?.code == .storageCorrupt)
    }

    /// A flipped bit is refused, whatever it hits: checksum, size, type, or data, in the last write or before.
    @Test func refusesDamage() throws {
        let crashed = try Crashed()
        let inLast = [0, 4, 5, 6, 7, 500, 40_000].map { crashed.lastStart + $0 }
        for offset in [0, 3, 4, 5, 6, 7, 15, 30, 400, 560, 1100] + inLast + [crashed.log.count - 1] {
            var log = crashed.log
            log[offset] ^= 0x10
            let error = #expect(throws: SteleError.self, "offset \(offset)") { try crashed.open(log: log) }
            #expect(error?.code == .storageCorrupt)
        }
    }

    /// After an orderly stop there is no write that could have been cut short.
    @Test func refusesATornTailAfterAnOrderlyStop() throws {
        let crashed = try Crashed()
        for name in try TemporaryDirectory.names(in: crashed.directory("live"), suffix: ".log") {
            let path = crashed.directory("live/\(name)")
            try TemporaryDirectory.write(TemporaryDirectory.read(path).dropLast(), to: path)
        }
        for _ in 0..<2 {
            let error = #expect(throws: SteleError.self) {
                try RocksDBStore(path: crashed.directory("live"), columnFamilies: .test)
            }
            #expect(error?.code == .storageCorrupt)
        }
    }

    @Test func findsTheEndInLogsOfEveryShape() {
        func record(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
            let checksum = CRC32C.checksum(([type] + data)[...])
            let masked = (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
            return (0..<4).map { UInt8(truncatingIfNeeded: masked >> (8 * UInt32($0))) }
                + [UInt8(data.count & 0xff), UInt8(data.count >> 8), type] + data
        }
        let whole = record(1, [1, 2, 3])
        let zeros = [UInt8](repeating: 0, count: 600)
        #expect(LogEnding(of: []) == .whole)
        #expect(LogEnding(of: whole + whole) == .whole)
        #expect(LogEnding(of: whole + whole.dropLast()) == .cutShort(at: 10))
        #expect(LogEnding(of: whole + whole.prefix(3)) == .cutShort(at: 10))
        #expect(LogEnding(of: whole + record(2, [1])) == .cutShort(at: 10))
        #expect(LogEnding(of: whole + record(2, [1]) + record(3, [2]) + record(4, [3])) == .whole)
        #expect(LogEnding(of: whole + record(2, [1]) + whole) == .damaged)
        #expect(LogEnding(of: whole + record(3, [1])) == .damaged)
        #expect(LogEnding(of: whole + record(9, [1])) == .damaged)
        #expect(LogEnding(of: whole + zeros) == .cutShort(at: 10))
        #expect(LogEnding(of: whole + zeros + whole) == .damaged)
        for offset in 0..<10 {
            var log = whole + whole
            log[10 + offset] ^= 0x08
            #expect(LogEnding(of: log) == .damaged, "offset \(offset)")
            log = whole + whole
            log[offset] ^= 0x08
            #expect(LogEnding(of: log) == .damaged, "offset \(offset)")
        }
        // Six bytes are left in the first block; the next record begins in the second.
        let filled = record(1, [UInt8](repeating: 5, count: 32_768 - 7 - 6)) + [UInt8](repeating: 0, count: 6)
        #expect(LogEnding(of: filled + whole) == .whole)
        #expect(LogEnding(of: filled + whole.dropLast()) == .cutShort(at: 32_768))
        #expect(LogEnding(of: filled.dropLast(8) + zeros.prefix(8) + whole) == .damaged)
    }
}
