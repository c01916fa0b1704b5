// Storage · what RocksDB says went wrong, as people see it.
import CRocksDB
import Primitives

/// Where a call of RocksDB leaves its error text.
typealias RocksDBErrorText = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

enum RocksDBError {
    /// Runs one call, checks its error text and frees it.
    static func check<Result>(
        _ task: String, _ call: (RocksDBErrorText) -> Result
    ) throws(SteleError) -> Result {
        var text: UnsafeMutablePointer<CChar>?
        let result = unsafe call(&text)
        try unsafe throwIfSet(text, task)
        return result
    }

    /// Throws if `text` is set, and frees it.
    static func throwIfSet(_ text: UnsafeMutablePointer<CChar>?, _ task: String) throws(SteleError) {
        guard let text = unsafe text else { return }
        defer { unsafe rocksdb_free(text) }
        throw unsafe error(String(cString: text), task)
    }

    /// The error for `text`, which begins with the kind of status. Source: RocksDB 7.8, `Status::ToString`.
    static func error(_ text: String, _ task: String) -> SteleError {
        if text.contains("No space left on device") || text.contains("Disk quota exceeded") {
            return SteleError(
                .storageFull, "the disk is full while \(task)", hint: "free space, then restart the node", cause: text)
        }
        if text.contains("lock file") || text.contains("lock hold by") {
            return SteleError(
                .storageLocked, "the store is open elsewhere", hint: "stop the other process that uses it", cause: text)
        }
        if text.contains("olumn famil") && text.hasPrefix("Invalid argument") {
            return SteleError(
                .storageLayout, "the store has other column families than this program declares",
                hint: "use the version of stele that wrote it, or a later one", cause: text)
        }
        if text.hasPrefix("Corruption") || text.hasPrefix("NotFound") || text.hasPrefix("Invalid argument") {
            return SteleError(
                .storageCorrupt, "stored bytes are damaged or missing, found while \(task)",
                hint: "restore this node from its peers or from a backup; run `stele inspect --deep`", cause: text)
        }
        return SteleError(
            .storageIO, "the disk failed while \(task)",
            hint: "check the disk and the permissions of the data directory",
            cause: text)
    }
}
