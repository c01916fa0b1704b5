// What a node hands out is signed only if it is an act of consent, about this patient, for this key, on this network.
import Contracts
import Cryptography
import JSON
import Ledger
import Primitives
import Testing

@testable import SteleCommand

@Suite struct HandedOutActTests {
    static let random = SeededRandom(11)
    static let subject = Wallet.Subject(
        chainID: random.bytes32(), url: "https://stele.test", id: random.bytes32(),
        consentSeed: SecretBytes(random.bytes(32)),
        policyKey: .random(version: 1, from: random), patient: "Patient/p1")

    static func unsigned(
        _ call: some ContractCall, chainID: Digest = subject.chainID, signer: PublicKey? = nil
    ) throws -> UnsignedTransaction {
        UnsignedTransaction(
            chainID: chainID, signer: try signer ?? subject.consentKey().publicKey, validUntil: 2_000_000_000,
            call: type(of: call).declaration.name, arguments: call.encodedArguments(), random: random)
    }

    static func parameters(_ body: [UInt8]) -> [UInt8] {
        JSONValue.object([
            .init("resourceType", "Parameters"),
            .init(
                "parameter",
                [
                    ["name": "call", "valueString": "consent.revoke"],
                    ["name": "body", "valueBase64Binary": .string(Base64.encode(body))],
                ]),
        ]).serialized()
    }

    static let revoke = ConsentRevoke(subject: subject.id, grants: [random.bytes32()])

    @Test func readsBothKindsOfAnswer() throws {
        let unsigned = try Self.unsigned(Self.revoke)
        let object: JSONValue = ["transaction": "00", "body": .string(Base64.encode(unsigned.body))]
        for answer in [Self.parameters(unsigned.body), object.serialized()] {
            let act = try HandedOutAct(answer, for: Self.subject)
            #expect(act.transaction.id == unsigned.id && act.call == "consent.revoke")
            #expect(act.arguments["subject"] == .string(Self.subject.id.hex))
        }
    }

    @Test func signsNothingElse() throws {
        let key = SigningKey.random(from: Self.random).publicKey
        let stranger = ConsentRevoke(subject: Self.random.bytes32(), grants: [Self.random.bytes32()])
        for (unsigned, rule) in [
            (try Self.unsigned(Self.revoke, chainID: Self.random.bytes32()), "another network"),
            (try Self.unsigned(Self.revoke, signer: key), "another key"),
            (try Self.unsigned(stranger), "another patient"),
            (
                try Self.unsigned(
                    IdentityRevokeRole(credential: Self.random.bytes32())), "no act of consent"
            ),
        ] {
            let error = #expect(throws: SteleError.self) {
                try HandedOutAct(Self.parameters(unsigned.body), for: Self.subject)
            }
            #expect(error?.code == .transactionMalformed && error?.message.contains(rule) ?? false, "\(rule)")
        }
        var cut = try Self.unsigned(Self.revoke).body
        cut.removeLast()
        for answer in [Self.parameters(cut), Array("{}".utf8), Array("not JSON".utf8), []] {
            #expect(throws: SteleError.self) { try HandedOutAct(answer, for: Self.subject) }
        }
    }
}
