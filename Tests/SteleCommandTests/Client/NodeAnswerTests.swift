// Refusals of a node in each of their three shapes, and answers that are none.
import Contracts
import HTTPClient
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct NodeAnswerTests {
    static func refusal(_ text: String, status: Int = 400) -> SteleError {
        NodeAnswer(status: status, body: Array(text.utf8)).refusal
    }

    @Test func readsTheNodesOwnShape() {
        let error = Self.refusal(
            #"{"error":{"code":"grant.unknown","message":"no such grant","hint":"look again","id":"ab","details":{}}}"#)
        #expect(error.code == .grantUnknown && error.message == "no such grant" && error.hint == "look again")
        #expect(ExitCode(for: error.code) == .refused)
    }

    @Test func readsAnOperationOutcome() {
        let error = Self.refusal(
            #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found","details":{"coding":[{"system":"urn:stele:error-code","code":"record.unavailable"}]},"diagnostics":"nothing there; ask the patient; kindly"}]}"#,
            status: 404)
        #expect(error.code.name == "record.unavailable")
        #expect(error.message == "nothing there" && error.hint == "ask the patient; kindly")
    }

    @Test func readsAnOAuthError() {
        let error = Self.refusal(
            #"{"error":"invalid_client","error_description":"no such client","code":"token.client","hint":"check it"}"#,
            status: 401)
        #expect(error.code.name == "token.client" && error.message == "no such client" && error.hint == "check it")
    }

    @Test(arguments: ["", "<html>", "{}", "[]", #"{"error":{}}"#, #"{"error":"x"}"#, #"{"issue":[]}"#])
    func saysSoWhenThereIsNoExplanation(body: String) {
        #expect(Self.refusal(body, status: 502).code == .answerMalformed)
    }

    @Test func namesTheAccessEventOfARefusal() {
        let event = String(repeating: "ab", count: 32)
        let answer = NodeAnswer(
            status: 403, headers: [("stele-transaction", event)],
            body: Array(#"{"error":{"code":"access.refused","message":"m","hint":"h"}}"#.utf8))
        #expect(answer.transaction?.hex == event)
        #expect(answer.refusal.cause == "transaction \(event)")
    }

    @Test(arguments: ["127.0.0.1:8443", "ftp://a", "https://a/b", "https://", "https:///x"])
    func refusesAnAddressThatIsNone(url: String) {
        #expect(throws: SteleError.self) { _ = try NodeClient(url: url, trust: .system) }
    }

    @Test func escapesWhatAFormCannotHold() {
        let body = NodeClient.Body.form([("scope", "system/*.rs user/*.rs"), ("a&b", "ü=+")])
        #expect(
            String(decoding: body.bytes, as: UTF8.self) == "scope=system%2F%2A.rs%20user%2F%2A.rs&a%26b=%C3%BC%3D%2B")
    }
}
