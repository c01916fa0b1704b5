// Large objects: whole or absent, read in ranges.
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct BlobDirectoryTests {
    private static func id(_ byte: UInt8) -> Bytes32 { Bytes32([byte, 1, 2] + [UInt8](repeating: byte, count: 29))! }

    private static func open(_ directory: TemporaryDirectory, calls: any SystemCalls = LinuxSystemCalls()) throws
        -> BlobDirectory
    {
        try BlobDirectory(directory("blobs"), temporaryPath: directory("tmp"), calls: calls)
    }

    @Test func readsEveryRange() throws {
        let directory = try TemporaryDirectory()
        let blobs = try Self.open(directory)
        let writer = try blobs.writer(for: Self.id(1))
        try writer.append(Array(0..<100))
        #expect(try !blobs.contains(Self.id(1)))
        try writer.append([])
        try writer.append(Array(100..<200))
        #expect(writer.byteCount == 200)
        try writer.commit()
        #expect(try blobs.byteCount(of: Self.id(1)) == 200)
        for range in [0..<0, 0..<1, 0..<200, 99..<101, 199..<200, 200..<200] {
            #expect(try blobs.read(Self.id(1), in: range) == range.map { UInt8($0) })
        }
        for range in [0..<201, 200..<201, 300..<400] {
            let error = #expect(throws: SteleError.self) { try blobs.read(Self.id(1), in: range) }
            #expect(error?.code == .blobRange)
        }
        #expect(try TemporaryDirectory.names(in: directory("blobs/01/01")).count == 1)
        #expect(try TemporaryDirectory.names(in: directory("tmp")).isEmpty)
    }

    @Test func listsAndDeletes() throws {
        let directory = try TemporaryDirectory()
        let blobs = try Self.open(directory)
        for byte in [UInt8(9), 3, 200, 4] { try blobs.write([byte], as: Self.id(byte)) }
        func list() throws -> [Bytes32] {
            var ids: [Bytes32] = []
            try blobs.forEach { (id) throws(SteleError) in
                ids.append(id)
                return ids.count < 4
            }
            return ids
        }
        #expect(try list() == [3, 4, 9, 200].map { Self.id($0) })
        try blobs.delete(Self.id(9))
        try blobs.delete(Self.id(9))
        #expect(try list() == [3, 4, 200].map { Self.id($0) })
        let error = #expect(throws: SteleError.self) { try blobs.read(Self.id(9), in: 0..<1) }
        #expect(error?.code == .blobUnknown)
        let same = #expect(throws: SteleError.self) { try blobs.write([1], as: Self.id(4)) }
        #expect(same?.code == .storageExists)
        #expect(try blobs.read(Self.id(4), in: 0..<1) == [4])
    }

    @Test func leavesNothingOfAnUnfinishedBlob() throws {
        let directory = try TemporaryDirectory()
        let blobs = try Self.open(directory)
        do {
            let writer = try blobs.writer(for: Self.id(1))
            try writer.append([1])
            #expect(throws: SteleError.self) { try blobs.writer(for: Self.id(1)) }
        }
        #expect(try TemporaryDirectory.names(in: directory("tmp")).isEmpty)
        // A killed process leaves the file; the next opening removes it and nothing else.
        try TemporaryDirectory.write([1], to: directory("tmp/abc.blob"))
        try TemporaryDirectory.write([1], to: directory("tmp/other"))
        _ = try Self.open(directory)
        #expect(try TemporaryDirectory.names(in: directory("tmp")) == ["other"])
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func isWholeOrAbsentWhicheverCallFails(failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment) throws {
        let content = [UInt8](repeating: 5, count: 1000)
        for operation in 1... {
            let directory = try TemporaryDirectory()
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: moment), failure: failure)
            let outcome = Result {
                let writer = try Self.open(directory, calls: calls).writer(for: Self.id(1))
                try writer.append(Array(content[..<400]))
                try writer.append(Array(content[400...]))
                try writer.commit()
            }
            let blobs = try Self.open(directory)
            if try blobs.contains(Self.id(1)) {
                #expect(try blobs.read(Self.id(1), in: 0..<1000) == content, "call \(operation)")
                #expect(try blobs.byteCount(of: Self.id(1)) == 1000)
            } else {
                #expect(outcome.isFailure, "call \(operation)")
            }
            #expect(try TemporaryDirectory.names(in: directory("tmp")).isEmpty)
            if calls.calls.count < operation { break }
        }
    }

    @Test(arguments: [Failpoint.blobRenameBefore, .blobRenameAfter])
    func stopsAtFailpoints(point: Failpoint) throws {
        let directory = try TemporaryDirectory()
        let failpoints = Failpoints()
        failpoints.set(point, .fail)
        let blobs = try BlobDirectory(
            directory("blobs"), temporaryPath: directory("tmp"), failpoints: failpoints)
        #expect(throws: SteleError.self) { try blobs.write([1], as: Self.id(1)) }
        #expect(try blobs.contains(Self.id(1)) == (point == .blobRenameAfter))
        #expect(try TemporaryDirectory.names(in: directory("tmp")).isEmpty)
    }
}
