// The ledger over HTTP: what is public, what is scoped, what a refusal says.
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

@Suite struct LedgerRouteTests {
    private func submit(_ fixture: APIFixture, _ envelope: [UInt8], _ token: String, cbor: Bool = false) async throws
        -> Reply
    {
        try await fixture.send(
            "POST", "/ledger/v1/transactions", token: token, type: "application/cbor",
            headers: cbor ? [("Accept", "application/cbor")] : [], body: envelope)
    }

    private func grant(_ fixture: APIFixture, key: SigningKey) -> [UInt8] {
        UnsignedTransactionMaker(chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom())
            .envelope(
                ConsentGrant(
                    subject: fixture.wallet.subject,
                    grants: [fixture.house.permit(fixture.wallet, to: [.actor("x")], classes: [.all])]), key: key)
    }

    @Test(arguments: Way.allCases)
    func receiptsAreJSONOrCBORAndProveThemselves(way: Way) async throws {
        let fixture = try await APIFixture(way)
        let token = try await fixture.token(fixture.patient)
        let envelope = grant(fixture, key: fixture.wallet.consentKey)
        let reply = try await submit(fixture, envelope, token)
        let json = try reply.json()
        #expect(reply.status == 200 && json["status"]?.uint == 0 && json["call"]?.string == "consent.grant")
        let id = try #require(json["transaction"]?.string)
        #expect(reply["Stele-Transaction"] == id)
        // The same again, as CBOR.
        let again = try await submit(fixture, envelope, token, cbor: true)
        #expect(again["Content-Type"] == "application/cbor")
        var reader = CBORReader(again.body)
        #expect(try reader.readArrayCount() == 6 && reader.readBytes32().hex == id)
        #expect(try reader.readUInt() == json["height"]?.uint && reader.readUInt() == json["log_index"]?.uint)
        // Looked up.
        let found = try await fixture.get("/ledger/v1/transactions/\(id)", token)
        #expect(try found.json()["arguments"]?["subject"]?.string == fixture.wallet.subject.hex)
        let raw = try await fixture.send(
            "GET", "/ledger/v1/transactions/\(id)", token: token, headers: [("Accept", "application/cbor")])
        #expect(raw.body == envelope)
        let receipt = try await fixture.get("/ledger/v1/receipts/\(id)", token)
        let file = try ProofFile(decoding: receipt.body)
        #expect(try file.verifyPaths(fixture.house.network.trust).height >= json["height"]?.uint ?? .max)
        #expect(file.entries.map(\.body.id.hex) == [id])
        await fixture.stop()
    }

