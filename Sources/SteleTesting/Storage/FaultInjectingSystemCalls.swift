// SteleTesting · a file system that fails where a test wants it to.
public import Storage
import Synchronization

/// Passes every call on to Linux, counts those that may fail, and makes one fail or write too little.
public final class FaultInjectingSystemCalls: SystemCalls {
    /// How a call fails.
    public enum Failure: Hashable, Sendable, CaseIterable {
        /// The device failed (EIO).
        case io
        /// The disk is full (ENOSPC).
        case full
        /// Half of the bytes of a write or read, and no error. Other calls do their work.
        case short
    }

    private let base = LinuxSystemCalls()
    private let fault: Fault?
    private let failure: Failure
    private let counts = Mutex<[String]>([])  // The calls so far, by name.

    /// Makes `fault` happen in the manner of `failure`.
    public init(fault: Fault? = nil, failure: Failure = .io) {
        self.fault = fault
        self.failure = failure
    }

    /// The names of the calls begun, in order.
    public var calls: [String] { counts.withLock { $0 } }

    public func open(_ path: String, _ mode: OpenMode) throws(SystemError) -> FileDescriptor {
        try injecting("open", undo: base.close) { () throws(SystemError) in try base.open(path, mode) }
    }

    public func close(_ file: FileDescriptor) { base.close(file) }

    public func read(_ file: FileDescriptor, count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        let isShort = failure == .short && peek() != nil
        return try injecting("pread") { () throws(SystemError) in
            try base.read(file, count: isShort ? (count + 1) / 2 : count, at: offset)
        }
    }

    public func write(_ file: FileDescriptor, _ bytes: ArraySlice<UInt8>, at offset: Int) throws(SystemError) -> Int {
        let isShort = failure == .short && peek() != nil
        return try injecting("pwrite") { () throws(SystemError) in
            try base.write(file, isShort ? bytes.prefix((bytes.count + 1) / 2) : bytes, at: offset)
        }
    }

    public func byteCount(_ file: FileDescriptor) throws(SystemError) -> Int {
        try injecting("fstat") { () throws(SystemError) in try base.byteCount(file) }
    }

    public func truncate(_ file: FileDescriptor, byteCount: Int) throws(SystemError) {
        try injecting("ftruncate") { () throws(SystemError) in try base.truncate(file, byteCount: byteCount) }
    }

    public func sync(_ file: FileDescriptor) throws(SystemError) {
        try injecting("fsync") { () throws(SystemError) in try base.sync(file) }
    }

    public func syncData(_ file: FileDescriptor) throws(SystemError) {
        try injecting("fdatasync") { () throws(SystemError) in try base.syncData(file) }
    }

    public func tryLock(_ file: FileDescriptor) throws(SystemError) -> Bool {
        try injecting("flock") { () throws(SystemError) in try base.tryLock(file) }
    }

    public func rename(_ path: String, to newPath: String) throws(SystemError) {
        try injecting("rename") { () throws(SystemError) in try base.rename(path, to: newPath) }
    }

    public func remove(_ path: String) throws(SystemError) {
        try injecting("unlink") { () throws(SystemError) in try base.remove(path) }
    }

    public func removeDirectory(_ path: String) throws(SystemError) {
        try injecting("rmdir") { () throws(SystemError) in try base.removeDirectory(path) }
    }

    public func makeDirectory(_ path: String) throws(SystemError) -> Bool {
        try injecting("mkdir") { () throws(SystemError) in try base.makeDirectory(path) }
    }

    public func names(in path: String) throws(SystemError) -> [String] {
        try injecting("readdir") { () throws(SystemError) in try base.names(in: path) }
    }

    public func exists(_ path: String) throws(SystemError) -> Bool {
        try injecting("access") { () throws(SystemError) in try base.exists(path) }
    }

    /// What happens to the call about to be counted.
    private func peek() -> Fault.Moment? { fault?.moment(at: calls.count + 1) }

    private func injecting<Value>(
        _ name: String, undo: (Value) -> Void = { _ in }, _ call: () throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
        let moment = counts.withLock { counts in
            counts.append(name)
            return fault?.moment(at: counts.count)
        }
        guard let moment, failure != .short else { return try call() }
        let error = failure == .io ? SystemError.io(name) : SystemError.full(name)
        if moment == .before { throw error }
        undo(try call())
        throw error
    }
}
