// Contracts · an instant in whole seconds, the only clock a contract compares.
public import Primitives

/// Whole seconds since 1970-01-01T00:00:00Z, up to the end of the year 9999.
public struct UnixSeconds: Hashable, Comparable, Sendable {
    /// The last second of the year 9999, after which RFC 3339 has no text.
    public static let max = UnixSeconds(253_402_300_799)

    /// The seconds.
    public let seconds: UInt64

    /// The instant `seconds` after the epoch.
    public init(_ seconds: UInt64) { self.seconds = seconds }

    /// The second in which `timestamp` lies.
    public init(_ timestamp: Timestamp) { seconds = timestamp.seconds }

    public static func < (left: UnixSeconds, right: UnixSeconds) -> Bool { left.seconds < right.seconds }
}

// MARK: - FieldValue
extension UnixSeconds: FieldValue {
    public static func type(within limits: NoLimits) -> FieldType { .time }

    public static func decode(
        from reader: inout CBORReader, within limits: NoLimits
    ) throws(FieldFault) -> UnixSeconds {
        do { return UnixSeconds(try reader.readUInt(max: max.seconds)) } catch { throw FieldFault(error) }
    }

    public func encode(into writer: inout CBORWriter) { writer.write(seconds) }
}

// MARK: - RFC 3339
extension UnixSeconds {
    /// RFC 3339 text in UTC: `2026-01-31T09:30:00Z`.
    public var text: String {
        let text = Timestamp(seconds: seconds).description
        return String(text.prefix(19)) + "Z"
    }

    /// The instant that RFC 3339 `text` names, in any offset; nil if it has a fraction or is not such a text.
    public init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 25 else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = 10 * value + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...Self.dayCount(ofMonth: month, year: year)).contains(day),
            hour < 24, minute < 60, second < 60, let offset = Self.offset(of: bytes[19...], number)
        else { return nil }
        let seconds =
            86_400 * Self.days(year: year, month: month, day: day) + 3600 * hour + 60 * minute + second - offset
        guard seconds >= 0, seconds <= Int(Self.max.seconds) else { return nil }
        self.init(UInt64(seconds))
    }

    /// Seconds east of UTC that `zone` spells: `Z`, `+hh:mm` or `-hh:mm`.
    private static func offset(of zone: ArraySlice<UInt8>, _ number: (Range<Int>) -> Int?) -> Int? {
        if zone.count == 1 { return zone.first == UInt8(ascii: "Z") ? 0 : nil }
        let start = zone.startIndex
        guard zone[start] == UInt8(ascii: "+") || zone[start] == UInt8(ascii: "-"),
            zone[start + 3] == UInt8(ascii: ":"), let hours = number(start + 1..<start + 3),
            let minutes = number(start + 4..<start + 6), hours < 24, minutes < 60
        else { return nil }
        return (zone[start] == UInt8(ascii: "+") ? 1 : -1) * (3600 * hours + 60 * minutes)
    }

    private static func dayCount(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        // Years are counted from March, so that a leap day ends one.
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
