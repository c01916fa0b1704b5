// Storage · one open file.

/// An open file that closes itself once. Short reads and writes are completed here.
struct OpenFile: ~Copyable {
    private let descriptor: FileDescriptor
    private let calls: any SystemCalls

    init(_ path: String, _ mode: OpenMode, calls: any SystemCalls) throws(SystemError) {
        self.calls = calls
        descriptor = try calls.open(path, mode)
    }

    deinit { calls.close(descriptor) }

    /// `count` bytes from `offset`, or fewer when the file ends before.
    func read(count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var bytes = try calls.read(descriptor, count: count, at: offset)
        while bytes.count < count {
            let more = try calls.read(descriptor, count: count - bytes.count, at: offset + bytes.count)
            if more.isEmpty { break }
            bytes += more
        }
        return bytes
    }

    /// The whole file, which must be small.
    func readAll() throws(SystemError) -> [UInt8] { try read(count: byteCount(), at: 0) }

    /// Writes all of `bytes` at `offset`.
    func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let count = try calls.write(descriptor, bytes[done...], at: offset + done)
            // A disk that accepts nothing and reports nothing would hold this loop for ever.
            guard count > 0 else { throw SystemError.io("pwrite") }
            done += count
        }
    }

    func byteCount() throws(SystemError) -> Int { try calls.byteCount(descriptor) }
    func truncate(byteCount: Int) throws(SystemError) { try calls.truncate(descriptor, byteCount: byteCount) }
    func sync() throws(SystemError) { try calls.sync(descriptor) }
    func syncData() throws(SystemError) { try calls.syncData(descriptor) }
    func tryLock() throws(SystemError) -> Bool { try calls.tryLock(descriptor) }
}
