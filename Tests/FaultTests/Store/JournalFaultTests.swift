// The journal and a disk that fails: under each step of recording it, and as the reason why there is one.
import Contracts
import Cryptography
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct JournalFaultTests {
    /// A custodian in memory with a patient, a physician and a journal in a file.
    private final class House {
        enum Part: CaseIterable { case ledger, content }

        let disk = VaultDisk(seed: 11)
        let scratch: Scratch
        let clock = TestClock()
        let space = TestDiskSpace()
        let network: TestNetwork
        private(set) var custodian: Custodian!
        var path: String { scratch("journal") }

        init() async throws {
            scratch = try Scratch("journal")
            network = try TestNetwork(random: disk.random, time: clock.now())
            try disk.create().close()
            try open()
            try await custodian.start()
            let key = SigningKey.random(from: disk.random).publicKey
            _ = try await custodian.enrol(
                SubjectDraft(
                    patient: "p", displayName: "P", consentKey: key, organisation: custodian.organisation))
            _ = try await custodian.addActor(
                ActorDraft(
                    id: "ward", kind: .person, displayName: "W", roles: ["physician"],
                    key: .okp(SigningKey.random(from: disk.random).publicKey)))
            let text =
                #"{"resourceType":"Observation","id":"a","status":"final","code":{"text":"x"},"#
                + #""subject":{"reference":"Patient/p"}}"#
            _ = try await custodian.write([Submission(try Resource(parsing: Array(text.utf8)))], patient: "p")
        }

        /// Opens everything, with `part` behind a store that can be made to fail.
        @discardableResult
        func open(_ part: Part? = nil) throws -> FaultInjectingStore? {
            custodian = nil
            var ledgerStore: any KeyValueStore = try MemoryStore(
                path: "ledger", columnFamilies: LedgerStore.columnFamilies, on: disk.disk)
            var stores = try disk.stores()
            var failing: FaultInjectingStore?
            switch part {
            case .ledger:
                failing = FaultInjectingStore(ledgerStore)
                ledgerStore = failing!
            case .content:
                failing = FaultInjectingStore(stores.content)
                stores.content = failing!
            case nil: break
            }
            let vault = try Vault.open(in: stores, root: disk.root, random: disk.random)
            let ledger = try network.start(
                ledgerStore, signStateIn: scratch.path, contracts: StandardContracts(), time: clock,
                disk: DiskGuard(space, reserve: DiskReserve(), time: clock))
            try EmergencyJournal.create(path)
            custodian = Custodian(
                ledger: ledger, vault: vault, nodeKey: network.nodeKey, emergencyKeys: network.emergencyKeys,
                journal: try EmergencyJournal(path, of: network.genesis.organisation, on: ledger),
                organisation: network.genesis.organisation, time: clock, random: disk.random)
            return failing
        }

        /// Loses power.
        func crash() {
            custodian = nil
            disk.disk.crash()
        }

        func asker(_ purpose: String = "ETREAT") throws -> Asker {
            let ward = try #require(try custodian.vault.directory.actor(id: "ward"))
            return Asker(actor: ward, purposes: [purpose], assertion: [1, 2, 3], patient: "p")
        }

        func stand(_ isStill: Bool) {
            space.leave(isStill ? 1 << 20 : 2 << 30)
            clock.advance(milliseconds: 1000)
        }

        /// Opens an emergency and reads twice in it, all in the journal.
        func emergency() async throws {
            _ = try custodian.openUnordered(
                EmergencyOrder(patient: "p", reason: .urgentCare, seconds: 600), by: asker())
            for _ in 0..<2 { #expect(try await read() != nil) }
        }

        func read(_ purpose: String = "ETREAT") async throws -> UInt64? {
            let question = Question(.read(ResourceName(type: "Observation", id: "a"), version: nil), action: .read)
            guard case .released(let release) = try await custodian.read(question, by: asker(purpose)) else {
                return nil
            }
            return release.journalNumber
        }

        /// Each entry is an event of the patient's log, once, with its kept request.
        func expectRecorded(_ what: Comment) async throws {
            let subject = try #require(try custodian.vault.directory.subject(patient: "p")).id
            let log = try custodian.accessLog(of: subject)
            #expect(log.map(\.action) == ["override", "read", "read"], what)
            #expect(log.allSatisfy { $0.claimed != nil && $0.request?.askerDisplayName == "W" }, what)
            #expect(log.dropFirst().allSatisfy { $0.request?.records.count == 1 }, what)
            #expect(custodian.journalCount == 0, what)
        }
    }

    /// Whichever operation of a store fails while the journal is recorded, and power with it: the next start records
    /// the rest, and nothing twice.
    @Test(arguments: House.Part.allCases, Fault.Moment.allCases)
    private func recordsEachEntryOnceWhicheverStepFails(part: House.Part, moment: Fault.Moment) async throws {
        var operation = 0
        var isDone = false
        while !isDone {
            operation += 1
            let house = try await House()
            house.stand(true)
            try await house.emergency()
            house.stand(false)
            house.crash()
            let store = try #require(try house.open(part))
            try await house.custodian.start()
            let planned = store.operationCount + operation
            store.plan(Fault(operation: planned, moment: moment, isSticky: true))
            _ = try? await house.custodian.recordJournal()
            isDone = store.operationCount < planned
            house.crash()
            try house.open()
            try await house.custodian.start()
            _ = try await house.custodian.recordJournal()
            try await house.expectRecorded("\(part), operation \(operation), \(moment)")
        }
        #expect(operation > 3, "the journal was recorded in too few steps to have been interrupted")
    }

    /// A ledger whose disk failed serves emergencies, and nothing else, until the next start.
    @Test func aFaultOfTheLedgerLeavesEmergencies() async throws {
        let house = try await House()
        house.crash()
        // Reading goes on; what is written fails.
        let failing = try #require(try house.open(.ledger))
        try await house.custodian.start()
        failing.failWrites()
        _ = try? await house.custodian.openEmergency(
            EmergencyOrder(patient: "p", reason: .urgentCare, seconds: 600), by: house.asker())
        #expect(house.custodian.standstill?.code == .storageFull && house.custodian.ledger.fault != nil)
        let refused = await #expect(throws: SteleError.self) { _ = try await house.read("TREAT") }
        #expect(refused?.code == .ledgerStandstill)
        try await house.emergency()
        #expect(house.custodian.journalCount == 3)
        #expect(try await house.custodian.recordJournal() == 0)

        house.crash()
        try house.open()
        try await house.custodian.start()
        #expect(try await house.custodian.recordJournal() == 3)
        try await house.expectRecorded("after a fault")
    }
}
