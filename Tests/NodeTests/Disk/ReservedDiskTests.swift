// A custodian on a disk that fills up: what is refused, what goes on, and that nothing needs a restart.
import Contracts
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct ReservedDiskTests {
    /// A custodian with a patient, staff whom the patient permits everything, and a disk that is as full as it says.
    final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-disk-" + UUID().uuidString
        let space = TestDiskSpace()
        let clock = TestClock()
        let house: TestCustodian
        let wallet: TestCustodian.Wallet
        let ward: RegisteredActor
        var custodian: Custodian { house.custodian }

        init() async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            house = try await TestCustodian(directory, clock: clock, space: space)
            wallet = try await house.enrol("p1")
            ward = try await house.person("ward", role: "physician")
            try await write("first")
            try await permit()
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        func leave(_ byteCount: UInt64) {
            space.leave(byteCount)
            clock.advance(milliseconds: 1000)
        }

        func write(_ id: String) async throws {
            _ = try await custodian.write(
                [Submission(try TestCustodian.resource(Self.observation(id)))], patient: "p1")
        }

        func permit() async throws {
            let terms = house.permit(wallet, to: [.actor(ward.did)], classes: [.all])
            let receipt = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [terms]), by: wallet)
            #expect(receipt.isApplied)
        }

        func read(_ id: String) async throws -> Int {
            let answer = try await custodian.read(
                Question(.read(ResourceName(type: "Observation", id: id), version: nil), action: .read),
                by: house.asker(ward, patient: "p1"))
            guard case .released(let release) = answer else { return 0 }
            return release.records.count
        }

        static func observation(_ id: String) -> String {
            #"{"resourceType":"Observation","id":"\#(id)","status":"final","code":{"text":"x"},"#
                + #""subject":{"reference":"Patient/p1"}}"#
        }
    }

    private static func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? SteleError)?.code
        }
    }

    @Test func aReservedDiskTakesNoRecordsAndEverythingElse() async throws {
        let fixture = try await Fixture()
        let (custodian, house) = (fixture.custodian, fixture.house)
        fixture.leave(200 << 20)
        let height = custodian.ledger.head.header.height
        #expect(await Self.code { try await fixture.write("second") } == .diskReserved)
        #expect(await Self.code { _ = try await house.enrol("p2") } == .diskReserved)
        #expect(await Self.code { _ = try await house.person("new", role: "physician") } == .diskReserved)
        let bundle =
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":"#
            + Fixture.observation("third") + "}]}"
        let imported = try await RecordImport(into: custodian, enrolling: nil)
            .run(Bundle(parsing: Array(bundle.utf8)))
        guard case .failed(let error)? = imported.results.first else {
            Issue.record("an import went on")
            return
        }
        #expect(error.code == .diskReserved)
        #expect(custodian.ledger.head.header.height == height, "what is refused leaves nothing on the ledger")

        #expect(try await fixture.read("first") == 1)
        try await fixture.permit()
        let emergency = try await custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .disaster, seconds: 60),
            by: house.asker(fixture.ward, purposes: ["ETREAT"]))
        let officer = try #require(try await Self.officer(of: house))
        #expect(
            try await custodian.closeReview(of: emergency.transaction, finding: .justified, by: officer)
                .review.finding == .justified)
        _ = try await custodian.sweep()

        fixture.leave(1 << 30)
        try await fixture.write("second")
        #expect(try await fixture.read("second") == 1)
        try await house.stop()
    }

    /// The patient as an officer of the fixture's making is refused on a reserved disk, so an actor is bent into one.
    private static func officer(of house: TestCustodian) async throws -> Asker? {
        guard var actor = try house.custodian.vault.directory.actor(id: "ward") else { return nil }
        actor.isOfficer = true
        actor.ledgerID = house.random.bytes32()
        return house.asker(actor)
    }

    @Test func aFullDiskTakesNothingAndGoesOnByItself() async throws {
        let fixture = try await Fixture()
        let custodian = fixture.custodian
        fixture.leave(100 << 20)
        let before = custodian.ledger.head.header.height
        let events = try custodian.accessLog(of: fixture.wallet.subject).count
        #expect(await Self.code { try await fixture.write("second") } == .diskFull)
        #expect(await Self.code { _ = try await fixture.read("first") } == .diskFull)
        #expect(await Self.code { try await fixture.permit() } == .diskFull)
        #expect(custodian.ledger.head.header.height == before && custodian.ledger.fault == nil)
        _ = try await custodian.sweep()

        fixture.leave(300 << 20)
        #expect(try await fixture.read("first") == 1)
        fixture.leave(2 << 30)
        try await fixture.write("second")
        #expect(try await fixture.read("second") == 1)
        #expect(try custodian.accessLog(of: fixture.wallet.subject).count == events + 2)
        try await fixture.house.restart()
        #expect(try await fixture.read("second") == 1)
        try await fixture.house.stop()
    }
}
