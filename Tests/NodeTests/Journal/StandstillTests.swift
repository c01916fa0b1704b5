// Emergencies while the ledger stands still: written down before anything is released, recorded when it works again.
import Contracts
import Cryptography
import FHIR
import Foundation
import Ledger
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@testable import Node

@Suite struct StandstillTests {
    /// A patient with two records, one of them closed even in an emergency, and a physician whom nothing permits
    /// anything, on a disk that can be filled.
    final class Fixture {
        let directory = NSTemporaryDirectory() + "stele-standstill-" + UUID().uuidString
        let space = TestDiskSpace()
        let clock = TestClock()
        let house: TestCustodian
        let wallet: TestCustodian.Wallet
        let ward: RegisteredActor
        var custodian: Custodian { house.custodian }
        var subject: SubjectID { wallet.subject }

        init() async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            house = try await TestCustodian(directory, clock: clock, space: space)
            wallet = try await house.enrol("p1")
            ward = try await house.person("ward", role: "physician")
            _ = try await custodian.write(
                [
                    Submission(try TestCustodian.resource(CustodianTests.Fixture.result)),
                    Submission(try TestCustodian.resource(CustodianTests.Fixture.note)),
                ], patient: "p1")
            var deny = house.permit(wallet, to: [.organisation(custodian.organisation)], classes: [.sensitivity("PSY")])
            deny.kind = .deny
            deny.isEvenInEmergency = true
            #expect(
                try await house.submit(ConsentGrant(subject: wallet.subject, grants: [deny]), by: wallet).isApplied)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        func stand(_ isStill: Bool) {
            space.leave(isStill ? 1 << 20 : 2 << 30)
            clock.advance(milliseconds: 1000)
        }

        func asker(_ actor: RegisteredActor? = nil, purposes: [String] = ["ETREAT"], patient: String? = "p1") -> Asker {
            house.asker(actor ?? ward, patient: patient, purposes: purposes)
        }

        @discardableResult
        func open(seconds: UInt32 = 600, by asker: Asker? = nil) throws -> UnorderedEmergency {
            try custodian.openUnordered(
                EmergencyOrder(patient: "p1", reason: .lifeThreatening, seconds: seconds), by: asker ?? self.asker())
        }

