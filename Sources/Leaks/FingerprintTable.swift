// Leaks · a great many digests in little memory, for one look-up at the price of one cache miss.

/// A set of 64-bit values, kept as fingerprints of 32 bits in buckets of sixteen: one cache line each.
///
/// What was inserted is always found. Anything else is found by chance once in some hundred millions: a look-up
/// compares eleven fingerprints on average. The other 32 bits choose the bucket; a full one goes over into the next.
struct FingerprintTable: Sendable {
    private typealias Bucket = SIMD16<UInt32>
    private var buckets: [Bucket]  // A fingerprint of 0 is an empty place; places are taken from the first.
    private(set) var count = 0
    /// How many values there is room for.
    let countMax: Int

    /// An empty table with room for `countMax` values; 6 bytes for each.
    init(countMax: Int) {
        self.countMax = countMax
        buckets = [Bucket](repeating: .zero, count: countMax * 3 / 32 + 2)
    }

    /// The table that `encoded` is, with no room for more.
    /// - Precondition: it was made by ``encoded`` of a table that holds something.
    init(_ encoded: [UInt8]) {
        buckets = [Bucket](repeating: .zero, count: encoded.count / MemoryLayout<Bucket>.size)
        unsafe buckets.withUnsafeMutableBytes { unsafe $0.copyBytes(from: encoded) }
        let one = Bucket(repeating: 1)
        count = buckets.reduce(0) { $0 + Int(one.replacing(with: 0, where: $1 .== .zero).wrappedSum()) }
        countMax = count
    }

    /// The places of all buckets as they lie in memory.
    var encoded: [UInt8] { unsafe buckets.withUnsafeBytes { unsafe [UInt8]($0) } }

    /// How much memory it takes.
    var byteCount: Int { buckets.count * MemoryLayout<Bucket>.size }

    /// Adds `value`, whose bits are as good as random. False if it was there.
    /// - Precondition: there is room for it, or it is there.
    @discardableResult
    mutating func insert(_ value: UInt64) -> Bool {
        let hasRoom = count < countMax
        let fingerprint = Self.fingerprint(of: value)
        let (start, end) = (16 * number(of: value), 16 * buckets.count)
        // As one row of places: a full bucket goes over into the next, so the first empty place ends the search.
        let isNew = unsafe buckets.withUnsafeMutableBytes { bytes in
            let places = unsafe bytes.assumingMemoryBound(to: UInt32.self)
            var place = start
            while unsafe places[place] != 0 {
                if unsafe places[place] == fingerprint { return false }
                place = place + 1 == end ? 0 : place + 1
            }
            precondition(hasRoom, "the table has room for what it was made for")
            unsafe places[place] = fingerprint
            return true
        }
        if isNew { count += 1 }
        return isNew
    }

    /// Whether `value` was inserted, or happens to look like a value that was.
    func contains(_ value: UInt64) -> Bool {
        let fingerprint = Bucket(repeating: Self.fingerprint(of: value))
        var number = number(of: value)
        while true {
            let bucket = buckets[number]
            if any(bucket .== fingerprint) { return true }
            if bucket[15] == 0 { return false }
            number = number + 1 == buckets.count ? 0 : number + 1
        }
    }

    private func number(of value: UInt64) -> Int { Int(((value >> 32) * UInt64(buckets.count)) >> 32) }
    private static func fingerprint(of value: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: value)) }
}
