// API · dates that a search asks for.
internal import FHIR
internal import Primitives
internal import Vault

/// A value of a date parameter: a prefix and a date with the precision it was written with.
///
/// Both sides are stretches of time, and the prefix says how they lie to each other; an open end has no end. Source:
/// FHIR R4 §3.1.1.4.7 and §3.1.1.4.1. `ap` is not supported: how near is near is for nobody to guess.
struct DateCondition: Hashable, Sendable {
    enum Prefix: String, CaseIterable, Sendable { case eq, ne, gt, lt, ge, le, sa, eb }

    let prefix: Prefix
    let date: DateTime

    /// The condition written as `text`, such as `ge2024-02`, or nil.
    init?(_ text: String) {
        let prefix = Prefix(rawValue: String(text.prefix(2)))
        guard let date = DateTime(prefix == nil ? text : String(text.dropFirst(2))) else { return nil }
        self.prefix = prefix ?? .eq
        self.date = date
    }

    /// Whether the stretch from `start` up to `end`, in milliseconds since 1970, fulfils it.
    func matches(start: Int64, end: Int64) -> Bool {
        let isWithin = start >= date.start && end <= date.end
        let (isLater, isEarlier) = (end > date.end, start < date.start)
        return switch prefix {
        case .eq: isWithin
        case .ne: !isWithin
        case .gt: isLater
        case .lt: isEarlier
        case .ge: isLater || isWithin
        case .le: isEarlier || isWithin
        case .sa: start >= date.end
        case .eb: end <= date.start
        }
    }

    /// Whether a fact of the index fulfils it.
    func matches(_ fact: IndexEntry) -> Bool {
        guard case .date("date", let start, let end) = fact else { return false }
        return matches(start: start?.start ?? .min, end: end?.end ?? .max)
    }
}
