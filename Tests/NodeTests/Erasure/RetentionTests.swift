// How long records are kept: years after the last, longer for children, by the calendar.
import Primitives
import Testing

@testable import Node

@Suite struct RetentionTests {
    private func end(_ newest: String, born: String?, _ rule: Retention = Retention()) throws -> String? {
        let day = try #require(CivilDate(fhir: newest))
        return rule.end(newest: Timestamp(seconds: day.seconds + 3600), birthDate: born)
            .map { CivilDate(seconds: $0).text }
    }

    @Test func countsYearsFromTheNewestRecord() throws {
        #expect(try end("2020-05-17", born: "1960-01-01") == "2030-05-17")
        #expect(try end("2020-05-17", born: nil) == "2030-05-17")
        #expect(try end("2020-02-29", born: nil, Retention(years: 1)) == "2021-03-01")
        #expect(Retention().end(newest: nil, birthDate: "2019-01-01") == nil)
    }

    @Test func keepsAChildsRecordsUntilABirthday() throws {
        #expect(try end("2020-05-17", born: "2019-03-02") == "2047-03-02")
        #expect(try end("2020-05-17", born: "2002-05-18") == "2030-05-18")
        #expect(try end("2020-05-17", born: "2002-05-17") == "2030-05-17")
        #expect(try end("2020-05-17", born: "2010") == "2038-01-01")
        #expect(try end("2020-05-17", born: "nonsense") == "2030-05-17")
    }

    @Test func knowsTheCalendar() throws {
        for text in ["1970-01-01", "1999-12-31", "2000-02-29", "2100-02-28", "2100-03-01", "2399-12-31"] {
            let date = try #require(CivilDate(fhir: text))
            #expect(CivilDate(seconds: date.seconds).text == text)
            #expect(Timestamp(seconds: date.seconds).description.hasPrefix(text))
        }
    }
}
