// Storage · a file of lines that makes room for itself.
public import Primitives
internal import Synchronization

/// A file that grows by lines. One that is full becomes `<path>.1`, what was `<path>.1` becomes `<path>.2`, and so on;
/// the oldest goes.
///
/// Each line is whole in one of the files, in the order of writing, or its call throws and nothing of it is left.
/// Nothing is synced: what the system has not written out when the power fails is missing. Another program may move the
/// file away and have it opened anew with ``reopen()``; lines until then go to the file that was moved.
public final class RotatedFile: Sendable {
    /// What is open. Renaming does not change where an open file writes to.
    private struct State: ~Copyable {
        var file: OpenFile
    }

    /// Where the newest lines are.
    public let path: String
    private let byteCountMax: Int
    private let keptCount: Int
    private let calls: any SystemCalls
    private let state: Mutex<State>  // Held for one line, so that lines do not mix.

    /// The file at `path`, made if it is missing, readable by its owner alone.
    ///
    /// - Parameters:
    ///   - byteCountMax: How long the file may get; a line that is longer has a file of its own.
    ///   - keptCount: How many full files are kept, one or more.
    public init(
        _ path: String, byteCountMax: Int, keptCount: Int, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        precondition(keptCount > 0, "a full file is kept")
        self.path = path
        self.byteCountMax = byteCountMax
        self.keptCount = keptCount
        self.calls = calls
        state = Mutex(
            State(file: try doing("opening the log") { () throws(SystemError) in try Self.open(path, calls) }))
    }

    /// Adds `line`, which has no line break, and one.
    public func write(_ line: [UInt8]) throws(SteleError) {
        try state.withLock { (state) throws(SteleError) in
            try doing("writing the log") { () throws(SystemError) in
                var end = try state.file.byteCount()
                if end > 0, end + line.count + 1 > byteCountMax, let next = next() {
                    state.file = next
                    end = try state.file.byteCount()
                }
                do throws(SystemError) {
                    try state.file.write(line + [UInt8(ascii: "\n")], at: end)
                } catch {
                    // Half a line would become one with the next.
                    try? state.file.truncate(byteCount: end)
                    throw error
                }
            }
        }
    }

    /// Opens the file by its name again, because another program has moved it. If that fails, the one that is open
    /// stays.
    public func reopen() throws(SteleError) {
        try state.withLock { (state) throws(SteleError) in
            state.file = try doing("opening the log") { () throws(SystemError) in try Self.open(path, calls) }
        }
    }

    private static func open(_ path: String, _ calls: any SystemCalls) throws(SystemError) -> OpenFile {
        try Directory.makeAll(Directory.parent(of: path), calls: calls)
        return try OpenFile(path, .create, calls: calls)
    }

    /// A new file in the place of the full one; nil if that cannot be moved, and then it grows on.
    private func next() -> OpenFile? {
        do throws(SystemError) {
            if try calls.exists(path) { try shift() }
            return try OpenFile(path, .create, calls: calls)
        } catch {
            return nil
        }
    }

    /// Moves each file one number up, as far as there are files without a gap: trying again moves nothing twice.
    private func shift() throws(SystemError) {
        var free = 1
        while free < keptCount, try calls.exists("\(path).\(free)") { free += 1 }
        for number in stride(from: free, to: 1, by: -1) {
            try calls.rename("\(path).\(number - 1)", to: "\(path).\(number)")
        }
        try calls.rename(path, to: "\(path).1")
    }
}
