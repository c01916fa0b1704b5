// Where the lines of a log go: to a program or a person, into a file, and not away.
import Foundation
import JSON
import Primitives
import SteleTesting
import Storage
import Testing

@testable import SteleCommand

@Suite struct ServiceLogTests {
    private static let error = SteleError(.storageIO, "the disk failed", hint: "mend it")

    private static func configuration(_ folder: TemporaryDirectory, bytes: Int = 4096) throws -> Configuration {
        var configuration = try Configuration(parsing: ConfigurationTests.least)
        configuration.folder = folder.path
        configuration.logFile = "logs/stele.log"
        configuration.logByteCountMax = bytes
        configuration.logKeptCount = 100
        return configuration
    }

    private static func events(_ text: String) throws -> [String] {
        try text.split(separator: "\n").map { line in
            try #require(try JSONDocument(parsing: Array(line.utf8)).root["event"]?.string)
        }
    }

    @Test func tellsAProgramInJSONAndAPersonInText() throws {
        let (said, time) = (TestTerminal(), TestClock())
        let program = ServiceLog(said.terminal, time: time)
        #expect(program.isOnStandardError)
        program.write(.stopping)
        #expect(try Self.events(said.errors[0]) == ["stopping"])

        let person = TestTerminal()
        let log = ServiceLog(person.terminal(hasPerson: true), time: time)
        #expect(!log.isOnStandardError)
        for event in LogEventTests.all { log.write(event) }
        #expect(
            person.errors.contains(
                "stele: error: fault, code store.locked, message it is locked, hint unlock it, cause flock, untold 2"))
        #expect(person.errors.contains("stele: stopped, height 4"))
        // What the verb says itself is not said twice.
        #expect(!person.errors.contains { $0.contains("listening") || $0.contains("failed") })
    }

    @Test func goesOnInTheFile() throws {
        let (folder, said, time) = (try TemporaryDirectory(), TestTerminal(), TestClock())
        let log = ServiceLog(said.terminal, time: time)
        try log.open(Self.configuration(folder))
        for _ in 0..<200 { log.write(.stopping) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/logs")
        #expect(names.count > 1 && said.errors == [] && !log.isOnStandardError)
        let lines = try names.flatMap {
            try Self.events(String(contentsOfFile: "\(folder.path)/logs/\($0)", encoding: .utf8))
        }
        #expect(lines == [String](repeating: "stopping", count: 200))
    }

    @Test func goesOnInANewFileAfterAnotherProgramMovedIt() throws {
        let (folder, said) = (try TemporaryDirectory(), TestTerminal())
        let log = ServiceLog(said.terminal, time: TestClock())
        try log.open(Self.configuration(folder))
        let path = folder.path + "/logs/stele.log"
        log.write(.stopping)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        log.write(.webhookFailing)
        log.reopen()
        #expect(
            try Self.events(String(contentsOfFile: path + ".old", encoding: .utf8)) == ["stopping", "webhook.failing"])
        #expect(try Self.events(String(contentsOfFile: path, encoding: .utf8)) == ["log.reopened"])
    }

    /// `/dev/full` takes nothing.
    @Test func saysOnStandardErrorWhatTheFileDoesNotTake() throws {
        let said = TestTerminal()
        let log = ServiceLog(said.terminal, time: TestClock())
        var configuration = try Configuration(parsing: ConfigurationTests.least)
        configuration.logFile = "/dev/full"
        try log.open(configuration)
        log.write(.stopping)
        #expect(try Self.events(said.errors.joined(separator: "\n")) == ["stopping"])
    }

    @Test func aFaultThatRepeatsIsCounted() throws {
        let (said, clock) = (TestTerminal(), TestClock())
        let log = ServiceLog(said.terminal, time: clock)
        for _ in 0..<1000 { log.fault(Self.error) }
        log.fault(SteleError(.storageFull, "the disk is full", hint: "make room"))
        #expect(said.errors.count == 2)
        clock.advance(milliseconds: FaultCounter.silenceMs)
        log.fault(Self.error)
        #expect(said.errors.count == 3 && said.errors[2].contains(#""untold":999}"#))
        clock.advance(milliseconds: FaultCounter.silenceMs)
        log.fault(Self.error)
        #expect(said.errors.count == 4 && !said.errors[3].contains("untold"))
    }
}
