// Storage · a run of keys in byte order.

/// The keys from `lower` up to but not including `upper`, compared byte by byte; a prefix sorts before what it begins.
public struct KeyRange: Hashable, Sendable {
    /// The first key inside; empty means from the beginning.
    public let lower: [UInt8]
    /// The first key past the end; `nil` means to the end.
    public let upper: [UInt8]?

    /// Every key.
    public static let all = KeyRange(from: [], to: nil)

    /// The keys from `lower` up to but not including `upper`. Empty when `upper` does not follow `lower`.
    public init(from lower: [UInt8], to upper: [UInt8]?) {
        self.lower = lower
        self.upper = upper
    }

    /// The keys that begin with `prefix`; every key when it is empty.
    public static func prefix(_ prefix: [UInt8]) -> KeyRange {
        KeyRange(from: prefix, to: successor(ofPrefix: prefix))
    }

    /// The smallest key greater than every key that begins with `prefix`; `nil` when there is none, as after `ff ff`.
    static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 != 0xff }) else { return nil }
        var successor = Array(prefix[...last])
        successor[last] += 1
        return successor
    }

    /// Whether no key can lie inside.
    public var isEmpty: Bool {
        guard let upper else { return false }
        return !ByteOrder.precedes(lower, upper)
    }

    /// Whether `key` lies inside.
    public func contains(_ key: [UInt8]) -> Bool {
        if ByteOrder.precedes(key, lower) { return false }
        guard let upper else { return true }
        return ByteOrder.precedes(key, upper)
    }
}
