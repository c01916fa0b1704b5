// Searches across patients: for officers alone, decided by each patient, with an event of each whose record goes out.
import Contracts
import Cryptography
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct SearchOfficerTests {
    /// Patients with one result each, all but the last of whom let the staff see it.
    private func fixture(patientCount: Int = 5) async throws -> (APIFixture, [TestCustodian.Wallet]) {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        var wallets: [TestCustodian.Wallet] = []
        _ = try await fixture.put(
            "/fhir/Practitioner/doc", #"{"resourceType":"Practitioner","id":"doc","name":[{"family":"Ash"}]}"#, token)
        for number in 0..<patientCount {
            let id = "o\(number)"
            let wallet = try await fixture.house.enrol(id)
            wallets.append(wallet)
            let patient =
                #"{"resourceType":"Patient","id":"\#(id)","identifier":[{"system":"urn:ssn","value":"\#(number)"},{"system":"urn:shared","value":"s"}],"birthDate":"19\#(60 + number)-01-01"}"#
            let result = APIFixture.result.replacing("Patient/p1", with: "Patient/\(id)")
                .replacing(#""id":"hb""#, with: #""id":"hb\#(number)","performer":[{"reference":"Practitioner/doc"}]"#)
                .replacing("13.20", with: "1\(number).20")
            for (target, text) in [("/fhir/Patient/\(id)", patient), ("/fhir/Observation/hb\(number)", result)] {
                let reply = try await fixture.put(target, text, token)
                #expect(reply.status == 201, "\(reply.text)")
            }
            guard number < patientCount - 1 else { continue }
            let receipt = try await fixture.house.submit(
                ConsentGrant(
                    subject: wallet.subject,
                    grants: [fixture.house.permit(wallet, to: [.organisation("st-elsewhere")], classes: [.all])]),
                by: wallet)
            #expect(receipt.isApplied)
        }
        return (fixture, wallets)
    }

    private func ids(_ reply: Reply) throws -> [String] {
        try reply.json()["entry"]?.elements.compactMap { $0["resource"]?["id"]?.string } ?? []
    }

    private func eventCounts(_ fixture: APIFixture, _ wallets: [TestCustodian.Wallet]) throws -> [Int] {
        try wallets.map { wallet in
            try fixture.custodian.ledger.lines(indexPrefix: Array("a".utf8) + wallet.subject.bytes).count
        }
    }

    @Test func eachPatientDecidesAndKnows() async throws {
        let (fixture, wallets) = try await fixture()
        let token = try await fixture.token(fixture.officer)
        let reply = try await fixture.get("/fhir/Observation?_sort=-value-quantity&patient.birthdate=ge1961", token)
        #expect(try reply.json()["total"]?.uint == 3)
        #expect(try ids(reply) == ["hb3", "hb2", "hb1"])
        // Whose record goes out has an event; who was not found, or permits nothing, has none.
        #expect(try eventCounts(fixture, wallets) == [0, 1, 1, 1, 0])
        let events = reply["Stele-Transaction"]?.split(separator: ",").count
        #expect(events == 3)
        let named = try reply.json()["entry"]?.elements.compactMap {
            $0["extension"]?.elements.first { _ in true }?["valueString"]?.string
        }
        #expect(Set(named ?? []).count == 3)
        // A page is an event of those on it.
        let page = try await fixture.get("/fhir/Observation?_sort=value-quantity&_count=1", token)
        #expect(try ids(page) == ["hb0"] && page.json()["total"]?.uint == 4)
        #expect(try eventCounts(fixture, wallets) == [1, 1, 1, 1, 0])
        // A count alone says something of everybody counted.
        let count = try await fixture.get("/fhir/Observation?_summary=count&code=718-7", token)
        #expect(try ids(count).isEmpty && count.json()["total"]?.uint == 4)
        #expect(try eventCounts(fixture, wallets) == [2, 2, 2, 2, 0])
        // Nobody found, nobody concerned.
        let nobody = try await fixture.get("/fhir/Observation?code=x", token)
        #expect(try nobody.status == 200 && nobody.json()["total"]?.uint == 0 && nobody["Stele-Transaction"] == nil)
        #expect(try eventCounts(fixture, wallets) == [2, 2, 2, 2, 0])
        await fixture.stop()
    }

    @Test func severalPatientsCanBeNamed() async throws {
        let (fixture, wallets) = try await fixture()
        let token = try await fixture.token(fixture.officer)
        let reply = try await fixture.get("/fhir/Observation?patient=o1,o2,o4,nobody", token)
        #expect(try Set(ids(reply)) == ["hb1", "hb2"])
        #expect(try eventCounts(fixture, wallets) == [0, 1, 1, 0, 0])
        #expect(try await fixture.get("/fhir/Observation?patient=o4", token).code == "access.refused")
    }

    @Test func staffNameOnePatient() async throws {
        let (fixture, wallets) = try await fixture()
        let token = try await fixture.token(fixture.surgeon)
        for query in ["", "patient=o1,o2", "code=718-7", "patient=o1&patient=o2"] {
            #expect(try await fixture.get("/fhir/Observation?\(query)", token).code == "search.parameter", "\(query)")
        }
        #expect(try eventCounts(fixture, wallets) == [0, 0, 0, 0, 0])
        // Or one identifier, which says no more than the name would.
        let found = try await fixture.get("/fhir/Patient?identifier=urn:ssn%7C2", token)
        #expect(try ids(found) == ["o2"])
        let answers = [
            try await fixture.get("/fhir/Patient?identifier=urn:ssn%7C4", token),  // Permits nothing.
            try await fixture.get("/fhir/Patient?identifier=urn:ssn%7C99", token),  // Nobody.
            try await fixture.get("/fhir/Patient?identifier=urn:shared%7Cs", token),  // Several.
            try await fixture.get("/fhir/Patient?identifier=urn:ssn%7C2&birthdate=1900", token),
            try await fixture.get("/fhir/Patient?_id=nobody", token),
        ]
        #expect(Set(answers.map { $0.text.replacing(/"id":"[0-9a-f]{16}"/, with: "") }).count == 1)
        #expect(answers.allSatisfy { $0.status == 403 && $0.code == "access.refused" })
        #expect(try await fixture.get("/fhir/Patient?identifier=4", token).code == "search.parameter")
        await fixture.stop()
    }

    @Test func whatBelongsToNobodyComesAlongUnderAnEventOfItsOwn() async throws {
        let (fixture, wallets) = try await fixture()
        let commons = try #require(try fixture.custodian.vault.directory.subject(patient: "commons"))
        func commonsEvents() throws -> Int {
            try fixture.custodian.ledger.lines(indexPrefix: Array("a".utf8) + commons.id.bytes).count
        }
        let token = try await fixture.token(fixture.surgeon)
        let before = try commonsEvents()
        let reply = try await fixture.get("/fhir/Observation?patient=o1&_include=Observation:performer", token)
        #expect(try ids(reply) == ["hb1", "doc"])
        #expect(reply["Stele-Transaction"]?.split(separator: ",").count == 2)
        #expect(try commonsEvents() == before + 1)
        let chained = try await fixture.get("/fhir/Observation?patient=o1&performer:Practitioner.family=ash", token)
        #expect(try ids(chained) == ["hb1"])
        #expect(try commonsEvents() == before + 1)
        let staff = try await fixture.get("/fhir/Practitioner?name=ash", token)
        #expect(try ids(staff) == ["doc"])
        // Research reads nothing of the organisation's own: neither does it find anything along it.
        let receipt = try await fixture.house.submit(
            ConsentGrant(
                subject: wallets[1].subject,
                grants: [
                    fixture.house.permit(
                        wallets[1], to: [.organisation("st-elsewhere")], classes: [.all], purposes: ["HRESCH"])
                ]), by: wallets[1])
        #expect(receipt.isApplied)
        let research = try await fixture.token(fixture.surgeon, purposes: "HRESCH")
        let alone = try await fixture.get("/fhir/Observation?patient=o1&_include=Observation:performer", research)
        #expect(try ids(alone) == ["hb1"])
        let nothing = try await fixture.get("/fhir/Observation?patient=o1&performer:Practitioner.family=ash", research)
        #expect(try nothing.json()["total"]?.uint == 0)
        await fixture.stop()
    }

    @Test func scopesHoldAlongLinks() async throws {
        let (fixture, _) = try await fixture()
        let token = try await fixture.token(fixture.surgeon, scope: "user/Observation.rs")
        let reply = try await fixture.get("/fhir/Observation?patient=o1&_include=*", token)
        #expect(try ids(reply) == ["hb1"])
        for query in ["performer:Practitioner.family=ash", "_has:DiagnosticReport:result:status=final"] {
            #expect(try await fixture.get("/fhir/Observation?patient=o1&\(query)", token).code == "token.insufficient")
        }
    }
}
