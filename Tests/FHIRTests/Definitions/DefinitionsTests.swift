// FHIRTests · the generated table says what the standard says, and can be generated again.
import FHIR
import Foundation
import Testing

@Suite struct DefinitionsTests {
    @Test func knowsEveryTypeAndItsBase() throws {
        for type in ResourceType.allCases {
            let definition = Definitions.r4[type]
            #expect(definition.name == type.name && definition.resource == type)
            #expect(["Resource", "DomainResource"].contains(definition.base?.name))
            #expect(definition.element("id")?.types.first?.primitive == .id)
        }
        for primitive in PrimitiveType.allCases {
            #expect(Definitions.r4.type(named: primitive.rawValue)?.primitive == primitive)
        }
        #expect(Definitions.r4.type(named: "Age")?.base?.name == "Quantity")
        #expect(Definitions.r4.type(named: "Age")?.element("comparator")?.isSummary == true)
        #expect(Definitions.r4.type(named: "Citation") == nil && Definitions.r4.type(named: "") == nil)
    }

    @Test func listsElementsInTheOrderOfTheStandard() {
        let names = Definitions.r4[.patient].elements.map(\.name)
        #expect(
            names.prefix(9).elementsEqual(
                [
                    "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension",
                    "identifier",
                ]))
        #expect(names.last == "link" && names.count == 24)
    }

    @Test func saysHowOftenAndOfWhatType() throws {
        let observation = Definitions.r4[.observation]
        let status = try #require(observation.element("status"))
        #expect(status.isRequired && !status.isRepeating && status.isSummary && status.isModifier)
        let performer = try #require(observation.element("performer"))
        #expect(!performer.isRequired && performer.isRepeating && !performer.isModifier)
        #expect(
            Set(performer.targets) == [
                .practitioner, .practitionerRole, .organization, .careTeam, .patient, .relatedPerson,
            ])
        #expect(try #require(observation.element("focus")).targets.isEmpty)
        #expect(try #require(observation.element("note")).isSummary == false)
        let component = try #require(observation.element("component")?.types.first)
        #expect(component.name == "Observation.component" && component.base?.name == "BackboneElement")
        #expect(component.element("referenceRange")?.types.first?.name == "Observation.referenceRange")
    }

    @Test func findsAChoiceByItsSpellings() throws {
        let observation = Definitions.r4[.observation]
        let quantity = try #require(observation.element("valueQuantity"))
        #expect(quantity.name == "value" && quantity.isChoice && quantity.types.map(\.name) == ["Quantity"])
        #expect(observation.element("value") == nil && observation.element("valueAddress") == nil)
        #expect(observation.elements.first { $0.name == "value" }?.types.count == 11)
        #expect(Definitions.r4.type(named: "Extension")?.elements.last?.types.count == 50)
        #expect(Definitions.r4.type(named: "Extension")?.element("valueBase64Binary") != nil)
    }

    /// The table in the tree is what the script makes of the definitions.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: SharedData.root.path + "/fhir-definitions")))
    func isWhatTheScriptWrites() throws {
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("structures-\(getpid()).swift")
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", SharedData.package.path + "/scripts/generate-structures.py",
            "--definitions=" + SharedData.root.path + "/fhir-definitions/r4-4.0.1", "--output=" + output.path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let table = SharedData.package.appendingPathComponent(
            "Sources/FHIR/Definitions/StructureTable+Generated.swift")
        #expect(try Data(contentsOf: output) == Data(contentsOf: table), "run scripts/generate-structures.py")
    }
}
