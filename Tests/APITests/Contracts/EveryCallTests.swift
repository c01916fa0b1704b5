// Every declared call by its route: each way in which the documentation says that it is made ends in the contract, or
// in a refusal that says what to do instead. The table is written by hand, so that a declaration that changes who signs
// is seen here.
import Contracts
import Cryptography
import JSON
import Ledger
import Primitives
import SteleTesting
import Testing

@Suite struct EveryCallTests {
    /// What a node does with a call for which nobody names a signer.
    enum Asked: Equatable {
        /// It signs with a key of this kind, for officers.
        case signed(KeyKind)
        /// It names this verb instead.
        case left(String)
        /// It hands out the body to the patient and to officers.
        case handedOut
        /// It hands out the body to the patient, and signs for officers.
        case handedOutOrSigned
    }

    static let table: [String: (signer: KeyKind?, asked: Asked)] = [
        "network.add_organisation": (.admin, .signed(.admin)),
        "network.add_key": (.admin, .signed(.admin)),
        "network.revoke_key": (.admin, .signed(.admin)),
        "network.set_parameters": (.admin, .signed(.admin)),
        "identity.register": (.node, .signed(.node)),
        "identity.rotate_key": (.node, .left("actor rotate")),
        "identity.revoke": (.node, .left("actor revoke")),
        "identity.issue_role": (.node, .signed(.node)),
        "identity.revoke_role": (.node, .signed(.node)),
        "identity.suspend_role": (.node, .signed(.node)),
        "identity.resume_role": (.node, .signed(.node)),
        "records.register_subject": (.node, .left("import")),
        "records.register_profile": (.node, .left("import")),
        "records.anchor": (.node, .left("import")),
        "records.erase": (.node, .left("erase")),
        "consent.grant": (nil, .handedOut),
        "consent.revoke": (nil, .handedOut),
        "consent.open_episode": (nil, .handedOut),
        "consent.end_episode": (nil, .handedOutOrSigned),
        "consent.register_delegate": (nil, .handedOut),
        "consent.revoke_delegate": (nil, .handedOut),
        "consent.rotate_consent_key": (nil, .handedOut),
        "consent.restate": (nil, .handedOut),
        "consent.rotate_policy_key": (nil, .handedOut),
        "access.request": (.node, .left("read")),
        "access.override": (.override, .left("emergency open")),
        "access.unordered": (.override, .left("serve")),
        "access.review": (.admin, .left("review close")),
    ]

    /// What a node takes to no contract, whoever signed it: it could not go along.
    static let refusedAtTheDoor = ["consent.rotate_policy_key": "policy_key.unprepared"]

    /// A call with arguments about the fixture's patient, and the keys that may sign it there.
    struct Asking {
        let fixture: APIFixture
        let call: AnyCallDeclaration
        let arguments: JSONValue

        init(_ name: String) async throws {
            fixture = try await APIFixture()
            call = try #require(Contract.call(named: name))
            var generator = ArgumentGenerator(seed: 31)
            guard case .object(var members) = try call.json(ofArguments: generator.arguments(of: call)) else {
                throw NoObject()
            }
            if let place = members.firstIndex(where: { $0.key == "subject" }) {
                members[place].value = .string(fixture.wallet.subject.hex)
            }
            // Generated ones may be about what nobody is asked here, which is another test's.
            if let place = members.firstIndex(where: { $0.key == "grants" }),
                case .array(let grants) = members[place].value
            {
                members[place].value = .array(grants.map(Self.aboutReading))
            }
            arguments = .object(members)
        }

        private static func aboutReading(_ grant: JSONValue) -> JSONValue {
            guard case .object(var terms) = grant, let place = terms.firstIndex(where: { $0.key == "actions" }) else {
                return grant
            }
            terms[place].value = ["read"]
            return .object(terms)
        }

        struct NoObject: Error {}

        func key(_ kind: KeyKind?) -> SigningKey {
            switch kind {
            case .admin?: fixture.house.network.adminKey
            case .node?: fixture.house.network.nodeKey
            case .override?: fixture.house.network.overrideKey
            case nil: fixture.wallet.consentKey
            }
        }

        func ask(_ token: String, signer: PublicKey? = nil) async throws -> Reply {
            try await fixture.post(call.path + (signer.map { "?signer=\($0.hex)" } ?? ""), arguments, token)
        }

        /// What becomes of the body in `reply` once `key` has signed it.
        func submit(_ reply: Reply, signedBy key: SigningKey, _ token: String) async throws -> Reply {
            let text = try #require(try reply.json()["body"]?.string, "\(reply.text)")
            let unsigned = try #require(Base64.decode(text).flatMap { UnsignedTransaction(body: $0) })
            return try await fixture.send(
                "POST", "/ledger/v1/transactions", token: token, type: "application/cbor",
                body: unsigned.signed(by: [key]))
        }

