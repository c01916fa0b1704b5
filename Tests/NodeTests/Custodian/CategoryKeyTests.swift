// The keys of a patient's categories, replaced while people read and write.
import Contracts
import Foundation
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing

@testable import Vault

@Suite struct CategoryKeyTests {
    /// What was sealed before opens, what is sealed meanwhile is under the newest key that was there when it began, and
    /// whoever replaces the keys at the same time makes no version twice.
    @Test func areReplacedUnderLoad() async throws {
        let fixture = try await CustodianTests.Fixture()
        let (house, custodian) = (fixture.house, fixture.house.custodian)
        _ = try await fixture.grantLaboratory()
        let asker = house.asker(fixture.laboratory, patient: "p1")
        let end = End()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group -> [Int] in
            for _ in 0..<3 {
                group.addTask {
                    var count = 0
                    while !end.isReached.withLock({ $0 }) {
                        guard case .released(let release) = try await fixture.read("Observation", "hb", by: asker),
                            release.records.count == 1
                        else {
                            Issue.record("a permitted record was not released")
                            break
                        }
                        count += 1
                    }
                    return count
                }
            }
            for writer in 0..<2 {
                group.addTask {
                    var count = 0
                    while !end.isReached.withLock({ $0 }) {
                        let text = CustodianTests.Fixture.result.replacing("\"hb\"", with: "\"w-\(writer)-\(count)\"")
                        _ = try await custodian.write([Submission(try TestCustodian.resource(text))], patient: "p1")
                        count += 1
                        end.writtenCount.withLock { $0 += 1 }
                    }
                    return count
                }
            }
            for _ in 1...4 {
                async let first = custodian.renewKeys(of: "p1")
                async let second = custodian.renewKeys(of: "p1")
                #expect(try await [first, second] == [2, 2])
                // Something is written under each pair of keys before the next comes.
                let written = end.writtenCount.withLock { $0 }
                for _ in 0..<20_000 where end.writtenCount.withLock({ $0 }) < written + 3 {
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            end.isReached.withLock { $0 = true }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.allSatisfy { $0 > 0 }, "\(counts)")
        let text = CustodianTests.Fixture.result.replacing("\"hb\"", with: "\"last\"")
        _ = try await custodian.write([Submission(try TestCustodian.resource(text))], patient: "p1")
        try await house.restart()
        let vault = house.custodian.vault
        let entries = try vault.compartment(of: fixture.wallet.subject).entries
        for entry in entries { #expect(try !vault.open(entry, of: fixture.wallet.subject).isEmpty) }
        let results = entries.filter { $0.category.name == "category/laboratory" }
        // Eight renewals of a first key, none lost and none made twice.
        #expect(results.first?.keyVersion == 1 && results.last?.keyVersion == 9)
        #expect(Set(results.map(\.keyVersion)).count >= 4)
        #expect(entries.count == results.count + 1)
    }
}

private final class End: Sendable {
    let isReached = Mutex(false)
    let writtenCount = Mutex(0)
}
