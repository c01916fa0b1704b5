// JSONTests · flenniken/utf8tests: every sequence placed inside a JSON string.
import JSON
import Testing

@Suite struct UTF8Tests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let isValid: Bool
        let bytes: [UInt8]
        var testDescription: String { name }
    }

    /// The cases of `utf8tests.txt`: `name:valid:text`, `name:valid hex:…` or `name:invalid hex:…:…:…`.
    static func cases() throws -> [Case] {
        let text = String(decoding: try SharedData.bytes("hostile-input/utf8tests/utf8tests.txt"), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 3 else { return nil }
            let isHexadecimal = fields[1].hasSuffix(" hex")
            let digits = fields[2].filter { $0 != " " }
            let bytes =
                isHexadecimal
                ? stride(from: 0, to: digits.count, by: 2).map { UInt8(digits.dropFirst($0).prefix(2), radix: 16)! }
                : Array(fields[2].utf8)
            return Case(name: String(fields[0]), isValid: !fields[1].contains("invalid"), bytes: bytes)
        }
    }

    @Test func acceptsExactlyTheValidSequences() throws {
        let cases = try Self.cases()
        #expect(cases.count > 200)
        #expect(cases.contains { $0.isValid } && cases.contains { !$0.isValid })
        for test in cases {
            // Short, and past the 64-byte blocks that the first stage reads.
            for padding in [0, 61, 63, 130] {
                let prefix = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "x"), count: padding)
                let error = refusal(of: prefix + test.bytes + [UInt8(ascii: "\"")])
                if !test.isValid {
                    #expect(error != nil, "case \(test.name), padding \(padding)")
                } else if test.bytes.contains(where: { $0 < 0x20 }) {
                    #expect(error?.reason == .controlCharacter, "case \(test.name), padding \(padding)")
                } else {
                    #expect(error == nil, "case \(test.name), padding \(padding)")
                }
            }
        }
    }

    @Test func saysWhereTheSequenceStarts() {
        #expect(refusal(of: [0x22, 0x61, 0xc3, 0x28, 0x22]) == JSONError(.invalidUTF8, at: 2))
        #expect(refusal(of: [0x22, 0xf0, 0x9f, 0x92, 0x22]) == JSONError(.invalidUTF8, at: 1))
        #expect(refusal(of: [0x22, 0x5c, 0xff, 0x22]) == JSONError(.invalidUTF8, at: 2))
        #expect(refusal(of: [0xff]) == JSONError(.invalidUTF8, at: 0))
    }
}
