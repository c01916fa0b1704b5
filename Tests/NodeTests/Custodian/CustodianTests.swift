// The story of one record: written, granted, read, refused, revoked, logged, proven.
import Contracts
import Cryptography
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct CustodianTests {
    /// A custodian with one patient who has a laboratory result and a psychiatric note.
    final class Fixture: Sendable {
        let directory = NSTemporaryDirectory() + "stele-custodian-" + UUID().uuidString
        let house: TestCustodian
        let wallet: TestCustodian.Wallet
        let surgeon: RegisteredActor
        let laboratory: RegisteredActor
        static let result =
            #"{"resourceType":"Observation","id":"hb","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":13.20,"unit":"g/dL"}}"#
        static let note =
            #"{"resourceType":"DocumentReference","id":"psy","status":"current","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},"subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/plain","data":"bm90ZQ=="}}]}"#

        init() async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            house = try await TestCustodian(directory)
            wallet = try await house.enrol("p1", name: "Pat One")
            surgeon = try await house.person("surgeon", role: "surgeon")
            laboratory = try await house.person("laboratory", role: "laboratory")
            let written = try await house.custodian.write(
                [
                    Submission(try TestCustodian.resource(Self.result)),
                    Submission(try TestCustodian.resource(Self.note)),
                ], patient: "p1")
            precondition(written.allSatisfy { $0.isNew && $0.version == 1 })
        }

        func read(_ type: String, _ id: String, by asker: Asker) async throws -> Answer {
            try await house.custodian.read(
                Question(.read(ResourceName(type: type, id: id), version: nil), action: .read), by: asker)
        }

        func grantLaboratory() async throws -> Receipt {
            try await house.submit(
                ConsentGrant(
                    subject: wallet.subject,
                    grants: [
                        house.permit(
                            wallet, to: [.role(code: "laboratory", organisation: house.custodian.organisation)],
                            classes: [.category("laboratory")], except: [.sensitivity("PSY")])
                    ]), by: wallet)
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }
    }

    @Test func releasesExactlyWhatAGrantPermitsAndLogsEveryAttempt() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let asker = house.asker(fixture.laboratory, patient: "p1")

        // Nobody has a permit yet: refused, whatever exists.
        guard case .refused = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("expected a refusal")
            return
        }
        #expect(try await fixture.grantLaboratory().isApplied)
        guard case .released(let release) = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("expected a release")
            return
        }
        #expect(release.records.map(\.bytes) == [Array(Fixture.result.utf8)])

        // Hidden and absent look alike.
        guard case .unavailable = try await fixture.read("DocumentReference", "psy", by: asker),
            case .unavailable = try await fixture.read("DocumentReference", "none", by: asker)
        else {
            Issue.record("expected both to be unavailable")
            return
        }

        let log = try house.custodian.accessLog(of: fixture.wallet.subject)
        #expect(log.map(\.number) == [1, 2, 3, 4])
        #expect(log.map(\.isRefused) == [true, false, true, true])
        #expect(log[2].request?.asked == "read DocumentReference/psy")
        #expect(log[2].reason == "nothing released: no grant permits it")
        #expect(log[3].request?.withheld == "absent")
        #expect(log[1].request?.askerDisplayName == "Dr laboratory")
        try await house.stop()
    }

    @Test func aRevokeHoldsAtOnceAndProofsOutliveTheNode() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let asker = house.asker(fixture.laboratory, patient: "p1")
        let grant = try await fixture.grantLaboratory()
        guard case .released(let release) = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("expected a release")
            return
        }
        let grantID = Grant.id(transaction: grant.transactionID, index: 0)
        let revoke = try await house.submit(
            ConsentRevoke(subject: fixture.wallet.subject, grants: [grantID]), by: fixture.wallet)
        #expect(revoke.isApplied)
        guard case .refused = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("expected a refusal after the revoke")
            return
        }
        let record = try await house.custodian.recordProof(
            ResourceName(type: "Observation", id: "hb"), of: fixture.wallet.subject,
            event: release.receipt.transactionID)
        let log = try await house.custodian.accessLogProof(of: fixture.wallet.subject)
        let trust = house.network.trust
        try await house.stop()

        let verdict = try ProofVerifier.verify(record.encoded, trust: trust)
        #expect(verdict.isSingleSigner)
        #expect(
            verdict.statements.contains {
                if case .authorised(_, _, _, let grants) = $0 { grants == [grantID] } else { false }
            })
        #expect(
            try ProofVerifier.verify(log.encoded, trust: trust).statements.contains(
                .complete(subject: fixture.wallet.subject, count: 2)))

        // One byte flipped anywhere is found; an event left out is found.
        let bytes = record.encoded
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var broken = bytes
            broken[place] ^= 0x10
            #expect(throws: SteleError.self) { _ = try ProofVerifier.verify(broken, trust: trust) }
        }
        var shortened = log
        shortened.entries.removeFirst()
        #expect(throws: SteleError.self) { _ = try ProofVerifier.verify(shortened.encoded, trust: trust) }
    }

    @Test func everythingIsThereAfterARestart() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        _ = try await fixture.grantLaboratory()
        try await house.restart()
        let asker = house.asker(fixture.laboratory, patient: "p1")
        guard case .released = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("expected a release")
            return
        }
        // The same bytes again are no new version; other bytes are.
        let again = try await house.custodian.write(
            [Submission(try TestCustodian.resource(Fixture.result))], patient: "p1")
        #expect(again.map(\.isNew) == [false])
        let changed = Fixture.result.replacingOccurrences(of: "13.20", with: "13.30")
        let second = try await house.custodian.write(
            [Submission(try TestCustodian.resource(changed))], patient: "p1")
        #expect(second.map(\.version) == [2])
        try await house.stop()
    }

    @Test func searchesOnlyInsideWhatIsPermitted() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        _ = try await fixture.grantLaboratory()
        let question = Question(
            .search(SearchRequest(SearchQuery(everythingOf: nil), scope: .patient("p1"))), action: .search)
        guard
            case .released(let release) = try await house.custodian.read(
                question, by: house.asker(fixture.laboratory, patient: "p1"))
        else {
            Issue.record("expected a release")
            return
        }
        #expect(release.total == 1)
        guard case .refused = try await house.custodian.read(question, by: house.asker(fixture.surgeon, patient: "p1"))
        else {
            Issue.record("expected a refusal")
            return
        }
        try await house.stop()
    }
}

