// Storage · a small file whose bytes are to be on the device no more.
public import Primitives

/// A file that is destroyed where it lies.
///
/// File systems and devices that write elsewhere when they are told to overwrite (copy on write, snapshots, flash with
/// wear levelling) keep what was there; nothing above them can tell.
public struct OverwrittenFile: Sendable {
    /// Where the file is.
    public let path: String
    private let calls: any SystemCalls

    /// The file at `path`, which need not exist.
    public init(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) {
        self.path = path
        self.calls = calls
    }

    /// Writes zeros over the whole file; durable when this returns. Nothing happens when there is none.
    public func destroy() throws(SteleError) {
        try doing("overwriting a file") { () throws(SystemError) in
            guard try calls.exists(path) else { return }
            let file = try OpenFile(path, .update, calls: calls)
            try file.write([UInt8](repeating: 0, count: file.byteCount()), at: 0)
            try file.sync()
        }
    }
}
