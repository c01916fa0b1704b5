// FHIRTests · the sensitive-code list against what it was made from.
import Foundation
import JSON
import Testing

@testable import FHIR

@Suite struct SensitiveCodesTests {
    @Test func coversTheCodesOf42CFRPart2() throws {
        let text = String(decoding: try SharedData.bytes("policy/cms-bfd-part2/security_labels.yml"), as: UTF8.self)
        var system = ""
        var counts: [CodeSystem: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let name = words.last, line.contains("system:") { system = String(name) }
            guard line.contains("code:"), let code = words.last, let known = CodeSystem(system) else { continue }
            counts[known, default: 0] += 1
            let found = SensitiveCodes.sensitivities(of: String(code), in: known)
            #expect(found.contains(.substanceUse), "\(system) \(code)")
        }
        // CPT and DRG are left out on purpose.
        #expect(counts == [.icd10: 447, .icd10Procedures: 57, .icd9: 135, .icd9Procedures: 14, .hcpcs: 62])
    }

    @Test func hasNoMistypedCode() {
        #expect(
            SensitiveCodes.snomed.count > 100 && SensitiveCodes.loinc.count > 100 && SensitiveCodes.rxNorm.count > 300)
        for code in SensitiveCodes.snomed.keys { #expect(Self.hasVerhoeffCheckDigit(code), "SNOMED CT \(code)") }
        for code in SensitiveCodes.loinc.keys { #expect(Self.hasLOINCCheckDigit(code), "LOINC \(code)") }
        for code in SensitiveCodes.rxNorm.keys { #expect(UInt64(code) != nil, "RxNorm \(code)") }
        for prefix in SensitiveCodes.icd10Prefixes.keys {
            #expect(
                (3...6).contains(prefix.count) && prefix.allSatisfy { $0.isUppercase || $0.isNumber },
                "ICD-10 \(prefix)")
        }
        #expect(SensitiveCodes.icd10Prefixes["F16"] == [.substanceUse] && SensitiveCodes.icd10Prefixes["F17"] == nil)
    }

    @Test func findsThePsychiatryDocumentsOfTheR4ValueSet() throws {
        // Codes of the value set c80-doc-typecodes that name psychiatry, taken from its display names.
        for code in ["28627-8", "28628-6", "28635-1", "34788-0", "34790-6", "57157-0", "59259-2", "68599-0"] {
            #expect(SensitiveCodes.sensitivities(of: code, in: .loinc) == [.psychiatry])
        }
    }

    @Test func knowsEverySensitivityPolicyOfHL7() throws {
        let document = try JSONDocument(parsing: try SharedData.bytes("policy/transcribed/hl7-privacy-codes.json"))
        let policies = try #require(document.root["information_sensitivity"]).elements.compactMap { $0["code"]?.string }
        #expect(policies.count == 45)
        for code in policies where !code.hasPrefix("_") {
            #expect(SecurityLabels.sensitivity[code] != nil, "\(code)")
        }
        let levels = try #require(document.root["confidentiality"]).elements.compactMap { $0["code"]?.string }
        #expect(levels.count == 16)
        for code in levels {
            #expect(
                (SecurityLabels.confidentiality[code] != nil) != SecurityLabels.unrestricted.contains(code), "\(code)")
        }
    }

    /// ISO/IEC 7812 mod 10 over the part before the hyphen. Source: LOINC Users' Guide, appendix B.
    static func hasLOINCCheckDigit(_ code: String) -> Bool {
        let parts = code.split(separator: "-")
        guard parts.count == 2, let check = Int(parts[1]) else { return false }
        var sum = 0
        for (index, character) in parts[0].reversed().enumerated() {
            guard let digit = character.wholeNumberValue else { return false }
            let value = index.isMultiple(of: 2) ? digit * 2 : digit
            sum += value / 10 + value % 10
        }
        return (10 - sum % 10) % 10 == check
    }

    /// Verhoeff's dihedral check. Source: SNOMED CT Technical Implementation Guide, "Check-digit".
    static func hasVerhoeffCheckDigit(_ code: String) -> Bool {
        let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        func product(_ left: Int, _ right: Int) -> Int {
            // The dihedral group of the pentagon: 0–4 rotate, 5–9 reflect.
            switch (left < 5, right < 5) {
            case (true, true): (left + right) % 5
            case (true, false): (left + right - 5) % 5 + 5
            case (false, true): (left - 5 - right + 5) % 5 + 5
            case (false, false): (left - right + 5) % 5
            }
        }
        var check = 0
        for (index, character) in code.reversed().enumerated() {
            guard var digit = character.wholeNumberValue else { return false }
            for _ in 0..<(index % 8) { digit = permutation[digit] }
            check = product(check, digit)
        }
        return check == 0
    }
}
