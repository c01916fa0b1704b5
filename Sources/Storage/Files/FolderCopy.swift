// Storage · folders copied, replaced and removed, each durable when the call returns.
public import Primitives

/// What backups and mirrors are made of. Folders hold regular files and folders, nothing else.
public enum FolderCopy {
    /// How much is read at a time.
    public static let pieceByteCount = 1 << 20

    /// Copies the folder `source` to `path`, which must not exist. Durable when this returns.
    ///
    /// - Parameter copied: Called with the path, from `source`, of each file that was copied.
    public static func copy(
        _ source: String, to path: String, calls: any SystemCalls = LinuxSystemCalls(),
        copied: (String) throws(SteleError) -> Void = { _ in }
    ) throws(SteleError) {
        for file in try files(in: source, calls: calls) {
            try copyFile("\(source)/\(file)", to: "\(path)/\(file)", calls: calls)
            try copied(file)
        }
        try doing("copying a folder") { () throws(SystemError) in
            try Directory.makeAll(path, calls: calls)
            try Directory.sync(path, calls: calls)
            try Directory.sync(Directory.parent(of: path), calls: calls)
        }
    }

    /// Copies one file, whose folder is made if it is missing. Durable when this returns, but for its name.
    public static func copyFile(
        _ source: String, to path: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        try doing("copying a file") { () throws(SystemError) in
            let folder = Directory.parent(of: path)
            try Directory.makeAll(folder, calls: calls)
            let input = try OpenFile(source, .read, calls: calls)
            let output = try OpenFile(path, .createNew, calls: calls)
            var offset = 0
            while case let piece = try input.read(count: pieceByteCount, at: offset), !piece.isEmpty {
                try output.write(piece, at: offset)
                offset += piece.count
            }
            try output.sync()
            try Directory.sync(folder, calls: calls)
        }
    }

    /// Puts a copy of the folder `source` in the place of the one at `path`: after a crash one of the two is at `path`,
    /// or the old one at `<path>.old`.
    public static func replace(
        _ path: String, by source: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        let (new, old) = (path + ".new", path + ".old")
        try remove(new, calls: calls)
        try copy(source, to: new, calls: calls)
        try remove(old, calls: calls)
        try doing("replacing a folder") { () throws(SystemError) in
            if try calls.exists(path) { try calls.rename(path, to: old) }
            try calls.rename(new, to: path)
            try Directory.sync(Directory.parent(of: path), calls: calls)
        }
        try remove(old, calls: calls)
    }

    /// Removes the folder at `path` with all it holds; nothing happens when there is none.
    public static func remove(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
        try doing("removing a folder") { () throws(SystemError) in
            guard try calls.exists(path) else { return }
            try removeAll(path, calls: calls)
            try Directory.sync(Directory.parent(of: path), calls: calls)
        }
    }

    /// Every file below `path`, by its path from there, sorted.
    public static func files(
        in path: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> [String] {
        try doing("listing a folder") { () throws(SystemError) in
            try calls.exists(path) ? list(path, "", calls: calls) : []
        }
    }

    /// Whether something is at `path`.
    public static func exists(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) -> Bool {
        try doing("looking for a file") { () throws(SystemError) in try calls.exists(path) }
    }

    /// Gives the folder at `path` the name `newPath`, where nothing is; durable when this returns.
    public static func rename(
        _ path: String, to newPath: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) {
        try doing("renaming a folder") { () throws(SystemError) in
            try calls.rename(path, to: newPath)
            try Directory.sync(Directory.parent(of: newPath), calls: calls)
        }
    }

    /// The size of a file, in bytes.
    public static func byteCount(
        of path: String, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> Int {
        try doing("measuring a file") { () throws(SystemError) in try OpenFile(path, .read, calls: calls).byteCount() }
    }

    /// The `count` bytes of a file from `offset` on, or as many as there are.
    public static func piece(
        of path: String, from offset: Int, count: Int = pieceByteCount, calls: any SystemCalls = LinuxSystemCalls()
    ) throws(SteleError) -> [UInt8] {
        try doing("reading a file") { () throws(SystemError) in
            try OpenFile(path, .read, calls: calls).read(count: count, at: offset)
        }
    }

    private static func list(
        _ path: String, _ prefix: String, calls: any SystemCalls
    ) throws(SystemError) -> [String] {
        var found: [String] = []
        for name in try calls.names(in: path) {
            if try isFolder("\(path)/\(name)", calls: calls) {
                found += try list("\(path)/\(name)", "\(prefix)\(name)/", calls: calls)
            } else {
                found.append(prefix + name)
            }
        }
        return found
    }

    private static func removeAll(_ path: String, calls: any SystemCalls) throws(SystemError) {
        for name in try calls.names(in: path) {
            let inner = "\(path)/\(name)"
            if try isFolder(inner, calls: calls) {
                try removeAll(inner, calls: calls)
            } else {
                try calls.remove(inner)
            }
        }
        try calls.removeDirectory(path)
    }

    private static func isFolder(_ path: String, calls: any SystemCalls) throws(SystemError) -> Bool {
        do throws(SystemError) {
            calls.close(try calls.open(path, .directory))
            return true
        } catch {
            guard error.isNotDirectory else { throw error }
            return false
        }
    }
}
