// Accounts of disclosures: everything released, as data, as a table and as a page, each line to be proven.
import API
import Contracts
import Cryptography
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct DisclosureTests {
    private static let target = "/custodian/v1/disclosures"

    /// A read for treatment, one for research, one refused, one by the patient, and one in an emergency.
    static func story() async throws -> APIFixture {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        try await fixture.grant(
            [.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all], purposes: ["HRESCH"])
        for (client, purposes) in [(fixture.surgeon, "TREAT"), (fixture.surgeon, "HRESCH")] {
            let token = try await fixture.token(client, purposes: purposes, patient: "p1")
            #expect(try await fixture.get("/fhir/Observation/hb", token).status == 200)
        }
        let stranger = try await fixture.token(fixture.laboratory, patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", stranger).status == 403)
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.get("/fhir/Observation/hb", patient).status == 200)
        #expect(try await EmergencyRouteTests.open(fixture).status == 201)
        let emergency = try await fixture.token(fixture.laboratory, purposes: "ETREAT", patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", emergency).status == 200)
        return fixture
    }

    private static func lines(_ reply: Reply) throws -> [JSONNode] {
        try reply.json()["account"]?["disclosures"]?.elements.map { $0 } ?? []
    }

    @Test func namesEveryReleaseAndWhetherTheLawAsksForIt() async throws {
        let fixture = try await Self.story()
        let token = try await fixture.token(fixture.patient)
        let reply = try await fixture.get(Self.target, token)
        let lines = try Self.lines(reply)
        try #require(lines.count == 4, "\(reply.text)")
        #expect(lines.map { $0["exemption"]?.string } == ["treatment", nil, "individual", "treatment"])
        #expect(lines.map { $0["must_be_accounted"]?.bool } == [false, true, false, false])
        #expect(
            lines.map { $0["recipient"]?["name"]?.string } == ["Dr surgeon", "Dr surgeon", "Pat One", "Dr laboratory"])
        #expect(
            lines.map { $0["recipient"]?["organisation"]?.string } == [
                "st-elsewhere", "st-elsewhere", nil, "st-elsewhere",
            ])
        #expect(lines.allSatisfy { $0["recipient"]?["kind"]?.string == "person" })
        #expect(lines[0]["records"]?.elements.compactMap(\.string) == ["Observation/hb/_history/1"])
        #expect(lines[3]["emergency"]?.string != nil && lines[3]["grants"]?.count == 0)

        // It holds, line by line, against the proof that goes with it.
        let verdict = try AccountVerifier.verify(reply.body, trust: [fixture.house.network.trust])
        #expect(verdict.lineCount == 4 && verdict.otherCount == 3 && verdict.signedCount == 4)
    }

    @Test func isATableAndAPage() async throws {
        let fixture = try await Self.story()
        let token = try await fixture.token(fixture.patient)
        let table = try await fixture.get(Self.target + "?format=csv", token)
        let rows = table.text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(table["Content-Type"] == "text/csv; charset=utf-8" && rows.count == 6 && rows.last == "")
        #expect(rows[0].hasPrefix("number,time,recipient,"))
        #expect(
            rows.dropFirst().dropLast().allSatisfy {
                $0.split(separator: ",", omittingEmptySubsequences: false).count == 14
            })
        let page = try await fixture.get(Self.target + "?format=html", token)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        #expect(page.text.contains("<td>Dr laboratory</td>") && !page.text.contains("<script"))
        #expect(!page.text.contains("http"))
        // Both are made of the account that can be checked.
        let account = try DisclosureAccount.read(try await fixture.get(Self.target, token).body).account
        #expect(account.csv == table.text && account.html == page.text)
    }

    @Test func namesThatAreCodeStayNames() async throws {
        let fixture = try await APIFixture()
        let key = APIFixture.Client(id: "odd", key: try .init(.edDSA))
        _ = try await fixture.custodian.addActor(
            ActorDraft(
                id: "odd", kind: .person, displayName: #"=cmd(),"<b>x</b>""#, roles: ["surgeon"],
                key: key.key.publicKey))
        try await fixture.writeAndGrant()
        let odd = try await fixture.token(key, patient: "p1")
        #expect(try await fixture.get("/fhir/Observation/hb", odd).status == 200)
        let token = try await fixture.token(fixture.patient)
        let table = try await fixture.get(Self.target + "?format=csv", token).text
        #expect(table.contains(#""'=cmd(),""<b>x</b>""""#), "\(table)")
        let page = try await fixture.get(Self.target + "?format=html", token).text
        #expect(page.contains("&lt;b&gt;x&lt;/b&gt;") && !page.contains("<b>x"))
    }

    @Test func isOfAPeriodAndForThePatient() async throws {
        let fixture = try await Self.story()
        let token = try await fixture.token(fixture.patient)
        for (query, count) in [
            ("from=2027-01-15", 4), ("to=2027-01-15", 0), ("from=2027-01-15T08:00:01Z", 0),
            ("from=2027-01-15T09:00:00%2B01:00&to=2027-01-16", 4),
        ] {
            #expect(try Self.lines(await fixture.get("\(Self.target)?\(query)", token)).count == count, "\(query)")
        }
        for query in ["from=soon", "to=2027", "format=xml"] {
            #expect(try await fixture.get("\(Self.target)?\(query)", token).code == "request.malformed")
        }
        let surgeon = try await fixture.token(fixture.surgeon, patient: "p1")
        #expect(try await fixture.get(Self.target, surgeon).code == "subject.not_yours")
        #expect(try await fixture.get(Self.target + "?patient=p1", surgeon).code == "subject.not_yours")
        #expect(try await fixture.get(Self.target + "?patient=p1", token).code == "request.malformed")
        // The looks of one token are one event.
        let looks = try fixture.custodian.accessLog(of: fixture.wallet.subject)
            .filter { $0.reason == "you looked at this log" }
        #expect(looks.count == 1)
    }

    @Test func anOfficerGivesItAndThePatientSeesThat() async throws {
        let fixture = try await Self.story()
        let officer = try await fixture.token(fixture.officer, purposes: "HOPERAT")
        let reply = try await fixture.get(Self.target + "?patient=p1", officer)
        #expect(try Self.lines(reply).count == 4)
        let verdict = try AccountVerifier.verify(reply.body, trust: [fixture.house.network.trust])
        #expect(verdict.patient == "p1" && verdict.subject == fixture.wallet.subject)

        // Each time is an event in the patient's log, in the account itself among those that released nothing.
        let page = try await fixture.get(Self.target + "?patient=p1&format=html", officer)
        #expect(page.status == 200)
        let given = try fixture.custodian.accessLog(of: fixture.wallet.subject)
            .filter { $0.reason == "was given an account of your disclosures" }
        #expect(given.count == 2 && given.allSatisfy { $0.outcome == .released })
        #expect(given.allSatisfy { $0.request?.askerDisplayName == "Dr officer" })
        #expect(given.map { $0.receipt.transactionID.hex } == [reply["Stele-Transaction"], page["Stele-Transaction"]])
        #expect(reply.text.contains(given[0].receipt.transactionID.hex))

        // Nobody else, nobody unknown, and nobody but whom the token names.
        let named = try await fixture.token(fixture.officer, purposes: "HOPERAT", patient: "p1")
        #expect(try await fixture.get(Self.target, named).status == 200)
        #expect(try await fixture.get(Self.target + "?patient=p2", named).code == "request.malformed")
        #expect(try await fixture.get(Self.target, officer).code == "request.malformed")
        for nobody in ["p2", Custodian.commonsPatient] {
            let answer = try await fixture.get(Self.target + "?patient=" + APIFixture.escaped(nobody), officer)
            #expect(answer.code == "subject.not_enrolled", "\(nobody)")
        }
        let outside = try await APIFixture.add(
            "visitor", role: "officer", isOfficer: true, organisation: "st-nowhere", to: fixture.house)
        let visitor = try await fixture.token(outside, purposes: "HOPERAT")
        #expect(try await fixture.get(Self.target + "?patient=p1", visitor).code == "subject.not_yours")
    }
}
