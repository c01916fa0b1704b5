// Transactions to the letter of FHIR R4 §3.1.0.11.2: all of it in its order, or nothing.
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct TransactionTests {
    private func fixture() async throws -> (APIFixture, token: String) {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        return (fixture, try await fixture.token(fixture.surgeon))
    }

    private static func post(_ id: String, _ value: Int, fullURL: String? = nil, more: String = "") -> String {
        BundleText.entry(
            APIFixture.observation(id, value, more: more), "POST", "Observation", fullURL: fullURL)
    }

    @Test func entriesAreDoneInOrderOfTheirMethods() async throws {
        let (fixture, token) = try await fixture()
        let reply = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(nil, "GET", "Observation?patient=p1&_sort=_id"),
                BundleText.entry(nil, "GET", "Observation/hb"),
                BundleText.entry(APIFixture.observation("new", 3), "PUT", "Observation/new"),
                Self.post("chosen", 4),
                BundleText.entry(nil, "DELETE", "Observation/hb"),
            ], token)
        #expect(try reply.status == 200 && reply.json()["type"]?.string == "transaction-response", "\(reply.text)")
        #expect(reply.statuses == [200, 410, 201, 201, 204])
        // Reads see what the transaction wrote; the id under POST is the server's.
        let found = reply.entries[0]["resource"]?["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
        #expect(found.count == 2 && found.contains("new") && !found.contains("chosen") && !found.contains("hb"))
        let location = try #require(reply.entries[3]["response"]?["location"]?.string)
        #expect(location.hasPrefix(APIFixture.baseURL + "/fhir/Observation/") && location.hasSuffix("/_history/1"))
        #expect(reply.entries[2]["response"]?["etag"]?.string == "W/\"1\"")
        #expect(reply.entries[4]["response"]?["etag"]?.string == "W/\"2\"")
        #expect(reply.entries.allSatisfy { $0["response"]?["extension"]?.firstElement?["valueString"] != nil })
    }

    @Test func referencesAreRewrittenAndNothingElse() async throws {
        let (fixture, token) = try await fixture()
        let (urn, other) = (
            "urn:uuid:11111111-2222-4333-8444-555555555555", "urn:uuid:aaaaaaaa-2222-4333-8444-555555555555"
        )
        let div =
            #"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"\#(other)\">\#(other)</a><a href='\#(other)'/></div>"#
        let more =
            #","text":{"status":"generated","div":"\#(div)"}"#
            + #","hasMember":[{"reference":"\#(other)","display":"\#(other)"}],"identifier":[{"value":"\#(other)"}],"#
            + #""extension":[{"url":"urn:x","valueUri":"\#(other)"}],"note":[{"text":"see \#(other)  1.50e0"}]"#
        let reply = try await fixture.bundle(
            "transaction",
            [Self.post("a", 1, fullURL: urn, more: more), Self.post("b", 2, fullURL: other)], token,
            headers: [("Prefer", "return=representation")])
        #expect(reply.statuses == [201, 201], "\(reply.text)")
        let ids = reply.entries.compactMap { $0["resource"]?["id"]?.string }
        #expect(ids.count == 2)
        let text = try await fixture.get("/fhir/Observation/" + ids[0], token).text
        let name = "Observation/" + ids[1]
        #expect(text.contains(#""hasMember":[{"reference":"\#(name)","display":"\#(other)"}]"#))
        #expect(text.contains(#""identifier":[{"value":"\#(other)"}]"#))
        #expect(text.contains(#""valueUri":"\#(name)""#))
        #expect(text.contains("see \(other)  1.50e0"))
        #expect(text.contains(#"<a href=\"\#(name)\">\#(other)</a><a href='\#(name)'/>"#), "\(text)")
        #expect(text == String(decoding: try #require(reply.entries[0]["resource"]).sourceBytes, as: UTF8.self))
    }

    @Test func bodiesComeBackWhenAskedFor() async throws {
        let (fixture, token) = try await fixture()
        let entries = [BundleText.entry(APIFixture.observation("new", 3), "PUT", "Observation/new")]
        #expect(try await fixture.bundle("transaction", entries, token).entries[0]["resource"] == nil)
        let again = try await fixture.bundle(
            "transaction", entries, token, headers: [("Prefer", "return=representation")])
        #expect(again.statuses == [200] && again.entries[0]["response"]?["etag"]?.string == "W/\"1\"")
    }

    @Test func conditionsAreLookedUpOnce() async throws {
        let (fixture, token) = try await fixture()
        let urn = "urn:uuid:11111111-2222-4333-8444-555555555555"
        let identified = #","identifier":[{"system":"urn:lab","value":"7"}]"#
        let exists = #","ifNoneExist":"identifier=urn:lab|7""#
        func create(_ value: Int) -> [String] {
            [
                BundleText.entry(
                    APIFixture.observation("x", value, more: identified), "POST", "Observation", fullURL: urn,
                    more: exists),
                BundleText.entry(
                    APIFixture.observation("refers", value, more: #","hasMember":[{"reference":"\#(urn)"}]"#), "PUT",
                    "Observation/refers"),
            ]
        }
        #expect(try await fixture.bundle("transaction", create(1), token).statuses == [201, 201])
        let first = try await fixture.get("/fhir/Observation/refers", token)
        let name = try #require(try first.json()["hasMember"]?.firstElement?["reference"]?.string)
        // Found instead of created: references go to what was found.
        let again = try await fixture.bundle("transaction", create(2), token)
        #expect(again.statuses == [200, 200])
        #expect(again.entries[0]["response"]?["location"]?.string?.contains(name) == true)
        #expect(try await fixture.get("/fhir/Observation/refers", token).text.contains(#""reference":"\#(name)""#))
        // By criteria: an update, a reference, a deletion.
        let updated = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(
                    APIFixture.observation("x", 9, more: identified).replacing(#""id":"x","#, with: ""), "PUT",
                    "Observation?identifier=urn:lab|7"),
                BundleText.entry(
                    APIFixture.observation(
                        "refers", 3, more: #","hasMember":[{"reference":"Observation?identifier=urn:lab|7"}]"#),
                    "PUT", "Observation/refers"),
            ], token)
        #expect(updated.statuses == [200, 200], "\(updated.text)")
        #expect(try await fixture.get("/fhir/Observation/refers", token).text.contains(#""reference":"\#(name)""#))
        let deleted = try await fixture.bundle(
            "transaction", [BundleText.entry(nil, "DELETE", "Observation?patient=p1&identifier=urn:lab|7")], token)
        #expect(deleted.statuses == [204])
        #expect(try await fixture.get("/fhir/" + name, token).status == 410)
        for (reference, code) in [
            ("Observation?identifier=urn:lab|7", "criteria.none"), ("Observation?patient=p1", "criteria.several"),
            ("Patient?name=x", "search.parameter"), ("Patient?identifier=none", "criteria.none"),
        ] {
            _ = try await fixture.put("/fhir/Observation/hb2", APIFixture.observation("hb2"), token)
            let refused = try await fixture.bundle(
                "transaction",
                [
                    BundleText.entry(
                        APIFixture.observation("refers", 4, more: #","focus":[{"reference":"\#(reference)"}]"#),
                        "PUT", "Observation/refers")
                ], token)
            #expect(refused.code == code && refused.text.contains("entry 0 "), "\(reference): \(refused.text)")
        }
    }

    /// Each of these is the last entry after one that would do by itself.
    @Test(arguments: [
        (
            #"{"resource":{"resourceType":"Observation","id":"hb","x":1},"request":{"method":"PUT","url":"Observation/hb"}}"#,
            422, "resource.invalid"
        ),
        (
            BundleText.entry(APIFixture.result, "PUT", "Observation/hb", more: #","ifMatch":"W/\"7\"""#), 412,
            "vault.version_conflict"
        ),
        (
            BundleText.entry(APIFixture.result, "PUT", "Observation/hb", more: #","ifNoneMatch":"*""#), 412,
            "vault.version_conflict"
        ),
        (BundleText.entry(APIFixture.observation("first", 8), "PUT", "Observation/first"), 422, "bundle.entry"),
        (BundleText.entry(nil, "DELETE", "Observation/first"), 422, "bundle.entry"),
        (
            BundleText.entry(APIFixture.observation("o", 1, patient: "nobody"), "PUT", "Observation/o"), 404,
            "subject.not_enrolled"
        ),
        (
            BundleText.entry(APIFixture.observation("taken", 1), "PUT", "Observation/taken"), 409,
            "vault.resource_elsewhere"
        ),
        (BundleText.entry(nil, "PATCH", "Observation/hb"), 405, "route.method"),
        (BundleText.entry(nil, "PUT", "Observation/hb"), 422, "bundle.entry"),
        (BundleText.entry(APIFixture.result, "PUT", "https://elsewhere.test/Observation/hb"), 422, "bundle.entry"),
        (BundleText.entry(APIFixture.result, "POST", "Observation/hb"), 422, "bundle.entry"),
        (BundleText.entry(nil, "GET", "Nothing/here"), 422, "bundle.entry"),
        (#"{"resource":{"resourceType":"Observation"}}"#, 422, "bundle.entry"),
    ])
    func aFailingLastEntryUndoesAll(entry: String, status: Int, code: String) async throws {
        let (fixture, token) = try await fixture()
        _ = try await fixture.house.enrol("p2")
        _ = try await fixture.put(
            "/fhir/Observation/taken", APIFixture.observation("taken", 1, patient: "p2"), token)
        let before = try Self.traces(fixture)
        let reply = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(APIFixture.observation("first", 1), "PUT", "Observation/first"),
                BundleText.entry(APIFixture.observation("second", 1, patient: "p2"), "PUT", "Observation/second"),
                BundleText.entry(
                    #"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"}}"#, "PUT",
                    "Condition/c"),
                entry,
            ], token)
        #expect(reply.status == status && reply.code == code, "\(reply.text)")
        #expect(
            reply.text.contains("entry 3") || reply.text.contains("entry[3]") || code.hasPrefix("vault.")
                || code.hasPrefix("subject."))
        #expect(try Self.traces(fixture) == before)
        #expect(try await fixture.get("/fhir/Observation?patient=p1&_id=first", token).total == 0)
        #expect(fixture.custodian.vault.pendingCount == 0)
        for name in ["first", "second"] {
            #expect(try fixture.custodian.owner(of: ResourceName(type: "Observation", id: name)) == nil)
        }
    }

    /// How many versions and ledger lines there are.
    private static func traces(_ fixture: APIFixture) throws -> [Int] {
        try ["p1", "p2"].map { patient in
            let subject = try #require(try fixture.custodian.vault.directory.subject(patient: patient))
            return try fixture.custodian.vault.compartment(of: subject.id).entries.count
        } + [Int(fixture.custodian.ledger.lines(indexPrefix: []).count)]
    }

    @Test func severalPatientsAreWrittenInOneStep() async throws {
        let (fixture, token) = try await fixture()
        _ = try await fixture.house.enrol("p2")
        let practitioner = #"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr"}]}"#
        let reply = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(APIFixture.observation("one", 1), "PUT", "Observation/one"),
                BundleText.entry(APIFixture.observation("two", 2, patient: "p2"), "PUT", "Observation/two"),
                BundleText.entry(practitioner, "PUT", "Practitioner/dr"),
            ], token)
        #expect(reply.statuses == [201, 201, 201], "\(reply.text)")
        let transactions = reply.entries.compactMap {
            $0["response"]?["extension"]?.firstElement?["valueString"]?.string
        }
        #expect(Set(transactions).count == 3)
        #expect(try await fixture.get("/fhir/Observation/one", token).status == 200)
        #expect(try await fixture.get("/fhir/Practitioner/dr", token).status == 200)
        let subject = try #require(try fixture.custodian.vault.directory.subject(patient: "p2"))
        #expect(try fixture.custodian.vault.compartment(of: subject.id).entries.count == 1)
        try await fixture.house.restart()
        #expect(try fixture.custodian.vault.compartment(of: subject.id).entries.count == 1)
        #expect(fixture.custodian.vault.pendingCount == 0)
    }

    @Test func scopesHoldForEveryEntry() async throws {
        let (fixture, _) = try await fixture()
        let token = try await fixture.token(fixture.surgeon, scope: "user/Observation.u")
        let own = BundleText.entry(APIFixture.observation("one", 1), "PUT", "Observation/one")
        #expect(try await fixture.bundle("transaction", [own], token).statuses == [201])
        for entry in [
            BundleText.entry(APIFixture.note, "PUT", "DocumentReference/psy"), Self.post("x", 1),
            BundleText.entry(nil, "DELETE", "Observation/one"),
            BundleText.entry(APIFixture.observation("y"), "PUT", "Observation?patient=p1&_id=y"),
        ] {
            let reply = try await fixture.bundle("transaction", [own, entry], token)
            #expect(reply.code == "token.insufficient" && reply.status == 403, "\(entry): \(reply.text)")
        }
        // A read that is refused undoes nothing: it is an answer.
        let reply = try await fixture.bundle(
            "transaction",
            [
                BundleText.entry(APIFixture.observation("one", 5), "PUT", "Observation/one"),
                BundleText.entry(nil, "GET", "Observation/one"),
            ], token)
        #expect(reply.statuses == [200, 403])
    }
}
