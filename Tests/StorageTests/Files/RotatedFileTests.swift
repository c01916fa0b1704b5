// A log in files: no line is lost, cut or mixed, whatever is full, moved or failing.
import Foundation
import Primitives
import SteleTesting
import Testing

@testable import Storage

@Suite struct RotatedFileTests {
    /// The lines of all files, the oldest first.
    private static func lines(_ directory: TemporaryDirectory) throws -> [String] {
        let numbers = try TemporaryDirectory.names(in: directory.path, prefix: "log.").compactMap { name in
            Int(name.dropFirst(4))
        }
        let names = numbers.sorted(by: >).map { "log.\($0)" } + ["log"]
        return try names.flatMap { name in
            String(decoding: try TemporaryDirectory.read(directory(name)), as: UTF8.self).split(separator: "\n")
                .map(String.init)
        }
    }

    private static func write(_ number: Int, to file: RotatedFile) throws(SteleError) {
        try file.write(Array("line \(number)".utf8))
    }

    @Test func keepsEveryLineInOrderAndNoFileTooLong() throws {
        let directory = try TemporaryDirectory()
        let file = try RotatedFile(directory("log"), byteCountMax: 100, keptCount: 50)
        for number in 0..<300 { try Self.write(number, to: file) }
        #expect(try Self.lines(directory) == (0..<300).map { "line \($0)" })
        for name in try TemporaryDirectory.names(in: directory.path) {
            #expect(try TemporaryDirectory.read(directory(name)).count <= 100)
            let mode = try FileManager.default.attributesOfItem(atPath: directory(name))[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func keepsAsManyFilesAsAskedAndTheNewest() throws {
        let directory = try TemporaryDirectory()
        let file = try RotatedFile(directory("log"), byteCountMax: 20, keptCount: 2)
        for number in 100..<130 { try Self.write(number, to: file) }
        try file.write([UInt8](repeating: 0x78, count: 50))
        #expect(try TemporaryDirectory.names(in: directory.path) == ["log", "log.1", "log.2"])
        #expect(try Self.lines(directory).suffix(3) == ["line 128", "line 129", String(repeating: "x", count: 50)])
    }

    @Test func goesOnAtTheEndOfWhatIsThere() throws {
        let directory = try TemporaryDirectory()
        for number in 0..<5 {
            try Self.write(number, to: RotatedFile(directory("log"), byteCountMax: 1000, keptCount: 1))
        }
        #expect(try Self.lines(directory) == (0..<5).map { "line \($0)" })
    }

    /// Written from several threads while files are full, and while another program moves the file away.
    @Test func losesNothingWhileOthersWriteAndMoveIt() async throws {
        let directory = try TemporaryDirectory()
        let file = try RotatedFile(directory("log"), byteCountMax: 2000, keptCount: 500)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask { for number in 0..<500 { try Self.write(writer * 500 + number, to: file) } }
            }
            let path = file.path
            group.addTask {
                for round in 0..<20 {
                    try? FileManager.default.moveItem(atPath: path, toPath: "\(path).\(1000 + round)")
                    try file.reopen()
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        let lines = try Self.lines(directory)
        #expect(Set(lines) == Set((0..<2000).map { "line \($0)" }) && lines.count == 2000)
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func refusesALineOrKeepsIt(failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment) throws {
        for operation in 1... {
            let directory = try TemporaryDirectory()
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: moment), failure: failure)
            var kept: Set<String> = []
            if let file = try? RotatedFile(directory("log"), byteCountMax: 30, keptCount: 20, calls: calls) {
                for number in 0..<20 where (try? Self.write(number, to: file)) != nil { kept.insert("line \(number)") }
                // A line may be there though its call threw, as any write; one that was accepted is always there.
                let lines = try Self.lines(directory)
                #expect(kept.isSubset(of: lines) && lines.count == Set(lines).count, "call \(operation)")
                #expect(lines.allSatisfy { $0.hasPrefix("line ") }, "call \(operation) left half a line")
            }
            if calls.calls.count < operation { break }
        }
    }

    @Test func triesAgainWithoutMovingAFileTwice() throws {
        let directory = try TemporaryDirectory()
        let file = try RotatedFile(directory("log"), byteCountMax: 15, keptCount: 3)
        for number in 0..<5 { try Self.write(number, to: file) }
        let before = try Self.lines(directory)
        // Nothing can be renamed to the name of a folder that is not empty.
        directory.remove("log.1")
        try FileManager.default.createDirectory(
            atPath: directory("log.1/in/the/way"), withIntermediateDirectories: true)
        directory.remove("log.2")
        try FileManager.default.createDirectory(
            atPath: directory("log.2/in/the/way"), withIntermediateDirectories: true)
        directory.remove("log.3")
        try FileManager.default.createDirectory(
            atPath: directory("log.3/in/the/way"), withIntermediateDirectories: true)
        for number in 5..<10 { try Self.write(number, to: file) }
        let newest = String(decoding: try TemporaryDirectory.read(directory("log")), as: UTF8.self)
        #expect(newest.hasSuffix((5..<10).map { "line \($0)\n" }.joined()) && before.contains("line 4"))
    }
}
