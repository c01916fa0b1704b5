// Storage · folders: made, synced, listed.
public import Primitives

/// What is done with folders. A new name is durable only once the folder that holds it is synced.
public enum Directory {
    /// Creates the folder `path` and the missing ones above it, readable by the owner alone, and syncs their parents.
    public static func create(_ path: String, calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
        try doing("creating a folder") { () throws(SystemError) in try makeAll(path, calls: calls) }
    }

    /// The folder that holds `path`.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the names inside the folder durable.
    static func sync(_ path: String, calls: any SystemCalls) throws(SystemError) {
        try OpenFile(path, .directory, calls: calls).sync()
    }

    static func makeAll(_ path: String, calls: any SystemCalls) throws(SystemError) {
        if try calls.exists(path) { return }
        let parent = parent(of: path)
        try makeAll(parent, calls: calls)
        _ = try calls.makeDirectory(path)
        try sync(parent, calls: calls)
    }
}
