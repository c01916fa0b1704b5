// JSONTests · damaged texts, judged by two parsers that share no code.
import JSON
import Testing

/// Takes texts of the test suite and a FHIR resource, changes one to four bytes, and asks both parsers.
@Suite struct ReferenceAgreementTests {
    static let alphabet =
        Array("{}[]:,\"\\/ \n\t\r\u{0}\u{c}\u{1a}0123456789-+.eEtrufalsn\u{7f}abd".utf8) + [0x80, 0xc3, 0xff]

    @Test func agreesOnDamagedTexts() throws {
        var generator = SplitMix(state: 20)
        var seeds = try SharedData.names(in: JSONTestSuiteTests.folder)
            .map { try SharedData.bytes(JSONTestSuiteTests.folder + "/" + $0) }.filter { $0.count < 400 }
        seeds.append(contentsOf: Self.handmade.map { Array($0.utf8) })
        #expect(seeds.count > 150)
        var acceptedCount = 0
        for round in 0..<12_000 {
            var text = seeds[round % seeds.count]
            for _ in 0...Int(generator.next() % 4) {
                let position = Int(generator.next() % UInt64(text.count + 1))
                let byte = Self.alphabet[Int(generator.next() % UInt64(Self.alphabet.count))]
                switch generator.next() % 3 {
                case 0 where position < text.count: text[position] = byte
                case 1 where position < text.count: text.remove(at: position)
                default: text.insert(byte, at: position)
                }
            }
            let expected = ReferenceParser.parse(text)
            let document = try? JSONDocument(parsing: text)
            #expect(document.map { JSONValue($0.root) } == expected, "\(text)")
            if expected != nil { acceptedCount += 1 }
        }
        #expect(acceptedCount > 500)
    }

    static let handmade = [
        #"{"resourceType":"Patient","id":"a-1","name":[{"family":"Żółw \u0105\ud83d\ude00","given":["x","y"]}],"n":-1.50e+3}"#,
        #"[[],{},[{}],"\\\"\/\b\f\n\r\t",0,-0,1e5,true,false,null]"#,
        #"{"a":{"a":[1,2,{"b":"c"}]},"b":"\\"}"#,
        String(repeating: " ", count: 63) + #"["x\\","\"",{"k":"v"}]"#,
    ]
}

/// Splitmix64: a small generator that a seed replays.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
