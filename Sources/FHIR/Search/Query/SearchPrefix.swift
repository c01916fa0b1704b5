// FHIR · how an ordered value lies to the one that is asked for. Source: FHIR R4 §3.1.1.4.5.

/// A prefix of a date, a number or a quantity.
enum SearchPrefix: String, CaseIterable, Sendable {
    case eq, ne, gt, lt, ge, le, sa, eb, ap

    /// The prefix of `text`, `eq` if it has none, and what follows.
    static func split(_ text: String) -> (SearchPrefix, String) {
        guard let prefix = SearchPrefix(rawValue: String(text.prefix(2))) else { return (.eq, text) }
        return (prefix, String(text.dropFirst(2)))
    }
}

/// A date that is asked for: a stretch of time, to which that of a resource lies as the prefix says.
package struct DateTest: Hashable, Sendable {
    let prefix: SearchPrefix
    private let start: Int64
    private let end: Int64

    /// The test written as `text`, such as `ge2024-02`, or nil. `now` is what `ap` measures a tenth from.
    package init?(_ text: String, now: Int64) {
        let (prefix, rest) = SearchPrefix.split(text)
        // Clients leave out seconds, and the zone: then it is UTC. Source: FHIR R4 §3.1.1.4.7.
        guard let date = DateTime(rest) ?? DateTime(rest + "Z") ?? Self.minute(rest) else { return nil }
        self.prefix = prefix
        let gap = prefix == .ap ? abs(now - date.start) / 10 : 0
        start = date.start - gap
        end = date.end + gap
    }

    private static func minute(_ text: String) -> DateTime? {
        // `2024-02-29T08:30` with or without a zone is the whole minute.
        guard text.utf8.count >= 16, text.dropFirst(10).first == "T" else { return nil }
        let zone = text.dropFirst(16)
        let (head, tail) = (text.prefix(16), zone.isEmpty ? "Z" : String(zone))
        guard let first = DateTime(head + ":00" + tail), let last = DateTime(head + ":59" + tail) else { return nil }
        return DateTime(from: first, through: last)
    }

    /// Whether the stretch from `start` up to `end`, in milliseconds since 1970 and open where nil, passes.
    package func matches(start: Int64?, end: Int64?) -> Bool {
        let (low, high) = (start ?? .min, end ?? .max)
        let isWithin = low >= self.start && high <= self.end
        return switch prefix {
        case .eq: isWithin
        case .ne: !isWithin
        case .gt: high > self.end
        case .lt: low < self.start
        case .ge: high > self.end || isWithin
        case .le: low < self.start || isWithin
        case .sa: low >= self.end
        case .eb: high <= self.start
        case .ap: low < self.end && high > self.start
        }
    }
}

/// A number that is asked for.
struct NumberTest: Hashable, Sendable {
    /// Most characters of one: more digits than any measurement has.
    static let characterCountMax = 64

    let prefix: SearchPrefix
    private let value: DecimalNumber
    private let low: DecimalNumber
    private let high: DecimalNumber

    /// The test written as `text`, such as `ge5.4`, or nil.
    init?(_ text: String) {
        let (prefix, rest) = SearchPrefix.split(text)
        guard rest.utf8.count <= Self.characterCountMax, let number = DecimalText(rest) else { return nil }
        self.prefix = prefix
        value = number.number
        (low, high) = prefix == .ap ? number.vicinity : number.bounds
    }

    /// Whether the number, or the range, from `low` to `high` passes; an end that is nil is open.
    ///
    /// Only `eq` and `ne` look at how precisely the test was written. Source: FHIR R4 §3.1.1.4.6.
    func matches(low: DecimalNumber?, high: DecimalNumber?) -> Bool {
        let isWithin = low.map { $0 >= self.low } ?? false && high.map { $0 < self.high } ?? false
        return switch prefix {
        case .eq: isWithin
        case .ne: !isWithin
        case .gt: high.map { $0 > value } ?? true
        case .lt: low.map { $0 < value } ?? true
        case .ge: high.map { $0 >= value } ?? true
        case .le: low.map { $0 <= value } ?? true
        case .sa: low.map { $0 > value } ?? false
        case .eb: high.map { $0 < value } ?? false
        case .ap: (low.map { $0 <= self.high } ?? true) && (high.map { $0 >= self.low } ?? true)
        }
    }
}

/// A quantity that is asked for: `number`, `number|system|code` or `number||unit`. Source: FHIR R4 §3.1.1.4.11.
struct QuantityTest: Hashable, Sendable {
    private let number: NumberTest
    private let system: String?
    private let code: String?

    init?(_ text: String) {
        let parts = EscapedText.split(text, "|").map(EscapedText.unescaped)
        guard parts.count == 1 || parts.count == 3, let number = NumberTest(parts[0]) else { return nil }
        self.number = number
        system = parts.count == 3 && !parts[1].isEmpty ? parts[1] : nil
        code = parts.count == 3 && !parts[2].isEmpty ? parts[2] : nil
    }

    /// Whether a quantity passes. Units are compared as they are written, never converted.
    func matches(low: String?, high: String?, system: String?, code: String?, unit: String?) -> Bool {
        if let wanted = self.system, wanted != system { return false }
        if let wanted = self.code {
            guard wanted == code || (self.system == nil && wanted == unit) else { return false }
        }
        return number.matches(low: low, high: high)
    }
}

extension NumberTest {
    /// Whether numbers written as these texts pass; what cannot be read does not.
    func matches(low: String?, high: String?) -> Bool {
        let (first, last) = (low.map { DecimalNumber($0) }, high.map { DecimalNumber($0) })
        if case .some(.none) = first { return false }
        if case .some(.none) = last { return false }
        return matches(low: first ?? nil, high: last ?? nil)
    }
}
