// Storage · one process per data directory.
public import Primitives

/// Holds the file `LOCK` of a data directory from creation to release.
///
/// The lock belongs to the open file, so the kernel drops it when the process dies, however it dies; it is not passed
/// on to child programs. The file stays behind, empty.
public struct DirectoryLock: ~Copyable, Sendable {
    /// The name inside the data directory.
    public static let name = "LOCK"
    private let file: OpenFile

    /// Takes the lock of `directory`, which must exist.
    /// - Throws: `store.locked` when another holder has it.
    public init(_ directory: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
        let path = "\(directory)/\(Self.name)"
        let file = try doing("opening LOCK") { () throws(SystemError) in
            try OpenFile(path, .create, calls: calls)
        }
        let isTaken = try doing("taking LOCK") { () throws(SystemError) in try file.tryLock() }
        guard isTaken else {
            throw SteleError(
                .storeLocked, "another process has the data directory open",
                hint: "stop the other node, or give this one its own --data")
        }
        self.file = file
    }
}
