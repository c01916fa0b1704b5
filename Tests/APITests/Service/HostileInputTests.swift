// Whatever is sent, the answer is a clear refusal and never a fault.
import Contracts
import Cryptography
import Foundation
import JSON
import Node
import Primitives
import SteleTesting
import Testing

@Suite struct HostileInputTests {
    @Test func malformedJSONIsRefusedWhereverItIsSent() async throws {
        let fixture = try await APIFixture()
        let (surgeon, officer) = (try await fixture.token(fixture.surgeon), try await fixture.token(fixture.officer))
        let folder = "hostile-input/JSONTestSuite/test_parsing"
        let names = try SharedData.names(in: folder).filter { $0.hasPrefix("n_") }
        #expect(names.count > 120)
        for name in names {
            let bytes = try SharedData.bytes("\(folder)/\(name)")
            let fhir = try await fixture.send(
                "PUT", "/fhir/Observation/x", token: surgeon, type: "application/fhir+json", body: bytes)
            #expect(fhir.status == 400 && fhir.code?.hasPrefix("json.") == true, "\(name): \(fhir.text)")
            let call = try await fixture.send(
                "POST", "/contracts/v1/identity/register", token: officer, type: "application/json", body: bytes)
            #expect(call.status == 400 && call.code?.hasPrefix("json.") == true, "\(name): \(call.text)")
        }
    }

    @Test func wellFormedJSONThatIsNoResourceIsRefused() async throws {
        let fixture = try await APIFixture()
        let surgeon = try await fixture.token(fixture.surgeon)
        let folder = "hostile-input/JSONTestSuite/test_parsing"
        for name in try SharedData.names(in: folder) where !name.hasPrefix("n_") {
            let bytes = try SharedData.bytes("\(folder)/\(name)")
            for (method, target) in [("PUT", "/fhir/Observation/x"), ("POST", "/fhir")] {
                let reply = try await fixture.send(
                    method, target, token: surgeon, type: "application/fhir+json", body: bytes)
                #expect([400, 422].contains(reply.status), "\(name): \(reply.text)")
            }
        }
    }

    @Test func naughtyStringsComeBackAsTheyAre() async throws {
        let fixture = try await APIFixture()
        try await fixture.grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.all])
        let token = try await fixture.token(fixture.surgeon)
        let strings = try JSONDocument(parsing: try SharedData.bytes("hostile-input/blns.json")).root
        // FHIR has no empty strings, and of control characters tab and line breaks only.
        let texts = try #require(strings["strings"]).elements
            .filter { $0.string?.utf8.contains { $0 < 0x20 && ![0x09, 0x0a, 0x0d].contains($0) } == false }
            .map { String(decoding: $0.sourceBytes, as: UTF8.self) }.filter { $0 != "\"\"" }
        #expect(texts.count > 300)
        let note = "[" + texts.map { #"{"text":\#($0)}"# }.joined(separator: ",") + "]"
        let text =
            #"{"resourceType":"Observation","id":"blns","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"note":\#(note)}"#
        #expect(try await fixture.put("/fhir/Observation/blns", text, token).status == 201)
        #expect(try await fixture.get("/fhir/Observation/blns", token).sentText == text)
    }

    @Test func deepAndBrokenEnvelopesAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.patient)
        let maker = UnsignedTransactionMaker(
            chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom())
        let good = maker.envelope(
            ConsentRevoke(subject: fixture.wallet.subject, grants: [.zero]), key: fixture.wallet.consentKey)
        var wrong: [[UInt8]] = [
            [], [0xff], [0xf6], [UInt8](repeating: 0x81, count: 2000), [UInt8](repeating: 0, count: 70_000),
            [0x9b] + [UInt8](repeating: 0xff, count: 8), [0x5f, 0xff], Array(good.dropLast()), good + [0],
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var bent = good
            bent[Int.random(in: 0..<bent.count, using: &generator)] ^= UInt8(1 << Int.random(in: 0..<8))
            wrong.append(bent)
        }
        for bytes in wrong {
            let reply = try await fixture.send(
                "POST", "/ledger/v1/transactions", token: token, type: "application/cbor", body: bytes)
            #expect((400..<500).contains(reply.status), "\(Hex.encode(bytes.prefix(40))): \(reply.text)")
        }
    }

    @Test func brokenFormsAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        for body in ["patient=%", "patient=%zz", "patient=%00", "patient=%ff", "%"] {
            let reply = try await fixture.send(
                "POST", "/fhir/Observation/_search", token: token, type: "application/x-www-form-urlencoded",
                body: Array(body.utf8))
            #expect(reply.status == 400 && reply.code == "request.malformed", "\(body)")
        }
        let many = (0..<2000).map { "code=\($0)" }.joined(separator: "&")
        let reply = try await fixture.send(
            "POST", "/fhir/Observation/_search", token: token, type: "application/x-www-form-urlencoded",
            body: Array(many.utf8))
        #expect(reply.status == 400 && reply.code == "search.parameter")
    }
}
