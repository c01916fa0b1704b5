// Leaks · plain hashes of what anybody can guess: days, names, short numbers.
internal import Cryptography
internal import Primitives

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
/// For ``LeakCoverage/standard`` two million texts: two to four seconds on one core, and 50 MB. They are the same bytes
/// each time, so a process can keep them for the next one: see ``init(standard:)``.
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

    /// The dictionary of ``LeakCoverage/standard`` that `encoded` is; nil if it is anything else, to the last bit.
    ///
    /// So it does not matter who kept the bytes, or where. Some hundredths of a second.
    public init?(standard encoded: [UInt8]) {
        guard encoded.count == Self.standardByteCount, SHA256.hash(encoded).hex == Self.standardDigest else {
            return nil
        }
        digests = FingerprintTable(encoded)
    }

    /// The size of ``encoded`` for ``LeakCoverage/standard``, in bytes.
    public static let standardByteCount = 49_585_792
    /// Its SHA-256. Other spellings, names or numbers, and another order of them, have another.
    static let standardDigest = "79c579d56f331fd5b1c4fa39321624e6e106d56179fa3f66e46a888d68225b34"

    /// The table, to be read by ``init(standard:)``.
    public var encoded: [UInt8] { digests.encoded }

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
