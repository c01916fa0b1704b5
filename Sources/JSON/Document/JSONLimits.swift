// JSON · how much of a stranger's text is worth reading.

/// Bounds on a text, checked while it is parsed. At a bound is accepted, one beyond is refused.
public struct JSONLimits: Hashable, Sendable {
    /// Most bytes of text. While it is parsed, each needs up to 30 bytes of memory.
    public var byteCountMax: Int
    /// Most objects and arrays around one value.
    public var depthMax: Int
    /// Most values and keys in the whole text, 24 bytes of memory each.
    public var memberCountMax: Int

    /// Bounds of these sizes.
    public init(byteCountMax: Int, depthMax: Int = 64, memberCountMax: Int = 1 << 22) {
        self.byteCountMax = byteCountMax
        self.depthMax = depthMax
        self.memberCountMax = memberCountMax
    }

    /// 64 MiB, 64 levels, 4,194,304 values and keys: the largest bundle of a patient with room to spare.
    public static let `default` = JSONLimits(byteCountMax: 64 << 20)
}
