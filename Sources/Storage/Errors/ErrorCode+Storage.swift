// Storage · the names of what can go wrong below: disk, files, stores.
public import Primitives

extension ErrorCode {
    /// Reading, writing or syncing failed. After a failed write or sync, nothing more is written until a restart.
    public static let storageIO = ErrorCode("storage.io")
    /// The disk or the quota is full. Writing stops as after any failed write.
    public static let storageFull = ErrorCode("storage.full")
    /// Stored bytes fail their checksum or do not have the expected shape.
    public static let storageCorrupt = ErrorCode("storage.corrupt")
    /// Another process, or another part of this one, has the store open.
    public static let storageLocked = ErrorCode("storage.locked")
    /// The store was closed before this call.
    public static let storageClosed = ErrorCode("storage.closed")
    /// The store's column families are not the ones this program declares.
    public static let storageLayout = ErrorCode("storage.layout")
    /// What was to be created is already there.
    public static let storageExists = ErrorCode("storage.exists")

    /// Another process has the data directory open.
    public static let storeLocked = ErrorCode("store.locked")
    /// The data directory was written by a later format than this program knows.
    public static let storeNewer = ErrorCode("store.newer")
    /// The data directory has an earlier format and must be upgraded first.
    public static let storeOlder = ErrorCode("store.older")
    /// The data directory is not one of Stele's, or its `FORMAT` file is damaged.
    public static let storeCorrupt = ErrorCode("store.corrupt")

    /// The sign-state cannot be trusted, so the node must not sign.
    public static let signStateDamaged = ErrorCode("signstate.damaged")

    /// No blob has this id.
    public static let blobUnknown = ErrorCode("blob.unknown")
    /// The range asked for does not lie inside the blob.
    public static let blobRange = ErrorCode("blob.range")
}
