// Calls by name: signed here for officers, handed out to be signed by everybody else.
import Contracts
import Cryptography
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct ContractRouteTests {
    static let actor = SeededRandom(7).bytes32()
    static let arguments: JSONValue = [
        "actor": .string(actor.hex), "did_commitment": .string(SeededRandom(8).bytes32().hex),
        "key_commitment": .string(SeededRandom(9).bytes32().hex),
    ]

    @Test func officersCallWhatTheNodeSigns() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let path = "/contracts/v1/identity/register"
        let reply = try await fixture.post(path, Self.arguments, officer)
        #expect(try reply.status == 200 && reply.json()["status"]?.uint == 0, "\(reply.text)")
        #expect(reply["Stele-Transaction"] != nil)
        let again = try await fixture.post(path, Self.arguments, officer)
        #expect(again.status == 409 && again.code == "actor.exists")
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.post(path, Self.arguments, surgeon).code == "actor.not_allowed")
    }

    @Test func wrongArgumentsAreNamed() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        let wrong: [JSONValue] = [
            [:], [], "x", 7, ["actor": 7], ["actor": "00"],
            ["actor": .string(Bytes32.zero.hex), "did_commitment": .null, "key_commitment": ""],
        ]
        for arguments in wrong {
            let reply = try await fixture.post("/contracts/v1/identity/register", arguments, officer)
            #expect(reply.status == 400 && reply.code == "contract.arguments", "\(reply.text)")
        }
        #expect(try await fixture.post("/contracts/v1/identity/nothing", [:], officer).status == 404)
        #expect(try await fixture.get("/contracts/v1/identity/register", officer).status == 405)
    }

    @Test func othersGetABodyToSign() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.patient)
        let arguments: JSONValue = [
            "subject": .string(fixture.wallet.subject.hex), "grants": [.string(Bytes32.zero.hex)],
        ]
        let reply = try await fixture.post("/contracts/v1/consent/revoke", arguments, token)
        let bytes = try #require(try reply.json()["body"]?.string.flatMap { Base64.decode($0) })
        let body = try #require(TransactionBody(decoding: bytes))
        #expect(try body.call == "consent.revoke" && body.id.hex == reply.json()["transaction"]?.string)
        #expect(body.signer == fixture.wallet.consentKey.publicKey && body.chainID == fixture.custodian.ledger.chainID)
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.post("/contracts/v1/consent/revoke", arguments, surgeon).status == 400)
        let key = Bytes32.zero.hex
        let named = try await fixture.post("/contracts/v1/consent/revoke?signer=\(key)", arguments, surgeon)
        #expect(try named.json()["signer"]?.string == key)
    }

    @Test func officersGovernTheNetwork() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        func call(_ name: String, _ arguments: JSONValue, _ token: String? = nil) async throws -> Reply {
            try await fixture.post("/contracts/v1/network/\(name)", arguments, token ?? officer)
        }
        let keys = (0..<3).map { SigningKey.random(from: SeededRandom(40 + $0)) }
        let texts = keys.map { JSONValue.string($0.publicKey.hex) }
        let member: JSONValue = ["organisation": "st-anna", "admin_key": texts[0], "node_key": texts[1]]
        for client in [fixture.surgeon, fixture.patient] {
            let refused = try await call("add_organisation", member, fixture.token(client))
            #expect(refused.status == 403 && refused.code == "actor.not_allowed", "\(refused.text)")
        }
        #expect(try await call("add_organisation", member).status == 200)
        #expect(try await call("add_organisation", member).code == "organisation.exists")
        #expect(try await call("add_key", ["member_key": texts[2], "kind": "override"]).status == 200)
        #expect(try await call("set_parameters", ["review_seconds": 7200]).status == 200)
        func row(_ key: PublicKey) throws -> NetworkKeyRow? {
            try fixture.custodian.ledger.value(for: StateKey.networkKey(key)).map { try NetworkKeyRow(decoding: $0) }
        }
        #expect(try row(keys[1].publicKey)?.organisation.text == "st-anna")
        #expect(try row(keys[2].publicKey)?.kind == .override)
        #expect(try await call("revoke_key", ["member_key": texts[2]]).status == 200)
        #expect(try row(keys[2].publicKey)?.isRevoked == true)
    }

    @Test func noKeyThatTheNodeSignsWithIsRevokedByHand() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let network = fixture.house.network
        let next = SigningKey.random(from: SeededRandom(50))
        try fixture.house.nodeKeys.prepare(next)
        for key in [network.nodeKey, network.adminKey, network.overrideKey, next] {
            let reply = try await fixture.post(
                "/contracts/v1/network/revoke_key", ["member_key": .string(key.publicKey.hex)], officer)
            #expect(reply.status == 409 && reply.code == "keys.in_force", "\(reply.text)")
            #expect(reply.text.contains("stele keys node"))
        }
        #expect(try await fixture.send("POST", "/custodian/v1/keys/node", token: officer).status == 200)
        // What it signed with before is revoked by that, and no key in force.
        let former = try await fixture.post(
            "/contracts/v1/network/revoke_key", ["member_key": .string(network.nodeKey.publicKey.hex)], officer)
        #expect(former.code == "network_key.revoked")
    }

    @Test func theCustodianEndsOnlyWhatTheSubjectOpenedSo() async throws {
        let fixture = try await APIFixture()
        let officer = try await fixture.token(fixture.officer)
        for (number, custodianMayEnd) in [(60, true), (61, false)] {
            let episode = SeededRandom(UInt64(number)).bytes32()
            let subject = fixture.wallet.subject
            let call = ConsentOpenEpisode(subject: subject, episode: episode, custodianMayEnd: custodianMayEnd)
            #expect(try await fixture.house.submit(call, by: fixture.wallet).isApplied)
            let reply = try await fixture.post(
                "/contracts/v1/consent/end_episode",
                ["subject": .string(subject.hex), "episode": .string(episode.hex)], officer)
            #expect(reply.status == (custodianMayEnd ? 200 : 403), "\(reply.text)")
            #expect(custodianMayEnd || reply.code == "signer.not_allowed")
        }
    }

    @Test func aSignerIsAKeyAndIsSaidWhereNobodyElseIsMeant() async throws {
        let fixture = try await APIFixture()
        let surgeon = try await fixture.token(fixture.surgeon)
        let path = "/contracts/v1/consent/revoke"
        let arguments: JSONValue = [
            "subject": .string(fixture.wallet.subject.hex), "grants": [.string(Bytes32.zero.hex)],
        ]
        for signer in ["", "00", String(repeating: "g", count: 64)] {
            let reply = try await fixture.post(path + "?signer=\(signer)", arguments, surgeon)
            #expect(reply.status == 400 && reply.code == "request.malformed", "\(reply.text)")
        }
        let reply = try await fixture.post(path, arguments, surgeon)
        #expect(reply.text.contains("?signer= with the public key of the subject's consent key or a delegate"))
        let officer = try await fixture.token(fixture.officer)
        let unknown: JSONValue = ["subject": .string(Bytes32.zero.hex), "grants": [.string(Bytes32.zero.hex)]]
        #expect(try await fixture.post(path, unknown, officer).code == "subject.unknown")
    }
}
