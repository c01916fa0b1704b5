// Primitives · instants, and where time and randomness come from.

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds: the clock of blocks and grants.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    public var milliseconds: UInt64
    /// The instant `milliseconds` after the epoch.
    public init(milliseconds: UInt64) { self.milliseconds = milliseconds }
    /// The instant `seconds` after the epoch, or the last instant there is if that is beyond it.
    public init(seconds: UInt64) {
        let (product, isBeyond) = seconds.multipliedReportingOverflow(by: 1000)
        self.milliseconds = isBeyond ? .max : product
    }
    /// Whole seconds since the epoch, rounded down: what contracts compare.
    public var seconds: UInt64 { milliseconds / 1000 }
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

// MARK: - Calendar text
extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-01-31T09:30:00.000Z`.
    public var description: String {
        let (year, month, day) = Self.civil(dayCount: Int(seconds / 86_400))
        let second = Int(seconds % 86_400)
        func padded(_ value: Int, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let date = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
        let time = padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
        return date + "T" + time + "." + padded(Int(milliseconds % 1000), 3) + "Z"
    }

    /// Year, month and day of the proleptic Gregorian calendar, `dayCount` days after 1970-01-01.
    private static func civil(dayCount: Int) -> (year: Int, month: Int, day: Int) {
        // Days are counted in 400-year eras from 0000-03-01, so that a leap day ends a year.
        let shifted = dayCount + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

/// Where time comes from. Passed in, so that a seed replays a run.
public protocol TimeSource: Sendable {
    /// The time now.
    func now() -> Timestamp
}

/// Where randomness comes from. Passed in, so that a seed replays a run; in production always the system's generator.
public protocol RandomSource: Sendable {
    /// `count` bytes nobody can predict.
    func bytes(_ count: Int) -> [UInt8]
}

extension RandomSource {
    /// Thirty-two bytes nobody can predict.
    public func bytes32() -> Bytes32 { Bytes32(bytes(32), at: 0) }
}
