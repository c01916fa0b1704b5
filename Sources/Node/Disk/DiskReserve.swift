// Node · what may still be written as a disk fills up: a decision, and nothing else.
public import Storage

/// How much of each file system is kept free for what must go on, and what that leaves.
///
/// The reserve is for answers that need an event, consent, emergencies and erasure. Its last quarter is for nobody:
/// what was accepted before, sorted files and logs of the stores go there, so that none of them meets a full disk.
public struct DiskReserve: Hashable, Sendable {
    /// What may be written.
    public enum Level: Int, Hashable, Sendable, Comparable {
        /// Everything.
        case ample = 0
        /// What must go on; no more records.
        case reserved = 1
        /// Nothing new.
        case full = 2

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// The reserve unless told otherwise: this many bytes, or 2 % of the file system if that is more.
    public static let byteCountMin: UInt64 = 512 << 20

    /// The reserve in bytes, if the operator chose one.
    public var byteCount: UInt64?

    /// A reserve of `byteCount` bytes, or the one that the size of the file system asks for.
    public init(byteCount: UInt64? = nil) { self.byteCount = byteCount }

    /// What `space` is too little for.
    public func level(of space: DiskSpace) -> Level {
        let reserve = byteCount ?? max(Self.byteCountMin, space.byteCount / 50)
        if space.freeByteCount < reserve / 4 { return .full }
        return space.freeByteCount < reserve ? .reserved : .ample
    }
}
