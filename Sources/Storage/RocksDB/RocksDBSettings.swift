// Storage · how RocksDB is set up, for the database and for each kind of family.
import CRocksDB

/// RocksDB's own options objects, freed together.
@safe struct RocksDBSettings: ~Copyable {
    let database: OpaquePointer
    private(set) var families: [OpaquePointer] = unsafe []
    private let cache: OpaquePointer

    init(_ options: RocksDBOptions, families list: [ColumnFamily]) {
        unsafe cache = rocksdb_cache_create_lru(options.blockCacheByteCount)
        unsafe database = rocksdb_options_create()
        unsafe rocksdb_options_set_create_if_missing(database, options.createsIfMissing ? 1 : 0)
        unsafe rocksdb_options_set_create_missing_column_families(database, options.createsIfMissing ? 1 : 0)
        unsafe rocksdb_options_set_wal_recovery_mode(database, Int32(rocksdb_absolute_consistency_recovery))
        unsafe rocksdb_options_set_max_total_wal_size(database, UInt64(options.logByteCountMax))
        unsafe rocksdb_options_set_db_write_buffer_size(database, options.writeBufferByteCount)
        unsafe rocksdb_options_set_max_manifest_file_size(database, 16 << 20)  // Read and checked at each opening.
        unsafe rocksdb_options_increase_parallelism(database, Int32(options.backgroundThreadCount))
        unsafe rocksdb_options_set_bytes_per_sync(database, 1 << 20)
        unsafe rocksdb_options_set_skip_stats_update_on_db_open(database, 1)
        // Nothing but what opening says about itself: Debian's build stops the process when a line of the file `LOG`
        // does not fit on a full disk. What matters is returned by the call that failed.
        unsafe rocksdb_options_set_info_log_level(database, Int32(5))
        unsafe rocksdb_options_set_max_log_file_size(database, 1 << 20)
        unsafe rocksdb_options_set_keep_log_file_num(database, 2)
        unsafe Self.apply(Self.databaseText, to: database)
        for family in list {
            let settings = unsafe Self.make(family.access, options, cache)
            unsafe families.append(settings)
            unsafe Self.apply(Self.familyText, to: settings)
        }
    }

    deinit {
        unsafe families.forEach { unsafe rocksdb_options_destroy($0) }
        unsafe rocksdb_options_destroy(database)
        unsafe rocksdb_cache_destroy(cache)
    }

    /// Options that the C interface names only in text. A failed flush is not retried behind our back; a log that
    /// went missing, or a sorted file swapped for another, is noticed when opening; no statistics are written.
    private static let databaseText = """
        max_bgerror_resume_count=0;paranoid_checks=true;track_and_verify_wals_in_manifest=true;\
        verify_sst_unique_id_in_manifest=true;stats_dump_period_sec=0;stats_persist_period_sec=0
        """
    private static let familyText = "force_consistency_checks=true"

    private static func apply(_ text: String, to options: OpaquePointer) {
        var error: UnsafeMutablePointer<CChar>?
        unsafe rocksdb_get_options_from_string(options, text, options, &error)
        precondition(unsafe error == nil, "this RocksDB does not know one of its options")
    }

    private static func make(
        _ access: ColumnFamily.Access, _ options: RocksDBOptions, _ cache: OpaquePointer
    ) -> OpaquePointer {
        let table = unsafe rocksdb_block_based_options_create()!
        defer { unsafe rocksdb_block_based_options_destroy(table) }
        unsafe rocksdb_block_based_options_set_block_cache(table, cache)
        unsafe rocksdb_block_based_options_set_format_version(table, 5)
        unsafe rocksdb_block_based_options_set_cache_index_and_filter_blocks(table, 1)
        unsafe rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(table, 1)
        // Ten bits a key: one false positive in a hundred. The table owns the policy.
        unsafe rocksdb_block_based_options_set_filter_policy(table, rocksdb_filterpolicy_create_bloom_full(10))

        let family = unsafe rocksdb_options_create()!
        unsafe rocksdb_options_set_write_buffer_size(family, options.writeBufferByteCount / 2)
        unsafe rocksdb_options_set_level_compaction_dynamic_level_bytes(family, 1)
        unsafe rocksdb_options_set_compression(family, Int32(rocksdb_lz4_compression))
        switch access {
        case .pointLookup:
            unsafe rocksdb_block_based_options_set_block_size(table, 4 << 10)
            unsafe rocksdb_block_based_options_set_data_block_index_type(
                table, Int32(rocksdb_block_based_table_data_block_index_type_binary_search_and_hash))
            unsafe rocksdb_block_based_options_set_data_block_hash_ratio(table, 0.75)
            unsafe rocksdb_options_set_memtable_whole_key_filtering(family, 1)
            unsafe rocksdb_options_set_memtable_prefix_bloom_size_ratio(family, 0.05)
        case .appendOnly:
            unsafe rocksdb_block_based_options_set_block_size(table, 16 << 10)
            unsafe rocksdb_options_set_bottommost_compression(family, Int32(rocksdb_zstd_compression))
        case .ordered:
            unsafe rocksdb_block_based_options_set_block_size(table, 8 << 10)
        }
        unsafe rocksdb_options_set_block_based_table_factory(family, table)
        return unsafe family
    }
}
