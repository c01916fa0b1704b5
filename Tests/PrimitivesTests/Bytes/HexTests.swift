import Primitives
import Testing

@Suite struct HexTests {
    @Test func matchesTheRFC() {
        // RFC 4648 §10.
        #expect(Hex.encode(Array("foobar".utf8)) == "666f6f626172")
        #expect(Hex.decode("666F6F626172") == Array("foobar".utf8))
        #expect(Hex.encode([]) == "")
        #expect(Hex.decode("") == [])
    }

    @Test func everyByteComesBack() {
        for byte in UInt8.min...UInt8.max {
            let text = Hex.encode([byte])
            #expect(text == String(byte >> 4, radix: 16) + String(byte & 15, radix: 16))
            #expect(Hex.decode(text) == [byte])
            #expect(Hex.decode(text.uppercased()) == [byte])
        }
    }

    @Test(arguments: [
        "0", "abc", "0g", "g0", "0x00", " 00", "00 ", "0\n", "é0", "００", "-1", "+1", "/0", ":0", "@0", "`0",
    ])
    func refuses(text: String) { #expect(Hex.decode(text) == nil) }
}
