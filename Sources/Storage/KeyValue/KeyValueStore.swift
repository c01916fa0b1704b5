// Storage · what the rest of the system needs from a local database.
public import Primitives

/// An ordered key-value store with column families, one process, many threads.
///
/// **Order.** Keys sort byte by byte as unsigned numbers. **Atomicity.** A batch is there as a whole or not at all,
/// across families, also after a crash. **Visibility.** A batch is seen by every read that begins after `write`
/// returns. **Durability.** When a synced write returns, it and every write before it survive loss of power; an
/// unsynced write survives the death of the process, and after loss of power what remains is the synced writes and then
/// a run of the unsynced ones in order. **Failure.** The first failed write, sync or flush stops writing for good
/// (``FailStop``); whether that one batch is stored is unknown until the store is opened again. Reads go on.
///
/// Every method may throw `storage.closed`, `storage.io` or `storage.corrupt`; writing methods also `storage.full`.
/// A key is never empty: handing in an empty one is a bug and stops the process.
public protocol KeyValueStore: AnyObject, Sendable {
    /// The value of `key`, or `nil` when there is none.
    func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]?

    /// The values of `keys`, in their order, read together. Cheaper than single reads from about four keys on.
    func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?]

    /// Applies `batch` as a whole.
    /// - Parameter sync: Whether to return only after the data is on disk. Costs one `fdatasync`.
    func write(_ batch: WriteBatch, sync: Bool) throws(SteleError)

    /// Calls `body` with each key and value of `range`, in order, until it returns `false`.
    ///
    /// It sees the store as it was when the call began; `body` may read and write the store, but not close it.
    /// Memory does not grow with the range.
    /// - Parameter reverse: Whether to go from the last key to the first.
    func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError)

    /// Moves what is in memory into sorted files, so that reopening has no log to replay.
    func flush() throws(SteleError)

    /// Rewrites the files that hold keys of `ranges`, and drops the logs written so far: what was removed or replaced
    /// there before is in no file of the store any more, but for keys that bound a file, which its list of files names
    /// until the store is opened next. Whoever reads meanwhile is not disturbed; what is copied or freed on the device
    /// below is beyond reach.
    /// - Complexity: reads and writes the files concerned once, which may be all of them.
    func compact(_ ranges: [(family: ColumnFamily, range: KeyRange)]) throws(SteleError)

    /// Writes a consistent copy of the store to the new directory `path`, on the same file system, while it stays in
    /// use.
    /// - Throws: `storage.exists` when `path` is there already.
    func checkpoint(to path: String) throws(SteleError)

    /// The bytes the store takes up, log included; an estimate.
    func approximateByteCount() throws(SteleError) -> Int

    /// Waits for calls in progress, then releases the store. Every later call throws `storage.closed`; closing again
    /// does nothing.
    func close() throws(SteleError)
}

// MARK: - Scans
extension KeyValueStore {
    /// A key and its value.
    public typealias Entry = (key: [UInt8], value: [UInt8])

    /// At most `limit` entries whose keys begin with `prefix`.
    public func scan(
        prefix: [UInt8], in family: ColumnFamily, reverse: Bool = false, limit: Int = .max
    ) throws(SteleError) -> [Entry] {
        try scan(.prefix(prefix), in: family, reverse: reverse, limit: limit)
    }

    /// At most `limit` entries from `lower` up to but not including `upper`.
    public func scan(
        from lower: [UInt8], to upper: [UInt8]?, in family: ColumnFamily, reverse: Bool = false, limit: Int = .max
    ) throws(SteleError) -> [Entry] {
        try scan(KeyRange(from: lower, to: upper), in: family, reverse: reverse, limit: limit)
    }

    /// At most `limit` entries of `range`.
    public func scan(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool = false, limit: Int = .max
    ) throws(SteleError) -> [Entry] {
        var entries: [Entry] = []
        guard limit > 0 else { return entries }
        try forEach(range, in: family, reverse: reverse) { (key, value) throws(SteleError) in
            entries.append((key, value))
            return entries.count < limit
        }
        return entries
    }

    /// Calls `body` with each entry whose key begins with `prefix`, in order, until it returns `false`.
    public func forEach(
        prefix: [UInt8], in family: ColumnFamily,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        try forEach(.prefix(prefix), in: family, reverse: false, body)
    }

    /// The first entry whose key begins with `prefix`.
    public func first(prefix: [UInt8], in family: ColumnFamily) throws(SteleError) -> Entry? {
        try scan(prefix: prefix, in: family, limit: 1).first
    }

    /// The last entry whose key begins with `prefix`.
    public func last(prefix: [UInt8], in family: ColumnFamily) throws(SteleError) -> Entry? {
        try scan(prefix: prefix, in: family, reverse: true, limit: 1).first
    }
}
