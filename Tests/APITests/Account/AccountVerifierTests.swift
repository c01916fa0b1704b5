// Accounts of disclosures as an auditor checks them: each field of each line against the ledger, even where the
// custodian itself signs something else.
import API
import Contracts
import Cryptography
import FHIR
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct AccountVerifierTests {
    /// An account of four releases, a refusal, an opening and a look, with what a forger needs.
    private struct Given {
        let fixture: APIFixture
        let account: JSONValue
        let proof: ProofFile

        init(query: String = "", underTheNextPolicyKey: Bool = false) async throws {
            fixture = try await DisclosureTests.story()
            if underTheNextPolicyKey {
                let wallet = fixture.wallet
                _ = try await fixture.custodian.replacePolicyKey(of: wallet.subject, signing: wallet.consentKey)
            }
            let reply = try await fixture.get(
                "/custodian/v1/disclosures" + query, try await fixture.token(fixture.patient))
            let root = try reply.json()
            account = JSONValue(try #require(root["account"]))
            proof = try ProofFile(decoding: try #require(root["proof"]?.string.flatMap { Base64.decode($0) }))
        }

        /// The account as a custodian would give it that signs whatever it likes.
        func signed(_ account: JSONValue, _ change: (inout ProofFile) -> Void = { _ in }) -> [UInt8] {
            let bytes = account.serialized()
            let network = fixture.custodian.ledger.genesis.origin
            let statement = AccountStatement(
                network: network, custodian: "st-elsewhere", subject: fixture.wallet.subject,
                account: SHA256.hash(bytes))
            var proof = proof
            proof.statement =
                NoteSigner(name: network, key: fixture.house.network.nodeKey).sign(Array(statement.text.utf8)).encoded
            change(&proof)
            return Self.file(bytes, proof)
        }

        static func file(_ account: [UInt8], _ proof: ProofFile) -> [UInt8] {
            Array("{\"account\":".utf8) + account + Array(",\"proof\":\"\(Base64.encode(proof.encoded))\"}".utf8)
        }

        func verify(_ file: [UInt8]) throws -> AccountVerdict {
            try AccountVerifier.verify(file, trust: [fixture.house.network.trust])
        }

        func fault(_ file: [UInt8]) -> String {
            do {
                _ = try verify(file)
                return "it holds"
            } catch let error as SteleError {
                return "\(error.code.name): \(error.message)"
            } catch { return "\(error)" }
        }
    }

    @Test func holdsAndSaysWhatIsShown() async throws {
        let given = try await Given()
        let verdict = try given.verify(given.signed(given.account))
        #expect(verdict.lineCount == 4 && verdict.otherCount == 3)
        // Every key here is the DID of who signed.
        #expect(verdict.signedCount == 4)
        #expect(verdict.patient == "p1" && verdict.custodian == "st-elsewhere")
        #expect(verdict.subject == given.fixture.wallet.subject)
    }

    @Test func accessesUnderAnEarlierPolicyKeyAreOpened() async throws {
        let given = try await Given(underTheNextPolicyKey: true)
        #expect(try given.fixture.custodian.policy(of: given.fixture.wallet.subject).key.version == 2)
        let verdict = try given.verify(given.signed(given.account))
        #expect(verdict.lineCount == 4)
    }

    /// What is changed in the first line that has something there, and what is found.
    private static let changes: [(path: String, value: JSONValue, finding: String)] = [
        ("disclosures/0/number", "9", "does not have every access of its period once"),
        ("disclosures/0/number", "2", "does not have every access of its period once"),
        ("disclosures/0/transaction", .string(String(repeating: "5a", count: 32)), "is another transaction"),
        ("disclosures/0/time", "2027-01-15T07:59:58Z", "was recorded at another time"),
        ("disclosures/0/recipient/id", "did:key:z6MkfakeX", "its tokens are of another recipient"),
        ("disclosures/0/recipient/organisation", "st-nowhere", "its tokens are of another recipient"),
        ("disclosures/0/purposes/0", "HPAYMT", "is not exempt for the reason"),
        ("disclosures/1/purposes/0", "HLEGAL", "its tokens are of another recipient, organisation or purpose"),
        ("disclosures/1/purposes", [], "has not an opening for each purpose"),
        ("disclosures/0/records", [], "released other records"),
        ("disclosures/0/opening/records/0", .string(String(repeating: "7b", count: 32)), "released other records"),
        ("disclosures/0/opening/manifest_salt", .string(String(repeating: "7b", count: 32)), "released other records"),
        ("disclosures/0/grants", [], "rests on other grants"),
        ("disclosures/0/grants/0", .string(String(repeating: "7b", count: 32)), "rests on other grants"),
        ("disclosures/3/emergency", .null, "under another emergency, or under none"),
        ("disclosures/0/emergency", .string(String(repeating: "7b", count: 32)), "under another emergency"),
        ("disclosures/0/unordered", "2027-01-15T08:00:00Z", "happened at another time"),
        ("disclosures/0/must_be_accounted", true, "is exempt and must be accounted, or neither"),
        ("disclosures/0/exemption", "payment", "is not exempt for the reason"),
        ("disclosures/0/opening/assertion", "a.b.c", "was asked on another assertion"),
        ("disclosures/0/opening/assertion_salt", .string(String(repeating: "7b", count: 32)), "another assertion"),
        ("disclosures/0/opening/recipient", .string(String(repeating: "7b", count: 32)), "its tokens are of another"),
        ("disclosures/0/opening/organisation", .string(String(repeating: "7b", count: 32)), "its tokens are of"),
        ("disclosures/0/opening/purposes/0", .string(String(repeating: "7b", count: 32)), "its tokens are of"),
        ("disclosures/0/opening/recipient", .null, "is not opened"),
        ("disclosures/0/opening/organisation", .null, "is not opened"),
        ("disclosures/1/opening/purposes/0", .null, "is not opened"),
        ("disclosures/0/recipient/organisation", .null, "its tokens are of another recipient"),
        ("to", "2020-01-15T07:00:00Z", "ends before it begins"),
        ("nothing_released/0/manifest_salt", .string(String(repeating: "7b", count: 32)), "released something"),
        ("nothing_released/0/transaction", .string(String(repeating: "7b", count: 32)), "is another transaction"),
        ("nothing_released", [], "does not have every access of its period once"),
        ("from", "2027-01-15T08:00:01Z", "is outside the period"),
        ("to", "2027-01-15T07:00:00Z", "is outside the period"),
        ("subject", .string(String(repeating: "7b", count: 32)), "not the one that the custodian signed"),
        ("custodian", "st-nowhere", "not the one that the custodian signed"),
        ("count", "3", "count is not how many"),
    ]

    @Test func aCustodianThatSignsSomethingElseIsFound() async throws {
        let given = try await Given()
        for (path, value, finding) in Self.changes {
            // Numbers are numbers.
            let isNumber = path.hasSuffix("number") || path == "count"
            let text: JSONValue = if isNumber, case .string(let digits) = value { .number(digits) } else { value }
            let changed = try #require(given.account.replacing(path.split(separator: "/"), with: text))
            #expect(changed != given.account, "\(path)")
            let found = given.fault(given.signed(changed))
            #expect(found.contains(finding), "\(path): \(found)")
        }
    }

    /// Whoever has the account and not the custodian's key: every word of it, those too that only the custodian vouches
    /// for.
    /// Of another custodian's patient nobody gives an account.
    @Test func theSubjectIsThatOfWhoSigns() async throws {
        let given = try await Given()
        let key = StateKey.subject(given.fixture.wallet.subject)
        #expect(given.proof.rows.contains { $0.key == key })
        let found = given.fault(given.signed(given.account) { $0.rows.removeAll { $0.key == key } })
        #expect(found.contains("is a patient of who signed it"), "\(found)")
    }

    @Test func aChangeByAnybodyElseIsFound() async throws {
        let given = try await Given()
        let bytes = given.account.serialized()
        #expect(given.fault(Given.file(bytes, given.proof)) == "it holds")
        for (path, value) in [
            ("disclosures/0/recipient/name", JSONValue.string("Dr Nobody")), ("disclosures/0/recipient/kind", "device"),
            ("disclosures/0/records/0", "Observation/other/_history/1"), ("patient", "p2"),
            ("made", "2027-01-15T09:00:00Z"), ("disclosures/0/recipient/organisation", .null),
            ("disclosures/0/opening/recipient", .null),
        ] {
            let changed = try #require(given.account.replacing(path.split(separator: "/"), with: value))
            let found = given.fault(Given.file(changed.serialized(), given.proof))
            #expect(found.contains("not the one that the custodian signed"), "\(path): \(found)")
        }
        // A blank is a byte of it.
        #expect(given.fault(Given.file(bytes + [UInt8(ascii: " ")], given.proof)) == "it holds")
        var spaced = bytes
        spaced.insert(UInt8(ascii: " "), at: 1)
        #expect(given.fault(Given.file(spaced, given.proof)).contains("not the one that the custodian signed"))
        var unsigned = given.proof
        unsigned.statement = nil
        #expect(given.fault(Given.file(bytes, unsigned)).contains("not the one that the custodian signed"))
    }

    @Test func nothingIsLeftOut() async throws {
        let given = try await Given()
        // A line, with the event told as one that released nothing: its manifest says otherwise.
        guard case .object(let members) = given.account,
            case .array(let lines)? = members.first(where: { $0.key == "disclosures" })?.value,
            case .array(let others)? = members.first(where: { $0.key == "nothing_released" })?.value
        else { throw CancellationError() }
        for index in lines.indices {
            var fewer = lines
            let removed = fewer.remove(at: index)
            guard
                var account = given.account.replacing(["disclosures"], with: .array(fewer))?
                    .replacing(["count"], with: .number(String(fewer.count)))
            else { throw CancellationError() }
            #expect(given.fault(given.signed(account)).contains("does not have every access of its period once"))
            let other: JSONValue = [
                "number": try #require(removed["number"]), "transaction": try #require(removed["transaction"]),
                "manifest_salt": try #require(removed["opening"]?["manifest_salt"]),
            ]
            account = try #require(account.replacing(["nothing_released"], with: .array(others + [other])))
            #expect(given.fault(given.signed(account)).contains("released something, or is not opened"))
        }
        // The end of the log: neither in the account nor in the proof.
        let last = given.signed(given.account) { proof in proof.entries.removeAll { $0.body.call == "access.request" } }
        #expect(given.fault(last).contains("proof.false"))
        // Twice is not once.
        let twice = try #require(
            given.account.replacing(["nothing_released"], with: .array(others + [others[0]])))
        #expect(given.fault(given.signed(twice)).contains("once"))
    }

    /// A period is shown by the events next to it: what lies in it cannot be said to lie outside.
    @Test func aPeriodIsWhole() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        for _ in 0..<3 {
            let token = try await fixture.token(fixture.surgeon, patient: "p1")
            #expect(try await fixture.get("/fhir/Observation/hb", token).status == 200)
            fixture.clock.advance(milliseconds: 60_000)
        }
        let patient = try await fixture.token(fixture.patient)
        func account(_ query: String) async throws -> (JSONValue, [UInt8]) {
            let reply = try await fixture.get("/custodian/v1/disclosures?" + query, patient)
            return (JSONValue(try reply.json()["account"]!), reply.body)
        }
        let trust = [fixture.house.network.trust]
        for (query, lines, others, neighbours) in [
            ("from=2027-01-15T08:00:30Z&to=2027-01-15T08:01:30Z", 1, 0, 2), ("to=2027-01-15T08:01:30Z", 2, 0, 1),
            ("from=2027-01-15T08:01:30Z", 1, 1, 1), ("from=2027-01-15T08:00:30Z&to=2027-01-15T08:00:40Z", 0, 0, 2),
            ("from=2028-01-15", 0, 0, 1), ("to=2026-01-15", 0, 0, 1), ("from=2026-01-01", 3, 1, 0),
        ] {
            let (value, bytes) = try await account(query)
            let verdict = try AccountVerifier.verify(bytes, trust: trust)
            #expect(verdict.lineCount == lines && verdict.otherCount == others, "\(query)")
            #expect(value["neighbours"]?.count == neighbours, "\(query)")
        }
        // One event is told as lying before the period, which it does not.
        let (value, bytes) = try await account("from=2027-01-15T08:00:30Z&to=2027-01-15T08:01:30Z")
        let encoded = try JSONDocument(parsing: bytes).root["proof"]?.string.flatMap { Base64.decode($0) }
        let proof = try ProofFile(decoding: try #require(encoded))
        func fault(_ account: JSONValue) -> String {
            let network = fixture.custodian.ledger.genesis.origin
            let text = account.serialized()
            let statement = AccountStatement(
                network: network, custodian: "st-elsewhere", subject: fixture.wallet.subject,
                account: SHA256.hash(text))
            var proof = proof
            proof.statement =
                NoteSigner(name: network, key: fixture.house.network.nodeKey).sign(Array(statement.text.utf8)).encoded
            do throws(SteleError) {
                _ = try AccountVerifier.verify(Given.file(text, proof), trust: trust)
                return "it holds"
            } catch { return error.message }
        }
        #expect(fault(value) == "it holds")
        let empty = try #require(value.replacing(["disclosures"], with: [])?.replacing(["count"], with: 0))
        #expect(fault(empty).contains("does not have every access"))
        let moved: JSONValue = [
            ["number": 2, "time": "2027-01-15T08:00:00Z"], ["number": 3, "time": "2027-01-15T08:02:00Z"],
        ]
        #expect(fault(try #require(empty.replacing(["neighbours"], with: moved))).contains("at another time"))
        let inside: JSONValue = [
            ["number": 2, "time": "2027-01-15T08:01:00Z"], ["number": 3, "time": "2027-01-15T08:02:00Z"],
        ]
        #expect(fault(try #require(empty.replacing(["neighbours"], with: inside))).contains("is not outside"))
        let gap: JSONValue = [
            ["number": 1, "time": "2027-01-15T08:00:00Z"], ["number": 3, "time": "2027-01-15T08:02:00Z"],
        ]
        #expect(fault(try #require(empty.replacing(["neighbours"], with: gap))).contains("does not have every access"))
    }

    @Test func isNoAccountWithoutItsParts() async throws {
        let given = try await Given()
        for member in [
            "patient", "custodian", "subject", "from", "to", "made", "count", "disclosures", "nothing_released",
            "neighbours",
        ] {
            guard case .object(let members) = given.account else { throw CancellationError() }
            let without = JSONValue.object(members.filter { $0.key != member })
            #expect(given.fault(given.signed(without)).hasPrefix("proof.malformed"), "\(member)")
        }
        for text in ["{}", "{\"account\":{},\"proof\":\"\"}", "{\"account\":", "[]"] {
            #expect(given.fault(Array(text.utf8)).hasPrefix("proof.malformed"), "\(text)")
        }
        // Signed by somebody else, or with a key that the state does not have.
        let stranger = given.signed(given.account) { proof in
            let network = given.fixture.custodian.ledger.genesis.origin
            let statement = AccountStatement(
                network: network, custodian: "st-elsewhere", subject: given.fixture.wallet.subject,
                account: SHA256.hash(given.account.serialized()))
            let key = SigningKey.random(from: SystemRandom())
            proof.statement = NoteSigner(name: network, key: key).sign(Array(statement.text.utf8)).encoded
        }
        #expect(given.fault(stranger).contains("no node key of the custodian"))
    }
}

extension JSONValue {
    fileprivate subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    fileprivate var count: Int? {
        guard case .array(let elements) = self else { return nil }
        return elements.count
    }

    /// The same with another value at the end of `path`; nil if there is nothing.
    fileprivate func replacing(_ path: some Collection<some StringProtocol>, with value: JSONValue) -> JSONValue? {
        guard let name = path.first else { return value }
        switch self {
        case .object(var members):
            guard let index = members.firstIndex(where: { $0.key == name }),
                let changed = members[index].value.replacing(path.dropFirst(), with: value)
            else { return nil }
            members[index] = .init(members[index].key, changed)
            return .object(members)
        case .array(var elements):
            guard let index = Int(name), elements.indices.contains(index),
                let changed = elements[index].replacing(path.dropFirst(), with: value)
            else { return nil }
            elements[index] = changed
            return .array(elements)
        default: return nil
        }
    }
}
