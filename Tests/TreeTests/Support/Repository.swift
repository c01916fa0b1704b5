// What the tests of the tree read: the files of the repository, without what builds and runs leave behind.
import Foundation
import Glibc

/// The repository this test was built from.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let folders = [
        "Sources", "Tests", "Benchmarks", "Snippets", "docs", "scripts", "changes", "packaging", ".ci",
    ]
    private static let textExtensions = [
        "swift", "md", "sh", "json", "h", "cpp", "modulemap", "txt", "html", "css", "toml", "service",
    ]

    /// Every text file that people write here.
    static let files: [TextFile] = {
        var paths = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        paths = paths.filter { $0.hasSuffix(".md") || $0.hasSuffix(".swift") || $0 == "Makefile" }
        for folder in folders {
            let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            while let path = found?.nextObject() as? String {
                let name = folder + "/" + path
                if textExtensions.contains(URL(filePath: name).pathExtension) || name == ".ci/run" {
                    paths.append(name)
                }
            }
        }
        return paths.sorted().compactMap(TextFile.init(path:))
    }()

    /// The Swift files below `folder`.
    static func swiftFiles(in folder: String) -> [TextFile] {
        files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(".swift") }
    }

    /// The text of one file that must be there.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}

/// One file with its lines.
struct TextFile: Sendable {
    /// Relative to the root of the repository.
    let path: String
    let text: String
    let lines: [Substring]

    init?(path: String) {
        guard let text = try? Repository.text(path) else { return nil }
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// `path:line` for each line in which `isBad` holds.
    func places(where isBad: (Substring) -> Bool) -> [String] {
        lines.enumerated().filter { isBad($0.element) }.map { "\(path):\($0.offset + 1)" }
    }

    /// `path:line` for each line that holds one of `patterns`, with nothing but a boundary around it if `asWord`.
    func places(of patterns: [String], asWord: Bool = false) -> [String] {
        // Nearly every file holds none of them, and one look at the whole is far cheaper than one at each line.
        let patterns = patterns.filter(contains)
        guard !patterns.isEmpty else { return [] }
        return places { line in patterns.contains { asWord ? line.contains(word: $0) : line.contains($0) } }
    }

    /// Whether `pattern` stands anywhere in the file.
    func contains(_ pattern: String) -> Bool {
        unsafe strstr(text, pattern) != nil
    }
}

extension StringProtocol {
    /// Whether `word` stands here with no letter, digit or underscore on either side.
    func contains(word: String) -> Bool {
        func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
        var rest = self[...]
        while let found = rest.range(of: word) {
            let before = found.lowerBound == startIndex ? nil : self[index(before: found.lowerBound)]
            let after = found.upperBound == endIndex ? nil : self[found.upperBound]
            if !(before.map(isPart) ?? false), !(after.map(isPart) ?? false) { return true }
            rest = self[found.upperBound...]
        }
        return false
    }

    /// What stands between each `opening` and the `closing` after it.
    func texts(between opening: String, and closing: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let start = rest.range(of: opening), let end = rest[start.upperBound...].range(of: closing) {
            found.append(String(rest[start.upperBound..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return found
    }
}
