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
}
