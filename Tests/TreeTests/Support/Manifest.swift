// The targets of Package.swift, read from its text: no build, no network, no toolchain of its own.
import Foundation

/// One target as the manifest declares it.
struct Target: Sendable {
    enum Kind: String, CaseIterable {
        case system = ".systemLibrary("
        case library = ".target("
        case executable = ".executableTarget("
        case test = ".testTarget("
    }
    let kind: Kind
    let name: String
    let dependencies: [String]
    /// Where its files are.
    let folder: String

    /// All targets, in the order of the manifest.
    static let all: [Target] = {
        guard let manifest = TextFile(path: "Package.swift") else { return [] }
        // Comments may hold brackets and quotation marks.
        let text = manifest.lines.filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }
            .joined(separator: "\n")
        guard let start = text.range(of: "targets: [\n") else { return [] }
        return declarations(in: text[start.upperBound...])
    }()

    private static func declarations(in text: Substring) -> [Target] {
        var targets: [Target] = []
        var rest = text
        while let (kind, range) = Kind.allCases.compactMap({ kind in rest.range(of: kind.rawValue).map { (kind, $0) } })
            .min(by: { $0.1.lowerBound < $1.1.lowerBound })
        {
            let declaration = balanced(rest[range.upperBound...], open: "(", close: ")")
            rest = rest[declaration.endIndex...]
            guard let name = declaration.texts(between: "name: \"", and: "\"").first else { continue }
            var dependencies: [String] = []
            if let list = declaration.range(of: "dependencies: [") {
                dependencies = balanced(declaration[list.upperBound...], open: "[", close: "]")
                    .texts(between: "\"", and: "\"")
            }
            let parent = kind == .test ? "Tests/" : "Sources/"
            let folder = declaration.texts(between: "path: \"", and: "\"").first ?? parent + name
            targets.append(Target(kind: kind, name: name, dependencies: dependencies, folder: folder))
        }
        return targets
    }

    /// The text up to the bracket that closes the one just before it.
    private static func balanced(_ text: Substring, open: Character, close: Character) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }

    /// The modules its sources import.
    var imports: Set<String> {
        Set(Repository.swiftFiles(in: folder).flatMap { $0.lines.compactMap(Self.imported) })
    }

    private static func imported(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
            words[..<keyword].allSatisfy({ ["public", "package", "internal", "private", "@testable"].contains($0) })
        else { return nil }
        return words[keyword + 1].split(separator: ".").first.map(String.init)
    }
}
