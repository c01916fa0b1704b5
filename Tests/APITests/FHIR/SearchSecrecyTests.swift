// What is hidden looks like what is not there, in every answer a search can give: byte for byte, but for ids and times.
//
// One patient has records that the asker may not see, linked to visible ones in every way; another has the visible ones
// alone. Every search is put to both.
import Contracts
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct SearchSecrecyTests {
    private static let visible = [
        #"{"resourceType":"Encounter","id":"v-e","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"}}"#,
        observation("v-1", code: "718-7", value: "13.2", more: #""encounter":{"reference":"Encounter/v-e"},"#),
        observation("v-2", code: "2093-3", value: "5", more: #""encounter":{"reference":"Encounter/h-e"},"#),
        observation("v-3", code: "718-7", value: "9", more: #""hasMember":[{"reference":"Observation/h-1"}],"#),
    ]

    /// Marked so that the asker's grant does not cover them.
    private static let hidden = [
        #"{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:ssn","value":"7"}],"name":[{"family":"Kestrel"}]}"#,
        observation("h-1", code: "718-7", value: "12", more: secret),
        observation(
            "h-2", code: "5792-7", value: "1", more: secret + #""hasMember":[{"reference":"Observation/v-1"}],"#),
        #"{"resourceType":"Encounter","id":"h-e",\#(secret)"status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p1"}}"#,
        #"{"resourceType":"DiagnosticReport","id":"h-r",\#(secret)"status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/v-e"},"result":[{"reference":"Observation/v-1"}]}"#,
        #"{"resourceType":"Provenance","id":"h-p",\#(secret)"target":[{"reference":"Observation/v-1"},{"reference":"Patient/p1"}],"recorded":"2027-01-01T00:00:00Z","agent":[{"who":{"reference":"Patient/p1"}}]}"#,
    ]

    private static let secret =
        #""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},"#

    private static func observation(_ id: String, code: String, value: String, more: String = "") -> String {
        #"{"resourceType":"Observation",\#(id.isEmpty ? "" : #""id":"\#(id)","#)\#(more)"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"\#(code)"}]},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":\#(value),"unit":"g/dL"}}"#
    }

    private static let queries = [
        "Observation?patient=p1", "Observation?patient=p1&_count=0", "Observation?patient=p1&_summary=count",
        "Observation?patient=p1&_count=1", "Observation?patient=p1&code=718-7", "Observation?patient=p1&code=5792-7",
        "Observation?patient=p1&_id=h-1", "Observation?patient=p1&_sort=value-quantity",
        "Observation?patient=p1&_sort=-value-quantity&_count=2", "Observation?patient=p1&code:not=2093-3",
        "Observation?patient=p1&encounter.class=IMP", "Observation?patient=p1&encounter.class=AMB",
        "Observation?patient=p1&encounter.status=finished", "Observation?patient=p1&has-member.code=718-7",
        "Observation?patient=p1&subject:Patient.family=Kestrel", "Observation?patient.family:missing=false&patient=p1",
        "Observation?patient=p1&_has:DiagnosticReport:result:status=final",
        "Observation?patient=p1&_has:Observation:has-member:code=5792-7",
        "Encounter?patient=p1&_has:Observation:encounter:code=718-7",
        "Encounter?patient=p1&_has:Observation:encounter:has-member.code=718-7",
        "Encounter?patient=p1&_has:DiagnosticReport:encounter:_id=h-r",
        "Observation?patient=p1&_include=Observation:encounter", "Observation?patient=p1&_include=*",
        "Observation?patient=p1&_include=Observation:has-member&_include:iterate=Observation:encounter",
        "Observation?patient=p1&_revinclude=DiagnosticReport:result", "Observation?patient=p1&_revinclude=*",
        "Encounter?patient=p1&_revinclude=Observation:encounter&_revinclude:iterate=Observation:has-member",
        "DiagnosticReport?patient=p1", "Provenance?patient=p1", "Provenance?target=DiagnosticReport/h-r&patient=p1",
        "Provenance?patient=p1&_source=urn:stele:vault", "Consent?patient=p1", "Provenance?target=Encounter/h-e",
        "Encounter?patient=p1&_id=h-e", "Patient?_id=p1",
        "Patient?_id=p1&identifier=urn:ssn%7C7", "Patient?identifier=urn:ssn%7C7", "Patient/p1/$everything",
        "Patient/p1/$everything?_type=DiagnosticReport,Observation", "Observation/h-1", "Patient/p1",
        "DiagnosticReport/h-r", "Encounter/h-e/_history/1",
    ]

    /// Everything else that reads, and what answers by what it finds.
    private static let requests:
        [(method: String, path: String, header: (name: String, value: String)?, body: String)] = [
            ("GET", "/fhir/Observation/h-1/_history", nil, ""), ("GET", "/fhir/Observation/v-1/_history", nil, ""),
            ("GET", "/fhir/Observation/h-1/_history/1", nil, ""), ("GET", "/fhir/Observation/h-1/_history/2", nil, ""),
            ("GET", "/fhir/Observation/_history?patient=p1", nil, ""), ("GET", "/fhir/_history?patient=p1", nil, ""),
            ("GET", "/fhir/_history?patient=p1&_count=2", nil, ""),
            ("GET", "/fhir/_history?patient=p1&_count=4", nil, ""),
            ("GET", "/fhir/_history?patient=p1&_since=2020-01-01T00:00:00Z", nil, ""),
            ("GET", "/fhir/Patient/_history?patient=p1", nil, ""), ("GET", "/fhir/Patient/p1/_history", nil, ""),
            ("GET", "/fhir/Observation/h-1", ("If-None-Match", "W/\"1\""), ""),
            ("GET", "/fhir/Observation/h-1", ("If-None-Match", "*"), ""),
            ("GET", "/fhir/Observation/h-1", ("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT"), ""),
            ("HEAD", "/fhir/Observation/h-1", nil, ""),
            ("POST", "/fhir/Observation/_search", nil, "patient=p1&_id=h-1"),
            ("POST", "/fhir/Observation/_search", nil, "patient=p1&has-member.code=718-7&_total=accurate"),
            ("GET", "/ledger/v1/proofs/record/Observation/h-1", nil, ""),
            ("GET", "/ledger/v1/proofs/record/Observation/h-1?version=1", nil, ""),
            ("GET", "/fhir/Provenance?patient=p1", nil, ""),
            ("GET", "/fhir/Provenance?target=Observation/h-1", nil, ""),
            ("GET", "/fhir/Provenance?patient=p1&target=Observation/h-1", nil, ""),
            ("GET", "/fhir/Provenance?patient=p1&_source=urn:stele:vault", nil, ""),
            ("GET", "/fhir/AuditEvent?patient=p1", nil, ""), ("GET", "/fhir/Consent?patient=p1", nil, ""),
            ("POST", "/fhir/Observation/h-1/$validate", nil, hidden[1]),
            ("POST", "/fhir/Encounter/$validate", nil, hidden[3]),
            (
                "POST", "/fhir", nil,
                #"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Observation/h-1"}},{"request":{"method":"GET","url":"Observation?patient=p1&code=5792-7"}},{"request":{"method":"GET","url":"Observation/v-1"}}]}"#
            ),
            (
                "POST", "/fhir/Observation", ("If-None-Exist", "patient=p1&code=5792-7"),
                observation("", code: "5792-7", value: "2")
            ),
            ("PUT", "/fhir/Observation?patient=p1&code=2345-7", nil, observation("", code: "2345-7", value: "2")),
            ("DELETE", "/fhir/DiagnosticReport?patient=p1&status=final", nil, ""),
        ]

    private func fixture(_ records: [String]) async throws -> (APIFixture, String) {
        let fixture = try await APIFixture()
        let writing = try await fixture.token(fixture.surgeon)
        for text in records {
            let node = try JSONDocument(parsing: Array(text.utf8)).root
            let reply = try await fixture.put(
                "/fhir/\(node["resourceType"]!.string!)/\(node["id"]!.string!)", text, writing)
            #expect(reply.status == 201, "\(reply.text)")
        }
        let grant = fixture.house.permit(
            fixture.wallet, to: [.role(code: "laboratory", organisation: "st-elsewhere")],
            classes: [.type("Observation"), .type("Encounter"), .type("DiagnosticReport")],
            except: [.sensitivity("PSY")])
        let receipt = try await fixture.house.submit(
            ConsentGrant(subject: fixture.wallet.subject, grants: [grant]), by: fixture.wallet)
        #expect(receipt.isApplied)
        return (fixture, try await fixture.token(fixture.laboratory))
    }

    /// The answer without what differs between any two: ids, times, cursors.
    private func bare(_ reply: Reply) -> String {
        let text = reply.text
            .replacing(/"id":"[0-9a-f]{16}"/, with: "")
            .replacing(/"timestamp":"[^"]*"/, with: "")
            .replacing(/[0-9a-f]{64}/, with: "hash")
            .replacing(/[0-9T:.-]{23}Z/, with: "instant")
            .replacing(/[0-9a-f]{32}/, with: "id")
            .replacing(/_cursor=[A-Za-z0-9_-]*/) { "_cursor of \($0.output.count)" }
        return "\(reply.status) \(reply["ETag"] ?? "") \(reply["Stele-Transaction"]?.count ?? 0) \(text)"
    }

    @Test func hiddenRecordsChangeNoAnswer() async throws {
        let (without, first) = try await fixture(Self.visible)
        let (with, second) = try await fixture(Self.visible + Self.hidden)
        var answered = 0
        for query in Self.queries {
            let absent = try await without.get("/fhir/" + query, first)
            let hidden = try await with.get("/fhir/" + query, second)
            #expect(bare(absent) == bare(hidden), "\(query)")
            if absent.status == 200 { answered += 1 }
            // And so it is on every further page.
            var pair = (absent, hidden)
            while let targets = try next(pair) {
                pair = (try await without.get(targets.0, first), try await with.get(targets.1, second))
                #expect(bare(pair.0) == bare(pair.1), "\(query)")
            }
        }
        #expect(answered > 30)
        answered = 0
        for one in Self.requests {
            let type =
                one.body.isEmpty
                ? nil : one.body.hasPrefix("{") ? "application/fhir+json" : "application/x-www-form-urlencoded"
            func send(_ fixture: APIFixture, _ token: String) async throws -> Reply {
                try await fixture.send(
                    one.method, one.path, token: token, type: type, headers: [one.header].compactMap { $0 },
                    body: Array(one.body.utf8))
            }
            let absent = bare(try await send(without, first))
            let hidden = bare(try await send(with, second))
            #expect(absent == hidden, "\(one.method) \(one.path)")
            if absent.hasPrefix("20") { answered += 1 }
        }
        #expect(answered > 15)
        await without.stop()
        await with.stop()
    }

    @Test func theyDoChangeTheAnswersOfWhoMaySeeThem() async throws {
        // Otherwise the test above would show nothing.
        let (fixture, _) = try await fixture(Self.visible + Self.hidden)
        try await fixture.grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all])
        let token = try await fixture.token(fixture.surgeon)
        let totals: [(String, UInt64)] = [
            ("Observation?patient=p1", 5), ("Observation?patient=p1&code=718-7", 3),
            ("Observation?patient=p1&encounter.class=IMP", 1), ("Observation?patient=p1&has-member.code=718-7", 2),
            ("Observation?patient=p1&subject:Patient.family=Kestrel", 5),
            ("Observation?patient=p1&_has:DiagnosticReport:result:status=final", 1),
            ("Patient?identifier=urn:ssn%7C7", 1), ("Patient/p1/$everything", 10),
        ]
        for (query, total) in totals {
            let reply = try await fixture.get("/fhir/" + query, token)
            #expect(try reply.json()["total"]?.uint == total, "\(query): \(reply.text)")
        }
        let included = try await fixture.get("/fhir/Observation?patient=p1&_id=v-1&_revinclude=*", token)
        #expect(try modes(included) == ["match", "include", "include", "include"])
        await fixture.stop()
    }

    private func modes(_ reply: Reply) throws -> [String] {
        try reply.json()["entry"]?.elements.compactMap { $0["search"]?["mode"]?.string } ?? []
    }

    private func next(_ pair: (Reply, Reply)) throws -> (String, String)? {
        func target(_ reply: Reply) throws -> String? {
            guard reply.status == 200 else { return nil }
            return try reply.json()["link"]?.elements.first { $0["relation"]?.string == "next" }?["url"]?.string.map {
                String($0.dropFirst(APIFixture.baseURL.utf8.count))
            }
        }
        guard let first = try target(pair.0), let second = try target(pair.1) else { return nil }
        return (first, second)
    }
}
