// Storage · how much room file systems have, asked in one place that tests replace.
import Glibc
public import Primitives

/// The room on one file system.
public struct DiskSpace: Hashable, Sendable {
    /// How large it is, in bytes.
    public var byteCount: UInt64
    /// How much of that this process may still write.
    public var freeByteCount: UInt64

    /// A file system of `byteCount` bytes, `freeByteCount` of them free.
    public init(byteCount: UInt64, freeByteCount: UInt64) {
        self.byteCount = byteCount
        self.freeByteCount = freeByteCount
    }
}

/// Where the room is looked up. Passed in, so that a test fills a disk without one.
public protocol DiskSpaceSource: Sendable {
    /// The room on each file system that is written to.
    func spaces() throws(SteleError) -> [DiskSpace]
}

/// The file systems that some folders lie on.
public struct FileSystems: DiskSpaceSource {
    private let folders: [String]

    /// The file systems of `folders`, which exist.
    public init(of folders: [String]) { self.folders = folders }

    public func spaces() throws(SteleError) -> [DiskSpace] {
        try doing("measuring the disk") { () throws(SystemError) in
            var spaces: [DiskSpace] = []
            for folder in folders { spaces.append(try Self.space(of: folder)) }
            return spaces
        }
    }

    /// Whether `path`, which need not exist, would lie on one of them.
    public func hold(_ path: String) throws(SteleError) -> Bool {
        try doing("looking for a disk") { () throws(SystemError) in
            var folder = path
            while try !LinuxSystemCalls().exists(folder) { folder = Directory.parent(of: folder) }
            let device = try Self.device(of: folder)
            for own in folders where try Self.device(of: own) == device { return true }
            return false
        }
    }

    /// Source: POSIX.1-2017, `statvfs`: sizes count in fragments, and what only root may write is not counted as free.
    private static func space(of folder: String) throws(SystemError) -> DiskSpace {
        var status = statvfs()
        guard unsafe statvfs(folder, &status) == 0 else { throw SystemError(call: "statvfs", number: errno) }
        let size = UInt64(status.f_frsize)
        return DiskSpace(
            byteCount: UInt64(status.f_blocks).multipliedReportingOverflow(by: size).partialValue,
            freeByteCount: UInt64(status.f_bavail).multipliedReportingOverflow(by: size).partialValue)
    }

    private static func device(of folder: String) throws(SystemError) -> dev_t {
        var status = stat()
        guard unsafe stat(folder, &status) == 0 else { throw SystemError(call: "stat", number: errno) }
        return status.st_dev
    }
}
