import Foundation
import Primitives
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_769_851_800_000, "2026-01-31T09:30:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
        ] as [(UInt64, String)])
    func writesTheCalendar(milliseconds: UInt64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    /// Against Foundation's calendar, over four centuries.
    @Test func agreesWithAnotherCalendar() {
        var random = TestRandom(8)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<3000 {
            let seconds = UInt64.random(in: 0..<12_622_780_800, using: &random)
            let expected = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
            #expect(Timestamp(seconds: seconds).description == expected)
        }
    }

    @Test func hasAnEndAndReachesIt() {
        #expect(Timestamp(seconds: 12).milliseconds == 12_000)
        #expect(Timestamp(milliseconds: 12_999).seconds == 12)
        // Further than the type reaches is its end, and never a moment long past.
        #expect(Timestamp(seconds: .max) == Timestamp(milliseconds: .max))
        #expect(Timestamp(seconds: .max / 1000 + 1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(seconds: .max / 1000).milliseconds == UInt64.max / 1000 * 1000)
        #expect(Timestamp(milliseconds: .max).description == "584556019-04-03T14:25:51.615Z")
    }

    @Test func orders() {
        #expect(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 2))
        #expect(Timestamp(seconds: 1) == Timestamp(milliseconds: 1000))
    }
}
