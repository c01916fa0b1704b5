// FHIRTests · dates keep what they say and order by what they mean.
import FHIR
import Foundation
import Testing

@Suite struct DateTimeTests {
    @Test func spansWhatItsPrecisionAllows() throws {
        let day: Int64 = 86_400_000
        let cases: [(String, Int64, Int64)] = [
            ("1970", 0, 365 * day), ("1970-01", 0, 31 * day), ("1970-01-01", 0, day), ("1969-12-31", -day, 0),
            ("1970-01-01T00:00:00Z", 0, 1000), ("1970-01-01T00:00:00.5Z", 500, 600),
            ("1970-01-01T00:00:00.123Z", 123, 124), ("1970-01-01T00:00:00.123456Z", 123, 124),
            ("1970-01-01T01:00:00+01:00", 0, 1000), ("1969-12-31T19:00:00-05:00", 0, 1000),
            ("2000-02-29", 951_782_400_000, 951_868_800_000), ("2024-12", 1_733_011_200_000, 1_735_689_600_000),
        ]
        for (text, start, end) in cases {
            let date = try #require(DateTime(text), "\(text)")
            #expect(date.text == text && date.start == start && date.end == end, "\(text)")
        }
    }

    @Test func agreesWithFoundationOnDays() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for offset in stride(from: -40_000, through: 60_000, by: 73) {
            let moment = Date(timeIntervalSince1970: Double(offset) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: moment)
            let text = String(format: "%04d-%02d-%02d", parts.year!, parts.month!, parts.day!)
            #expect(DateTime(text)?.start == Int64(offset) * 86_400_000, "\(text)")
        }
    }

    @Test func tellsIdentityFromInstant() throws {
        let morning = try #require(DateTime("2026-03-01T09:30:00+01:00"))
        let utc = try #require(DateTime("2026-03-01T08:30:00Z"))
        #expect(morning != utc && morning.isSameInstant(as: utc))
        #expect(!(try #require(DateTime("2026"))).isSameInstant(as: utc))
    }

    @Test func refusesWhatIsNoDate() {
        for text in [
            "", "26", "0000", "2026-13", "2026-00", "2026-02-29", "2026-04-31", "2026-1-1", "2026-01-01T",
            "2026-01-01T10",
            "2026-01-01T10:00Z", "2026-01-01T10:00:00", "2026-01-01T24:00:00Z", "2026-01-01T10:60:00Z",
            "2026-01-01T10:00:61Z", "2026-01-01T10:00:00.Z", "2026-01-01T10:00:00+15:00", "2026-01-01T10:00:00+01:0",
            "2026-01-01T10:00:00ZZ", "2026-01-01 10:00:00Z", "1900-02-29", "yesterday", "2026-",
        ] { #expect(DateTime(text) == nil, "\(text)") }
    }
}
