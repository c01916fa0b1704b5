// FHIRTests · the facts an index keeps.
import FHIR
import Testing

@Suite struct SearchValuesTests {
    static func entries(_ text: String) throws -> [IndexEntry] { SearchValues.indexEntries(of: try Resource(text)) }

    @Test func readsAnObservation() throws {
        let text = #"""
            {"resourceType":"Observation","status":"final","identifier":[{"system":"s","value":"7"},{"value":"8"},{"system":"s"}],
             "category":[{"coding":[{"system":"c","code":"laboratory"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"718-7"},{"code":"hb"}]},
             "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]}}],
             "effectiveDateTime":"2026-04-02T08:10:00+02:00"}
            """#
        let date = try #require(DateTime("2026-04-02T08:10:00+02:00"))
        #expect(
            try Self.entries(text) == [
                .identifier(system: "s", value: "7"), .identifier(system: nil, value: "8"),
                .code(system: "http://loinc.org", code: "718-7"), .code(system: nil, code: "hb"),
                .category(system: "c", code: "laboratory"), .status("final"),
                .date(parameter: "date", start: date, end: date),
            ])
    }

    @Test func looksWhereEachTypeKeepsIt() throws {
        func codes(_ text: String) throws -> [String] {
            try Self.entries(text).compactMap { if case .code(_, let code) = $0 { code } else { nil } }
        }
        #expect(try codes(#"{"resourceType":"Immunization","vaccineCode":{"coding":[{"code":"140"}]}}"#) == ["140"])
        #expect(
            try codes(#"{"resourceType":"DocumentReference","type":{"coding":[{"code":"34788-0"}]}}"#) == ["34788-0"])
        #expect(
            try codes(
                #"{"resourceType":"MedicationRequest","medicationCodeableConcept":{"coding":[{"code":"N06AB06"}]}}"#)
                == ["N06AB06"])
        #expect(
            try codes(#"{"resourceType":"Encounter","class":{"code":"AMB"},"type":[{"coding":[{"code":"t"}]}]}"#) == [
                "t", "AMB",
            ])
        #expect(
            try Self.entries(#"{"resourceType":"Condition","clinicalStatus":{"coding":[{"code":"active"}]}}"#) == [
                .status("active")
            ])
    }

    @Test func readsPeriodsTimingsAndOpenEnds() throws {
        func dates(_ text: String) throws -> [String] {
            try Self.entries(text).compactMap {
                if case .date(let parameter, let start, let end) = $0 {
                    "\(parameter) \(start?.text ?? "…") \(end?.text ?? "…")"
                } else {
                    nil
                }
            }
        }
        #expect(try dates(#"{"resourceType":"Encounter","period":{"start":"2026-01-08"}}"#) == ["date 2026-01-08 …"])
        #expect(
            try dates(#"{"resourceType":"Procedure","performedPeriod":{"start":"2026-01-08","end":"2026-01-09"}}"#)
                == ["date 2026-01-08 2026-01-09"])
        #expect(
            try dates(
                #"{"resourceType":"Observation","effectiveTiming":{"event":["2026-03-01","2026-01-01","2026-02-01"]}}"#)
                == ["date 2026-01-01 2026-03-01"])
        #expect(
            try dates(#"{"resourceType":"Patient","birthDate":"1968-04-12"}"#) == ["birthdate 1968-04-12 1968-04-12"])
        #expect(try dates(#"{"resourceType":"Patient","birthDate":"soon"}"#) == [])
        #expect(
            try dates(#"{"resourceType":"Condition","recordedDate":"2026","onsetDateTime":"2014"}"#)
                == ["onset-date 2014 2014", "recorded-date 2026 2026"])
    }
}
