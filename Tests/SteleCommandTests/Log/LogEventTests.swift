// What a line of the log looks like, whatever is in it.
import Foundation
import JSON
import Primitives
import Storage
import Testing

@testable import SteleCommand

@Suite struct LogEventTests {
    private static let time = Timestamp(milliseconds: 1_796_075_037_123)

    /// One event of each kind.
    static let all: [LogEvent] = {
        let error = SteleError(.storeLocked, "it is locked", hint: "unlock it", cause: "flock")
        return [
            .starting(process: 7), .listening(url: "https://127.0.0.1:1", network: "n", organisation: "o", height: 3),
            .stopping, .stopped(height: 4), .failed(error), .fault(error, untoldCount: 2), .swept(discardedCount: 1),
            .witnessesFailing(cosigned: 1, asked: 3), .witnessesRecovered(cosigned: 3, asked: 3),
            .witnessesContradict(count: 1), .webhookFailing, .webhookRecovered(attempts: 3),
            .backupMade(fileCount: 1, byteCount: 2, height: 3), .erasureEnded(recordCount: 1, bodyCount: 2),
            .ledgerStandsStill(error), .ledgerWorks, .journalRecorded(entryCount: 2), .rootRenewed(epoch: 2),
            .logReopened,
        ]
    }()

    @Test func everyEventIsOneObjectWithTimeLevelAndName() throws {
        #expect(Set(Self.all.map(\.name)) == Set(LogEvent.Name.allCases))
        for event in Self.all {
            let root = try JSONDocument(parsing: event.json(at: Self.time)).root
            let keys = root.members.map(\.key)
            #expect(keys.prefix(3) == ["time", "level", "event"] && Set(keys).count == keys.count)
            #expect(root["time"]?.string == "2026-11-30T21:43:57.123Z")
            #expect(root["event"]?.string == event.name.rawValue)
            #expect(["info", "warning", "error"].contains(root["level"]?.string))
            #expect(event.text.hasPrefix("stele: ") && event.text.contains(event.name.rawValue))
        }
    }

    @Test func anErrorHasItsCodeAndWhatToDo() throws {
        let error = SteleError(.storeLocked, "it is locked", hint: "unlock it", cause: "flock")
        let line = String(decoding: LogEvent.fault(error, untoldCount: 2).json(at: Self.time), as: UTF8.self)
        #expect(
            line == #"{"time":"2026-11-30T21:43:57.123Z","level":"error","event":"fault","code":"store.locked","#
                + #""message":"it is locked","hint":"unlock it","cause":"flock","untold":2}"#)
        #expect(
            !String(decoding: LogEvent.fault(error, untoldCount: 0).json(at: Self.time), as: UTF8.self)
                .contains("untold"))
    }

    /// A cause comes from libraries and may hold a path, so nothing in it may end the line, begin another field, hide
    /// what follows or be obeyed by a terminal.
    @Test(arguments: [
        "\n{\"time\":\"2020-01-01T00:00:00.000Z\",\"level\":\"info\",\"event\":\"stopped\"}", "\r\nstele: stopped",
        "\",\"event\":\"stopped\",\"x\":\"", "\\", "\u{2028}{}", "\u{2029}", "\u{85}{}", "\u{0}",
        "\u{1b}[2J\u{1b}]0;x\u{7}",
        "\u{9b}31m", "\u{202e}deppots", "\u{feff}", String(repeating: "\n", count: 100_000),
        String(repeating: "a", count: 100_000),
    ])
    func nothingForgesALine(hostile: String) throws {
        let event = LogEvent.failed(SteleError(.storageIO, hostile, hint: hostile, cause: hostile))
        let bytes = event.json(at: Self.time)
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f } && bytes.count < 4 * 4 * LogEvent.textCountMax)
        let root = try JSONDocument(parsing: bytes).root
        #expect(root["event"]?.string == "failed" && root.members.map(\.key).count == 7)
        for text in [String(decoding: bytes, as: UTF8.self), event.text] {
            #expect(text.split(whereSeparator: \.isNewline).count == 1)
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
            #expect(!text.unicodeScalars.contains { [0x2028, 0x2029, 0x202e, 0xfeff].contains($0.value) })
        }
    }

    @Test func wordsStayAsTheyAre() {
        #expect(LogEvent.printable("St. Änna – 東京 \"x\"") == "St. Änna – 東京 \"x\"")
    }
}
