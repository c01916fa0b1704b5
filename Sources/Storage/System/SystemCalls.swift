// Storage · every system call on files, in one place that tests replace.
import Glibc

/// An open file of the operating system.
public struct FileDescriptor: Hashable, Sendable {
    let number: Int32
}

/// A failed system call: its name and `errno`.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call, such as `pwrite`.
    public let call: String
    /// The value of `errno`.
    public let number: Int32

    /// The failure `number` of `call`.
    public init(call: String, number: Int32) {
        self.call = call
        self.number = number
    }

    /// EIO: the device failed.
    public static func io(_ call: String) -> SystemError { SystemError(call: call, number: EIO) }
    /// ENOSPC: the disk is full.
    public static func full(_ call: String) -> SystemError { SystemError(call: call, number: ENOSPC) }

    /// Whether a folder was expected where something else is.
    var isNotDirectory: Bool { number == ENOTDIR }

    public var description: String {
        let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "unknown error"
        return "\(call): \(text) (errno \(number))"
    }
}

/// How a file is opened. A file or folder it creates is readable by its owner alone.
public enum OpenMode: Hashable, Sendable {
    /// For reading; it must exist.
    case read
    /// For reading and writing; it must exist.
    case update
    /// For reading and writing; created when missing.
    case create
    /// For reading and writing; it must not exist.
    case createNew
    /// A folder, to sync it or lock it.
    case directory
}

/// The file calls this target makes. Nothing else here touches the operating system, except RocksDB itself.
///
/// Interrupted calls are repeated below this line; short reads and writes are passed up. A failed sync is never
/// repeated.
public protocol SystemCalls: Sendable {
    func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> FileDescriptor
    func close(_ file: FileDescriptor)
    /// At most `count` bytes from `offset`; fewer near the end of the file.
    func read(_ file: FileDescriptor, count: Int, at offset: Int) throws(SystemError) -> [UInt8]
    /// How many bytes were written, which may be fewer than given.
    func write(_ file: FileDescriptor, _ bytes: ArraySlice<UInt8>, at offset: Int) throws(SystemError) -> Int
    func byteCount(_ file: FileDescriptor) throws(SystemError) -> Int
    func truncate(_ file: FileDescriptor, byteCount: Int) throws(SystemError)
    /// Waits until content and metadata are on disk.
    func sync(_ file: FileDescriptor) throws(SystemError)
    /// Waits until content is on disk.
    func syncData(_ file: FileDescriptor) throws(SystemError)
    /// Takes the whole-file lock without waiting; `false` when another open file has it.
    func tryLock(_ file: FileDescriptor) throws(SystemError) -> Bool
    func rename(_ path: String, to newPath: String) throws(SystemError)
    func remove(_ path: String) throws(SystemError)
    /// Removes an empty folder.
    func removeDirectory(_ path: String) throws(SystemError)
    /// Creates one folder; `false` when it exists.
    func makeDirectory(_ path: String) throws(SystemError) -> Bool
    /// The names inside a folder, without `.` and `..`, sorted.
    func names(in path: String) throws(SystemError) -> [String]
    /// Whether something is at `path`.
    func exists(_ path: String) throws(SystemError) -> Bool
}

/// The calls of Linux.
public struct LinuxSystemCalls: SystemCalls {
    /// The calls of Linux.
    public init() {}

    public func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> FileDescriptor {
        let flags: Int32 =
            switch mode {
            case .read: O_RDONLY
            case .update: O_RDWR
            case .create: O_RDWR | O_CREAT
            case .createNew: O_RDWR | O_CREAT | O_EXCL
            case .directory: O_RDONLY | O_DIRECTORY
            }
        let number = try check("open") { unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600) }
        return FileDescriptor(number: number)
    }

    public func close(_ file: FileDescriptor) {
        _ = Glibc.close(file.number)  // On Linux the descriptor is gone even if this fails; data was synced before.
    }

    public func read(_ file: FileDescriptor, count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                filled = try check("pread") { unsafe pread(file.number, buffer.baseAddress, count, offset) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    public func write(_ file: FileDescriptor, _ bytes: ArraySlice<UInt8>, at offset: Int) throws(SystemError) -> Int {
        // `Result`, because `withUnsafeBytes` rethrows without the type.
        try unsafe bytes.withUnsafeBytes { buffer in
            Result { () throws(SystemError) in
                try check("pwrite") { unsafe pwrite(file.number, buffer.baseAddress, buffer.count, offset) }
            }
        }.get()
    }

    public func byteCount(_ file: FileDescriptor) throws(SystemError) -> Int {
        var status = stat()
        _ = try check("fstat") { unsafe fstat(file.number, &status) }
        return status.st_size
    }

    public func truncate(_ file: FileDescriptor, byteCount: Int) throws(SystemError) {
        _ = try check("ftruncate") { ftruncate(file.number, byteCount) }
    }

    public func sync(_ file: FileDescriptor) throws(SystemError) {
        guard fsync(file.number) == 0 else { throw SystemError(call: "fsync", number: errno) }
    }

    public func syncData(_ file: FileDescriptor) throws(SystemError) {
        guard fdatasync(file.number) == 0 else { throw SystemError(call: "fdatasync", number: errno) }
    }

    public func tryLock(_ file: FileDescriptor) throws(SystemError) -> Bool {
        do {
            _ = try check("flock") { flock(file.number, LOCK_EX | LOCK_NB) }
            return true
        } catch  where error.number == EWOULDBLOCK {
            return false
        }
    }

    public func rename(_ path: String, to newPath: String) throws(SystemError) {
        _ = try check("rename") { unsafe Glibc.rename(path, newPath) }
    }

    public func remove(_ path: String) throws(SystemError) {
        _ = try check("unlink") { unsafe unlink(path) }
    }

    public func removeDirectory(_ path: String) throws(SystemError) {
        _ = try check("rmdir") { unsafe rmdir(path) }
    }

    public func makeDirectory(_ path: String) throws(SystemError) -> Bool {
        do {
            _ = try check("mkdir") { unsafe mkdir(path, 0o700) }
            return true
        } catch  where error.number == EEXIST {
            return false
        }
    }

    public func names(in path: String) throws(SystemError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw SystemError(call: "opendir", number: errno) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0  // The only way to tell the end from a failure.
            guard let entry = unsafe readdir(folder) else {
                guard errno == 0 else { throw SystemError(call: "readdir", number: errno) }
                return names.sorted()
            }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe UnsafeRawPointer(field).withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    public func exists(_ path: String) throws(SystemError) -> Bool {
        do {
            _ = try check("access") { unsafe access(path, F_OK) }
            return true
        } catch  where error.number == ENOENT {
            return false
        }
    }

    /// Repeats an interrupted call and turns −1 into an error.
    private func check<Number: SignedInteger>(_ name: String, _ call: () -> Number) throws(SystemError) -> Number {
        while true {
            let result = call()
            if result >= 0 { return result }
            let number = errno
            if number != EINTR { throw SystemError(call: name, number: number) }
        }
    }
}
