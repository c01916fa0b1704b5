// FHIR · the rules of dates and times.

/// The rules of `date`, `dateTime`, `instant` and `time`, on bytes. Source: FHIR R4 §2.24.0.1.
enum TimeRules {
    /// The rule that `text` breaks as `type`, in plain words, or nil.
    static func brokenRule(_ text: Span<UInt8>, of type: PrimitiveType) -> String? {
        switch type {
        case .date:
            return dateEnd(text) == text.count ? nil : "a date is written YYYY, YYYY-MM or YYYY-MM-DD"
        case .time:
            return timeEnd(text, from: 0) == text.count ? nil : "a time is written hh:mm:ss, fractions allowed"
        case .instant:
            return isWhole(text) ? nil : "an instant is written YYYY-MM-DDThh:mm:ss with an offset"
        default:
            return dateEnd(text) == text.count || isWhole(text)
                ? nil : "a dateTime is a date, or YYYY-MM-DDThh:mm:ss with an offset"
        }
    }

    /// A date of ten characters, `T`, a time and an offset, and nothing else.
    private static func isWhole(_ text: Span<UInt8>) -> Bool {
        guard dateEnd(text) == 10, text.count > 11, text[10] == UInt8(ascii: "T"), let end = timeEnd(text, from: 11)
        else { return false }
        if end + 1 == text.count { return text[end] == UInt8(ascii: "Z") }
        guard end + 6 == text.count, text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-"),
            let hour = number(text, end + 1, digits: 2), text[end + 3] == UInt8(ascii: ":"),
            let minute = number(text, end + 4, digits: 2)
        else { return false }
        return hour < 14 && minute < 60 || hour == 14 && minute == 0
    }

    /// Where the date that `text` begins with ends, or nil if there is none.
    private static func dateEnd(_ text: Span<UInt8>) -> Int? {
        guard let year = number(text, 0, digits: 4), year > 0 else { return nil }
        guard text.count > 4, text[4] == UInt8(ascii: "-") else { return 4 }
        guard let month = number(text, 5, digits: 2), (1...12).contains(month) else { return nil }
        guard text.count > 7, text[7] == UInt8(ascii: "-") else { return 7 }
        guard let day = number(text, 8, digits: 2), (1...dayCount(year, month)).contains(day) else { return nil }
        return 10
    }

    /// Where the time at `start` ends, or nil if there is none.
    private static func timeEnd(_ text: Span<UInt8>, from start: Int) -> Int? {
        guard let hour = number(text, start, digits: 2), hour < 24, let minute = number(text, start + 3, digits: 2),
            minute < 60, let second = number(text, start + 6, digits: 2), second <= 60,
            text[start + 2] == UInt8(ascii: ":"), text[start + 5] == UInt8(ascii: ":")
        else { return nil }
        var end = start + 8
        guard end < text.count, text[end] == UInt8(ascii: ".") else { return end }
        end += 1
        let fraction = end
        while end < text.count, PrimitiveRules.isDigit(text[end]) { end += 1 }
        return end > fraction ? end : nil
    }

    private static func number(_ text: Span<UInt8>, _ start: Int, digits count: Int) -> Int? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            guard PrimitiveRules.isDigit(text[index]) else { return nil }
            value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        return value
    }

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
