// FHIRTests · the label list as a whole: order, bounds, refusal.
import FHIR
import Primitives
import Testing

@Suite struct LabelsTests {
    @Test func listsLabelsInTheSpecifiedOrder() throws {
        let text = #"""
            {"resourceType":"DiagnosticReport",
             "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"},
              {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},
             "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"RAD"},
              {"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}]}]}
            """#
        #expect(
            try Labels.labels(of: try Resource(text)) == [
                .type("DiagnosticReport"), .category("laboratory"), .category("imaging"),
                .typeInCategory(type: "DiagnosticReport", category: "laboratory"),
                .typeInCategory(type: "DiagnosticReport", category: "imaging"),
                .sensitivity("BH"), .sensitivity("PSY"), .sensitivity("R"), .sensitivity("V"), .all,
            ])
    }

    /// A laboratory Observation with a code of each of the ten sensitivities: exactly the fourteen that fit.
    static func everything(categories: [String]) -> String {
        let codes = ["PSY", "SUD", "HIV", "STD", "SEX", "SDV", "GDIS"].map {
            #"{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"\#($0)"}"#
        }
        let security = (codes + [#"{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}"#])
        let category = categories.map { #"{"coding":[{"code":"\#($0)"}]}"# }
        return #"{"resourceType":"Observation","meta":{"security":[\#(security.joined(separator: ","))]},"#
            + #""category":[\#(category.joined(separator: ","))]}"#
    }

    @Test func holdsEverySensitivityOfOneCategory() throws {
        let labels = try Labels.labels(of: try Resource(Self.everything(categories: ["laboratory"])))
        #expect(labels.count == Labels.countMax)
        #expect(Sensitivity.allCases.allSatisfy { labels.contains(.sensitivity($0.rawValue)) })
    }

    @Test func refusesRatherThanLeavingOneOut() throws {
        let resource = try Resource(Self.everything(categories: ["laboratory", "imaging"]))
        do {
            _ = try Labels.labels(of: resource)
            Issue.record("labelled")
        } catch {
            #expect(error.code == .resourceTooManyLabels)
        }
    }

    @Test func doesNotDependOnTheOrderOfMembers() throws {
        let security =
            #""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}"#
        let code = #""code":{"coding":[{"code":"44261-6","system":"http://loinc.org"}]}"#
        let type = #""resourceType":"Observation""#
        let all = try [[type, security, code], [code, type, security], [security, code, type]].map {
            try Labels.labels(of: try Resource("{\($0.joined(separator: ","))}"))
        }
        #expect(all[0] == all[1] && all[1] == all[2] && all[0].contains(.sensitivity("PSY")))
    }
}
