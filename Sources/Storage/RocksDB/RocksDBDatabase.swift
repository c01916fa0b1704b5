// Storage · the handle of an open RocksDB database.
import CRocksDB
import Glibc
import Primitives

/// An open database and its families. Closes itself once, in `deinit`.
///
/// RocksDB allows every call below from many threads at once, and the stored handles never change: hence `Sendable`.
@safe struct RocksDBDatabase: ~Copyable, @unchecked Sendable {
    private let database: OpaquePointer
    private let families: [OpaquePointer]
    private let reading: OpaquePointer
    private let syncedWriting: OpaquePointer
    private let unsyncedWriting: OpaquePointer

    init(_ path: String, families list: [ColumnFamily], options: RocksDBOptions) throws(SteleError) {
        let settings = RocksDBSettings(options, families: list)
        let defaultSettings = unsafe rocksdb_options_create()!
        defer { unsafe rocksdb_options_destroy(defaultSettings) }

        let names = unsafe (["default"] + list.map(\.name)).map { unsafe strdup($0) }
        defer { unsafe names.forEach { unsafe free($0) } }
        let constantNames: [UnsafePointer<CChar>?] = unsafe names.map { unsafe UnsafePointer($0) }
        let allSettings: [OpaquePointer?] = unsafe [defaultSettings] + settings.families
        var handles = unsafe [OpaquePointer?](repeating: nil, count: names.count)

        let opened = try unsafe RocksDBError.check("opening the store") { error in
            unsafe rocksdb_open_column_families(
                settings.database, path, Int32(names.count), constantNames, allSettings, &handles, error)
        }
        unsafe database = opened!
        unsafe families = handles.map { unsafe $0! }
        unsafe reading = rocksdb_readoptions_create()
        unsafe syncedWriting = rocksdb_writeoptions_create()
        unsafe unsyncedWriting = rocksdb_writeoptions_create()
        unsafe rocksdb_readoptions_set_verify_checksums(reading, 1)
        unsafe rocksdb_writeoptions_set_sync(syncedWriting, 1)
    }

    deinit {
        unsafe rocksdb_readoptions_destroy(reading)
        unsafe rocksdb_writeoptions_destroy(syncedWriting)
        unsafe rocksdb_writeoptions_destroy(unsyncedWriting)
        unsafe families.forEach { unsafe rocksdb_column_family_handle_destroy($0) }
        unsafe rocksdb_close(database)
    }

    /// Throws `storage.layout` unless RocksDB numbers the families as ``WriteBatch`` does.
    func checkNumbering() throws(SteleError) {
        for index in unsafe families.indices {
            guard unsafe rocksdb_column_family_handle_get_id(families[index]) == index else {
                throw SteleError(
                    .storageLayout, "the store's column families are numbered otherwise than this program declares",
                    hint: "use the version of stele that wrote it, or a later one")
            }
        }
    }

    private func handle(of family: ColumnFamily) -> OpaquePointer { unsafe families[family.index + 1] }
}

