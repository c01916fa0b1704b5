// Storage · large sealed objects, one file each.
public import Primitives

/// Files named by random 32-byte ids, in two levels of folders: `<path>/ab/cd/abcd….blob`.
///
/// A blob is written once, read in ranges and removed. It appears under its name only when all of it is durable; what a
/// crash leaves unfinished lies in the temporary folder and is removed at the next opening. The content is opaque and
/// must be sealed before it comes here; integrity is the sealing's business.
public struct BlobDirectory: Sendable {
    let path: String
    let temporaryPath: String
    let calls: any SystemCalls
    let failpoints: Failpoints?
    static let suffix = ".blob"

    /// Opens the folder `path`, creating it if missing, and removes the unfinished blobs in `temporaryPath`.
    ///
    /// Only one opener at a time: the holder of the ``DirectoryLock``. Both folders are on one file system.
    public init(
        _ path: String, temporaryPath: String, calls: any SystemCalls = LinuxSystemCalls(),
        failpoints: Failpoints? = nil
    ) throws(SteleError) {
        self.path = path
        self.temporaryPath = temporaryPath
        self.calls = calls
        self.failpoints = failpoints
        try doing("opening the blobs") { () throws(SystemError) in
            try Directory.makeAll(path, calls: calls)
            try Directory.makeAll(temporaryPath, calls: calls)
            for name in try calls.names(in: temporaryPath) where name.hasSuffix(Self.suffix) {
                try calls.remove("\(temporaryPath)/\(name)")
            }
        }
    }

    /// Begins the blob `id`, a fresh random value.
    /// - Throws: `storage.exists` when there is such a blob, finished or begun.
    public func writer(for id: Bytes32) throws(SteleError) -> BlobWriter {
        try BlobWriter(id, in: self)
    }

    /// Stores `bytes` as the blob `id`; it is durable when this returns.
    public func write(_ bytes: [UInt8], as id: Bytes32) throws(SteleError) {
        let writer = try writer(for: id)
        try writer.append(bytes)
        try writer.commit()
    }

    /// Whether there is a blob `id`.
    public func contains(_ id: Bytes32) throws(SteleError) -> Bool {
        try doing("looking for a blob") { () throws(SystemError) in try calls.exists(location(of: id)) }
    }

    /// The size of the blob `id`, in bytes.
    /// - Throws: `blob.unknown`.
    public func byteCount(of id: Bytes32) throws(SteleError) -> Int {
        let file = try openFile(id)
        return try doing("reading a blob") { () throws(SystemError) in try file.byteCount() }
    }

    /// The bytes of the blob `id` in `range`.
    /// - Throws: `blob.unknown`, or `blob.range` when the blob ends before the range does.
    public func read(_ id: Bytes32, in range: Range<Int>) throws(SteleError) -> [UInt8] {
        precondition(range.lowerBound >= 0, "a range counts from 0")
        let file = try openFile(id)
        let (byteCount, bytes) = try doing("reading a blob") { () throws(SystemError) in
            let byteCount = try file.byteCount()
            return (
                byteCount, range.upperBound > byteCount ? [] : try file.read(count: range.count, at: range.lowerBound)
            )
        }
        guard range.upperBound <= byteCount, bytes.count == range.count else {
            throw SteleError(
                .blobRange, "the range ends past the blob's \(byteCount) bytes",
                hint: "ask for a range inside the object")
        }
        return bytes
    }

    /// Removes the blob `id`; its absence is durable when this returns. Nothing happens when there is none.
    public func delete(_ id: Bytes32) throws(SteleError) {
        try AtomicFile(location(of: id), calls: calls).remove()
    }

    /// Calls `body` with the id of each blob, in order, until it returns `false`. Blobs may come and go meanwhile.
    public func forEach(_ body: (Bytes32) throws(SteleError) -> Bool) throws(SteleError) {
        for first in try folders(in: path) {
            for second in try folders(in: "\(path)/\(first)") {
                for name in try names(in: "\(path)/\(first)/\(second)") {
                    guard name.hasSuffix(Self.suffix), let id = Bytes32(hex: String(name.dropLast(Self.suffix.count)))
                    else { continue }
                    guard try body(id) else { return }
                }
            }
        }
    }

    func location(of id: Bytes32) -> String {
        let name = id.hex
        return "\(path)/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)\(Self.suffix)"
    }

    private func openFile(_ id: Bytes32) throws(SteleError) -> OpenFile {
        guard try contains(id) else {
            throw SteleError(.blobUnknown, "no blob has this id", hint: "check the id; the object may have been erased")
        }
        return try doing("opening a blob") { () throws(SystemError) in
            try OpenFile(location(of: id), .read, calls: calls)
        }
    }

    private func folders(in path: String) throws(SteleError) -> [String] {
        try names(in: path).filter { $0.utf8.count == 2 }
    }

    private func names(in path: String) throws(SteleError) -> [String] {
        try doing("listing the blobs") { () throws(SystemError) in try calls.names(in: path) }
    }
}
