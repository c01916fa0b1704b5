// The node's own key, replaced while people read and write, and whatever a crash leaves of it.
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing

@Suite struct NodeKeyTests {
    private typealias Fixture = CustodianErasureTests.Fixture

    /// What the ledger says of `key`.
    private func row(_ key: PublicKey, _ custodian: Custodian) throws -> NetworkKeyRow? {
        try custodian.ledger.value(for: StateKey.networkKey(key)).map { try NetworkKeyRow(row: $0) }
    }

    private func register(_ house: TestCustodian, by key: SigningKey) async throws -> Receipt {
        let maker = UnsignedTransactionMaker(
            chainID: house.custodian.ledger.chainID, time: house.clock, random: house.random)
        return try await house.custodian.ledger.submit(
            maker.envelope(
                RecordsRegisterSubject(
                    subject: house.random.bytes32(), consentKey: SigningKey.random(from: house.random).publicKey),
                key: key))
    }

    @Test func isReplacedUnderLoad() async throws {
        let fixture = try await Fixture()
        let (house, custodian) = (fixture.house, fixture.house.custodian)
        let end = End()
        let first = house.nodeKeys.current
        try await withThrowingTaskGroup(of: Int.self) { group in
            for reader in 0..<4 {
                group.addTask {
                    var count = 0
                    while !end.isReached.withLock({ $0 }) {
                        let answer = try await custodian.admission.shared { try await fixture.read(fixture.stays) }
                        guard case .released = answer else {
                            Issue.record("read \(count) released nothing")
                            return 0
                        }
                        count += 1
                        guard reader == 0 else { continue }
                        let text = CustodianTests.Fixture.result
                            .replacing("\"hb\"", with: "\"w-\(count)\"").replacing("Patient/p1", with: "Patient/p2")
                        _ = try await custodian.admission.shared {
                            try await custodian.write([Submission(try TestCustodian.resource(text))], patient: "p2")
                        }
                    }
                    return count
                }
            }
            for _ in 0..<3 {
                let key = try await custodian.renewNodeKey()
                #expect(key == house.nodeKeys.current.publicKey)
            }
            end.isReached.withLock { $0 = true }
            for try await count in group { #expect(count > 0) }
        }
        #expect(house.nodeKeys.former().count == 3 && house.nodeKeys.former()[0] == first.publicKey)
        for former in house.nodeKeys.former() { #expect(try row(former, custodian)?.isRevoked == true) }
        #expect(try row(house.nodeKeys.current.publicKey, custodian)?.isRevoked == false)
        #expect(try await register(house, by: first).status == Refusal.signerNotAllowed.status)
        #expect(try await register(house, by: house.nodeKeys.current).isApplied)

        // A start finds everything as it was, the organisation's own compartment included.
        let height = custodian.ledger.head.header.height
        try await house.restart()
        #expect(house.custodian.ledger.head.header.height == height)
        guard case .released = try await fixture.read(fixture.stays) else {
            Issue.record("a record that was written before is not released")
            return
        }
        _ = try await house.custodian.renewNodeKey()
        _ = try await fixture.inspect(subjectCount: 3)
    }

    /// Four places: before and after the next key is kept, and before and after it takes the old one's place.
    @Test(arguments: 1...4)
    func goesOnAfterACrashAtAnyStep(step: Int) async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let first = house.nodeKeys.current.publicKey
        house.nodeKeys.fail(at: step)
        await #expect(throws: SteleError.self) { try await house.custodian.renewNodeKey() }
        house.nodeKeys.fail(at: nil)
        try await house.restart()
        let current = house.nodeKeys.current.publicKey
        // Nothing was kept at the first place, so nothing happened; what was kept is gone on with.
        #expect((current == first) == (step == 1))
        #expect(try row(current, house.custodian)?.isRevoked == false)
        if current != first { #expect(try row(first, house.custodian)?.isRevoked == true) }
        guard case .released = try await fixture.read(fixture.stays) else {
            Issue.record("a permitted record was not released")
            return
        }
        _ = try await fixture.inspect(subjectCount: 3)
    }

    /// Asked again without a restart, it goes on with the key that it had begun with, and every former one is revoked.
    @Test(arguments: 1...4) func goesOnWhenAskedAgain(step: Int) async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let first = house.nodeKeys.current.publicKey
        house.nodeKeys.fail(at: step)
        await #expect(throws: SteleError.self) { try await house.custodian.renewNodeKey() }
        let begun = house.nodeKeys.unfinished()?.publicKey
        house.nodeKeys.fail(at: nil)
        let key = try await house.custodian.renewNodeKey()
        if let begun { #expect(key == begun) }
        #expect(try row(key, house.custodian)?.isRevoked == false)
        for former in house.nodeKeys.former() { #expect(try row(former, house.custodian)?.isRevoked == true) }
        #expect(house.nodeKeys.former().contains(first))
        try await house.restart()
        _ = try await fixture.inspect(subjectCount: 3)
    }

    @Test func aNodeWithoutAKeeperSaysSo() async throws {
        let fixture = try await Fixture()
        let running = fixture.house.custodian
        let fixed = Custodian(
            ledger: running.ledger, vault: running.vault, nodeKey: fixture.house.network.nodeKey,
            organisation: running.organisation, time: fixture.house.clock, random: fixture.house.random)
        do throws(SteleError) {
            _ = try await fixed.renewNodeKey()
            Issue.record("a key was replaced that nobody keeps")
        } catch { #expect(error.code == .keysNodeFixed) }
    }
}

private final class End: Sendable {
    let isReached = Mutex(false)
}
