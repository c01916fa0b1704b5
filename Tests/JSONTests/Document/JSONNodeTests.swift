// JSONTests · what a node says about its value.
import JSON
import Testing

@Suite struct JSONNodeTests {
    static func root(_ text: String) throws -> JSONNode { try JSONDocument(parsing: Array(text.utf8)).root }

    @Test func followsPathsAndAnswersNilBeside() throws {
        let root = try Self.root(#" {"a": {"b": [10, "x", null, {"c": true}]}, "d": false} "#)
        #expect(root.kind == .object && root.count == 2)
        let elements = Array(try #require(root["a"]?["b"]).elements)
        #expect(elements.map(\.kind) == [.number, .string, .null, .object])
        #expect(elements[0].uint == 10 && elements[1].string == "x" && elements[2].isNull)
        #expect(elements[3]["c"]?.bool == true && root["d"]?.bool == false)
        #expect(root["b"] == nil && elements[0]["a"] == nil && elements[0].string == nil)
        #expect(Array(elements[0].elements).isEmpty && Array(elements[1].members).isEmpty)
        #expect(root["a"]?.string == nil && root["a"]?.bool == nil && root["a"]?.numberText == nil)
        #expect(root.members.map(\.key) == ["a", "d"])
        #expect(elements[1].count == 0 && elements[3].count == 1)
    }

    @Test func givesTheExactTextOfEveryValue() throws {
        let text = #" {"a" : [ 1.50 , "x\u0041" ],"b":{ "c" :null } } "#
        let root = try Self.root(text)
        func source(_ node: JSONNode?) -> String? { node.map { String(decoding: $0.sourceBytes, as: UTF8.self) } }
        #expect(source(root) == String(text.dropFirst().dropLast()))
        #expect(source(root["a"]) == #"[ 1.50 , "x\u0041" ]"#)
        #expect(root["a"]!.elements.map { source($0) } == ["1.50", #""x\u0041""#])
        #expect(source(root["b"]) == #"{ "c" :null }"#)
        #expect(root["b"]?["c"]?.sourceRange == 40..<44)
        #expect(root.document.bytes == Array(text.utf8))
    }

    @Test func keepsNumbersVerbatim() throws {
        let numbers = [
            "0", "-0", "1.0", "1.000000000000000005", "1e400", "-1E-999", "123456789012345678901234567890",
            "18446744073709551615", "18446744073709551616", String(repeating: "9", count: 5_000),
        ]
        let root = try Self.root("[" + numbers.joined(separator: ",") + "]")
        #expect(root.elements.map(\.numberText) == numbers)
        #expect(root.elements.map(\.uint) == [0, nil, nil, nil, nil, nil, nil, UInt64.max, nil, nil])
    }

    @Test func unescapesStrings() throws {
        let root = try Self.root(#"["\"\\\/\b\f\n\r\t","\u0041\u00e9\u20ac\ud83d\ude00","a\u0000b","plain é",""]"#)
        #expect(root.elements.map(\.string) == ["\"\\/\u{8}\u{c}\n\r\t", "Aé€😀", "a\0b", "plain é", ""])
        #expect(root.elements.map { $0.isString("Aé€😀") } == [false, true, false, false, false])
    }

    @Test func findsKeysHoweverTheyAreSpelled() throws {
        let root = try Self.root(#"{"\u0061\"":1,"caf\u00e9":2,"":3}"#)
        #expect(root["a\""]?.uint == 1 && root["café"]?.uint == 2 && root[""]?.uint == 3)
        // A decomposed é is another key: bytes are compared, not appearances.
        #expect(root["cafe\u{301}"] == nil)
        #expect(root.members.map(\.key) == ["a\"", "café", ""])
    }

    @Test func acceptsAScalarAsTheWholeText() throws {
        #expect(try Self.root(" \"x\" ").string == "x")
        #expect(try Self.root("true").bool == true)
        #expect(try Self.root("\n7\r").uint == 7)
    }
}
