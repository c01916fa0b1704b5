// SteleCommand · the files that an import is given.
internal import Foundation
internal import Primitives

/// Finds files, and says by their names how they are read.
enum ImportPaths {
    /// How files end that are looked for in folders.
    static let endings = [".json", ".ndjson", ".jsonl"]

    /// The files that `paths` name: each file, and those in each folder and its folders that have one of
    /// ``endings``, in order of their names. A file named twice is read once.
    /// - Throws: `file.missing` when a path names nothing, or a folder without any such file.
    static func files(in paths: [String]) throws(SteleError) -> [String] {
        var found: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw SteleError(.fileMissing, "there is no file or folder at a path given", hint: "check the path")
            }
            guard isFolder.boolValue else {
                found.append(path)
                continue
            }
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
            let fitting = names.filter { name in endings.contains { name.hasSuffix($0) } }
            guard !fitting.isEmpty else {
                throw SteleError(
                    .fileMissing, "a folder given holds no file that ends in \(endings.joined(separator: ", "))",
                    hint: "give a folder of FHIR R4 bundles, resources or NDJSON")
            }
            found += fitting.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert(Files.absolutePath($0)).inserted }
    }

    /// Whether a file holds one resource on each line.
    static func isLines(_ path: String) -> Bool { path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") }
}