    /// Under a key that the custodian does not have no record of the patient would be found: nothing of it may reach
    /// the ledger.
    @Test func aPolicyKeyThatTheCustodianHasNotMadeIsRefused() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.patient)
        let rotation = UnsignedTransactionMaker(
            chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom()
        ).envelope(
            ConsentRotatePolicyKey(subject: fixture.wallet.subject, policyKeyVersion: 2), key: fixture.wallet.consentKey
        )
        let size = fixture.custodian.ledger.head.header.logSize
        #expect(try await submit(fixture, rotation, token).code == "policy_key.unprepared")
        #expect(fixture.custodian.ledger.head.header.logSize == size)
        #expect(try await fixture.get("/fhir/Observation/hb", token).status == 200)
    }

    @Test func aGrantThatNobodyWouldBeAskedAboutIsRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.patient)
        let maker = UnsignedTransactionMaker(
            chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom())
        for (actions, isTaken) in [([Action.write, .delegate], false), ([.write, .read], true)] {
            var terms = fixture.house.permit(fixture.wallet, to: [.actor("x")], classes: [.all])
            terms.actions = Actions(actions)
            let envelope = maker.envelope(
                ConsentGrant(subject: fixture.wallet.subject, grants: [terms]), key: fixture.wallet.consentKey)
            let reply = try await submit(fixture, envelope, token)
            #expect(isTaken ? reply.status == 200 : reply.code == "grant.unasked", "\(reply.text)")
        }
    }

    @Test func refusalsSayWhyAndWhere() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await submit(fixture, grant(fixture, key: SigningKey.random(from: SystemRandom())), token)
        #expect(reply.status == 403 && reply.code == "signer.not_allowed")
        let details = try reply.json()["error"]?["details"]
        #expect(details?["transaction"]?.string == reply["Stele-Transaction"] && details?["status"]?.uint == 1)
        let officer = try await fixture.token(fixture.officer)
        #expect(
            try await fixture.get("/ledger/v1/transactions/\(reply["Stele-Transaction"] ?? "")", officer).status == 200)
    }

    @Test func checkpointAndTilesArePublicAndMakeUpTheLog() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        for number in 0..<5 {
            _ = try await fixture.house.person("p\(number)", role: "nurse")
        }
        let note = try await fixture.get("/ledger/v1/checkpoint")
        let checkpoint = try fixture.house.network.trust.verify(note.body)
        #expect(note["Content-Type"] == "text/plain; charset=utf-8" && checkpoint.size < 256)
        let tile = try await fixture.get("/ledger/v1/tile/0/000.p/\(checkpoint.size)")
        #expect(tile.body.count == 32 * Int(checkpoint.size))
        #expect(tile["Cache-Control"] == "public, max-age=31536000, immutable")
        var tree = LogTree()
        for start in stride(from: 0, to: tile.body.count, by: 32) {
            tree.append(leafHash: Digest(tile.body, at: start))
        }
        #expect(tree.root == checkpoint.root)
        let bundle = try await fixture.get("/ledger/v1/tile/entries/000.p/\(checkpoint.size)")
        #expect(bundle.body.count == 82 * Int(checkpoint.size))
        for name in ["Cache-Control", "Content-Type"] { #expect(bundle[name] == tile[name]) }
        #expect(bundle["Content-Type"] == "application/octet-stream")
        for index in 0..<Int(checkpoint.size) {
            let entry = Array(bundle.body[(82 * index)..<(82 * index + 82)])
            #expect(entry.prefix(2) == [0, 80])
            #expect(LogTree.leafHash(of: Array(entry[2...])) == Digest(tile.body, at: 32 * index))
        }
        #expect(
            try await fixture.get("/ledger/v1/tile/entries/000.p/1").body == Array(bundle.body.prefix(82)))
        for path in [
            "0/000", "0/000.p/255", "9/000", "0/0", "x", "0/x000/000", "entries", "entries/000", "entries/000.p/255",
            "entries/000.p/0", "entries/000.p/256", "entries/000.p/05", "entries/000.p", "entries/0", "entries/0/000",
            "entries/x000/000", "entries/001.p/1", "entries/x018/x446/x744/x073/x709/x551/615.p/1",
        ] {
            #expect(try await fixture.get("/ledger/v1/tile/\(path)").code == "tile.unknown", "\(path)")
        }
        let block = try #require(checkpoint.block)
        let header = try await fixture.get("/ledger/v1/headers/\(block.height)", token)
        #expect(try header.json()["hash"]?.string == block.headerHash.hex)
        #expect(try await fixture.get("/ledger/v1/headers/\(block.height)").status == 401)
        #expect(try await fixture.get("/ledger/v1/headers/999999", token).code == "header.unknown")
        let raw = try await fixture.send(
            "GET", "/ledger/v1/headers/\(block.height)", token: token, headers: [("Accept", "application/cbor")])
        #expect(try Header(decoding: raw.body).hash == block.headerHash)
    }

    @Test func aPatientSeesTheirOwnAndNothingElse() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let other = try await fixture.house.enrol("p2")
        let patient = try await fixture.token(fixture.patient)
        let stranger = try await fixture.token(
            APIFixture.Client(id: "patient-p2", key: JWKPrivateKey(other.consentKey)))
        let surgeon = try await fixture.token(fixture.surgeon)
        let officer = try await fixture.token(fixture.officer)
        let event = try #require(try await fixture.get("/fhir/Observation/hb", surgeon)["Stele-Transaction"])
        let subject = fixture.wallet.subject
        for target in ["/ledger/v1/transactions/\(event)", "/ledger/v1/receipts/\(event)"] {
            #expect(try await fixture.get(target, patient).status == 200)
            #expect(try await fixture.get(target, officer).status == 200)
            #expect(try await fixture.get(target, surgeon).code == "transaction.unknown")
            #expect(try await fixture.get(target, stranger).code == "transaction.unknown")
        }
        let row = Hex.encode(StateKey.accessChain(of: subject))
        let targets = [
            "/ledger/v1/proofs/access/\(event)", "/ledger/v1/proofs/access/\(subject.hex)",
            "/ledger/v1/proofs/state/\(row)", "/ledger/v1/subjects/\(subject.hex)/access-log",
        ]
        for target in targets {
            #expect(try await fixture.get(target, patient).status == 200, "\(target)")
            #expect([403, 404].contains(try await fixture.get(target, stranger).status), "\(target)")
            #expect(try await fixture.get(target).status == 401)
        }
        #expect(try await fixture.get(targets[0], surgeon).code == "subject.not_yours")
        #expect(try await fixture.get(targets[2], officer).status == 200)
        #expect(try await fixture.get(targets[2], surgeon).code == "subject.not_yours")
        let proof = try await fixture.get(targets[0], patient)
        #expect(throws: Never.self) { try ProofVerifier.verify(proof.body, trust: fixture.house.network.trust) }
        let unknown = try await fixture.get("/ledger/v1/proofs/grant/\(Bytes32.zero.hex)", patient)
        #expect(unknown.code == "grant.unknown")
    }

    @Test func recordsAreProvenByTheirIdOnTheLedgerToo() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let named = try await fixture.token(fixture.surgeon, patient: "p1")
        let entries = try fixture.custodian.vault.compartment(of: fixture.wallet.subject).entries
        for entry in entries {
            let reply = try await fixture.get("/ledger/v1/proofs/record/\(entry.recordID.hex)", named)
            #expect(reply.status == (entry.resource.id == "hb" ? 200 : 404), "\(reply.text)")
        }
        let absent = try await fixture.get("/ledger/v1/proofs/record/\(Bytes32.zero.hex)", named)
        #expect(absent.code == "record.unavailable" && absent["Stele-Transaction"] != nil)
        let refused = try await fixture.get("/ledger/v1/proofs/record/DocumentReference/psy", named)
        #expect(refused.code == "record.unavailable")
    }

    @Test func theLogIsReadInParts() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon)
        for _ in 0..<4 { _ = try await fixture.get("/fhir/Observation/hb", surgeon) }
        let token = try await fixture.token(fixture.patient)
        let target = "/ledger/v1/subjects/\(fixture.wallet.subject.hex)/access-log"
        let part = try await fixture.get(target + "?from=2&limit=2", token)
        let numbers = try part.body.split(separator: 10).map { line in
            try JSONDocument(parsing: Array(line)).root["number"]?.uint
        }
        #expect(numbers == [2, 3] && part["Content-Type"] == "application/jsonl")
        #expect(try await fixture.get(target + "?from=99", token).body.isEmpty)
        #expect(try await fixture.get(target + "?from=0", token).status == 400)
        #expect(try await fixture.get(target + "?limit=99999", token).status == 400)
    }
}
