// Node · for how long records must be kept before they may be erased.
internal import FHIR
public import Primitives

/// A rule of retention: years since the last record, longer for those who were children. Source: `[retention]`.
///
/// What a law asks is the custodian's to know; the defaults are those of most countries' rules for medical records.
public struct Retention: Hashable, Sendable {
    /// A child's age ends at this many years.
    static let majorityYears = 18

    /// Whole years after the newest version of any record; 0 for no retention.
    public var years: Int
    /// The birthday until which records are kept of somebody who had not reached 18 when the newest was written; 0 for
    /// no difference.
    public var minorUntilYears: Int

    /// A rule.
    public init(years: Int = 10, minorUntilYears: Int = 28) {
        self.years = years
        self.minorUntilYears = minorUntilYears
    }

    /// No retention.
    public static let none = Retention(years: 0, minorUntilYears: 0)

    /// Until when records must be kept, in seconds since 1970, exclusive; nil if nothing was ever written.
    ///
    /// - Parameters:
    ///   - newest: When the newest version was written.
    ///   - birthDate: As FHIR writes it, to the year at least; nil if unknown, and then no child's.
    public func end(newest: Timestamp?, birthDate: String?) -> UInt64? {
        guard let newest else { return nil }
        var end = CivilDate(seconds: newest.seconds).adding(years: years)
        if let birth = birthDate.flatMap(CivilDate.init(fhir:)),
            CivilDate(seconds: newest.seconds) < birth.adding(years: Self.majorityYears)
        {
            end = max(end, birth.adding(years: minorUntilYears))
        }
        return end.seconds
    }
}

/// A day of the Gregorian calendar, in UTC.
struct CivilDate: Comparable, Hashable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that `seconds` since 1970 is in.
    init(seconds: UInt64) {
        // Days since 0000-03-01, so that the leap day ends a year. Source: H. Hinnant, "chrono-compatible low-level
        // date algorithms".
        let days = Int(seconds / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The first day that a date of FHIR may mean: `1970`, `1970-01` or `1970-01-31`.
    init?(fhir text: String) {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...3).contains(parts.count), let year = parts[0], (1...9999).contains(year) else { return nil }
        let (month, day) = (parts.count > 1 ? parts[1] : 1, parts.count > 2 ? parts[2] : 1)
        guard let month, let day, (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Its first second since 1970; 0 before that.
    var seconds: UInt64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return UInt64(max(0, days)) * 86_400
    }

    /// The same day so many years later; 29 February becomes 1 March in a year without one.
    func adding(years: Int) -> CivilDate {
        var later = CivilDate(year: year + years, month: month, day: day)
        let isLeap = later.year.isMultiple(of: 4) && (!later.year.isMultiple(of: 100) || later.year.isMultiple(of: 400))
        if month == 2, day == 29, !isLeap { (later.month, later.day) = (3, 1) }
        return later
    }

    /// `1970-01-31`.
    var text: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
