// A copy goes out to its patient alone, by decision and with an event; it comes in only with proofs that hold.
import Contracts
import Cryptography
import Foundation
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct CopyRouteTests {
    private static func page(_ fixture: APIFixture, after: Bytes32? = nil) async throws -> CopyPage {
        let token = try await fixture.token(fixture.patient)
        let reply = try await fixture.get("/custodian/v1/copy" + (after.map { "?after=\($0.hex)" } ?? ""), token)
        try #require(reply.status == 200, "\(reply.text)")
        return try CopyPage(decoding: reply.body)
    }

    /// What a page holds, as another custodian gets it.
    private static func delivery(_ page: CopyPage) throws -> CopyDelivery {
        let byResource = Dictionary(grouping: page.versions.reversed(), by: \.resource)
        return CopyDelivery(
            patient: "p1",
            histories: try byResource.sorted { $0.key.description < $1.key.description }.map { name, versions in
                CopyDelivery.History(
                    name, earlierCount: 0,
                    versions: try versions.map { version in
                        let proof = try page.proof(of: version).withoutContent.encoded
                        return CopyDelivery.Version(
                            isTombstone: version.isTombstone, bytes: version.bytes,
                            origins: version.origins + [KeptOrigin(trust: page.trust, proof: proof)])
                    })
            })
    }

    private static func bringIn(_ delivery: CopyDelivery, _ fixture: APIFixture) async throws -> [String: String] {
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.send(
            "POST", "/custodian/v1/copy", token: token, type: "application/cbor", body: delivery.encoded)
        try #require(reply.status == 200, "\(reply.text)")
        var outcomes: [String: String] = [:]
        for result in try reply.json()["results"]?.elements.map({ $0 }) ?? [] {
            let counts = "\(result["written"]?.uint ?? 99) written, \(result["present"]?.uint ?? 99) present"
            outcomes[result["resource"]?.string ?? ""] = result["refused"]?.string ?? counts
        }
        return outcomes
    }

    @Test func givesThePatientEveryVersionWithAProofOfEach() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon)
        let changed = APIFixture.result.replacing("13.20", with: "9.10")
        #expect(try await fixture.put("/fhir/Observation/hb", changed, surgeon).status == 200)
        #expect(try await fixture.send("DELETE", "/fhir/Observation/hb", token: surgeon).status == 204)
        let page = try await Self.page(fixture)
        #expect(page.remainingCount == 4 && page.versions.map(\.version) == [3, 2, 1, 1])
        #expect(page.versions[0].isTombstone && page.versions[0].bytes.isEmpty)
        let trust = try TrustedKeys(parsing: page.trust)
        for version in page.versions {
            let verdict = try ProofVerifier.verify(try page.proof(of: version).encoded, trust: trust)
            #expect(
                verdict.statements.contains {
                    if case .record(version.record, fixture.wallet.subject, version.bytes.count, _, _) = $0 {
                        true
                    } else {
                        false
                    }
                })
        }
        let log = try fixture.custodian.accessLog(of: fixture.wallet.subject)
        #expect(log.last?.action == "export" && log.last?.request?.asked == "copy of everything")
        #expect(log.last?.request?.records.count == 4)
        // The next page begins after the record named.
        #expect(try await Self.page(fixture, after: page.versions[1].record).versions.map(\.version) == [1, 1])
    }

    @Test func refusesEverybodyElseAndAPatientWithoutAPermit() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        for client in [fixture.surgeon, fixture.officer] {
            let token = try await fixture.token(client, patient: "p1")
            let reply = try await fixture.get("/custodian/v1/copy", token)
            #expect(reply.status == 403 && reply.code == "subject.not_yours")
        }
        let bare = try await APIFixture()
        let token = try await bare.token(bare.patient)
        let reply = try await bare.get("/custodian/v1/copy", token)
        #expect(reply.status == 403 && reply.code == "access.refused")
        let log = try bare.custodian.accessLog(of: bare.wallet.subject)
        #expect(log.count == 1 && log[0].isRefused && log[0].action == "export")
    }

    @Test func bringsInExactlyTheBytesAndKeepsTheirProofs() async throws {
        let first = try await APIFixture()
        try await first.writeAndGrant()
        let token = try await first.token(first.surgeon)
        #expect(try await first.send("DELETE", "/fhir/DocumentReference/psy", token: token).status == 204)
        let sent = try await Self.page(first)
        let second = try await APIFixture()
        try await second.grant(
            [.actor(DIDKey.did(of: second.wallet.consentKey.publicKey))], classes: [.all], purposes: ["PATRQT"])
        let delivery = try Self.delivery(sent)
        #expect(
            try await Self.bringIn(delivery, second)
                == ["DocumentReference/psy": "2 written, 0 present", "Observation/hb": "1 written, 0 present"])
        #expect(
            try await Self.bringIn(delivery, second)
                == ["DocumentReference/psy": "0 written, 2 present", "Observation/hb": "0 written, 1 present"])
        let page = try await Self.page(second)
        let trust = try TrustedKeys(parsing: sent.trust)
        for version in page.versions {
            let original = try #require(
                sent.versions.first { $0.resource == version.resource && $0.version == version.version })
            #expect(version.bytes == original.bytes && version.isTombstone == original.isTombstone)
            let origin = try #require(version.origins.first)
            _ = try ProofVerifier.verify(
                try ProofFile(decoding: origin.proof).opening(version.bytes).encoded, trust: trust)
        }
        // Brought back to where it was made, there is nothing to write and no origin to keep.
        #expect(
            try await Self.bringIn(Self.delivery(page), first)
                == ["DocumentReference/psy": "0 written, 2 present", "Observation/hb": "0 written, 1 present"])
        #expect(try await Self.page(first).versions.allSatisfy { $0.origins.map(\.trust) == [page.trust] })
    }

    @Test func refusesWhatIsNotProvenAndLeavesWhatIsThere() async throws {
        let first = try await APIFixture()
        try await first.writeAndGrant()
        let delivery = try Self.delivery(try await Self.page(first))
        let second = try await APIFixture()
        func changed(_ change: (inout CopyDelivery.Version) -> Void) async throws -> String? {
            var delivery = delivery
            change(&delivery.histories[1].versions[0])
            return try await Self.bringIn(delivery, second)["Observation/hb"]
        }
        #expect(try await changed { $0.bytes = Array(APIFixture.result.utf8) } == "proof.false")
        #expect(try await changed { $0.origins = [] } == "copy.malformed")
        #expect(try await changed { $0.origins[0].trust = second.custodian.ledger.trustText } == "note.unsigned")
        #expect(try await changed { $0.isTombstone = true } == "copy.malformed")
        let token = try await second.token(second.surgeon)
        let other = APIFixture.result.replacing("13.20", with: "7.00")
        #expect(try await second.put("/fhir/Observation/hb", other, token).status == 201)
        #expect(try await changed { _ in } == "copy.history_differs")
    }
}
