// Contracts · a great many digests in little memory, for one look-up in tens of nanoseconds.

/// A set of 64-bit values, kept as fingerprints of 32 bits at a place that the other 32 choose.
///
/// What was inserted is always found. Anything else is found by chance once in some hundred millions: a look-up compares
/// as many fingerprints as lie in a row, about seven on average when three quarters of the slots are taken.
struct FingerprintTable: Sendable {
    private var slots: [UInt32]  // 0 is an empty slot.
    private(set) var count = 0

    /// An empty table with room for `countMax` values; 5.3 bytes for each.
    init(countMax: Int) { slots = [UInt32](repeating: 0, count: max(16, countMax + countMax / 3)) }

    /// How much memory it takes.
    var byteCount: Int { slots.count * MemoryLayout<UInt32>.size }

    /// Adds `value`, whose bits are as good as random.
    /// - Precondition: a quarter of the slots stays empty.
    mutating func insert(_ value: UInt64) {
        let fingerprint = Self.fingerprint(of: value)
        var place = place(of: value)
        while slots[place] != 0 {
            if slots[place] == fingerprint { return }
            place = place + 1 == slots.count ? 0 : place + 1
        }
        slots[place] = fingerprint
        count += 1
        precondition(count * 4 <= slots.count * 3, "the table has room for what it was made for")
    }

    /// Whether `value` was inserted, or happens to look like a value that was.
    func contains(_ value: UInt64) -> Bool {
        let fingerprint = Self.fingerprint(of: value)
        var place = place(of: value)
        while slots[place] != 0 {
            if slots[place] == fingerprint { return true }
            place = place + 1 == slots.count ? 0 : place + 1
        }
        return false
    }

    private func place(of value: UInt64) -> Int { Int((value >> 32) * UInt64(slots.count) >> 32) }
    private static func fingerprint(of value: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: value)) }
}
