// Storage · the sizes and limits of a RocksDB store.

/// Sizes in bytes. The defaults suit a node with two cores and a few gigabytes of memory.
public struct RocksDBOptions: Hashable, Sendable {
    /// What opening does when the log ends in a write that was cut short.
    public enum TornTail: Hashable, Sendable {
        /// Cuts it off: it was never acknowledged as synced. Damage anywhere else is refused.
        case cut
        /// Refuses to open, leaving the files as they are.
        case refuse
    }

    /// Memory for blocks read from disk, filters and indexes included.
    public var blockCacheByteCount = 64 << 20
    /// Memory for what is not yet in sorted files, all families together.
    public var writeBufferByteCount = 64 << 20
    /// Beyond this the oldest families are flushed, so that the log can be shortened and reopening stays quick.
    public var logByteCountMax = 256 << 20
    /// Threads for flushes and compactions.
    public var backgroundThreadCount = 2
    /// Whether to create the store, or families added since, when missing.
    public var createsIfMissing = true
    /// See ``TornTail``.
    public var tornTail = TornTail.cut

    /// The defaults.
    public init() {}
}
