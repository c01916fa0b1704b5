// SteleCommand · paths and folders.
internal import Foundation

/// What is asked of the file system beyond reading and replacing a file.
enum Files {
    /// `path` from the root of the file system, without `.`, `..` or a slash at its end.
    static func absolutePath(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

    /// `path` as it is shortest to write: from the current folder if it lies there.
    static func shortPath(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    /// Removes the folder at `path` with everything in it.
    static func removeAll(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
}