extension CustodianTests {
    @Test func aHundredWritersOnOneResourceLoseNothing() async throws {
        let fixture = try await Fixture()
        let custodian = fixture.house.custodian
        let versions = try await withThrowingTaskGroup(of: UInt32.self) { group in
            for number in 0..<100 {
                let text = Fixture.result.replacingOccurrences(of: "13.20", with: "\(20 + number).5")
                group.addTask {
                    try await custodian.write(
                        [Submission(try TestCustodian.resource(text))], patient: "p1")[0].version
                }
            }
            return try await group.reduce(into: Set<UInt32>()) { $0.insert($1) }
        }
        #expect(versions == Set(2...101))
        try await fixture.house.stop()
    }
}

extension CustodianTests {
    @Test func aPatientIsNoMemberOfTheOrganisation() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let grant = ConsentGrant(
            subject: fixture.wallet.subject,
            grants: [
                house.permit(
                    fixture.wallet, to: [.organisation(house.custodian.organisation)], classes: [.all])
            ])
        #expect(try await house.submit(grant, by: fixture.wallet).isApplied)
        let other = try await house.enrol("p2")
        guard
            case .refused = try await fixture.read(
                "Observation", "hb", by: house.asker(other.enrolment.actor, patient: "p1")),
            case .released = try await fixture.read(
                "Observation", "hb", by: house.asker(fixture.surgeon, patient: "p1"))
        else {
            Issue.record("expected the grant to hold for staff and not for another patient")
            return
        }
        try await house.stop()
    }
}
