// JSONTests · a refusal as people see it.
import JSON
import Primitives
import Testing

@Suite struct JSONErrorTests {
    @Test(arguments: JSONError.Reason.allCases)
    func hasACodeAndANextStep(reason: JSONError.Reason) {
        let news = JSONError(reason, at: 41).asSteleError
        let code: ErrorCode =
            switch reason {
            case .duplicateKey: .jsonDuplicateKey
            case .tooDeep: .jsonTooDeep
            case .tooManyBytes, .tooManyMembers, .outOfMemory: .jsonTooLarge
            default: .jsonMalformed
            }
        #expect(news.code == code)
        #expect(news.message.contains("byte 41") && !news.hint.isEmpty)
    }

    @Test func neverQuotesTheText() {
        let news = refusal(of: #"{"secretive":1,"secretive":2}"#)?.asSteleError
        #expect(news?.description.contains("secret") == false)
        #expect(news?.code.name == "json.duplicate_key")
    }
}
