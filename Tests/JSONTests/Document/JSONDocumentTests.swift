// JSONTests · what is refused, where, and exactly at which size.
import JSON
import Testing

@Suite struct JSONDocumentTests {
    // MARK: Keys
    @Test func refusesEqualKeysAtAnyDepth() {
        for depth in 0..<60 {
            let text =
                String(repeating: #"{"k":["#, count: depth / 2) + #"{"a":1,"b":2,"a":3}"#
                + String(repeating: "]}", count: depth / 2)
            #expect(refusal(of: text) == JSONError(.duplicateKey, at: 6 * (depth / 2) + 13))
        }
    }

    @Test func comparesKeysAfterUnescaping() {
        #expect(refusal(of: #"{"a":1,"\u0061":2}"#) == JSONError(.duplicateKey, at: 7))
        #expect(refusal(of: #"{"\ud83d\ude00":1,"😀":2}"#)?.reason == .duplicateKey)
        #expect(refusal(of: #"{"a\/b":1,"a/b":2}"#)?.reason == .duplicateKey)
        #expect(refusal(of: #"{"":1,"":2}"#)?.reason == .duplicateKey)
        #expect(refusal(of: #"{"a\u0000":1,"a":2}"#) == nil)
        #expect(refusal(of: #"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}"#) == nil)
    }

    @Test(arguments: [2, 23, 24, 25, 26, 1000])
    func findsTheOneRepeatAmongManyKeys(count: Int) {
        for similar in ["", "the-same-beginning-and-", "é"] {
            let keys = (0..<count).map { similar + String($0) + "-the-same-end" }
            let object = { (names: [String]) in "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
            #expect(refusal(of: object(keys)) == nil)
            let repeated = object(keys + [keys[count / 2]])
            #expect(refusal(of: repeated)?.reason == .duplicateKey)
            #expect(refusal(of: repeated)?.byteOffset == object(keys).utf8.count)
        }
    }

    @Test func countsKeysChosenToShareAFingerprint() {
        // Same length, same first and last eight bytes: only a whole comparison tells them apart.
        let keys = (10_000..<13_000).map { "aaaaaaaa\($0)zzzzzzzz" }
        let text = "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(refusal(of: text) == nil)
    }

    // MARK: Limits
    @Test func acceptsTheDepthLimitAndRefusesOneMore() {
        for depthMax in [1, 2, 64, 500] {
            let limits = JSONLimits(byteCountMax: 1 << 16, depthMax: depthMax)
            let atLimit = String(repeating: "[", count: depthMax) + String(repeating: "]", count: depthMax)
            #expect(refusal(of: atLimit, limits: limits) == nil)
            #expect(refusal(of: "[" + atLimit + "]", limits: limits) == JSONError(.tooDeep, at: depthMax))
            let objects = String(repeating: #"{"a":"#, count: depthMax) + "1" + String(repeating: "}", count: depthMax)
            #expect(refusal(of: objects, limits: limits) == nil)
            #expect(refusal(of: "[" + objects + "]", limits: limits)?.reason == .tooDeep)
        }
        #expect(refusal(of: "1", limits: JSONLimits(byteCountMax: 8, depthMax: 0)) == nil)
        #expect(refusal(of: "[]", limits: JSONLimits(byteCountMax: 8, depthMax: 0)) == JSONError(.tooDeep, at: 0))
        #expect(refusal(of: String(repeating: "[", count: 1_000_000))?.reason == .tooDeep)
    }

    @Test func acceptsTheByteLimitAndRefusesOneMore() {
        let text = "[1,2,3]"
        #expect(refusal(of: text, limits: JSONLimits(byteCountMax: 7)) == nil)
        #expect(refusal(of: text, limits: JSONLimits(byteCountMax: 6)) == JSONError(.tooManyBytes, at: 6))
        #expect(refusal(of: text, limits: JSONLimits(byteCountMax: -1))?.reason == .tooManyBytes)
    }

    @Test func acceptsTheMemberLimitAndRefusesOneMore() {
        // Seven: the object, two keys, two values, two elements.
        let text = #"{"a":[1,2],"b":3}"#
        #expect(refusal(of: text, limits: JSONLimits(byteCountMax: 100, memberCountMax: 7)) == nil)
        #expect(
            refusal(of: text, limits: JSONLimits(byteCountMax: 100, memberCountMax: 6))
                == JSONError(.tooManyMembers, at: 15))
        #expect(
            refusal(of: "1", limits: JSONLimits(byteCountMax: 100, memberCountMax: 0))
                == JSONError(.tooManyMembers, at: 0))
    }

    // MARK: Damage
    @Test func refusesEveryTruncation() throws {
        let whole = try SharedData.bytes("fhir-examples/hl7.fhir.r4.examples-4.0.1/Patient-pat4.json")
        #expect(whole.last == UInt8(ascii: "}"))
        for count in 0..<whole.count {
            let error = refusal(of: Array(whole[..<count]))
            #expect(error != nil && error!.byteOffset <= count, "cut at \(count)")
        }
        _ = try JSONDocument(parsing: whole)
    }

    @Test func saysWhereTheOffenceIs() {
        let cases: [(String, JSONError)] = [
            ("", JSONError(.empty, at: 0)),
            (" \n", JSONError(.empty, at: 2)),
            ("{\"a\" 1}", JSONError(.syntax, at: 5)),
            ("[1,]", JSONError(.syntax, at: 3)),
            ("[1 2]", JSONError(.syntax, at: 3)),
            ("{\"a\":1,}", JSONError(.syntax, at: 7)),
            ("{1:1}", JSONError(.syntax, at: 1)),
            ("[1}", JSONError(.syntax, at: 2)),
            ("[", JSONError(.syntax, at: 1)),
            ("]", JSONError(.syntax, at: 0)),
            ("[tru]", JSONError(.syntax, at: 1)),
            ("nullx", JSONError(.syntax, at: 0)),
            ("\"a\\x\"", JSONError(.invalidEscape, at: 2)),
            ("\"\\u12g4\"", JSONError(.invalidEscape, at: 1)),
            ("\"\\ud800\"", JSONError(.invalidEscape, at: 1)),
            ("\"\\udc00\\ud800\"", JSONError(.invalidEscape, at: 1)),
            ("\"\\ud800\\u0041\"", JSONError(.invalidEscape, at: 1)),
            ("\"a\nb\"", JSONError(.controlCharacter, at: 2)),
            ("\"a\u{0}b\"", JSONError(.controlCharacter, at: 2)),
            ("[\"abc]", JSONError(.unclosedString, at: 1)),
            ("\"abc\\", JSONError(.unclosedString, at: 0)),
            ("[01]", JSONError(.invalidNumber, at: 1)),
            ("[1.]", JSONError(.invalidNumber, at: 1)),
            ("-", JSONError(.invalidNumber, at: 0)),
            ("1\"a\"", JSONError(.invalidNumber, at: 0)),
            ("1 2", JSONError(.trailingContent, at: 2)),
            ("{} {}", JSONError(.trailingContent, at: 3)),
            ("[]\u{0}", JSONError(.trailingContent, at: 2)),
            ("\"a\"b", JSONError(.trailingContent, at: 3)),
            ("\u{feff}{}", JSONError(.syntax, at: 0)),
            ("\\\"a\"", JSONError(.syntax, at: 0)),
        ]
        for (text, expected) in cases { #expect(refusal(of: text) == expected, "\(text)") }
    }

    @Test func survivesManyThreadsAndSizes() async throws {
        // Stage 1 is kept per thread and grows and shrinks; sizes cross its bounds in every order.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<8 {
                group.addTask {
                    for step in 0..<12 {
                        let count = [3, 5_000, 400_000, 64, 0][(step * 7 + seed) % 5]
                        let text = "[" + [String](repeating: "12", count: count).joined(separator: ",") + "]"
                        let document = try JSONDocument(parsing: Array(text.utf8))
                        #expect(document.root.count == count)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
