// ContractsTests · times as text: RFC 3339 in every offset, and what is no such text.
import Contracts
import Foundation
import Testing

@Suite struct UnixSecondsTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-01-31T09:30:00Z", 1_769_851_800),
        ("2026-01-31T10:30:00+01:00", 1_769_851_800), ("2026-01-31T04:00:00-05:30", 1_769_851_800),
        ("2100-02-28T23:59:59Z", 4_107_542_399), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func readsRFC3339(text: String, seconds: UInt64) {
        #expect(UnixSeconds(text: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "2026-01-31", "2026-01-31 09:30:00Z", "2026-01-31T09:30:00", "2026-01-31T09:30:00.0Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-06-30T23:59:60Z", "1969-12-31T23:59:59Z",
        "2026-01-31T09:30:00z", "2026-01-31T09:30:00+24:00", "+026-01-31T09:30:00Z", "1970-01-01T00:00:00+00:01",
    ])
    func refusesWhatIsNot(text: String) {
        #expect(UnixSeconds(text: text) == nil)
    }

    @Test func writesWhatItReads() {
        var seconds: UInt64 = 0
        while seconds <= UnixSeconds.max.seconds {
            let time = UnixSeconds(seconds)
            #expect(UnixSeconds(text: time.text) == time)
            seconds += 86_400 * 97 * 13 + 12_345
        }
        #expect(UnixSeconds(UInt64(1_769_851_800)).text == "2026-01-31T09:30:00Z")
    }
}
