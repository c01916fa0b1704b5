// A store read from end to end: whole as it was left, and each kind of damage found.
import Contracts
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct InspectionTests {
    /// A custodian with two records, a grant, a release and a refusal, stopped.
    final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-inspection-" + UUID().uuidString
        let house: TestCustodian
        let wallet: TestCustodian.Wallet

        init() async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            house = try await TestCustodian(directory)
            wallet = try await house.enrol("p1")
            let laboratory = try await house.person("laboratory", role: "laboratory")
            _ = try await house.custodian.write(
                [
                    Submission(try TestCustodian.resource(CustodianTests.Fixture.result)),
                    Submission(try TestCustodian.resource(CustodianTests.Fixture.note)),
                ], patient: "p1")
            let asker = house.asker(laboratory, patient: "p1")
            let question = Question(
                .read(ResourceName(type: "Observation", id: "hb"), version: nil), action: .read)
            _ = try await house.custodian.read(question, by: asker)
            let terms = house.permit(
                wallet, to: [.role(code: "laboratory", organisation: house.custodian.organisation)],
                classes: [.category("laboratory")])
            try await house.submit(ConsentGrant(subject: wallet.subject, grants: [terms]), by: wallet)
            _ = try await house.custodian.read(question, by: asker)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        var signState: [UInt8] {
            get throws { try SyncedSlotFile.open(directory + "/signstate").read().payload }
        }

        /// Opens the store of the stopped custodian.
        func store() throws -> RocksDBStore {
            try RocksDBStore(path: directory + "/ledger", columnFamilies: LedgerStore.columnFamilies)
        }

        func inspect(_ store: RocksDBStore) throws -> LedgerInspection {
            try LedgerInspection(of: store, genesis: house.network.genesis, signState: signState, isDeep: true)
        }

        /// Changes one row of a family, the `place`th, and says what the inspection then finds.
        func code(changing family: Int, row place: Int, _ change: (inout [UInt8]) -> Void) throws -> String? {
            let store = try store()
            defer { try? store.close() }
            let family = LedgerStore.columnFamilies[family]
            let rows = try store.scan(prefix: [], in: family)
            guard rows.indices.contains(place) else { return nil }
            let (key, value) = rows[place]
            func put(_ value: [UInt8]) throws {
                var batch = WriteBatch()
                batch.put(key, value, in: family)
                try store.write(batch, sync: false)
            }
            var changed = value
            change(&changed)
            try put(changed)
            defer { try? put(value) }
            do {
                _ = try inspect(store)
                return nil
            } catch let error as SteleError {
                return error.code.name
            }
        }
    }

    @Test func findsAStoreWholeThatWasLeftInOrder() async throws {
        let fixture = try await Fixture()
        let header = fixture.house.custodian.ledger.head.header
        let vault = fixture.house.custodian.vault
        await fixture.house.custodian.ledger.settle()
        #expect(vault.pendingCount == 0)
        try await fixture.house.stop()
        let store = try fixture.store()
        let ledger = try fixture.inspect(store)
        #expect(ledger.header == header)
        #expect(ledger.recordCounts[fixture.wallet.subject] == 2)
        #expect(ledger.transactionCount == header.logSize - header.height)
        try store.close()
    }

    @Test func comparesTheVaultWithTheLedger() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        try await house.stop()
        let copy = fixture.directory + "/copy"
        try FileManager.default.copyItem(atPath: fixture.directory + "/ledger", toPath: copy)
        let store = try RocksDBStore(path: copy, columnFamilies: LedgerStore.columnFamilies)
        let ledger = try fixture.inspect(store)
        try await house.restart()
        let records = try VaultInspection(of: house.custodian.vault, store: store, ledger: ledger, isDeep: true)
        #expect(records.subjectCount == 2 && records.recordCount == 2 && records.eventCount == 2)
        #expect(records.pendingCount == 0)

        // A record that the ledger does not know, as after a ledger restored alone.
        _ = try await house.custodian.write(
            [Submission(try TestCustodian.resource(CustodianTests.Fixture.result.replacing("13.20", with: "13.30")))],
            patient: "p1")
        let error = #expect(throws: SteleError.self) {
            _ = try VaultInspection(of: house.custodian.vault, store: store, ledger: ledger, isDeep: false)
        }
        #expect(error?.code == .vaultDamaged)
        try store.close()
        try await house.stop()
    }

    @Test func findsEveryKindOfChangedRow() async throws {
        let fixture = try await Fixture()
        try await fixture.house.stop()
        // Families in the order of LedgerStore: block 1, note 2, entry 3, txid 4, state 5.
        for family in [1, 2, 3, 4, 5] {
            for place in [0, 2, 5] {
                let code = try fixture.code(changing: family, row: place) { value in
                    value[value.count - 1] ^= 1
                }
                guard let code else {
                    Issue.record("family \(family), row \(place): the change was not found")
                    continue
                }
                #expect(code.hasPrefix("store.") || code.hasSuffix(".malformed"), "\(family) \(place): \(code)")
            }
        }
        let store = try fixture.store()
        _ = try fixture.inspect(store)  // Everything was put back.
        try store.close()
    }

    @Test func findsAStoreOlderThanTheSignState() async throws {
        let fixture = try await Fixture()
        try await fixture.house.stop()
        let copy = fixture.directory + "/older"
        try FileManager.default.copyItem(atPath: fixture.directory + "/ledger", toPath: copy)
        try await fixture.house.restart()
        _ = try await fixture.house.person("later", role: "nurse")
        try await fixture.house.stop()
        let store = try RocksDBStore(path: copy, columnFamilies: LedgerStore.columnFamilies)
        let error = #expect(throws: SteleError.self) { _ = try fixture.inspect(store) }
        #expect(error?.code == .storeRolledBack)
        try store.close()
    }
}
