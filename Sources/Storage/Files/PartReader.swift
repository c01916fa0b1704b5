// Storage · a large file that others wrote, read part by part.
public import Primitives

/// A file opened for reading any part of it, so that nobody has to hold all of it.
public struct PartReader: ~Copyable, Sendable {
    /// How many bytes the file had when it was opened.
    public let byteCount: Int
    private let file: OpenFile

    /// Opens the file at `path`.
    /// - Throws: `storage.io` when it cannot be opened.
    public init(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
        let file = try doing("opening a file") { () throws(SystemError) in
            try OpenFile(path, .read, calls: calls)
        }
        byteCount = try doing("measuring a file") { () throws(SystemError) in try file.byteCount() }
        self.file = file
    }

    /// The bytes in `range`, or fewer when the file ends before.
    public func read(_ range: Range<Int>) throws(SteleError) -> [UInt8] {
        try doing("reading a file") { () throws(SystemError) in
            try file.read(count: range.count, at: range.lowerBound)
        }
    }
}
