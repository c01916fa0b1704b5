// FHIR · dates with the precision and the offset they came with.

/// A FHIR `date`, `dateTime` or `instant`: its text, and the stretch of time it may mean.
///
/// Identity and order are separate: two values are equal if their texts are, and ``isSameInstant(as:)`` compares what
/// they mean. A value without a time zone is read as UTC. Source: FHIR R4 §2.24.0.1.
public struct DateTime: Hashable, Sendable {
    /// The value as written.
    public let text: String
    /// The first millisecond it may mean, since 1970-01-01T00:00:00Z; negative before.
    public let start: Int64
    /// The millisecond after the last it may mean.
    public let end: Int64

    /// The value written as `text`, or nil if it is none: `2024`, `2024-02`, `2024-02-29`,
    /// `2024-02-29T08:30:00.5+01:00`.
    public init?(_ text: String) {
        var reader = Reader(Array(text.utf8))
        guard let span = reader.span() else { return nil }
        self.text = text
        start = span.lowerBound
        end = span.upperBound
    }

    /// The stretch from the start of one value to the end of another; its text is that of the first.
    init(from first: DateTime, through last: DateTime) {
        text = first.text
        start = first.start
        end = last.end
    }

    /// Whether both may mean exactly the same stretch of time.
    public func isSameInstant(as other: DateTime) -> Bool { start == other.start && end == other.end }
}

// MARK: - Reading
extension DateTime {
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        mutating func span() -> Range<Int64>? {
            guard let year = number(digits: 4), year > 0 else { return nil }
            if isAtEnd { return Self.days(year, 1, 1)..<Self.days(year + 1, 1, 1) }
            guard take("-"), let month = number(digits: 2), 1...12 ~= month else { return nil }
            if isAtEnd {
                return Self.days(
                    year, month, 1)..<(month == 12 ? Self.days(year + 1, 1, 1) : Self.days(year, month + 1, 1))
            }
            guard take("-"), let day = number(digits: 2), 1...Self.dayCount(year, month) ~= day else { return nil }
            let midnight = Self.days(year, month, day)
            if isAtEnd { return midnight..<(midnight + 86_400_000) }
            return time(after: midnight)
        }

        private mutating func time(after midnight: Int64) -> Range<Int64>? {
            guard take("T"), let hour = number(digits: 2), hour < 24, take(":"), let minute = number(digits: 2),
                minute < 60, take(":"), let second = number(digits: 2), second <= 60
            else { return nil }
            var milliseconds = midnight + (hour * 3600 + minute * 60 + second) * 1000
            var width: Int64 = 1000
            if take(".") {
                var digitCount = 0
                var scale: Int64 = 1000
                while let digit = number(digits: 1) {
                    digitCount += 1
                    if scale > 1 {
                        scale /= 10
                        milliseconds += digit * scale
                    }
                }
                guard digitCount > 0 else { return nil }
                width = scale
            }
            guard let offset = offset(), isAtEnd else { return nil }
            milliseconds -= offset
            return milliseconds..<(milliseconds + width)
        }

        private mutating func offset() -> Int64? {
            if take("Z") { return 0 }
            let isEast = take("+")
            guard isEast || take("-"), let hour = number(digits: 2), hour <= 14, take(":"),
                let minute = number(digits: 2), minute < 60
            else { return nil }
            return (isEast ? 1 : -1) * (hour * 60 + minute) * 60_000
        }

        private mutating func take(_ character: Character) -> Bool {
            guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
            position += 1
            return true
        }

        private mutating func number(digits count: Int) -> Int64? {
            guard position + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[position..<(position + count)] {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            position += count
            return value
        }

        private static func dayCount(_ year: Int64, _ month: Int64) -> Int64 {
            switch month {
            case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }

        /// Midnight UTC of a day of the Gregorian calendar, in milliseconds. Counts in years from March, so that a
        /// leap day ends one.
        private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
            let shifted = month <= 2 ? year - 1 : year
            let era = shifted / 400
            let yearOfEra = shifted - era * 400
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            return (era * 146_097 + dayOfEra - 719_468) * 86_400_000
        }
    }
}
