// FHIR · names looked up by their bytes.

/// Numbers by name within a scope, such as elements by name within a type.
///
/// Filled once and read by everybody. A look-up hashes the bytes once, compares them about once, and allocates nothing.
/// Names come from the definitions alone, so nobody can choose them to collide.
struct NameTable: Sendable {
    private struct Key: Sendable {
        let scope: UInt16
        let length: UInt16
        let offset: UInt32
    }

    private var keys: [Key] = []
    private var bytes: [UInt8] = []
    /// Numbers of keys plus one at the place of their hash or behind it; 0 is free. At most half are taken.
    private var slots: [UInt16] = Array(repeating: 0, count: 1 << 4)
    private var offsets: [String: UInt32] = [:]
    private var lengthMax = 0

    /// How many names there are, the number of the next.
    var count: Int { keys.count }

    /// Adds `name` in `scope`, which has it not yet, and gives it the next number.
    mutating func append(_ name: String, scope: Int) {
        let utf8 = Array(name.utf8)
        let offset = offsets[name] ?? UInt32(bytes.count)
        if offsets.updateValue(offset, forKey: name) == nil { bytes += utf8 }
        keys.append(Key(scope: UInt16(scope), length: UInt16(utf8.count), offset: offset))
        precondition(keys.count < UInt16.max, "names are numbered by 16 bits")
        lengthMax = max(lengthMax, utf8.count)
        if 2 * keys.count > slots.count {
            slots = Array(repeating: 0, count: 2 * slots.count)
            for number in keys.indices { place(number) }
        } else {
            place(keys.count - 1)
        }
    }

    /// The number of `name` in `scope`, or nil if it is not there.
    func find(_ name: Span<UInt8>, scope: Int) -> Int? {
        guard name.count <= lengthMax else { return nil }
        let mask = slots.count - 1
        var slot = Self.hash(name, scope: scope) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let key = keys[number]
            if Int(key.scope) == scope, Int(key.length) == name.count, isEqual(name, at: Int(key.offset)) {
                return number
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The same for a name by itself.
    func find(_ name: String, scope: Int) -> Int? {
        let utf8 = Array(name.utf8)
        return find(utf8.span, scope: scope)
    }

    /// Whether any scope has `name`. Looks at every name: for bad news only.
    func hasAnywhere(_ name: String) -> Bool {
        let utf8 = Array(name.utf8)
        return keys.contains { Int($0.length) == utf8.count && isEqual(utf8.span, at: Int($0.offset)) }
    }

    private mutating func place(_ number: Int) {
        let key = keys[number]
        let range = Int(key.offset)..<(Int(key.offset) + Int(key.length))
        let mask = slots.count - 1
        var slot = Self.hash(bytes.span.extracting(range), scope: Int(key.scope)) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt16(number + 1)
    }

    private func isEqual(_ name: Span<UInt8>, at offset: Int) -> Bool {
        for index in name.indices where bytes[offset + index] != name[index] { return false }
        return true
    }

    /// FNV-1a begun at the scope, its upper half folded in.
    private static func hash(_ name: Span<UInt8>, scope: Int) -> Int {
        var hash = 0xcbf2_9ce4_8422_2325 ^ (UInt64(truncatingIfNeeded: scope) &* 0x9e37_79b9_7f4a_7c15)
        for index in name.indices {
            hash = (hash ^ UInt64(name[index])) &* 0x100_0000_01b3
        }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7fff_ffff)
    }
}
