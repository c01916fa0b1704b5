// Storage · small files that are replaced as a whole.
public import Primitives

/// A file that is read whole and replaced whole: after a crash it has the old content or the new, never a mixture.
///
/// Writing goes to `<path>.new`, which is synced, renamed over `path`, and made durable by syncing the folder. The file
/// is readable by its owner alone (mode 0600).
public struct AtomicFile: Sendable {
    /// Where the file is.
    public let path: String
    private let calls: any SystemCalls

    /// The file at `path`, which need not exist.
    public init(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) {
        self.path = path
        self.calls = calls
    }

    /// The content, or `nil` when there is no file.
    public func read() throws(SteleError) -> [UInt8]? {
        try doing("reading a file") { () throws(SystemError) in
            try calls.exists(path) ? OpenFile(path, .read, calls: calls).readAll() : nil
        }
    }

    /// Replaces the content; it is durable when this returns. After a throw, the file has the old content or the new.
    public func write(_ bytes: [UInt8]) throws(SteleError) {
        try doing("replacing a file") { () throws(SystemError) in
            let temporary = path + ".new"
            if try calls.exists(temporary) { try calls.remove(temporary) }  // Left by a crash.
            let file = try OpenFile(temporary, .createNew, calls: calls)
            try file.write(bytes, at: 0)
            try file.sync()
            try calls.rename(temporary, to: path)
            try Directory.sync(Directory.parent(of: path), calls: calls)
        }
    }

    /// Gives the file the name `newPath` in the same folder, in the place of what is there; durable when this returns.
    public func rename(to newPath: String) throws(SteleError) {
        try doing("renaming a file") { () throws(SystemError) in
            try calls.rename(path, to: newPath)
            try Directory.sync(Directory.parent(of: newPath), calls: calls)
        }
    }

    /// Removes the file; its absence is durable when this returns. Nothing happens when there is none.
    public func remove() throws(SteleError) {
        try doing("removing a file") { () throws(SystemError) in
            guard try calls.exists(path) else { return }
            try calls.remove(path)
            try Directory.sync(Directory.parent(of: path), calls: calls)
        }
    }
}
