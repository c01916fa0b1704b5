// Queries made to cost a lot, or to be read in two ways: they are refused, or answered quickly.
import Primitives
import Testing

@testable import FHIR

@Suite struct SearchLimitTests {
    private static let context = SearchContext(
        baseURL: "https://stele.test/fhir", now: Timestamp(seconds: 1_800_000_000))

    private func query(_ type: ResourceType, _ fields: (String, String)...) throws -> SearchQuery {
        try SearchQuery(type, fields.map { SearchField($0.0, $0.1) }, in: Self.context)
    }

    private func refused(_ type: ResourceType, _ name: String, _ value: String) -> Bool {
        do {
            _ = try query(type, (name, value))
            return false
        } catch { return (error as? SteleError)?.code == .searchParameter }
    }

    @Test func aValueHasAnEnd() throws {
        let most = String(repeating: "x", count: 32_768)
        #expect(throws: Never.self) { try query(.patient, ("name", most)) }
        #expect(refused(.patient, "name", most + "x"))
        #expect(refused(.observation, "value-quantity", String(repeating: "9", count: 65)))
        #expect(refused(.observation, "code", String(repeating: "a,", count: 256) + "a"))
        #expect(throws: Never.self) { try query(.observation, ("code", String(repeating: "a,", count: 255) + "a")) }
    }

    @Test func linksAreCountedWhetherTheyLeadAnywhereOrNot() throws {
        #expect(refused(.observation, "subject.general-practitioner.organization.partof.partof.name", "x"))
        #expect(refused(.patient, String(repeating: "_has:Observation:patient:", count: 5) + "code", "x"))
        let clock = ContinuousClock()
        let long = String(repeating: "not-a-date,", count: 250) + "x"
        let time = clock.measure {
            // Each of these may lead to every type, where most have a date and none understands the value.
            for name in ["entity.date", "entity.focus.date", "entity.focus.focus.date", "entity.entity.entity.date"] {
                #expect(refused(.auditEvent, name, long))
            }
        }
        #expect(time < .seconds(10), "\(time)")
    }

    @Test func whatIsNoNumberIsRefused() {
        for text in ["", "-1", "1.5", "9999999999999999999999", "0x10", "١"] {
            #expect(refused(.patient, "_count", text), "\(text)")
        }
        for text in ["NaN", "1e9999999", "--1", "1e", ".5", "5.", "gt", "ge ", "1e1.5"] {
            #expect(refused(.observation, "value-quantity", text), "\(text)")
        }
        for text in ["2024-13", "2024-02-30", "gt", "24", "2024-01-01T25:00:00Z", "T10:00", "2024-1-1"] {
            #expect(refused(.observation, "date", text), "\(text)")
        }
    }

    @Test func separatorsAreBytesWhateverFollowsThem() {
        // A combining mark makes one character with the separator before it.
        #expect(EscapedText.split("a,\u{301}b", ",") == ["a", "\u{301}b"])
        #expect(EscapedText.split(#"a\,b,c\\,d"#, ",") == [#"a\,b"#, #"c\\"#, "d"])
        #expect(EscapedText.split("", ",") == [""] && EscapedText.split(",", ",") == ["", ""])
        #expect(EscapedText.split("a|b|c", "|", countMax: 2) == ["a", "b|c"])
        #expect(EscapedText.unescaped(#"a\,b\\c\x\"#) == #"a,b\c\x\"#)
    }

    @Test func referencesAreReadAsTheyWereSplit() {
        let texts: [(String, ResourceType?, String?)] = [
            ("Patient/p1", .patient, "p1"), ("Patient/p1/_history/2", .patient, "p1"),
            ("https://x.org/fhir/Patient/p1", .patient, "p1"),
            ("https://x.org/fhir/Patient/p1/_history/2", .patient, "p1"),
            ("p1", nil, nil), ("/p1", nil, nil), ("Patient/", nil, nil), ("p1/_history/2", nil, nil), ("", nil, nil),
            ("urn:uuid:7", nil, nil), ("#x", nil, nil), ("Nothing/p1", nil, nil), ("/_history/2", nil, nil),
            ("Patient/p1/_history", nil, nil), ("_history/_history/_history", nil, nil), ("//", nil, nil),
        ]
        for (text, type, id) in texts {
            let reference = Reference(text)
            #expect(reference.type == type && reference.id == id, "\(text)")
        }
    }

    @Test func bytesAreLookedForOnlyWhereEqualTextsAreEqualBytes() throws {
        func needles(_ type: ResourceType, _ name: String, _ value: String) throws -> [String] {
            guard case .value(_, let check)? = try query(type, (name, value)).conditions.first else { return ["?"] }
            return check.needles.map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(try needles(.observation, "code", "http://loinc.org|718-7,2093-3") == ["718-7", "2093-3"])
        #expect(try needles(.observation, "code", "http://loinc.org|") == [])
        #expect(try needles(.observation, "code:not", "718-7") == [])
        #expect(try needles(.observation, "code", "\u{212b}") == [])
        #expect(try needles(.observation, "code", "a,b,c,d,e") == [])
        #expect(try needles(.observation, "subject", "https://stele.test/fhir/Patient/p1") == ["p1"])
        #expect(
            try needles(.patient, "name", "Kestrel") == [] && needles(.patient, "name:exact", "Kestrel") == ["Kestrel"])
        #expect(try needles(.observation, "code:missing", "true") == [])
    }
}
