// FHIRTests · where the published resources and the samples are.
import Foundation

/// Files of this package, and beside it in `../shared/data`.
enum SharedData {
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let root = package.deletingLastPathComponent().appendingPathComponent("shared/data")

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// The names of the JSON files in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
            .filter { $0.hasSuffix(".json") }.sorted()
    }

    static let examples = "fhir-examples/hl7.fhir.r4.examples-4.0.1"

    static func sample(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: package.appendingPathComponent("Samples/" + name)))
    }

    static func sampleNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: package.appendingPathComponent("Samples/patients").path)
            .sorted().map { "patients/" + $0 }
    }
}
