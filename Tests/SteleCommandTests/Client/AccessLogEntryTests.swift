// What a patient reads about each access.
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct AccessLogEntryTests {
    static let grant = Bytes32.zero

    static func entry(_ text: String) throws -> AccessLogEntry {
        try AccessLogEntry(try JSONDocument(parsing: Array(text.utf8)).root)
    }

    static func line(refused: Bool, reason: String, released: String = "[]") -> String {
        let zeros = grant.hex
        return """
            {"number":7,"transaction":"\(zeros)","time":"2026-11-20T12:48:02.218Z","height":90,"action":"read",
            "refused":\(refused),"reason":"\(reason)","grants":["\(zeros)"],"asked":"read DocumentReference/note",
            "withheld":"","purposes":["TREAT"],"asker":{"did":"did:key:z","name":"Dr. F","labels":[["actor","did:key:z"],
            ["role","aurelia","laboratory"]]},"released":\(released)}
            """
    }

    @Test func saysWhoAskedForWhatAndWhyNothingCameOfIt() throws {
        let entry = try Self.entry(Self.line(refused: true, reason: "nothing released: no grant permits it"))
        #expect(
            entry.sentence([Self.grant: "permit to=role:laboratory@aurelia classes=laboratory"])
                == "7. 2026-11-20T12:48:02.218Z  Dr. F (laboratory) asked: read DocumentReference/note for TREAT. "
                + "nothing released: no grant permits it")
    }

    @Test func saysUnderWhichOfThePatientsOwnGrants() throws {
        let released = #"[{"resource":"Observation/hb","version":1,"record":"00"}]"#
        let entry = try Self.entry(
            Self.line(refused: false, reason: "1 record released under your grant", released: released))
        let sentence = entry.sentence([Self.grant: "permit to=role:laboratory@aurelia classes=laboratory"])
        #expect(sentence.hasSuffix("1 record released under your grant (to role:laboratory@aurelia)"))
        #expect(entry.released == ["Observation/hb"])
        #expect(entry.sentence().hasSuffix("1 record released under your grant"))
    }

    @Test(arguments: ["{}", #"{"number":-1}"#, #"{"number":1,"transaction":"ab","time":"x","reason":"y"}"#])
    func refusesALineThatIsNone(text: String) {
        #expect(throws: SteleError.self) { _ = try Self.entry(text) }
    }
}
