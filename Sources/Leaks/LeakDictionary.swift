// Leaks · plain hashes of what anybody can guess: days, names, short numbers.
internal import Cryptography

/// Which guessable texts a dictionary covers.
public struct LeakCoverage: Hashable, Sendable {
    /// The years whose days are covered.
    public var years: ClosedRange<Int>
    /// Numbers of up to so many digits are covered, with and without leading zeros.
    public var digitCountMax: Int

    /// What a node covers: every day from 1900 to 2035, numbers of up to six digits, and the shipped names.
    public static let standard = LeakCoverage(years: 1900...2035, digitCountMax: 6)

    /// The days of `years` and the numbers of up to `digitCountMax` digits.
    public init(years: ClosedRange<Int>, digitCountMax: Int) {
        self.years = years
        self.digitCountMax = digitCountMax
    }
}

/// The MD5, SHA-1, SHA-256 and SHA-512 digests of every text that is covered, by their first eight bytes.
///
/// For ``LeakCoverage/standard`` two million texts: two to four seconds on one core, and 50 MB.
public struct LeakDictionary: Sendable {
    private let digests: FingerprintTable

    /// The dictionary that covers `coverage` and the shipped names.
    public init(_ coverage: LeakCoverage) {
        let dayCount = 366 * coverage.years.count
        var numberCount = 0
        for width in 1...max(1, coverage.digitCountMax) { numberCount += Self.power(of: 10, width) }
        let textCount = (DateSpellings.countMax + 1) * dayCount + numberCount + 3 * LeakNames.all.count
        var table = FingerprintTable(countMax: PlainDigestHeads.count * textCount)
        func add(_ text: [UInt8]) {
            let heads = PlainDigestHeads.of(text)
            for index in heads.indices { table.insert(heads[index]) }
        }
        DateSpellings.forEach(in: coverage.years, add)
        for width in 1...max(1, coverage.digitCountMax) {
            for number in 0..<Self.power(of: 10, width) { add(DateSpellings.digits(number, width)) }
        }
        for name in LeakNames.all { for spelling in Self.spellings(of: name) { add(spelling) } }
        digests = table
    }

    /// How many digests it holds.
    public var count: Int { digests.count }
    /// How much memory they take, in bytes.
    public var byteCount: Int { digests.byteCount }

    /// Whether a digest that begins with the eight bytes `head` is covered.
    func contains(head: UInt64) -> Bool { digests.contains(head) }

    /// `name`, `NAME` and `Name`, of a name in lower case.
    static func spellings(of name: [UInt8]) -> [[UInt8]] {
        let upper = name.map { $0 - 0x20 }
        return [name, upper, Array(upper.prefix(1) + name.dropFirst())]
    }

    private static func power(of base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { result, _ in result * base }
    }
}