// MARK: - Reading
extension RocksDBDatabase {
    func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]? {
        let slice = try unsafe RocksDBError.check("reading a key") { error in
            unsafe key.withUnsafeBytes { key in
                unsafe rocksdb_get_pinned_cf(database, reading, handle(of: family), key.chars, key.count, error)
            }
        }
        return unsafe Self.takeValue(slice)
    }

    func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?] {
        let count = keys.count
        let sizes = keys.map(\.count)
        var slices = unsafe [OpaquePointer?](repeating: nil, count: count)
        var errors = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        unsafe Array(keys.joined()).withUnsafeBytes { joined in
            var offset = 0
            let addresses: [UnsafePointer<CChar>?] = unsafe sizes.map { size in
                defer { offset += size }
                return unsafe UnsafeRawBufferPointer(rebasing: joined[offset...]).chars
            }
            unsafe rocksdb_batched_multi_get_cf(
                database, reading, handle(of: family), count, addresses, sizes, &slices, &errors, false)
        }
        // Every slice and every text is taken before anything is thrown, so that none leaks.
        let values = unsafe slices.map { unsafe Self.takeValue($0) }
        var failure: SteleError?
        for index in unsafe errors.indices {
            do throws(SteleError) {
                try unsafe RocksDBError.throwIfSet(errors[index], "reading keys")
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return values
    }

    func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: ([UInt8], [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        let result = unsafe range.lower.withUnsafeBytes { lower in
            unsafe (range.upper ?? []).withUnsafeBytes { upper in
                Result { () throws(SteleError) in
                    // RocksDB keeps these addresses for as long as the iterator lives.
                    let bounds = unsafe rocksdb_readoptions_create()!
                    defer { unsafe rocksdb_readoptions_destroy(bounds) }
                    unsafe rocksdb_readoptions_set_verify_checksums(bounds, 1)
                    if unsafe !lower.isEmpty {
                        unsafe rocksdb_readoptions_set_iterate_lower_bound(bounds, lower.chars, lower.count)
                    }
                    if range.upper != nil {
                        unsafe rocksdb_readoptions_set_iterate_upper_bound(bounds, upper.chars, upper.count)
                    }
                    let cursor = unsafe rocksdb_create_iterator_cf(database, bounds, handle(of: family))!
                    defer { unsafe rocksdb_iter_destroy(cursor) }
                    try unsafe Self.walk(cursor, reverse: reverse, body)
                }
            }
        }
        try result.get()
    }

    private static func walk(
        _ cursor: OpaquePointer, reverse: Bool, _ body: ([UInt8], [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        unsafe reverse ? rocksdb_iter_seek_to_last(cursor) : rocksdb_iter_seek_to_first(cursor)
        while unsafe rocksdb_iter_valid(cursor) != 0 {
            var keySize = 0
            var valueSize = 0
            let key = unsafe [UInt8](rocksdb_iter_key(cursor, &keySize), count: keySize)
            let value = unsafe [UInt8](rocksdb_iter_value(cursor, &valueSize), count: valueSize)
            guard try body(key, value) else { break }
            unsafe reverse ? rocksdb_iter_prev(cursor) : rocksdb_iter_next(cursor)
        }
        // An iterator that meets damage just ends; only this tells it from the end of the range.
        try unsafe RocksDBError.check("scanning keys") { error in unsafe rocksdb_iter_get_error(cursor, error) }
    }

    private static func takeValue(_ slice: OpaquePointer?) -> [UInt8]? {
        guard let slice = unsafe slice else { return nil }
        defer { unsafe rocksdb_pinnableslice_destroy(slice) }
        var size = 0
        let address = unsafe rocksdb_pinnableslice_value(slice, &size)
        return unsafe [UInt8](address, count: size)
    }
}

// MARK: - Writing
extension RocksDBDatabase {
    func write(_ batch: WriteBatch, sync: Bool) throws(SteleError) {
        let native = unsafe batch.bytes.withUnsafeBytes { bytes in
            unsafe rocksdb_writebatch_create_from(bytes.chars, bytes.count)!
        }
        defer { unsafe rocksdb_writebatch_destroy(native) }
        try unsafe RocksDBError.check("writing a batch") { error in
            unsafe rocksdb_write(database, sync ? syncedWriting : unsyncedWriting, native, error)
        }
    }

    func flush() throws(SteleError) {
        let options = unsafe rocksdb_flushoptions_create()!
        defer { unsafe rocksdb_flushoptions_destroy(options) }
        unsafe rocksdb_flushoptions_set_wait(options, 1)
        for index in unsafe families.indices {
            try unsafe RocksDBError.check("flushing") { error in
                unsafe rocksdb_flush_cf(database, options, families[index], error)
            }
        }
    }

    /// Rewrites every file that has a key of `range`, those of the lowest level too.
    func compact(_ range: KeyRange, in family: ColumnFamily) {
        let options = unsafe rocksdb_compactoptions_create()!
        defer { unsafe rocksdb_compactoptions_destroy(options) }
        unsafe rocksdb_compactoptions_set_bottommost_level_compaction(options, 2)  // Force.
        unsafe range.lower.withUnsafeBytes { lower in
            unsafe (range.upper ?? []).withUnsafeBytes { upper in
                unsafe rocksdb_compact_range_cf_opt(
                    database, handle(of: family), options, range.lower.isEmpty ? nil : lower.chars, lower.count,
                    range.upper == nil ? nil : upper.chars, upper.count)
            }
        }
    }

    func syncLog() throws(SteleError) {
        try unsafe RocksDBError.check("syncing the log") { error in unsafe rocksdb_flush_wal(database, 1, error) }
    }

    func checkpoint(to path: String) throws(SteleError) {
        let checkpoint = try unsafe RocksDBError.check("preparing a checkpoint") { error in
            unsafe rocksdb_checkpoint_object_create(database, error)
        }
        defer { unsafe rocksdb_checkpoint_object_destroy(checkpoint) }
        // 0: always flush first, so that the copy needs no log.
        try unsafe RocksDBError.check("writing a checkpoint") { error in
            unsafe rocksdb_checkpoint_create(checkpoint, path, 0, error)
        }
    }
}

// MARK: - Bytes
extension UnsafeRawBufferPointer {
    /// The address as C spells bytes. Empty buffers get none.
    fileprivate var chars: UnsafePointer<CChar>? { unsafe baseAddress?.assumingMemoryBound(to: CChar.self) }
}

extension [UInt8] {
    /// A copy of `count` bytes from `address`, which may be missing when there are none.
    fileprivate init(_ address: UnsafePointer<CChar>?, count: Int) {
        unsafe self.init(UnsafeRawBufferPointer(start: address, count: count))
    }
}
