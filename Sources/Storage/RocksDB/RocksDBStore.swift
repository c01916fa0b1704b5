// Storage · the store on disk.
public import Primitives

/// A ``KeyValueStore`` in a RocksDB database. Opening takes RocksDB's own lock on the folder.
///
/// Synced writes end with `fdatasync` of the log. Every block read is checked against its checksum. Opening demands a
/// log that is whole to the last byte ("absolute consistency"); because loss of power or of the process may cut short
/// the last write, a tail that is only that is cut off first (``RocksDBOptions/TornTail-swift.enum``) and reported in
/// ``cutByteCount``. After an orderly stop even the tail must be whole. A last write that was synced and later lost a
/// whole sector looks like one that was cut short; whoever must know compares the store with what is kept elsewhere, as
/// a node does with its sign-state.
///
/// Keys and values lie on disk as given: what is secret is sealed before it comes here.
public final class RocksDBStore: KeyValueStore {
    /// How many bytes of a write cut short were removed from the log when opening; 0 after an orderly stop.
    public let cutByteCount: Int

    private let path: String
    private let failpoints: Failpoints?
    private let failStop = FailStop()
    private let gate = UseGate()
    // Set to `nil` only by `close`, after the gate has let the last reader out.
    nonisolated(unsafe) private var database: RocksDBDatabase?

    /// Opens the store in the folder `path`, creating it and missing families if the options say so.
    ///
    /// - Parameter families: All families of the store, by index. Those on disk are the first of them.
    /// - Throws: `storage.locked`, `storage.layout`, `storage.corrupt`, `storage.full` or `storage.io`.
    public init(
        path: String, columnFamilies families: [ColumnFamily], options: RocksDBOptions = RocksDBOptions(),
        failpoints: Failpoints? = nil
    ) throws(SteleError) {
        families.checkDeclaration()
        self.path = path
        self.failpoints = failpoints
        if options.createsIfMissing { try Directory.create(path) }
        var cutByteCount = 0
        unsafe database = try Self.open(path, families, options, &cutByteCount)
        self.cutByteCount = cutByteCount
    }

    deinit { try? close() }

    public func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]? {
        precondition(!key.isEmpty, "a key is never empty")
        try enter()
        defer { gate.leave() }
        return try unsafe database!.get(key, in: family)
    }

    public func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?] {
        precondition(keys.allSatisfy { !$0.isEmpty }, "a key is never empty")
        try enter()
        defer { gate.leave() }
        return keys.isEmpty ? [] : try unsafe database!.getMany(keys, in: family)
    }

    public func write(_ batch: WriteBatch, sync: Bool) throws(SteleError) {
        try enter()
        defer { gate.leave() }
        try failStop.guarding { () throws(SteleError) in
            try failpoints?.reach(.storeWriteBefore)
            try unsafe database!.write(batch, sync: sync)
            try failpoints?.reach(.storeWriteAfter)
        }
    }

    public func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        try enter()
        defer { gate.leave() }
        guard !range.isEmpty else { return }
        try unsafe database!.forEach(range, in: family, reverse: reverse, body)
    }

    public func flush() throws(SteleError) {
        try enter()
        defer { gate.leave() }
        try failStop.guarding { () throws(SteleError) in try unsafe database!.flush() }
    }

    public func compact(_ ranges: [(family: ColumnFamily, range: KeyRange)]) throws(SteleError) {
        try enter()
        defer { gate.leave() }
        try failStop.guarding { () throws(SteleError) in
            try unsafe database!.flush()
            for (family, range) in ranges where !range.isEmpty { unsafe database!.compact(range, in: family) }
            // The compaction itself reports nothing; one that failed has stopped the database, which a flush tells.
            try unsafe database!.flush()
        }
    }

    public func checkpoint(to path: String) throws(SteleError) {
        try enter()
        defer { gate.leave() }
        let calls = LinuxSystemCalls()
        let exists = try doing("preparing a checkpoint") { () throws(SystemError) in try calls.exists(path) }
        guard !exists else {
            throw SteleError(
                .storageExists, "the checkpoint's folder exists", hint: "give a path that is not there yet")
        }
        try Directory.create(Directory.parent(of: path))
        try failStop.guarding { () throws(SteleError) in
            try unsafe database!.checkpoint(to: path)
            try StoreFolder(path).recordStop()
        }
    }

    public func approximateByteCount() throws(SteleError) -> Int {
        try enter()
        defer { gate.leave() }
        return try StoreFolder(path).byteCount()
    }

    public func close() throws(SteleError) {
        guard gate.close() else { return }
        defer { unsafe database = nil }
        guard failStop.error == nil else { return }
        try unsafe database!.syncLog()
        unsafe database = nil  // RocksDB deletes files it no longer needs; the list is made after that.
        try StoreFolder(path).recordStop()
    }

    private func enter() throws(SteleError) {
        guard gate.enter() else {
            throw SteleError(
                .storageClosed, "the store is closed", hint: "the node is stopping; try again after its restart")
        }
    }
}

// MARK: - Opening
extension RocksDBStore {
    private static func open(
        _ path: String, _ families: [ColumnFamily], _ options: RocksDBOptions, _ cutByteCount: inout Int
    ) throws(SteleError) -> RocksDBDatabase {
        let folder = StoreFolder(path)
        try folder.prepareToOpen(createsIfMissing: options.createsIfMissing)
        do {
            let database = try RocksDBDatabase(path, families: families, options: options)
            try database.checkNumbering()
            return database
        } catch {
            guard error.code == .storageCorrupt, options.tornTail == .cut,
                let count = try folder.cutLog()
            else { throw error }
            cutByteCount = count
            return try RocksDBDatabase(path, families: families, options: options)
        }
    }
}
