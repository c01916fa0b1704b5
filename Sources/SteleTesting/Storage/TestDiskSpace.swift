// SteleTesting · a disk that is as full as a test says.
internal import Synchronization
public import Primitives
public import Storage

/// The room on one file system, as a test sets it.
public final class TestDiskSpace: DiskSpaceSource {
    private let current: Mutex<DiskSpace?>

    /// A file system of `byteCount` bytes with nothing on it.
    public init(byteCount: UInt64 = 8 << 30) {
        current = Mutex(DiskSpace(byteCount: byteCount, freeByteCount: byteCount))
    }

    public func spaces() throws(SteleError) -> [DiskSpace] {
        guard let space = current.withLock({ $0 }) else { throw FaultInjectingStore.ioError }
        return [space]
    }

    /// Leaves `byteCount` bytes free; nil for a disk that cannot be looked at any more.
    public func leave(_ byteCount: UInt64?) {
        current.withLock { space in
            space = byteCount.map { DiskSpace(byteCount: space?.byteCount ?? 8 << 30, freeByteCount: $0) }
        }
    }
}
