// FHIRTests · what the standard and its reference validator hold for valid is valid, and the other way round.
import FHIR
import Foundation
import JSON
import Primitives
import Testing

@Suite struct PublishedExampleTests {
    /// Examples of R4 that break rules of R4, with the first that each breaks and how often it does.
    static let exceptions: [String: (issue: String, count: Int)] = [
        // A DocumentReference, where R4 allows a Condition, an Observation, a DiagnosticReport or a Media.
        "DeviceUseStatement-example.json": ("value DeviceUseStatement.reasonReference[0].reference", 1),
        // A Practitioner, where R4 allows an Organization.
        "MedicationRequest-medrx0301.json": ("value MedicationRequest.dispenseRequest.performer.reference", 1),
        // A type that R4 does not allow as performer.
        "Observation-clinical-gender.json": ("value Observation.performer[0].reference", 1),
        // Groups and displays without the linkId that R4 requires.
        "Questionnaire-qs1.json": ("required Questionnaire.item[0].item[0].linkId", 32),
    ]

    @Test func acceptsTheExamplesOfTheStandard() throws {
        let names = try SharedData.names(in: SharedData.examples)
        #expect(names.count > 400)
        for name in names {
            let found = issues(in: try Resource(parsing: try SharedData.bytes(SharedData.examples + "/" + name)))
            let exception = Self.exceptions[name]
            #expect(found.count == exception?.count ?? 0, "\(name): \(found)")
            #expect(found.first == exception?.issue, "\(name)")
        }
    }

    @Test func acceptsTheSamples() throws {
        for name in try SharedData.sampleNames() + ["directory.json"] {
            #expect(firstOffence(in: try SharedData.sample(name)) == nil, "\(name)")
        }
    }

    @Test func acceptsGeneratedPatients() throws {
        let names = try SharedData.names(in: "synthea/plain")
        #expect(names.count == 6)
        for name in names {
            let bundle = try Bundle(parsing: try SharedData.bytes("synthea/plain/" + name))
            for entry in bundle.entries {
                #expect(entry.resource.map { issues(in: $0) } == [], "\(name) \(String(describing: entry.fullURL))")
            }
        }
    }
}

/// The published cases of the reference validator: its verdict is known for each.
@Suite struct ValidatorCaseTests {
    /// Cases that the reference validator refuses for what this one checks too, with the first that is found here.
    static let refused: [String: String] = [
        "ai3": "structure Patient", "ai7": "required StructureDefinition.name",
        "attachment-with-invalid-binary": "value Media.content.data", "bad-json-close": "json.malformed",
        "bad-json-close-2": "json.malformed", "bad-json-close-3": "json.malformed",
        "bundle-ea-testcase": "value Bundle.entry[1].resource.contained[0].entry[0].resource.entry[0].item.reference",
        "comments-4": "structure Patient", "empty-array": "resource.malformed",
        "hakan-se-2": "value MedicationRequest.authoredOn",
        "mr-covid-m": "required Measure.group[0].population[0].criteria.language",
        "mr-covid-m3": "required Measure.group[0].population[0].criteria",
        "obs-quantity-us": "required Observation.code",
        "open-choice-invalid-type-qr": "structure QuestionnaireResponse.item[0].answer[0].valueCode",
        "patient-id-bad-1 / R4": "resource.id_invalid", "patient-id-bad-3 / R4": "resource.id_invalid",
        "reference-invalid-url-qr": "value QuestionnaireResponse.item[0].answer[0].value.reference",
        "resource-invalid-id-1": "resource.id_invalid", "resource-invalid-id-2": "resource.id_invalid",
        "resource-invalid-id-3": "value Location.contained[0].id",
        "versioned-extension": "required Patient.extension[2].url",
    ]

    /// 186 cases of R4 in JSON: 75 are valid for both and 21 are refused by both. The other 90 break profiles,
    /// invariants, terminology, rules between resources, or the questionnaire that is answered; none is checked here.
    @Test func agreesWithTheReferenceValidator() throws {
        let folder = "fhir-validator-cases"
        let manifest = try JSONDocument(parsing: try SharedData.bytes(folder + "/manifest.json")).root
        var validCount = 0
        var refused: [String: String] = [:]
        var outOfScopeCount = 0
        for each in try #require(manifest["test-cases"]).elements {
            guard let file = each["file"]?.string, file.hasSuffix(".json"), let name = each["name"]?.string,
                let errorCount = each["expected"]?["errors"]?.uint
            else { continue }
            let offence = firstOffence(in: try SharedData.bytes(folder + "/" + file))
            if errorCount == 0 {
                validCount += 1
                #expect(offence == nil, "\(name) is valid")
            } else if let offence {
                refused[name] = offence
            } else {
                outOfScopeCount += 1
            }
        }
        #expect(refused == Self.refused)
        #expect(validCount == 75 && outOfScopeCount == 90)
    }
}
