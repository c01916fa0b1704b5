// APITests · the search cases beside the package, and the records that they are about.
import API
import Contracts
import FHIR
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Vault

/// The cases of `../shared/data/fhir-search`, made by an independent evaluator over Synthea bundles.
struct SearchCases {
    struct Case: Sendable {
        let type: String
        let parameters: [(name: String, value: String)]
        let total: Int
        let digest: String

        var target: String {
            "/fhir/\(type)?"
                + parameters.map { APIFixture.escaped($0.name) + "=" + APIFixture.escaped($0.value) }
                .joined(separator: "&")
        }
        var description: String { "\(type) \(parameters)" }
    }

    let cases: [Case]
    let bundles: [String]

    init() throws {
        let root = try JSONDocument(parsing: SharedData.bytes("fhir-search/search-cases.json")).root
        bundles = root["load"]?.elements.compactMap(\.string) ?? []
        cases = (root["cases"].map { Array($0.elements) } ?? []).map { node in
            Case(
                type: node["type"]?.string ?? "",
                parameters: (node["params"].map { Array($0.elements) } ?? []).map { pair in
                    let parts = Array(pair.elements)
                    return (parts[0].string ?? "", parts[1].string ?? "")
                }, total: Int(node["total"]?.uint ?? 0), digest: node["sha256_of_sorted_refs"]?.string ?? "")
        }
    }

    /// The resources of every bundle, with references between entries as the cases want them: `Type/id`.
    func resources() throws -> [[Resource]] {
        let folder = NSTemporaryDirectory() + "stele-cases-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["tar", "-I", "zstd", "-xf", SharedData.root.appendingPathComponent("synthea/bundles.tar.zst").path]
            + ["-C", folder] + bundles
        try process.run()
        process.waitUntilExit()
        return try bundles.map { name in
            try Self.resources(in: [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
        }
    }

    private static func resources(in bytes: [UInt8]) throws -> [Resource] {
        let entries = Array(try JSONDocument(parsing: bytes).root["entry"]!.elements)
        var names: [String: String] = [:]
        for entry in entries {
            guard let url = entry["fullUrl"]?.string, let resource = entry["resource"] else { continue }
            names[url] = (resource["resourceType"]?.string ?? "") + "/" + (resource["id"]?.string ?? "")
        }
        return try entries.compactMap { entry in
            guard let node = entry["resource"] else { return nil }
            // Addresses of entries are 45 characters between quotation marks.
            let pieces = String(decoding: node.sourceBytes, as: UTF8.self).components(separatedBy: "\"urn:uuid:")
            let text = pieces.dropFirst().reduce(pieces[0]) { text, piece in
                let url = "urn:uuid:" + piece.prefix(36)
                guard let name = names[url] else { return text + "\"urn:uuid:" + piece }
                return text + "\"" + name + piece.dropFirst(36)
            }
            return try Resource(parsing: Array(text.utf8))
        }
    }
}

extension APIFixture {
    /// Writes `resources` through the custodian, patient by patient, each enrolled and treated by the whole staff.
    func load(_ resources: [Resource], grants: (TestCustodian, TestCustodian.Wallet) -> GrantTerms) async throws {
        var order: [String?] = []
        var submissions: [String?: [Submission]] = [:]
        for resource in resources {
            let patient = try RecordOwner.patient(of: resource, resource.subjectReference)
            if submissions[patient] == nil { order.append(patient) }
            submissions[patient, default: []].append(Submission(resource))
        }
        for patient in order {
            if let patient, try custodian.vault.directory.subject(patient: patient) == nil {
                let wallet = try await house.enrol(patient, name: "Pat")
                let receipt = try await house.submit(
                    ConsentGrant(subject: wallet.subject, grants: [grants(house, wallet)]), by: wallet)
                precondition(receipt.isApplied)
            }
            _ = try await custodian.write(submissions[patient]!, patient: patient)
        }
    }
}
