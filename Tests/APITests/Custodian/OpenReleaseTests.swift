// APITests · a revoke is answered only when no answer from before can bring anybody more.
import API
import Contracts
import Cryptography
import HTTPServer
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing

@Suite struct OpenReleaseTests {
    private static func request(_ method: String, _ target: String, _ token: String, body: [UInt8] = []) -> HTTPRequest
    {
        var headers = HTTPHeaders()
        headers.add("Authorization", "Bearer \(token)")
        if !body.isEmpty { headers.add("Content-Type", "application/cbor") }
        return HTTPRequest(method: method, target: HTTPTarget(target)!, headers: headers, body: body)
    }

    /// A fixture, the surgeon's token, and a request that revokes what the surgeon reads by.
    private static func prepared() async throws -> (fixture: APIFixture, token: String, revoke: HTTPRequest) {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        _ = try await fixture.put("/fhir/Observation/hb", APIFixture.result, token)
        let organisation = fixture.custodian.organisation
        let grant = try await fixture.grant([.organisation(organisation)], classes: [.all])
        let maker = UnsignedTransactionMaker(
            chainID: fixture.custodian.ledger.chainID, time: fixture.clock, random: SystemRandom())
        let envelope = maker.envelope(
            ConsentRevoke(subject: fixture.wallet.subject, grants: [grant]), key: fixture.wallet.consentKey)
        let patient = try await fixture.token(fixture.patient)
        return (fixture, token, request("POST", "/ledger/v1/transactions", patient, body: envelope))
    }

    /// Holds an answer until it is let go.
    private final class Held: Sendable {
        private let response: Mutex<HTTPResponse?>
        init(_ response: HTTPResponse) { self.response = Mutex(response) }
        var onSending: HTTPResponse.Sending? { response.withLock { $0?.onSending } }
        func letGo() { response.withLock { $0 = nil } }
    }

    private final class Flag: Sendable { let isSet = Mutex(false) }

    @Test func aRevokeWaitsForWhatIsOnItsWay() async throws {
        let (fixture, token, revoke) = try await Self.prepared()
        let held = Held(await fixture.handler.respond(to: Self.request("GET", "/fhir/Observation/hb", token)))
        #expect(held.onSending != nil)
        let isAnswered = Mutex(false)
        async let revoked = {
            let response = await fixture.handler.respond(to: revoke)
            isAnswered.withLock { $0 = true }
            return response.status
        }()
        // Final at once, answered only when the reader has all.
        for _ in 0..<500 {
            if try await fixture.get("/fhir/Observation/hb", token).status != 200 { break }
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try await fixture.get("/fhir/Observation/hb", token).code == "record.unavailable")
        #expect(!isAnswered.withLock { $0 })
        held.letGo()
        #expect(await revoked == 200)
    }

    @Test func whatIsNotOutAfterASecondIsCut() async throws {
        let (fixture, token, revoke) = try await Self.prepared()
        let isCut = Mutex(false)
        let held = Held(await fixture.handler.respond(to: Self.request("GET", "/fhir/Observation/hb", token)))
        #expect(held.onSending?({ isCut.withLock { $0 = true } }) == true)
        let start = ContinuousClock.now
        #expect(await fixture.handler.respond(to: revoke).status == 200)
        #expect(ContinuousClock.now - start > .seconds(0.9))
        #expect(isCut.withLock { $0 })
        // What had not even begun to go out no longer may.
        #expect(held.onSending?({}) == false)
    }

    /// What a request leaves behind, such as the task that cuts batches for all, does not keep its answer open.
    @Test func readersAtWorkAreNotCut() async throws {
        let (fixture, token, revoke) = try await Self.prepared()
        let flag = Flag()
        let codes = try await withThrowingTaskGroup(of: Set<String>.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var codes: Set<String> = []
                    while !flag.isSet.withLock({ $0 }) {
                        let reply = try await fixture.get("/fhir/Observation/hb", token)
                        codes.insert(reply.code ?? String(reply.status))
                    }
                    return codes
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            #expect(await fixture.handler.respond(to: revoke).status == 200)
            try await Task.sleep(for: .milliseconds(100))
            flag.isSet.withLock { $0 = true }
            return try await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(codes == ["200", "record.unavailable"])
    }

    /// The answer to a repeat would come from memory, whatever was decided since.
    @Test func aBundleThatReadsIsNotRepeated() async throws {
        let (fixture, token, _) = try await Self.prepared()
        let bundle =
            #"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Observation/hb"}}]}"#
        func post(_ headers: [(name: String, value: String)]) async throws -> Reply {
            try await fixture.send(
                "POST", "/fhir", token: token, type: "application/fhir+json", headers: headers, body: Array(bundle.utf8)
            )
        }
        #expect(try await post([("Idempotency-Key", "k1")]).code == "request.malformed")
        let answer = try await post([])
        #expect(answer.status == 200 && answer.text.contains("13.20"))
    }

    @Test func otherPatientsAndAnswersWithoutRecordsHoldNothingUp() async throws {
        let (fixture, token, revoke) = try await Self.prepared()
        let other = try await fixture.house.enrol("p2", name: "Pat Two")
        let permit = fixture.house.permit(
            other, to: [.organisation(fixture.custodian.organisation)], classes: [.all], purposes: ["TREAT"])
        _ = try await fixture.house.submit(ConsentGrant(subject: other.subject, grants: [permit]), by: other)
        let theirs = APIFixture.result.replacing("Patient/p1", with: "Patient/p2").replacing("\"hb\"", with: "\"hb2\"")
        #expect(try await fixture.put("/fhir/Observation/hb2", theirs, token).status == 201)
        let held = [
            Held(await fixture.handler.respond(to: Self.request("GET", "/fhir/Observation/hb2", token))),
            Held(await fixture.handler.respond(to: Self.request("GET", "/fhir/Observation/none", token))),
        ]
        #expect(held[0].onSending != nil && held[1].onSending == nil)
        let start = ContinuousClock.now
        #expect(await fixture.handler.respond(to: revoke).status == 200)
        #expect(ContinuousClock.now - start < .seconds(0.9))
    }
}
