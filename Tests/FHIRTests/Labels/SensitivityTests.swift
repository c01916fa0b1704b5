// FHIRTests · sensitivities are found wherever they stand.
import FHIR
import Primitives
import Testing

@Suite struct SensitivityTests {
    static func sensitivities(_ members: String, of type: String = "Observation") throws -> [String] {
        try Labels.labels(of: try Resource(#"{"resourceType":"\#(type)",\#(members)}"#)).compactMap {
            if case .sensitivity(let code) = $0 { code } else { nil }
        }
    }

    static func security(_ code: String, _ system: String = "v3-ActCode") -> String {
        #""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/\#(system)","code":"\#(code)"}]}"#
    }

    // MARK: What a resource says of itself
    @Test func mapsSecurityLabels() throws {
        for (code, expected) in [
            ("PSY", ["BH", "PSY"]), ("MH", ["BH", "PSY"]), ("PSYTHPN", ["BH", "PSY"]), ("BH", ["BH"]),
            ("SUD", ["BH", "SUD"]),
            ("ETH", ["BH", "SUD"]), ("OPIOIDUD", ["BH", "SUD"]), ("HIV", ["HIV"]), ("SDV", ["SDV"]), ("SEX", ["SEX"]),
            ("STD", ["STD"]), ("GDIS", ["GDIS"]), ("TBOO", ["R"]), ("CEL", ["R"]), ("NODSCLCD", ["R"]),
            ("invented", ["R"]),
        ] {
            #expect(try Self.sensitivities(Self.security(code)) == expected, "\(code)")
        }
        for (code, expected) in [
            ("N", []), ("L", []), ("M", []), ("U", []), ("R", ["R"]), ("V", ["R", "V"]), ("HIV", ["HIV"]), ("T", ["R"]),
            ("Q", ["R"]),
        ] {
            #expect(try Self.sensitivities(Self.security(code, "v3-Confidentiality")) == expected, "\(code)")
        }
        #expect(try Self.sensitivities(Self.security("HTEST", "v3-ActReason")) == [])
        #expect(try Self.sensitivities(Self.security("SUBSETTED", "v3-ObservationValue")) == [])
    }

    @Test func restrictsWhatItDoesNotUnderstand() throws {
        for label in [#"{"system":"http://local.example","code":"x"}"#, #"{"code":"PSY"}"#, #"{"display":"secret"}"#] {
            let found = try Self.sensitivities(#""meta":{"security":[\#(label)]}"#)
            #expect(found.contains("R"), "\(label)")
        }
    }

    @Test func readsLabelsInsideTheResource() throws {
        // DS4P inline label, DocumentReference.securityLabel, Composition.confidentiality.
        let inline = #"""
            "name":[{"extension":[{"url":"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label",
             "valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}}]}]
            """#
        #expect(try Self.sensitivities(inline, of: "Patient") == ["HIV"])
        let document = #"""
            "securityLabel":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]}]
            """#
        #expect(try Self.sensitivities(document, of: "DocumentReference") == ["R", "V"])
        #expect(try Self.sensitivities(#""confidentiality":"R""#, of: "Composition") == ["R"])
        // The class of an encounter is in ActCode too, and says nothing.
        let encounter = #""class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"}"#
        #expect(try Self.sensitivities(encounter, of: "Encounter") == [])
    }

    // MARK: What its codes say
    @Test func findsCodesAtAnyDepth() throws {
        let hiv = #"{"coding":[{"system":"http://snomed.info/sct","code":"86406008"}]}"#
        for members in [
            #""code":\#(hiv)"#, #""reasonCode":[\#(hiv)]"#, #""component":[{"valueCodeableConcept":\#(hiv)}]"#,
            #""contained":[{"resourceType":"Condition","code":\#(hiv)}]"#,
            #""extension":[{"url":"x","valueCodeableConcept":\#(hiv)}]"#,
            #""modality":[{"system":"http://snomed.info/sct","code":"86406008"}]"#,
        ] {
            #expect(try Self.sensitivities(members) == ["HIV"], "\(members)")
        }
        let several = #"""
            "code":{"coding":[{"system":"http://loinc.org","code":"44261-6"},{"system":"http://loinc.org","code":"75622-1"}]},
            "note":[{"x":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F10.20"}]}}]
            """#
        #expect(try Self.sensitivities(several) == ["BH", "PSY", "SUD", "HIV"])
    }

    @Test func knowsSystemsByManyNames() throws {
        for (system, code) in [
            ("http://hl7.org/fhir/sid/icd-10", "B20"), ("http://hl7.org/fhir/sid/icd-10-nl", "B20.1"),
            ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "B20+"), ("urn:oid:2.16.840.1.113883.6.90", "B20"),
            ("http://hl7.org/fhir/sid/icd-9-cm", "042"), ("urn:oid:2.16.840.1.113883.6.96", "86406008"),
            ("http://snomed.info/sct/900000000000207008", "86406008"), ("https://LOINC.org/", "56888-1"),
            ("http://www.whocc.no/atc", "J05AR20"), ("http://fhir.de/CodeSystem/bfarm/atc", "j05ar20"),
        ] {
            let members = #""code":{"coding":[{"system":"\#(system)","code":"\#(code)"}]}"#
            #expect(try Self.sensitivities(members) == ["HIV"], "\(system)")
        }
        #expect(try Self.sensitivities(#""code":{"coding":[{"code":"86406008"}]}"#) == ["HIV"])
        #expect(
            try Self.sensitivities(#""code":{"coding":[{"system":"http://local.example","code":"86406008"}]}"#) == [])
        #expect(try Self.sensitivities(#""valueQuantity":{"system":"http://unitsofmeasure.org","code":"F20"}"#) == [])
    }

    @Test func readsICDByPrefix() throws {
        for (code, expected) in [
            ("F20.0", ["BH", "PSY"]), ("f200", ["BH", "PSY"]), ("F32.9", ["BH", "PSY"]),
            ("F64.0", ["BH", "PSY", "SEX"]),
            ("F10.2", ["BH", "SUD"]), ("F17.2", []), ("F70", ["BH"]), ("F02.4", ["BH", "HIV"]), ("Z21", ["HIV"]),
            ("A53.9", ["STD"]), ("T74.1", ["SDV"]), ("X95", ["SDV"]), ("O04.9", ["SEX"]), ("Q90.9", ["GDIS"]),
            ("R45.851", ["BH", "PSY"]), ("R45.1", []), ("M17.1", []), ("I10", []), ("Z34.0", []), ("F", []), ("", []),
        ] where !code.isEmpty {
            let members = #""code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"\#(code)"}]}"#
            #expect(try Self.sensitivities(members) == expected, "\(code)")
        }
    }

    @Test func doesNotTakePainReliefForAddiction() throws {
        for (system, code) in [
            ("http://www.whocc.no/atc", "N02AA05"), ("http://www.nlm.nih.gov/research/umls/rxnorm", "7804"),
        ] {
            let members = #""medicationCodeableConcept":{"coding":[{"system":"\#(system)","code":"\#(code)"}]}"#
            #expect(try Self.sensitivities(members, of: "MedicationRequest") == [])
        }
        let methadone =
            #""medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"6813"}]}"#
        #expect(try Self.sensitivities(methadone, of: "MedicationRequest") == ["BH", "SUD"])
    }
}
