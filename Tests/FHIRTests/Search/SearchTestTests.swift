// FHIRTests · values compared as FHIR R4 §3.1.1.4 compares them.
import Primitives
import Testing

@testable import FHIR

@Suite struct DateTestTests {
    /// The table of FHIR R4 §3.1.1.4.1: what `date` says about a value written as `value`.
    static let table: [(date: String, value: String, isMatched: Bool)] = [
        ("2013-01-14", "2013-01-14T00:00:00Z", true), ("2013-01-14", "2013-01-14T10:00:00Z", true),
        ("2013-01-14", "2013-01-15T00:00:00Z", false), ("eq2013-01-14", "2013-01", false),
        ("ne2013-01-14", "2013-01-15T00:00:00Z", true), ("ne2013-01-14", "2013-01-14T10:00:00Z", false),
        ("lt2013-01-14T10:00:00Z", "2013-01-14", true), ("gt2013-01-14T10:00:00Z", "2013-01-14", true),
        ("ge2013-03-14", "2013-03-14T00:00:00Z", true), ("ge2013-03-14", "2013-03-15", true),
        ("ge2013-03-14", "2013-03-13", false), ("le2013-03-14", "2013-03-14T23:00:00Z", true),
        ("le2013-03-14", "2013-03-21", false), ("sa2013-03-14", "2013-03-15", true),
        ("sa2013-03-14", "2013-03", false), ("eb2013-03-14", "2013-03-13", true), ("eb2013-03-14", "2013-03", false),
        ("2013", "2013-07-01", true), ("2013-07-01", "2013", false), ("2013-01-14T10:00", "2013-01-14T10:00:59Z", true),
        ("2013-01-14T10:00", "2013-01-14T10:01:00Z", false), ("2013-01-14T10:00+01:00", "2013-01-14T09:00:30Z", true),
        ("2013-01-14T10:00:00", "2013-01-14T10:00:00Z", true),
    ]

    @Test(arguments: table)
    func theTableHolds(date: String, value: String, isMatched: Bool) throws {
        let test = try #require(DateTest(date, now: 0))
        let value = try #require(DateTime(value))
        #expect(test.matches(start: value.start, end: value.end) == isMatched)
    }

    @Test func openEndsHaveNoEnd() throws {
        let start = try #require(DateTime("2013-01-01")).start
        func matches(_ text: String) throws -> Bool {
            try #require(DateTest(text, now: 0)).matches(start: start, end: nil)
        }
        #expect(
            try matches("gt2100") && matches("ge2013") && !matches("eb2100") && !matches("2013") && matches("ne2013"))
    }

    @Test func nearIsATenthOfTheTimeSince() throws {
        let now = try #require(DateTime("2020-01-01")).start
        let value = try #require(DateTime("2009-06-01"))
        #expect(try #require(DateTest("ap2010-01-01", now: now)).matches(start: value.start, end: value.end))
        let far = try #require(DateTime("2008-01-01"))
        #expect(!(try #require(DateTest("ap2010-01-01", now: now))).matches(start: far.start, end: far.end))
    }

    @Test(arguments: ["", "x", "ge", "GE2013", "2013-13", "gege2013", "ge 2013", "2013-01-14T", "2013-01-14T1:00"])
    func whatIsNoDateIsNone(text: String) {
        #expect(DateTest(text, now: 0) == nil)
    }
}

@Suite struct NumberTestTests {
    /// The examples of FHIR R4 §3.1.1.4.6, and what lies at their edges.
    static let table: [(test: String, value: String, isMatched: Bool)] = [
        ("100", "99.5", true), ("100", "100.49999", true), ("100", "100.5", false), ("100", "99.4999", false),
        ("100.00", "99.995", true), ("100.00", "100.005", false), ("1e2", "95", true), ("1e2", "104.9", true),
        ("1e2", "105", false), ("lt100", "99.9999", true), ("lt100", "100", false), ("le100", "100.0", true),
        ("gt100", "100.00001", true), ("gt100", "1e2", false), ("ge100", "1.00e+2", true), ("ne100", "100.4", false),
        ("ne100", "100.5", true), ("-5", "-5.5", true), ("-5", "-4.5", false), ("0", "-0.5", true), ("0", "0.5", false),
        ("sa100", "101", true), ("eb100", "99", true), ("ap100", "90", true), ("ap100", "110", true),
        ("ap100", "89.9", false), ("ap-100", "-110", true), ("5.40e-3", "0.0054", true), ("0.1", "0.10", true),
        ("12345678901234567890.1", "12345678901234567890.10", true), ("eq7", "7", true),
        ("lt0.3", "0.29999999999999999999", true),
    ]

    @Test(arguments: table)
    func theExamplesHold(test: String, value: String, isMatched: Bool) throws {
        #expect(try #require(NumberTest(test)).matches(low: value, high: value) == isMatched)
    }

