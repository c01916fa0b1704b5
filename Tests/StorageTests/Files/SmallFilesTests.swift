// Atomic files, the format mark, the lock of a data directory, and the checksum below them.
import Foundation
import Primitives
import SteleTesting
import Testing

@testable import Storage

@Suite struct AtomicFileTests {
    @Test func replacesAndRemoves() throws {
        let directory = try TemporaryDirectory()
        let file = AtomicFile(directory("f"))
        #expect(try file.read() == nil)
        try file.write([1, 2])
        try file.write([3])
        #expect(try file.read() == [3])
        #expect(try TemporaryDirectory.names(in: directory.path) == ["f"])
        let mode = try FileManager.default.attributesOfItem(atPath: directory("f"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try file.remove()
        try file.remove()
        #expect(try file.read() == nil)
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func holdsTheOldOrTheNewContent(failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment) throws {
        let directory = try TemporaryDirectory()
        let (old, new) = ([UInt8](repeating: 1, count: 300), [UInt8](repeating: 2, count: 500))
        for operation in 1... {
            try AtomicFile(directory("f")).write(old)
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: moment), failure: failure)
            let outcome = Result { try AtomicFile(directory("f"), calls: calls).write(new) }
            let content = try AtomicFile(directory("f")).read()
            #expect(content == new || (content == old && outcome.isFailure), "call \(operation)")
            if failure == .full, case .failure(let error as SteleError) = outcome {
                #expect(error.code == .storageFull && error.cause?.contains("ENOSPC") == false)
            }
            if calls.calls.count < operation { break }
        }
    }

    @Test func syncsFileThenNameThenFolder() throws {
        let directory = try TemporaryDirectory()
        let calls = FaultInjectingSystemCalls()
        try AtomicFile(directory("f"), calls: calls).write([1])
        #expect(calls.calls == ["access", "open", "pwrite", "fsync", "rename", "open", "fsync"])
    }
}

@Suite struct FormatFileTests {
    @Test func acceptsItsOwnFormatOnly() throws {
        let directory = try TemporaryDirectory()
        #expect(try FormatFile.read(in: directory.path) == nil)
        try FormatFile.write(major: 2, in: directory.path)
        #expect(try TemporaryDirectory.read(directory("FORMAT")) == Array("stele 2\n".utf8))
        try FormatFile.check(major: 2, in: directory.path)
        let newer = #expect(throws: SteleError.self) { try FormatFile.check(major: 1, in: directory.path) }
        #expect(newer?.code == .storeNewer)
        let older = #expect(throws: SteleError.self) { try FormatFile.check(major: 4, in: directory.path) }
        #expect(older?.code == .storeOlder)
        #expect(older?.hint.contains("stele upgrade") == true)
    }

    @Test(arguments: [
        "", "stele", "stele \n", "stele 1", "stele 01\n", "stele 0\n", "stele 1\n\n", "stele -1\n", "Stele 1\n",
        "stele 1 \n",
        "stele 1a\n", "rocks 1\n", "stele 1234567890\n", "\u{0}\u{0}\u{0}",
    ])
    func refusesWhatIsNotItsOwn(text: String) throws {
        let directory = try TemporaryDirectory()
        try TemporaryDirectory.write(text.utf8, to: directory("FORMAT"))
        let error = #expect(throws: SteleError.self) { try FormatFile.check(major: 1, in: directory.path) }
        #expect(error?.code == .storeCorrupt)
    }

    @Test func refusesAFolderWithoutAMark() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SteleError.self) { try FormatFile.check(major: 1, in: directory.path) }
        #expect(error?.code == .storeCorrupt)
    }
}

@Suite struct DirectoryLockTests {
    @Test func lastsAsLongAsItsHolder() throws {
        let directory = try TemporaryDirectory()
        do {
            let lock = try DirectoryLock(directory.path)
            do {
                _ = try DirectoryLock(directory.path)
                Issue.record("a second holder")
            } catch {
                #expect(error.code == .storeLocked)
            }
            withExtendedLifetime(lock) {}
        }
        _ = try DirectoryLock(directory.path)
        #expect(try TemporaryDirectory.read(directory("LOCK")).isEmpty)
    }

    @Test func needsItsFolder() throws {
        let directory = try TemporaryDirectory()
        do {
            _ = try DirectoryLock(directory("none"))
            Issue.record("a lock in a missing folder")
        } catch {
            #expect(error.code == .storageIO)
        }
    }
}

@Suite struct CRC32CTests {
    /// RFC 3720 appendix B.4, and the check value of the algorithm.
    private static let published: [(bytes: [UInt8], checksum: UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa), ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0...31), 0x46dd_794e), ((0...31).reversed(), 0x113f_db5c), (Array("123456789".utf8), 0xe306_9283),
        ([], 0),
    ]

    @Test(arguments: published)
    func agreesWithPublishedValues(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.checksum(bytes[...]) == checksum)
        for split in bytes.indices {
            #expect(CRC32C.checksum(bytes[split...], continuing: CRC32C.checksum(bytes[..<split])) == checksum)
        }
    }
}

extension Result {
    var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}