        /// What is released of a record, or the code of what was thrown.
        func read(_ name: String = "Observation/hb", by asker: Asker? = nil) async throws -> String {
            let parts = name.split(separator: "/").map(String.init)
            let question = Question(
                .read(ResourceName(type: parts[0], id: parts[1]), version: nil), action: .read)
            do {
                let answer = try await custodian.read(question, by: asker ?? self.asker())
                guard case .released(let release) = answer else { return "refused" }
                return release.journalNumber.map { "entry \($0)" } ?? "event"
            } catch {
                return error.code.name
            }
        }
    }

    private static func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? SteleError)?.code.name ?? "other"
        }
    }

    @Test func releasesInAnEmergencyOutOfTheJournalAndRecordsItAfterwards() async throws {
        let fixture = try await Fixture()
        let (house, subject) = (fixture.house, fixture.subject)
        fixture.stand(true)
        #expect(try await fixture.read() == "disk.full")
        let opened = try fixture.open()
        #expect(opened.number == 1)
        #expect(try await fixture.read() == "entry 2")
        #expect(try await fixture.read("DocumentReference/psy") == "record.unavailable")
        #expect(try await fixture.read("Observation/none") == "record.unavailable")
        #expect(try await fixture.read(by: fixture.asker(purposes: ["TREAT"])) == "disk.full")
        #expect(fixture.custodian.journalCount == 4)
        #expect(try fixture.custodian.accessLog(of: subject).isEmpty)
        #expect(try await fixture.custodian.recordJournal() == 0)
        let claimed = UnixSeconds(fixture.clock.now())

        // The process ends, and another one finds the journal and a ledger that works.
        try await house.restart()
        #expect(house.custodian.journalCount == 4)
        #expect(try await fixture.read() == "entry 5")
        fixture.stand(false)
        fixture.clock.advance(milliseconds: 60_000)
        #expect(try await house.custodian.recordJournal() == 5)
        #expect(try await house.custodian.recordJournal() == 0)
        #expect(house.custodian.journalCount == 0)

        let log = try house.custodian.accessLog(of: subject)
        #expect(log.map(\.claimed) == Array(repeating: claimed, count: 5))
        #expect(log.map(\.action) == ["override", "read", "read", "read", "read"])
        #expect(log.map(\.outcome) == [.opened, .released, .withheld, .withheld, .released])
        #expect(log.allSatisfy { $0.emergency?.transaction == log[0].receipt.transactionID })
        #expect(log[1].request?.records.map(\.resource.id) == ["hb"])
        #expect(log[1].request?.askerDisplayName == "Dr ward")
        #expect(log[1].reason.contains("while the ledger stood still"))
        let review = try #require(try house.custodian.openReviews().first)
        #expect(review.claimed == claimed && review.review.until == opened.until)
        #expect(review.review.reviewBy > UnixSeconds(fixture.clock.now()))
        #expect(try house.custodian.notices(after: .start).map(\.kind) == [.emergencyOpened])

        // The emergency goes on under the review, as an ordinary one.
        #expect(try await fixture.read() == "event")
        let proof = try await house.custodian.accessLogProof(of: subject)
        let trust = house.network.trust
        try await house.stop()
        let statements = try ProofVerifier.verify(proof.encoded, trust: trust).statements
        #expect(statements.contains(.complete(subject: subject, count: 6)))
        for number in 1...5 {
            #expect(statements.contains(.unordered(subject: subject, number: UInt64(number), claimed: claimed)))
        }
        #expect(try PreallocatedLog.read(fixture.directory + "/journal").count == 5, "what is there means nothing now")
    }

    @Test func onlyAPersonOfTheStaffWithThePurposeOpensAndOnlyAsLongAsTheNetworkAllows() async throws {
        let fixture = try await Fixture()
        fixture.stand(true)
        #expect(Self.code { try fixture.open(by: fixture.asker(purposes: ["TREAT"])) } == "emergency.purpose")
        var device = fixture.ward
        device.kind = .device
        #expect(Self.code { try fixture.open(by: fixture.asker(device)) } == "actor.not_allowed")
        var stranger = fixture.ward
        stranger.organisation = "elsewhere"
        #expect(Self.code { try fixture.open(by: fixture.asker(stranger)) } == "actor.not_allowed")
        #expect(Self.code { try fixture.open(by: fixture.asker(patient: "p2")) } == "actor.not_allowed")
        #expect(Self.code { try fixture.open(seconds: 7201) } == "override.too_long")
        #expect(fixture.custodian.journalCount == 0)

        try fixture.open(seconds: 60)
        #expect(try await fixture.read() == "entry 2")
        fixture.clock.advance(milliseconds: 60_000)
        #expect(try await fixture.read() == "disk.full")
        try await fixture.house.stop()
    }

    @Test func anOverdueReviewBarsThePersonHereToo() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .disaster, seconds: 60), by: fixture.asker())
        fixture.clock.advance(milliseconds: 73 * 3_600_000)
        fixture.stand(true)
        #expect(Self.code { try fixture.open() } == "override.review_overdue")
        try await fixture.house.stop()
    }

    @Test func anOverrideThatIsOpenIsUsedAndNotMadeLonger() async throws {
        let fixture = try await Fixture()
        let online = try await fixture.custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .disaster, seconds: 300), by: fixture.asker())
        fixture.stand(true)
        let found = try fixture.open(seconds: 7200)
        #expect(found.number == nil && found.until == online.review.until && found.reason == .disaster)
        #expect(try await fixture.read() == "entry 1")
        fixture.clock.advance(milliseconds: 300_000)
        #expect(try await fixture.read() == "disk.full")
        fixture.stand(false)
        #expect(try await fixture.custodian.recordJournal() == 1)
        let log = try fixture.custodian.accessLog(of: fixture.subject)
        #expect(log.last?.emergency?.transaction == online.transaction && log.last?.claimed != nil)
        #expect(try fixture.custodian.openReviews().count == 1)
        try await fixture.house.stop()
    }

    @Test func aSearchReleasesWithinTheEmergencyAndNothingElseIsAnswered() async throws {
        let fixture = try await Fixture()
        fixture.stand(true)
        try fixture.open()
        func search(_ name: String, _ scope: SearchRequest.Scope, _ action: Action) async throws -> String {
            let type = try #require(ResourceType(name: name))
            let query = try SearchQuery(
                type, [], in: SearchContext(baseURL: "https://x/fhir", now: fixture.clock.now()))
            do {
                let answer = try await fixture.custodian.read(
                    Question(.search(SearchRequest(query, scope: scope)), action: action), by: fixture.asker())
                guard case .released(let release) = answer else { return "refused" }
                return "\(release.records.count) of \(release.total)"
            } catch {
                return error.code.name
            }
        }
        #expect(try await search("Observation", .patient("p1"), .search) == "1 of 1")
        #expect(try await search("DocumentReference", .patient("p1"), .search) == "0 of 0")
        #expect(try await search("Observation", .patient("p1"), .export) == "disk.full")
        #expect(try await search("Observation", .commons, .search) == "disk.full")
        #expect(try await search("Observation", .several(nil), .search) == "disk.full")
        #expect(fixture.custodian.journalCount == 3)
        try await fixture.house.stop()
    }

    @Test func anErasureWaitsForTheJournalAndLeavesNothingOfIt() async throws {
        let fixture = try await Fixture()
        fixture.stand(true)
        try fixture.open()
        #expect(try await fixture.read() == "entry 2")
        fixture.stand(false)
        var officer = fixture.ward
        officer.isOfficer = true
        officer.ledgerID = fixture.house.random.bytes32()
        #expect(try await fixture.custodian.recordJournal() == 2)
        let review = try #require(try fixture.custodian.openReviews().first)
        _ = try await fixture.custodian.closeReview(
            of: review.transaction, finding: .justified, by: fixture.asker(officer))
        let path = fixture.directory + "/journal"
        #expect(try PreallocatedLog.read(path).count == 2)
        _ = try await fixture.custodian.erase("p1", because: .withdrawn)
        #expect(try PreallocatedLog.read(path).isEmpty)
        #expect(try fixture.custodian.notices(after: .start).isEmpty)
        try await fixture.house.stop()
    }

    @Test func aJournalThatWasChangedStopsTheStart() async throws {
        let fixture = try await Fixture()
        fixture.stand(true)
        try fixture.open()
        #expect(try await fixture.read() == "entry 2")
        try await fixture.house.stop()
        let url = URL(filePath: fixture.directory + "/journal")
        var bytes = try Data(contentsOf: url)
        bytes[700] ^= 4
        try bytes.write(to: url)
        let error = await #expect(throws: SteleError.self) { try await fixture.house.restart() }
        #expect(error?.code == .journalDamaged)
    }

    /// Openings at once see each other: nobody leaves more for review than the limit.
    @Test func openingsAtOnceDoNotPassTheLimitTogether() async throws {
        let fixture = try await Fixture()
        fixture.stand(true)
        let (custodian, asker) = (fixture.custodian, fixture.asker())
        let order = EmergencyOrder(patient: "p1", reason: .lifeThreatening, seconds: 600)
        let codes = await withTaskGroup(of: [String?].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<40).map { _ in Self.code { _ = try custodian.openUnordered(order, by: asker) } }
                }
            }
            return await group.reduce(into: [String?]()) { $0 += $1 }
        }
        #expect(codes.count { $0 == nil } == 256)
        #expect(Set(codes.compactMap { $0 }) == ["override.review_limit"])
        #expect(fixture.custodian.journalCount == 256)
    }

    /// A backup from an outage, restored after a patient of its journal was erased: the journal is recorded, the
    /// erasure repeated, and what was written down of others is in their logs.
    @Test func aRestoredJournalNamesAnErasedPatient() async throws {
        let fixture = try await Fixture()
        let (house, directory) = (fixture.house, fixture.directory)
        let other = try await house.enrol("p2")
        let officer = try await house.custodian.addActor(
            ActorDraft(
                id: "officer", kind: .person, displayName: "Officer", roles: [],
                key: .okp(SigningKey.random(from: SystemRandom()).publicKey), isOfficer: true))
        fixture.stand(true)
        try fixture.open()
        #expect(try await fixture.read() == "entry 2")
        _ = try house.custodian.openUnordered(
            EmergencyOrder(patient: "p2", reason: .disaster, seconds: 600), by: fixture.asker(patient: nil))
        #expect(house.custodian.journalCount == 3)
        try await house.stop()
        let backup = directory + "-backup"
        defer { try? FileManager.default.removeItem(atPath: backup) }
        try FileManager.default.copyItem(atPath: directory, toPath: backup)
        try await house.restart()

        fixture.stand(false)
        #expect(try await house.custodian.recordJournal() == 3)
        for review in try house.custodian.openReviews() {
            _ = try await house.custodian.closeReview(
                of: review.transaction, finding: .justified, by: house.asker(officer, purposes: ["HOPERAT"]))
        }
        #expect(try await house.custodian.erase("p1", because: .unlawful).stage == .finished)
        try await house.stop()

        // The backup with the newest keys, as it is restored.
        for name in try FileManager.default.contentsOfDirectory(atPath: backup) where name != "keystore" {
            try FileManager.default.removeItem(atPath: directory + "/" + name)
            try FileManager.default.copyItem(atPath: backup + "/" + name, toPath: directory + "/" + name)
        }
        try await house.restart()
        let custodian = house.custodian
        #expect(custodian.journalCount == 0)
        #expect(try custodian.vault.directory.subject(patient: "p1") == nil)
        let row = try custodian.ledger.withState(about: fixture.subject) { (state) throws(SteleError) in
            try state.subject(fixture.subject)
        }
        #expect(row?.erasedAt != nil)
        #expect(try custodian.ledger.lines(indexPrefix: [UInt8(ascii: "a")] + fixture.subject.bytes).isEmpty)
        // Whoever opened both has the other's review alone, and can open again.
        #expect(try custodian.openReviews().map(\.subject) == [other.subject])
        let log = try custodian.accessLog(of: other.subject)
        #expect(log.map(\.action) == ["override"] && log.allSatisfy { $0.claimed != nil && $0.request != nil })
        _ = try await custodian.openEmergency(
            EmergencyOrder(patient: "p2", reason: .disaster, seconds: 60), by: fixture.asker(patient: nil))
        // A second start finds nothing left to do.
        try await house.restart()
        #expect(house.custodian.journalCount == 0)
    }
}
