// FHIRTests · the six patients of the repository: readable, exact, and labelled as people expect.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct SampleTests {
    @Test func hasSixPatientsWithFiveToTwentyResources() throws {
        let names = try SharedData.sampleNames()
        #expect(names.count == 6)
        for name in names {
            let bytes = try SharedData.sample(name)
            let bundle = try Bundle(parsing: bytes)
            #expect(bundle.kind == .transaction && (5...20).contains(bundle.entries.count), "\(name)")
            let patient = try #require(bundle.entries[0].resource)
            #expect(patient.type == .patient)
            for (index, entry) in bundle.entries.enumerated() {
                let resource = try #require(entry.resource)
                let reference = try #require(resource.reference)
                #expect(entry.request?.method == .PUT && entry.request?.url == reference.text)
                #expect(entry.fullURL == "https://aurelia.example/fhir/" + reference.text)
                #expect(bundle.subject(of: index) == patient.reference, "\(reference.text)")
                #expect(resource.patientReferences.count <= 1)
                #expect(resource.bytes == Array(bytes[resource.node.sourceRange]))
            }
        }
    }

    @Test func refersOnlyToWhatIsThere() throws {
        let directory = try Bundle(parsing: try SharedData.sample("directory.json"))
        let staff = Set(directory.entries.compactMap { $0.resource?.reference?.text })
        #expect(staff.count == 11)
        for (index, entry) in directory.entries.enumerated() {
            #expect(directory.subject(of: index) == nil)
            #expect(try Labels.labels(of: try #require(entry.resource)).contains(.category("administrative")))
        }
        for name in try SharedData.sampleNames() {
            let bundle = try Bundle(parsing: try SharedData.sample(name))
            let known = staff.union(bundle.entries.compactMap { $0.resource?.reference?.text })
            for entry in bundle.entries {
                for reference in references(in: try #require(entry.resource).node) {
                    #expect(known.contains(reference), "\(name): \(reference)")
                }
            }
        }
    }

    private func references(in node: JSONNode) -> [String] {
        let own = node["reference"]?.string.map { [$0] } ?? []
        return own + node.members.flatMap { references(in: $0.value) } + node.elements.flatMap { references(in: $0) }
    }

    @Test func givesTheStoryItsPatient() throws {
        let bundle = try Bundle(parsing: try SharedData.sample("patients/01-marta-kestrel.json"))
        let labels = try bundle.entries.map { Set(try Labels.labels(of: try #require($0.resource))) }
        for category in ["laboratory", "imaging", "notes", "allergies", "medicines", "conditions", "demographics"] {
            #expect(labels.contains { $0.contains(.category(category)) }, "\(category)")
        }
        let note = labels.filter { $0.contains(.type("DocumentReference")) && $0.contains(.category("notes")) }
        #expect(note.count == 1)
        #expect(note[0].contains(.sensitivity("PSY")) && note[0].contains(.sensitivity("R")))
        // What surgery needs is free of psychiatry.
        for set in labels where set.contains(.category("laboratory")) || set.contains(.category("imaging")) {
            #expect(!set.contains(.sensitivity("PSY")))
        }
        let text = String(decoding: try SharedData.sample("patients/01-marta-kestrel.json"), as: UTF8.self)
        #expect(text.contains("\"value\": 4.10,"))
    }

    @Test func opensItsNotes() throws {
        for name in try SharedData.sampleNames() {
            for entry in try Bundle(parsing: try SharedData.sample(name)).entries {
                for content in entry.resource?.node["content"]?.elements.map({ $0 }) ?? [] {
                    let data = try #require(content["attachment"]?["data"]?.string)
                    let text = String(decoding: try #require(Base64.decode(data)), as: UTF8.self)
                    #expect(text.count > 100 && text.hasSuffix("\n"))
                }
            }
        }
    }

    /// One line a resource: reference, categories, sensitivities.
    @Test func labelsEveryResourceAsPinned() throws {
        var lines: [String] = []
        for name in try SharedData.sampleNames() {
            for entry in try Bundle(parsing: try SharedData.sample(name)).entries {
                let resource = try #require(entry.resource)
                let words = try Labels.labels(of: resource).compactMap { label -> String? in
                    switch label {
                    case .category(let category): category
                    case .sensitivity(let code): code
                    default: nil
                    }
                }
                lines.append(([try #require(resource.reference).text] + words).joined(separator: " "))
            }
        }
        #expect(lines == Self.pinned.split(separator: "\n").map(String.init), "\(lines.joined(separator: "\n"))")
    }

    static let pinned = """
        Patient/marta-kestrel demographics
        Encounter/kestrel-orthopaedic-visit encounters
        Encounter/kestrel-psychiatric-visit encounters BH PSY
        Condition/kestrel-gonarthrosis conditions
        Condition/kestrel-depression conditions BH PSY
        AllergyIntolerance/kestrel-penicillin allergies
        MedicationRequest/kestrel-amlodipine medicines
        MedicationRequest/kestrel-sertraline medicines BH PSY
        MedicationStatement/kestrel-ibuprofen medicines
        Observation/kestrel-hemoglobin laboratory
        DiagnosticReport/kestrel-blood-count laboratory
        Observation/kestrel-potassium laboratory
        Observation/kestrel-creatinine laboratory
        DiagnosticReport/kestrel-metabolic-panel laboratory
        Observation/kestrel-blood-pressure vital-signs
        ImagingStudy/kestrel-knee-study imaging
        DiagnosticReport/kestrel-knee-report imaging
        DocumentReference/kestrel-knee-document imaging
        DocumentReference/kestrel-psychiatric-note notes BH PSY R
        ServiceRequest/kestrel-knee-replacement procedures
        Patient/tomas-brandlwood demographics
        Encounter/brandlwood-stay encounters
        Condition/brandlwood-ankle-fracture conditions
        AllergyIntolerance/brandlwood-latex allergies
        MedicationRequest/brandlwood-enoxaparin medicines
        Observation/brandlwood-hemoglobin laboratory
        Observation/brandlwood-platelets laboratory
        DiagnosticReport/brandlwood-blood-count laboratory
        ImagingStudy/brandlwood-ankle-study imaging
        DiagnosticReport/brandlwood-ankle-report imaging
        DocumentReference/brandlwood-ankle-document imaging
        Procedure/brandlwood-fixation procedures
        DocumentReference/brandlwood-discharge notes
        Patient/aiko-verhaegen demographics
        Encounter/verhaegen-psychiatric-visit encounters BH PSY
        Condition/verhaegen-bipolar conditions BH PSY
        MedicationRequest/verhaegen-lithium medicines BH PSY
        MedicationStatement/verhaegen-levothyroxine medicines
        Observation/verhaegen-lithium-level laboratory BH PSY
        Observation/verhaegen-tsh laboratory
        Observation/verhaegen-creatinine laboratory
        DiagnosticReport/verhaegen-lithium-control laboratory BH PSY
        AllergyIntolerance/verhaegen-none allergies
        DocumentReference/verhaegen-psychiatric-note notes BH PSY R
        Patient/samuel-okonjo demographics
        Encounter/okonjo-stay encounters
        Condition/okonjo-coxarthrosis conditions
        Condition/okonjo-diabetes conditions
        AllergyIntolerance/okonjo-contrast allergies
        MedicationRequest/okonjo-metformin medicines
        MedicationRequest/okonjo-oxycodone medicines
        Observation/okonjo-crp laboratory
        Observation/okonjo-hemoglobin laboratory
        Observation/okonjo-glucose laboratory
        DiagnosticReport/okonjo-after-surgery laboratory
        Observation/okonjo-blood-pressure vital-signs
        ImagingStudy/okonjo-hip-study imaging
        DiagnosticReport/okonjo-hip-report imaging
        DocumentReference/okonjo-hip-document imaging
        Procedure/okonjo-hip-replacement procedures
        Immunization/okonjo-influenza immunizations
        Patient/lena-marquardt demographics
        Encounter/marquardt-psychiatric-visit encounters BH PSY
        Condition/marquardt-anxiety conditions BH PSY
        AllergyIntolerance/marquardt-peanut allergies
        MedicationRequest/marquardt-contraceptive medicines SEX
        MedicationStatement/marquardt-adrenaline medicines
        Observation/marquardt-gad7 other BH PSY
        Observation/marquardt-tsh laboratory
        Observation/marquardt-hemoglobin laboratory
        DiagnosticReport/marquardt-first-check laboratory
        DocumentReference/marquardt-psychiatric-note notes BH PSY R
        Patient/idris-falkenrath demographics
        Encounter/falkenrath-surgical-visit encounters
        Condition/falkenrath-gallstones conditions
        Condition/falkenrath-alcohol-dependence conditions BH SUD
        MedicationRequest/falkenrath-naltrexone medicines BH SUD
        AllergyIntolerance/falkenrath-none allergies
        Observation/falkenrath-alt laboratory
        Observation/falkenrath-ggt laboratory
        Observation/falkenrath-inr laboratory
        DiagnosticReport/falkenrath-liver laboratory
        ImagingStudy/falkenrath-liver-study imaging
        DiagnosticReport/falkenrath-liver-report imaging
        DocumentReference/falkenrath-liver-document imaging
        DocumentReference/falkenrath-counselling-note notes BH SUD R
        """
}
