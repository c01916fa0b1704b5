import Foundation
import Primitives
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func matchesTheRFC(plain: String, text: String) {
        // RFC 4648 §10.
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
        let unpadded = text.replacing("=", with: "")
        #expect(Base64.encode(Array(plain.utf8), .url) == unpadded)
        #expect(Base64.decode(unpadded, .url) == Array(plain.utf8))
    }

    @Test func agreesWithAnotherEncoder() {
        var random = TestRandom(5)
        for _ in 0..<2000 {
            let bytes = random.bytes(Int.random(in: 0..<50, using: &random))
            let expected = Data(bytes).base64EncodedString()
            #expect(Base64.encode(bytes) == expected)
            #expect(Base64.decode(expected) == bytes)
            let url = expected.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(Base64.encode(bytes, .url) == url)
            #expect(Base64.decode(url, .url) == bytes)
        }
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zg====", "=", "==", "===", "====", "Z===", "Zh==", "Zm9=", "Zm8", "Zm9v=", "Zm9v==",
        "Zm9v====", "Zg==Zg==", "Z=g=", " Zg==", "Zg==\n", "Zm\n9v", "Zm9-", "Zm9_", "Zm9é", "Zm9.",
    ])
    func refusesStandard(text: String) { #expect(Base64.decode(text) == nil) }

    @Test(arguments: ["Z", "Zg=", "Zg==", "Zm8=", "Zh", "Zm9", "Zm9vY", "Zm9+", "Zm9/", " Zg", "Zg ", "Z\ng", "Zm9é"])
    func refusesURL(text: String) { #expect(Base64.decode(text, .url) == nil) }

    /// No two texts mean the same bytes: whatever decodes is what would have been written.
    @Test func acceptsOnlyWhatItWrites() {
        let alphabet = Array("ABCDEZabz0189+/-_=".utf8)
        var random = TestRandom(6)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<9, using: &random)
            let text = String(decoding: (0..<count).map { _ in alphabet.randomElement(using: &random)! }, as: UTF8.self)
            if let bytes = Base64.decode(text), Base64.encode(bytes) != text { Issue.record("\(text)") }
            if let bytes = Base64.decode(text, .url), Base64.encode(bytes, .url) != text { Issue.record("\(text)") }
        }
    }
}
