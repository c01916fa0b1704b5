// ContractsTests · the committed reference page is the generated one.
import Contracts
import Foundation
import Testing

@Suite struct ReferencePageTests {
    private let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docs/spec/contracts.md").standardizedFileURL

    @Test func committedPageIsTheGeneratedOne() throws {
        let page = Contract.referencePage
        if ProcessInfo.processInfo.environment["STELE_UPDATE"] == "1" {
            try Data(page.utf8).write(to: file)
        }
        let committed = try String(contentsOf: file, encoding: .utf8)
        #expect(committed == page, "run the tests with STELE_UPDATE=1 and read the difference")
    }

    @Test func pageNamesEveryCallRowAndRefusal() {
        let page = Contract.referencePage
        for contract in Contract.all {
            for call in contract.calls { #expect(page.contains("### \(call.name)\n")) }
            for row in contract.rows { #expect(page.contains("`\(row.key)`")) }
            for refusal in contract.refusals { #expect(page.contains("| \(refusal.status) | `\(refusal.code)` |")) }
        }
    }
}
