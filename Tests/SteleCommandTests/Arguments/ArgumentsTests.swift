import Primitives
import Testing

@testable import SteleCommand

@Suite struct ArgumentsTests {
    static let file = Option("file", "FILE", "a file")
    static let host = Option("host", "NAME", "a host", isRepeatable: true)
    static let count = Option("count", "N", "how many")
    static let deep = Option(flag: "deep", "all of it")
    static let options = [file, host, count, deep]

    private func parse(_ words: String..., operands: Operands = .none) throws(SteleError) -> Arguments {
        try Arguments(parsing: words, options: Self.options, operands: operands)
    }

    @Test func readsBothSpellings() throws {
        let apart = try parse("--file", "a b", "--deep")
        #expect(apart.value(Self.file) == "a b")
        #expect(apart.contains(Self.deep))
        let attached = try parse("--file=a=b")
        #expect(attached.value(Self.file) == "a=b")
        #expect(!attached.contains(Self.deep))
        #expect(try parse("--file=").value(Self.file) == "")
        #expect(try parse("--file=--deep").value(Self.file) == "--deep")
        #expect(try parse("--count", "-3").integer(Self.count, in: -5...5) == -3)
    }

    @Test func keepsRepeatedValuesInOrder() throws {
        #expect(try parse("--host", "a", "--host=b").all(Self.host) == ["a", "b"])
    }

    @Test func keepsOperandsApart() throws {
        let arguments = try parse("x", "--deep", "-", "--", "--file", operands: Operands("FILE…", 1...9))
        #expect(arguments.operands == ["x", "-", "--file"])
        #expect(!arguments.contains(Self.file))
    }

    @Test(arguments: [
        (["--file", "a", "--file", "b"], ErrorCode.usageOption), (["--deep", "--deep"], .usageOption),
        (["--deep=yes"], .usageOption), (["--nothing"], .usageOption), (["-f", "a"], .usageOption),
        (["--file"], .usageValue), (["--file", "--deep"], .usageValue), (["--"], .usageOperands), ([], .usageOperands),
        (["a", "b"], .usageOperands), (["a", "--", "b"], .usageOperands),
    ])
    func refuses(words: [String], code: ErrorCode) {
        let error = #expect(throws: SteleError.self) {
            try Arguments(parsing: words, options: Self.options, operands: Operands("FILE", 1...1))
        }
        #expect(error?.code == code)
    }

    @Test func hintsAtTheNearestName() throws {
        let error = #expect(throws: SteleError.self) { try parse("--flie", "a") }
        #expect(error?.hint == "did you mean --file?")
        let far = #expect(throws: SteleError.self) { try parse("--entirely-different") }
        #expect(far?.hint == "--help lists the options of this verb")
    }

    @Test func saysWhichRequiredOptionIsMissing() throws {
        let error = #expect(throws: SteleError.self) { try parse().required(Self.file) }
        #expect(error?.code == .usageValue)
        #expect(error?.hint == "add --file FILE: a file")
    }

    @Test(arguments: ["", "1.0", "0x1", "11", "-1", "99999999999999999999", "1 ", "١"])
    func refusesNumbersOutsideTheRange(text: String) throws {
        let arguments = try parse("--count=\(text)")
        #expect(throws: SteleError.self) { try arguments.integer(Self.count, in: 0...10) }
    }

    @Test(arguments: [
        ("verfy", "verify"), ("verify", "verify"), ("inti", "init"), ("vers", nil), ("x", nil), ("inspekt", "inspect"),
    ])
    func findsSlipsOnly(word: String, name: String?) {
        #expect(NearestName.of(word, among: ["init", "inspect", "verify", "version"]) == name)
    }

    @Test func countsChangedLetters() {
        #expect(NearestName.distance("", "abc") == 3)
        #expect(NearestName.distance("kitten", "sitting") == 3)
        #expect(NearestName.distance("same", "same") == 0)
        #expect(NearestName.distance("a", String(repeating: "a", count: 65)) == .max)
    }
}
