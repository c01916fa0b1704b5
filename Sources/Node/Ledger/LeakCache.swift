// Node · what takes seconds to compute at a start, kept by the one before.
public import Leaks
internal import Primitives
public import Storage

/// A file outside the data directory that holds the dictionary of what anybody can guess, for every node of one user.
///
/// The file need not be trusted, for only the one right content is taken from it, nor kept: without it, or when nothing
/// can be written there, the dictionary is computed.
public struct LeakCache: Sendable {
    let folder: String
    private let calls: any SystemCalls
    private var path: String { folder + "/leaks" }

    /// The file in `folder`, which need not exist.
    public init(folder: String, calls: any SystemCalls = LinuxSystemCalls()) {
        self.folder = folder
        self.calls = calls
    }

    /// The file in the folder for such files of the user whose environment it is; nil if it names none.
    ///
    /// Source: systemd.exec(5), `CacheDirectory=`; XDG Base Directory Specification, `XDG_CACHE_HOME`.
    public init?(_ environment: [String: String]) {
        func absolute(_ name: String) -> String? {
            // systemd joins several with colons.
            let path = environment[name]?.split(separator: ":").first.map(String.init)
            return path?.hasPrefix("/") == true ? path : nil
        }
        if let folder = absolute("CACHE_DIRECTORY") {
            self.init(folder: folder)
        } else if let base = absolute("XDG_CACHE_HOME") ?? absolute("HOME").map({ $0 + "/.cache" }) {
            self.init(folder: base + "/stele")
        } else {
            return nil
        }
    }

    /// The dictionary of ``LeakCoverage/standard``, from the file if it is there, else computed and put there.
    public func dictionary() -> LeakDictionary { dictionary { LeakDictionary(.standard) } }

    func dictionary(computing compute: () -> LeakDictionary) -> LeakDictionary {
        // One byte more than it has: a longer file is not it.
        let count = LeakDictionary.standardByteCount + 1
        if let bytes = try? FolderCopy.piece(of: path, from: 0, count: count, calls: calls),
            let dictionary = LeakDictionary(standard: bytes)
        {
            return dictionary
        }
        let dictionary = compute()
        do {
            try Directory.create(folder, calls: calls)
            try AtomicFile(path, calls: calls).write(dictionary.encoded)
        } catch {
            try? AtomicFile(path + ".new", calls: calls).remove()  // It must not fill a disk that has no room for it.
        }
        return dictionary
    }
}