        /// Whether the contract has taken the call: applied it, or refused it for a reason of its own.
        func isDecided(_ reply: Reply) -> Bool {
            if let code = refusedAtTheDoor[call.name] { return reply.status == 409 && reply.code == code }
            let reasons = call.refusals.filter { $0 != .signerNotAllowed }.map(\.code.name)
            return reply.status == 200 || reply["Stele-Transaction"] != nil && reasons.contains(reply.code ?? "")
        }
    }

    @Test func theTableNamesEveryCall() {
        #expect(Set(Self.table.keys) == Set(Contract.all.flatMap(\.calls).map(\.name)))
    }

    @Test(arguments: table.keys.sorted())
    func aKeyThatIsNamedSignsWhatIsHandedOut(name: String) async throws {
        let asking = try await Asking(name)
        let token = try await asking.fixture.token(asking.fixture.surgeon)
        let stranger = SigningKey.random(from: SystemRandom())
        let handedOut = try await asking.ask(token, signer: stranger.publicKey)
        let refused = try await asking.submit(handedOut, signedBy: stranger, token)
        #expect(refused.code == Self.refusedAtTheDoor[name] ?? "signer.not_allowed", "\(refused.text)")
        let key = asking.key(Self.table[name]?.signer)
        let decided = try await asking.submit(
            asking.ask(token, signer: key.publicKey), signedBy: key, token)
        #expect(asking.isDecided(decided), "\(decided.text)")
    }

    @Test(arguments: table.keys.sorted())
    func withoutASignerItIsAsDeclared(name: String) async throws {
        let asking = try await Asking(name)
        let fixture = asking.fixture
        let officer = try await fixture.token(fixture.officer)
        let expected = try #require(Self.table[name])
        let reply = try await asking.ask(officer)
        switch expected.asked {
        case .signed(let kind):
            #expect(asking.isDecided(reply), "\(reply.text)")
            #expect(asking.call.signer.nodeKind == kind)
            #expect(asking.call.unsignedPhrase.contains("signed by the node with its \(kind.name) key, for officers"))
        case .left(let verb):
            #expect(reply.status == 409 && reply.code == "contract.reserved", "\(reply.text)")
            #expect(try reply.json()["error"]?["hint"]?.string?.hasPrefix("use stele \(verb);") == true)
            #expect(asking.call.unsignedPhrase.contains("`stele \(verb)`"))
        case .handedOut:
            let decided = try await asking.submit(reply, signedBy: fixture.wallet.consentKey, officer)
            #expect(asking.isDecided(decided), "\(decided.text)")
            #expect(asking.call.unsignedPhrase.hasPrefix("handed out"))
        case .handedOutOrSigned:
            #expect(reply["Stele-Transaction"] != nil, "\(reply.text)")
            #expect(asking.call.unsignedPhrase.hasPrefix("handed out"))
            #expect(asking.call.unsignedPhrase.contains("signed by the node with its node key, for officers"))
        }
        let token = try await fixture.token(fixture.surgeon)
        let code = try await asking.ask(token).code
        #expect(code == (expected.asked == .handedOut ? "request.malformed" : "actor.not_allowed"))
    }

    @Test(arguments: table.keys.sorted())
    func aPatientSignsWhatASubjectSigns(name: String) async throws {
        let asking = try await Asking(name)
        let token = try await asking.fixture.token(asking.fixture.patient)
        let reply = try await asking.ask(token)
        guard Self.table[name]?.signer == nil else {
            #expect(reply.code == "actor.not_allowed")
            return
        }
        let decided = try await asking.submit(reply, signedBy: asking.fixture.wallet.consentKey, token)
        #expect(asking.isDecided(decided), "\(decided.text)")
    }

    @Test func openAPISaysWhatEachCallTakesAndGives() async throws {
        let fixture = try await APIFixture()
        let document = try await fixture.get("/openapi.json").json()
        let paths = JSONValue(try #require(document["paths"]))
        for call in Contract.all.flatMap(\.calls) {
            let post = paths[call.path]?["post"]
            #expect(post?["operationId"] == .string(call.name))
            #expect(post?["requestBody"]?["content"]?["application/json"]?["schema"] == call.argumentSchema)
            guard case .string(let summary)? = post?["summary"], case .array(let parameters)? = post?["parameters"]
            else {
                Issue.record("\(call.name) has no summary or no parameters")
                continue
            }
            #expect(summary.contains(call.signer.words) && summary.contains(call.unsignedPhrase))
            #expect(parameters.contains { $0["name"] == "signer" })
            let schema = post?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
            switch Self.table[call.name]?.asked {
            case .signed, .handedOutOrSigned:
                guard case .array(let answers)? = schema?["anyOf"] else {
                    Issue.record("\(call.name) is not said to have two answers")
                    continue
                }
                #expect(answers.map { $0["properties"]?["result"] } == [call.resultSchema, nil])
                #expect(answers.last?["properties"]?["body"] != nil)
            default: #expect(schema?["properties"]?["body"] != nil && schema?["properties"]?["result"] == nil)
            }
        }
    }
}
