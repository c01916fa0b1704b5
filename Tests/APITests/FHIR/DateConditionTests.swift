// Dates of any precision, compared as the stretches they mean.
import FHIR
import Testing

@testable import API

@Suite struct DateConditionTests {
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
        ("2013", "2013-07-01", true), ("2013-07-01", "2013", false),
    ]

    @Test(arguments: table)
    func theTableHolds(date: String, value: String, isMatched: Bool) throws {
        let condition = try #require(DateCondition(date))
        let value = try #require(DateTime(value))
        #expect(condition.matches(.date(parameter: "date", start: value, end: value)) == isMatched)
    }

    @Test func openEndsHaveNoEnd() throws {
        let start = try #require(DateTime("2013-01-01"))
        let open = IndexEntry.date(parameter: "date", start: start, end: nil)
        #expect(try #require(DateCondition("gt2100")).matches(open))
        #expect(!(try #require(DateCondition("eb2100")).matches(open)))
        #expect(
            !(try #require(DateCondition("gt2000")).matches(.date(parameter: "birthdate", start: start, end: start))))
    }

    @Test(arguments: ["", "x", "ge", "ap2013", "GE2013", "2013-13", "gege2013", "ge 2013"])
    func whatIsNoDateIsNone(text: String) {
        #expect(DateCondition(text) == nil)
    }
}
