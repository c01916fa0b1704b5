// FHIRTests · what is read from resources to be found by, and how it is kept.
import JSON
import Primitives
import Testing

@testable import FHIR

@Suite struct SearchFactsTests {
    private func values(_ text: String, _ code: String) throws -> [FactValue] {
        let resource = try Resource(text)
        let parameter = try #require(SearchParameters.parameter(code, of: resource.type))
        return try SearchFacts(of: resource)
            .values(of: parameter.sources, in: SearchParameters.table(of: resource.type)).map(\.value)
    }

    @Test func tokensOfEveryType() throws {
        let observation = #"""
            {"resourceType":"Observation","status":"final","identifier":[{"system":"s","value":"7","type":{"text":"record","coding":[{"system":"t","code":"MR"}]}},{"value":"8"},{"system":"s"}],
             "code":{"text":"Hb","coding":[{"system":"http://loinc.org","code":"718-7","display":"Hemoglobin"},{"code":"hb"},{"system":"only"}]}}
            """#
        #expect(
            try values(observation, "identifier") == [
                .token(system: "s", code: "7"), .typed(system: "t", code: "MR", value: "7"), .text("record"),
                .token(system: nil, code: "8"),
            ])
        #expect(
            try values(observation, "code") == [
                .token(system: "http://loinc.org", code: "718-7"), .text("Hemoglobin"), .token(system: nil, code: "hb"),
                .token(system: "only", code: ""), .text("Hb"),
            ])
        #expect(try values(observation, "status") == [.token(system: nil, code: "final")])
        let patient =
            #"{"resourceType":"Patient","active":true,"telecom":[{"system":"phone","value":"1"},{"system":"email","value":"a@b"}],"deceasedDateTime":"2020"}"#
        #expect(try values(patient, "active") == [.token(system: nil, code: "true")])
        #expect(try values(patient, "email") == [.token(system: nil, code: "a@b")])
        #expect(try values(patient, "telecom").count == 2)
        #expect(try values(patient, "deceased") == [.token(system: nil, code: "true")])
        #expect(
            try values(#"{"resourceType":"Patient","deceasedBoolean":false}"#, "deceased") == [
                .token(system: nil, code: "false")
            ])
        #expect(
            try values(#"{"resourceType":"Patient","meta":{"tag":[{"code":"x"}],"profile":["urn:p"]}}"#, "_profile")
                == [.string("urn:p")])
    }

    @Test func textDatesNumbersQuantitiesReferencesAndAddresses() throws {
        let patient =
            #"{"resourceType":"Patient","name":[{"family":"A","given":["B","C"],"prefix":["D"]}],"address":[{"line":["1 Rd"],"city":"X"}]}"#
        #expect(try values(patient, "name") == ["A", "B", "C", "D"].map(FactValue.string))
        #expect(try values(patient, "address") == ["1 Rd", "X"].map(FactValue.string))
        #expect(try values(patient, "given") == [.string("B"), .string("C")])
        let start = DateTime("2026-01-08")?.start
        #expect(
            try values(#"{"resourceType":"Encounter","period":{"start":"2026-01-08"}}"#, "date") == [
                .date(start: start, end: nil)
            ])
        #expect(
            try values(
                #"{"resourceType":"Observation","effectiveTiming":{"event":["2026-03","2026-01-08"]}}"#, "date")
                == [.date(start: start, end: DateTime("2026-03")?.end)])
        #expect(
            try values(
                #"{"resourceType":"Observation","effectiveTiming":{"repeat":{"boundsPeriod":{"end":"2026"}}}}"#,
                "date")
                == [.date(start: nil, end: DateTime("2026")?.end)])
        #expect(try values(#"{"resourceType":"Patient","birthDate":"soon"}"#, "birthdate") == [])
        #expect(
            try values(
                #"{"resourceType":"Observation","valueQuantity":{"value":1.50,"unit":"gram","system":"u","code":"g"}}"#,
                "value-quantity")
                == [.quantity(low: "1.50", high: "1.50", system: "u", code: "g", unit: "gram")])
        #expect(
            try values(
                #"{"resourceType":"RiskAssessment","prediction":[{"probabilityDecimal":0.02},{"probabilityRange":{"low":{"value":1}}}]}"#,
                "probability")
                == [.number(low: "0.02", high: "0.02"), .number(low: "1", high: nil)])
        #expect(
            try values(
                #"{"resourceType":"Observation","subject":{"reference":"Patient/1"},"performer":[{"identifier":{"value":"7"}},{"reference":"urn:x","type":"Practitioner"}]}"#,
                "performer")
                == [.identified(system: nil, value: "7"), .reference("urn:x", type: "Practitioner")])
        #expect(try values(#"{"resourceType":"ValueSet","url":"http://x"}"#, "url") == [.string("http://x")])
    }

    @Test func factsOfOneElementStayTogether() throws {
        let text =
            #"{"resourceType":"Observation","component":[{"code":{"coding":[{"code":"a"}]},"valueQuantity":{"value":1}},{"code":{"coding":[{"code":"b"}]},"valueQuantity":{"value":2}}]}"#
        let parameter = try #require(SearchParameters.parameter("component-code", of: .observation))
        let found = try SearchFacts(of: Resource(text))
            .values(of: parameter.sources, in: SearchParameters.table(of: .observation))
        #expect(found.count == 2 && Set(found.map(\.group)).count == 2)
    }

    @Test func malformedFactsAreNoFacts() throws {
        let resource = try Resource(
            #"{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"a"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024"}"#
        )
        let encoded = Array(try SearchFacts(of: resource).encoded)
        #expect(SearchFacts(encoded: encoded).isReadable(as: .observation))
        for count in 0..<encoded.count {
            #expect(!SearchFacts(encoded: Array(encoded[..<count])).isReadable(as: .observation))
        }
        #expect(!SearchFacts(encoded: encoded + [0]).isReadable(as: .observation))
        // Whatever a byte becomes, a search neither stops nor finds what is not there.
        let query = try SearchQuery(
            .observation, [SearchField("code", "zz")], in: SearchContext(now: Timestamp(milliseconds: 0)))
        for index in encoded.indices {
            for byte: UInt8 in [0, 0x1b, 0x5b, 0x7f, 0x9f, 0xf6, 0xff] {
                var changed = encoded
                changed[index] = byte
                _ = SearchFacts(encoded: changed).isReadable(as: .observation)
                let space = ToySpace([ToyRecord("Observation", "1", SearchFacts(encoded: changed))])
                #expect(query.matches(in: space).isEmpty)
            }
        }
        #expect(SearchFacts.none.isReadable(as: .patient))
    }

    @Test func eachValueIsKeptOnceAndOnlySoMany() throws {
        let codes = (0..<30).map { #"{"code":"\#($0 % 10)"}"# }.joined(separator: ",")
        #expect(try values(#"{"resourceType":"Observation","code":{"coding":[\#(codes)]}}"#, "code").count == 10)
        func resource(_ count: Int) throws -> Resource {
            let members = (0..<count).map { #"{"reference":"Observation/\#($0)"}"# }.joined(separator: ",")
            return try Resource(#"{"resourceType":"Observation","hasMember":[\#(members)]}"#)
        }
        _ = try SearchFacts(of: resource(SearchFacts.countMax))
        #expect(throws: SteleError.self) { try SearchFacts(of: resource(SearchFacts.countMax + 1)) }
        let long = String(repeating: "x", count: SearchFacts.byteCountMax)
        #expect(throws: SteleError.self) {
            try SearchFacts(of: Resource(#"{"resourceType":"Patient","name":[{"family":"\#(long)"}]}"#))
        }
    }
}

@Suite struct SearchTableTests {
    @Test func everyTypeHasItsParameters() {
        #expect(ResourceType.allCases.allSatisfy { SearchParameters.all(of: $0).count >= 6 })
        #expect(SearchParameters.all(of: .patient).map(\.code).contains("general-practitioner"))
        #expect(SearchParameters.parameter("patient", of: .observation)?.targets == [.patient])
        #expect(SearchParameters.parameter("subject", of: .observation)?.canTarget(.group) == true)
        #expect(SearchParameters.parameter("code-value-quantity", of: .observation)?.kind == .composite)
        #expect(SearchParameters.parameter("near", of: .location) == nil)
        // About 1,400 definitions, many of them for several types.
        #expect(ResourceType.allCases.reduce(0) { $0 + SearchParameters.all(of: $1).count } > 2000)
    }

    /// Numbers of sources are kept on disk: whoever changes them changes the version of the facts.
    @Test func numbersOfSourcesStay() {
        func numbers(_ code: String, _ type: ResourceType) -> [Int] {
            SearchParameters.parameter(code, of: type)?.sources ?? []
        }
        #expect(numbers("_tag", .account) == [0] && numbers("identifier", .account) == [8])
        #expect(numbers("birthdate", .patient) == [15] && numbers("name", .patient) == [27])
        #expect(numbers("code", .observation) == [11])
    }
}
