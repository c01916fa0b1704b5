import Primitives
import Testing

/// RFC 8949 Appendix A, each example by the reader's typed calls and by its check of whole items.
@Suite struct CBORVectorTests {
    @Test func takesWhatIsInTheProfileAndNothingElse() throws {
        let cases = try #require(try vectors("crypto/cbor-rfc8949-appendix-a.json")["cases"] as? [[String: Any]])
        var (takenCount, refusedCount) = (0, 0)
        for item in cases {
            let text = try #require(item["hex"] as? String)
            let bytes = hex(text)
            if Self.isInProfile(text) {
                #expect(try CBORItem(bytes).encoded == bytes, "\(text)")
                #expect(throws: Never.self) { try CBORReader.validate(bytes) }
                takenCount += 1
            } else {
                #expect(throws: CBORError.self, "\(text)") { try CBORItem(bytes) }
                #expect(throws: CBORError.self, "\(text)") { try CBORReader.validate(bytes) }
                refusedCount += 1
            }
        }
        #expect((takenCount, refusedCount) == (21, 34))
    }

    /// The profile in other words than the reader's: no floats, tags, simple values but three, indefinite lengths, keys
    /// of text, nor integers below -2^63.
    static func isInProfile(_ text: String) -> Bool {
        let outside = ["f9", "fa", "fb", "c", "d", "f0", "f7", "f8", "5f", "7f", "9f", "bf", "a161", "a261", "a561"]
        let nested = ["83018202039f0405ff", "83019f0203ff820405", "826161a161626163", "826161bf61626163ff"]
        return !outside.contains { text.hasPrefix($0) } && !nested.contains(text) && text != "3bffffffffffffffff"
    }

    @Test func readsTheExamplesAsTheirValues() throws {
        #expect(try CBORItem(hex("1bffffffffffffffff")) == .unsigned(.max))
        #expect(try CBORItem(hex("3903e7")) == .negative(-1000))
        #expect(try CBORItem(hex("3b7fffffffffffffff")) == .negative(.min))
        #expect(try CBORItem(hex("64f0908591")) == .text("\u{10151}"))
        #expect(try CBORItem(hex("a201020304")) == .map([1: .unsigned(2), 3: .unsigned(4)]))
        #expect(
            try CBORItem(hex("8301820203820405"))
                == .array([
                    .unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)]),
                ]))
        #expect(try CBORItem(hex("f4")) == .bool(false))
        #expect(try CBORItem(hex("f6")) == .null)
    }
}
