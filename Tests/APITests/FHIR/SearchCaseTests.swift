// Three hundred searches with the answers of an independent evaluator: FHIR R4 to the letter.
import Cryptography
import Foundation
import JSON
import Primitives
import SteleTesting
import Testing

@Suite struct SearchCaseTests {
    /// Reads every page and returns the total with the references found.
    private func answer(_ target: String, _ fixture: APIFixture, _ token: String) async throws -> (Int, [String]) {
        var references: [String] = []
        var total = -1
        var next: String? = target
        while let target = next {
            let reply = try await fixture.get(target, token)
            guard reply.status == 200 else { return (-reply.status, [reply.text]) }
            let root = try reply.json()
            total = Int(root["total"]?.uint ?? 0)
            for entry in root["entry"].map({ Array($0.elements) }) ?? [] {
                references.append(
                    (entry["resource"]?["resourceType"]?.string ?? "") + "/" + (entry["resource"]?["id"]?.string ?? ""))
            }
            let link = root["link"]?.elements.first { $0["relation"]?.string == "next" }
            next = link?["url"]?.string.map { String($0.dropFirst(APIFixture.baseURL.utf8.count)) }
        }
        return (total, references)
    }

    @Test func everyCaseIsAnsweredAsTheEvaluatorAnswersIt() async throws {
        let cases = try SearchCases()
        #expect(cases.cases.count == 300 && cases.bundles.count == 25)
        let fixture = try await APIFixture()
        for resources in try cases.resources() {
            try await fixture.load(resources) { house, wallet in
                house.permit(wallet, to: [.organisation("st-elsewhere")], classes: [.all])
            }
        }
        let token = try await fixture.token(fixture.officer)
        var wrong: [String] = []
        for one in cases.cases {
            let (total, references) = try await answer(one.target + "&_count=1000", fixture, token)
            let digest = SHA256.hash(Array(references.sorted().joined(separator: "\n").utf8)).hex
            if total != one.total || digest != one.digest || references.count != total {
                wrong.append("\(one.description): \(total) for \(one.total), \(references.first ?? "")")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of 300 differ:\n\(wrong.joined(separator: "\n"))")
        await fixture.stop()
    }
}