    @Test func rangesAreComparedByTheirEnds() throws {
        func matches(_ text: String, _ low: String?, _ high: String?) throws -> Bool {
            try #require(NumberTest(text)).matches(low: low, high: high)
        }
        #expect(try matches("gt5", "1", "9") && matches("lt5", "1", "9") && !matches("5", "1", "9"))
        #expect(try matches("gt5", "1", nil) && !matches("eb5", "1", nil) && matches("le1", nil, "9"))
        #expect(try !matches("5", "x", "5"))
    }

    @Test(arguments: ["", "x", "ge", "1.", ".5", "1e", "1e9999999", "--1", "1 ", String(repeating: "1", count: 65)])
    func whatIsNoNumberIsNone(text: String) {
        #expect(NumberTest(text) == nil)
    }

    @Test func numbersAreOrderedAsTheyMean() {
        let texts = ["-1e3", "-10.5", "-10", "-0.001", "0", "1e-9", "0.5", "0.50001", "9", "10", "1e3"]
        let numbers = texts.compactMap { DecimalNumber($0) }
        #expect(numbers.count == texts.count && numbers.sorted() == numbers)
        #expect(DecimalNumber("1.50") == DecimalNumber("15e-1") && DecimalNumber("-0") == DecimalNumber("0.00"))
    }
}

@Suite struct QuantityAndTokenTests {
    @Test func unitsNarrow() throws {
        func matches(_ text: String, system: String? = "u", code: String? = "mg", unit: String? = "milligram") throws
            -> Bool
        {
            try #require(QuantityTest(text)).matches(low: "5.4", high: "5.4", system: system, code: code, unit: unit)
        }
        #expect(try matches("5.4") && matches("5.4|u|mg") && matches("5.4||mg") && matches("5.4||milligram"))
        #expect(try !matches("5.4|u|milligram") && !matches("5.4|v|mg") && !matches("5.4|u|g") && matches("ge5|u|"))
        #expect(QuantityTest("5.4|u") == nil && QuantityTest("|u|mg") == nil)
    }

    @Test func tokensAreCodesOfSystems() {
        func matches(_ text: String, _ system: String?, _ code: String, implied: String? = nil) -> Bool {
            TokenTest(text).matches(system, code, implied: implied)
        }
        #expect(matches("a", "s", "a") && matches("a", nil, "a") && !matches("a", "s", "A"))
        #expect(matches("s|a", "s", "a") && !matches("s|a", nil, "a") && matches("s|a", nil, "a", implied: "s"))
        #expect(matches("|a", nil, "a") && !matches("|a", "s", "a") && matches("s|", "s", "b"))
        #expect(matches(#"s|a\|b"#, "s", "a|b") && matches("s|a|b", "s", "a|b"))
    }

    @Test func escapesHoldSeparatorsBack() {
        #expect(EscapedText.split(#"a\,b,c"#, ",") == [#"a\,b"#, "c"])
        #expect(EscapedText.split(#"a\\,b"#, ",") == [#"a\\"#, "b"])
        #expect(EscapedText.unescaped(#"a\,b\|c\$d\\e\x"#) == #"a,b|c$d\e\x"#)
    }

    @Test func textLosesCaseAccentsAndWidth() {
        #expect(FoldedText("  Ångström\t Straße") == FoldedText(" angstrom strasse"))
        #expect(FoldedText("E\u{301}ve") == FoldedText("Éve") && FoldedText("ΆΛΦΑ") == FoldedText("αλφα"))
        #expect(
            FoldedText("Evelyn").starts(with: FoldedText("EVE")) && FoldedText("x Élan").contains(FoldedText("ela")))
        #expect(FoldedText("東京") == FoldedText("東京") && !FoldedText("a").contains(FoldedText("ab")))
    }

    @Test func referencesAreNamesOfThisServer() {
        let base = "https://x/fhir"
        func matches(_ test: String, _ text: String, type: ResourceType? = nil) -> Bool {
            ReferenceTest(test, type: type, baseURL: base).matches(ReferenceTest.local(text, base))
        }
        #expect(matches("1", "Patient/1") && matches("Patient/1", "https://x/fhir/Patient/1"))
        #expect(matches("https://x/fhir/Patient/1", "Patient/1") && matches("Patient/1", "Patient/1/_history/2"))
        #expect(!matches("Group/1", "Patient/1") && !matches("1", "https://y/Patient/1") && !matches("1", "Patient/2"))
        #expect(matches("https://y/Patient/1", "https://y/Patient/1") && matches("urn:uuid:a", "urn:uuid:a"))
        #expect(!matches("1", "Group/1", type: .patient) && matches("1", "Patient/1", type: .patient))
    }
}
