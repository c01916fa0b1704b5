// The pages: whatever they point at is there.
import Foundation
import Testing

@Suite struct DocumentTests {
    static let pages = Repository.files.filter { $0.path.hasSuffix(".md") && !$0.path.contains(".docc/") }

    @Test func relativeLinksResolve() {
        for page in Self.pages {
            for link in Self.links(in: page) {
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let target = parts[0].isEmpty ? page.path : Self.resolved(String(parts[0]), from: page.path)
                #expect(Repository.exists(target), "\(page.path) links to \(link), which is not there")
                guard parts.count == 2, let text = try? Repository.text(target) else { continue }
                #expect(
                    Self.anchors(in: text).contains(String(parts[1])),
                    "\(page.path) links to \(link), and the page has no such heading")
            }
        }
    }

    @Test func pagesThatSourcesCiteExist() {
        let folder = "docs/"
        var citing: [String: [String]] = [:]
        for file in Repository.files where file.path.hasSuffix(".swift") && file.contains(folder) {
            for line in file.lines {
                for rest in line.components(separatedBy: folder).dropFirst() {
                    let name = rest.prefix { $0.isLetter || $0.isNumber || "-./".contains($0) }
                    guard let end = [".md", ".json"].first(where: { name.contains($0) }) else { continue }
                    citing[name.components(separatedBy: end)[0] + end, default: []].append(file.path)
                }
            }
        }
        #expect(citing.count > 3)
        for (name, files) in citing {
            #expect(
                Repository.exists(folder + name), "\(folder)\(name) is not there; it is cited by \(Set(files).sorted())"
            )
        }
    }

    @Test(arguments: Target.all.filter { $0.kind == .library }.map(\.name))
    func targetsHaveALandingPage(name: String) {
        let isPublic = Repository.swiftFiles(in: "Sources/\(name)").contains { file in
            file.lines.contains { $0.hasPrefix("public ") && !$0.hasPrefix("public import") }
        }
        guard isPublic else { return }
        let path = "Sources/\(name)/\(name).docc/\(name).md"
        let page = (try? Repository.text(path)) ?? ""
        let isWhole = page.hasPrefix("# ``\(name)``") && page.contains("## Topics")
        #expect(isWhole, "\(path) is missing, is not named after its target, or has no topics")
    }

    @Test func decisionsAreNumberedAndWhole() throws {
        let decisions = Self.pages.filter { $0.path.hasPrefix("docs/decisions/") }
        for (index, page) in decisions.enumerated() {
            let number = String(format: "%04d", index + 1)
            #expect(page.path.hasPrefix("docs/decisions/\(number)-"), "\(page.path) should be number \(number)")
            for heading in ["## Context", "## Alternatives", "## Choice", "Status: "] {
                #expect(page.text.contains(heading), "\(page.path) lacks \(heading)")
            }
        }
        #expect(!decisions.isEmpty)
    }

    @Test func makeExplainsEveryVerb() throws {
        let makefile = try #require(TextFile(path: "Makefile"))
        let phony = makefile.lines.filter { $0.hasPrefix(".PHONY:") }
        let verbs = phony.flatMap { $0.split(separator: " ").dropFirst() }.filter { $0 != "release" }
        #expect(verbs.contains("help"))
        for verb in verbs {
            #expect(
                makefile.lines.contains { $0.hasPrefix("\(verb):") && $0.contains("## ") }, "make \(verb) has no help")
        }
    }

    /// Targets of `[text](target)`, outside code, that are files of the repository.
    private static func links(in page: TextFile) -> [String] {
        var isCode = false
        return page.lines.flatMap { line -> [String] in
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode else { return [] }
            return line.texts(between: "](", and: ")").filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
        }
    }

    private static func resolved(_ link: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    /// Headings as links name them: lower case, spaces to hyphens, punctuation gone.
    private static func anchors(in text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
                String(
                    heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                        .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
                        .map { $0 == " " ? "-" : $0 })
            })
    }
}
