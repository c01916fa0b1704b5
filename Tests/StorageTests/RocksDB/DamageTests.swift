// A flipped bit in a file of a store is noticed: at opening, or by the read that meets it. Wrong data is never
// returned.
import Primitives
import Storage
import Testing

@Suite struct DamageTests {
    private static let entries: [(key: [UInt8], value: [UInt8])] = (0..<300).map { number in
        var random = SeededGenerator(seed: UInt64(number))
        return ([UInt8(number >> 8), UInt8(number & 0xff)], random.bytes(40))
    }

    /// A closed store with everything in sorted files.
    private static func makeStore(in directory: TemporaryDirectory) throws -> String {
        let store = try RocksDBStore(path: directory("store"), columnFamilies: .test)
        var batch = WriteBatch()
        for entry in entries { batch.put(entry.key, entry.value, in: .state) }
        try store.write(batch, sync: true)
        try store.flush()
        try store.close()
        return directory("store")
    }

    private enum Outcome { case noticed, harmless, silent }

    /// What happens to a reader of a copy of the store in which one file was changed; a crash leaves no `STOPPED`.
    private static func outcome(
        _ directory: TemporaryDirectory, _ file: String, isCrashed: Bool, _ change: (inout [UInt8]) -> Void
    ) throws -> Outcome {
        directory.remove("damaged")
        let path = try directory.copy(directory("store"), as: "damaged")
        if isCrashed { directory.remove("damaged/STOPPED") }
        var bytes = try TemporaryDirectory.read("\(path)/\(file)")
        change(&bytes)
        try TemporaryDirectory.write(bytes, to: "\(path)/\(file)")
        do {
            let store = try RocksDBStore(path: path, columnFamilies: .test)
            let scanned = try store.scan(.all, in: .state)
            let single = try entries.map { try store.get($0.key, in: .state) }
            let many = try store.getMany(entries.map(\.key), in: .state)
            let isRight =
                scanned.map(\.key) == entries.map(\.key) && scanned.map(\.value) == entries.map(\.value)
                && single == entries.map(\.value) && many == entries.map(\.value)
            return isRight ? .harmless : .silent
        } catch let error as SteleError {
            #expect([.storageCorrupt, .storageIO, .storageLayout].contains(error.code), "\(error)")
            return .noticed
        }
    }

    @Test(arguments: [".sst", "MANIFEST", "CURRENT"])
    func noticesFlippedBits(part: String) throws {
        let directory = try TemporaryDirectory()
        let path = try Self.makeStore(in: directory)
        let files = try TemporaryDirectory.names(in: path).filter { $0.hasSuffix(part) || $0.hasPrefix(part) }
        let file = try #require(files.last)
        let count = try TemporaryDirectory.read("\(path)/\(file)").count
        var noticedCount = 0
        for offset in stride(from: 0, to: count, by: max(1, count / 60)) {
            let outcome = try Self.outcome(directory, file, isCrashed: true) { $0[offset] ^= 0x04 }
            #expect(outcome != .silent, "\(file) at \(offset) of \(count)")
            if outcome == .noticed { noticedCount += 1 }
        }
        #expect(noticedCount > 0)
    }

    @Test(arguments: [".sst", "MANIFEST"])
    func noticesTruncation(part: String) throws {
        let directory = try TemporaryDirectory()
        let path = try Self.makeStore(in: directory)
        let file = try #require(
            try TemporaryDirectory.names(in: path).last { $0.hasSuffix(part) || $0.hasPrefix(part) })
        let count = try TemporaryDirectory.read("\(path)/\(file)").count
        for kept in [0, 1, count / 2, count - 1] {
            let outcome = try Self.outcome(directory, file, isCrashed: false) { $0.removeLast($0.count - kept) }
            #expect(outcome == .noticed, "\(file) cut to \(kept) of \(count)")
        }
    }

    @Test func refusesAMissingSortedFile() throws {
        let directory = try TemporaryDirectory()
        let path = try Self.makeStore(in: directory)
        let file = try #require(try TemporaryDirectory.names(in: path, suffix: ".sst").first)
        directory.remove("store/\(file)")
        let error = #expect(throws: SteleError.self) { try RocksDBStore(path: path, columnFamilies: .test) }
        #expect(error?.code == .storageCorrupt || error?.code == .storageIO)
    }

    /// RocksDB alone would begin an empty store here.
    @Test(arguments: [true, false])
    func refusesAMissingCurrentFile(isFlushed: Bool) throws {
        let directory = try TemporaryDirectory()
        let store = try RocksDBStore(path: directory("store"), columnFamilies: .test)
        try store.put([1], [1])
        if isFlushed { try store.flush() }
        try store.close()
        for name in ["CURRENT", "STOPPED"] { directory.remove("store/\(name)") }
        let error = #expect(throws: SteleError.self) {
            try RocksDBStore(path: directory("store"), columnFamilies: .test)
        }
        #expect(error?.code == .storageCorrupt)
    }

    @Test func refusesACheckpointWithAMissingFile() throws {
        let directory = try TemporaryDirectory()
        let store = try RocksDBStore(path: directory("store"), columnFamilies: .test)
        try store.put([1], [1])
        try store.checkpoint(to: directory("copy"))
        let file = try #require(try TemporaryDirectory.names(in: directory("copy"), suffix: ".sst").first)
        directory.remove("copy/\(file)")
        let error = #expect(throws: SteleError.self) {
            try RocksDBStore(path: directory("copy"), columnFamilies: .test)
        }
        #expect(error?.code == .storageCorrupt)
    }

    @Test func refusesToCreateWhenTold() throws {
        let directory = try TemporaryDirectory()
        var options = RocksDBOptions()
        options.createsIfMissing = false
        #expect(throws: SteleError.self) {
            try RocksDBStore(path: directory("none"), columnFamilies: .test, options: options)
        }
        #expect(try TemporaryDirectory.names(in: directory.path).isEmpty)
    }
}
