// FHIRTests · which kind of record a resource is.
import FHIR
import Primitives
import Testing

@Suite struct CategoryTests {
    static func categories(_ members: String) throws -> [String] {
        try Labels.labels(of: try Resource("{\(members)}")).compactMap {
            if case .category(let name) = $0 { name } else { nil }
        }
    }

    static func coded(_ code: String, _ system: String = "x") -> String {
        #"{"coding":[{"system":"\#(system)","code":"\#(code)"}]}"#
    }

    @Test func readsObservationCategories() throws {
        for (code, category) in [
            ("laboratory", "laboratory"), ("imaging", "imaging"), ("vital-signs", "vital-signs"),
            ("procedure", "procedures"),
            ("therapy", "procedures"), ("survey", "other"), ("social-history", "other"), ("exam", "other"),
            ("CH", "laboratory"),
        ] {
            let text = #""resourceType":"Observation","category":[\#(Self.coded(code))]"#
            #expect(try Self.categories(text) == [category], "\(code)")
        }
        #expect(try Self.categories(#""resourceType":"Observation""#) == ["other"])
        #expect(
            try Self.categories(#""resourceType":"Observation","code":\#(Self.coded("8867-4"))"#) == ["vital-signs"])
        let both = #""resourceType":"Observation","category":[\#(Self.coded("imaging")),\#(Self.coded("laboratory"))]"#
        #expect(try Self.categories(both) == ["laboratory", "imaging"])
    }

    @Test func readsReportAndDocumentCategories() throws {
        for (code, category) in [
            ("LAB", "laboratory"), ("HM", "laboratory"), ("MB", "laboratory"), ("RAD", "imaging"), ("CT", "imaging"),
            ("LP29684-5", "imaging"), ("EC", "procedures"), ("34117-2", "notes"), ("OTH", "other"),
            ("ICU", "vital-signs"),
        ] {
            let text = #""resourceType":"DiagnosticReport","category":[\#(Self.coded(code))]"#
            #expect(try Self.categories(text) == [category], "\(code)")
        }
        let document = #""resourceType":"DocumentReference""#
        #expect(try Self.categories(document) == ["notes"])
        #expect(try Self.categories(document + #","type":\#(Self.coded("34788-0"))"#) == ["notes"])
        #expect(try Self.categories(document + #","type":\#(Self.coded("18748-4"))"#) == ["imaging"])
        #expect(try Self.categories(document + #","type":\#(Self.coded("11502-2"))"#) == ["laboratory"])
        let both = document + #","type":\#(Self.coded("18748-4")),"category":[\#(Self.coded("clinical-note"))]"#
        #expect(try Self.categories(both) == ["imaging", "notes"])
    }

    @Test func fallsBackToTheType() throws {
        for (type, category) in [
            ("MedicationRequest", "medicines"), ("MedicationStatement", "medicines"),
            ("AllergyIntolerance", "allergies"),
            ("Immunization", "immunizations"), ("Condition", "conditions"), ("ImagingStudy", "imaging"),
            ("Procedure", "procedures"), ("ServiceRequest", "procedures"), ("Encounter", "encounters"),
            ("Patient", "demographics"), ("Coverage", "administrative"), ("Consent", "administrative"),
            ("Composition", "notes"), ("Binary", "other"), ("Bundle", "other"), ("DiagnosticReport", "other"),
        ] {
            #expect(try Self.categories(#""resourceType":"\#(type)""#) == [category], "\(type)")
        }
        #expect(
            try Self.categories(#""resourceType":"ServiceRequest","category":[\#(Self.coded("363679005"))]"#) == [
                "imaging"
            ])
    }

    @Test func spellsTheVocabularyAsSpecified() {
        #expect(
            RecordCategory.allCases.map(\.rawValue) == [
                "laboratory", "imaging", "medicines", "allergies", "conditions", "procedures", "vital-signs", "notes",
                "immunizations", "encounters", "demographics", "administrative", "other",
            ])
        #expect(
            Sensitivity.allCases.map(\.rawValue) == ["BH", "PSY", "SUD", "HIV", "STD", "SEX", "SDV", "GDIS", "R", "V"])
    }
}
