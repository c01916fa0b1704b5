// JSONTests · values built by hand, read from text, and written again.
import JSON
import Testing

@Suite struct JSONValueTests {
    @Test func keepsOrderAndNumberText() throws {
        let value: JSONValue = ["z": 1, "a": [true, .null, "x", .number("1.50")], "m": [:]]
        #expect(String(decoding: value.serialized(), as: UTF8.self) == #"{"z":1,"a":[true,null,"x",1.50],"m":{}}"#)
        #expect(JSONValue(try JSONDocument(parsing: value.serialized()).root) == value)
        #expect(JSONValue(try JSONDocument(parsing: value.serialized(pretty: true)).root) == value)
        #expect(value["a"] == [true, .null, "x", .number("1.50")] && value["q"] == nil && value["a"]?["z"] == nil)
        #expect(value != ["a": [true, .null, "x", .number("1.50")], "z": 1, "m": [:]])
        #expect(["n": "\(1 + 1)"] as JSONValue == .object([.init("n", .string("2"))]))
    }

    @Test func carriesNaughtyStringsThrough() throws {
        let document = try JSONDocument(parsing: try SharedData.bytes("hostile-input/blns.json"))
        let strings = try #require(document.root["strings"]).elements.compactMap(\.string)
        #expect(strings.count == document.root["strings"]?.count && strings.count > 300)
        let written = JSONValue.array(strings.map { .string($0) }).serialized()
        #expect(try JSONDocument(parsing: written).root.elements.compactMap(\.string) == strings)
        // As keys too, each once.
        let keys = Set(strings.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
        let object = JSONValue.object(keys.map { JSONValue.Member($0, 1) })
        #expect(try JSONDocument(parsing: object.serialized(pretty: true)).root.members.map(\.key) == keys)
    }

    @Test func rewritesARealBundleWithoutChangingAValue() throws {
        let name = try #require(try SharedData.names(in: "synthea/plain").first)
        let root = try JSONDocument(parsing: try SharedData.bytes("synthea/plain/" + name)).root
        let value = JSONValue(root)
        #expect(JSONValue(try JSONDocument(parsing: value.serialized()).root) == value)
    }
}
