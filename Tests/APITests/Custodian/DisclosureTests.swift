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
    private static func story() async throws -> APIFixture {
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
        try reply.json()["disclosures"]?.elements.map { $0 } ?? []
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

        // The proof of the log shows the transaction of each line, and that none is missing.
        let proof = try await fixture.get("/ledger/v1/proofs/access/\(fixture.wallet.subject.hex)", token)
        let verdict = try ProofVerifier.verify(proof.body, trust: fixture.house.network.trust)
        let shown = verdict.statements.compactMap { statement -> String? in
            guard case .access(_, _, _, _, _, let transaction) = statement else { return nil }
            return transaction.hex
        }
        for line in lines { #expect(shown.contains(try #require(line["transaction"]?.string))) }
        #expect(
            verdict.statements.contains { if case .complete(fixture.wallet.subject, 7) = $0 { true } else { false } })
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

    @Test func isOfAPeriodAndForThePatientAlone() async throws {
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
        let officer = try await fixture.token(fixture.officer, patient: "p1")
        #expect(try await fixture.get(Self.target, officer).code == "subject.not_yours")
        // The looks of one token are one event.
        let looks = try fixture.custodian.accessLog(of: fixture.wallet.subject)
            .filter { $0.reason == "you looked at this log" }
        #expect(looks.count == 1)
    }
}
