// Error codes are a promise to scripts and people: declared once, listed once, never renamed by accident.
import Foundation
import JSON
import Testing

@Suite struct ErrorCodeTests {
    /// A code as the sources declare it: a public constant under its doc comment.
    struct Declaration {
        let code: String
        let comment: String
        let place: String
    }

    struct Listing {
        let code: String
        let sentence: String
        let status: Int
        let exit: Int
    }

    static let constructor = "ErrorCode" + "(\""

    static let declarations: [Declaration] = Repository.swiftFiles(in: "Sources").filter { $0.contains(constructor) }
        .flatMap { file in
            file.lines.indices.compactMap { index -> Declaration? in
                guard file.lines[index].contains(" static let "),
                    let code = file.lines[index].texts(between: constructor, and: "\"").first
                else { return nil }
                var comment: [Substring] = []
                var line = index - 1
                while line >= 0, let start = file.lines[line].range(of: "/// ") {
                    comment.insert(file.lines[line][start.upperBound...], at: 0)
                    line -= 1
                }
                return Declaration(
                    code: code, comment: comment.joined(separator: " "), place: "\(file.path):\(index + 1)")
            }
        }

    static func listings() throws -> [Listing] {
        let document = try JSONDocument(parsing: Array(Repository.text("docs/spec/errors.json").utf8))
        return try document.root.elements.map { entry in
            let members = JSONValue(entry)
            guard case .string(let code) = members["code"], case .string(let sentence) = members["sentence"],
                case .number(let status) = members["http"], case .number(let exit) = members["exit"],
                entry.members.map(\.key) == ["code", "sentence", "http", "exit"]
            else { throw MalformedListing() }
            return Listing(
                code: code, sentence: sentence, status: Int(status) ?? 0, exit: Int(exit) ?? 0)
        }
    }

    struct MalformedListing: Error {}

    @Test func codesAreMadeInDeclarationsOnly() {
        for file in Repository.files where file.path.hasSuffix(".swift") && file.contains(Self.constructor) {
            let places = file.places { line in
                line.contains(Self.constructor)
                    && !(file.path.hasPrefix("Sources/") && line.contains("public static let "))
            }
            #expect(places.isEmpty, "declare the code once, as a public constant of the code type: \(places)")
        }
    }

    @Test func codesAreUnique() {
        let places = Dictionary(grouping: Self.declarations, by: \.code).filter { $0.value.count > 1 }
        #expect(places.isEmpty, "declared twice: \(places.values.map { $0.map(\.place) })")
    }

    @Test func codesAreANounAndAReason() {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789_")
        for declaration in Self.declarations {
            let parts = declaration.code.split(separator: ".", omittingEmptySubsequences: false)
            #expect(
                parts.count == 2 && parts.allSatisfy { !$0.isEmpty && letters.isSuperset(of: $0) },
                "\(declaration.place): \(declaration.code) is not noun.reason")
            #expect(!declaration.comment.isEmpty, "\(declaration.place) lacks its doc comment")
        }
    }

    @Test func everyDeclaredCodeIsListed() throws {
        let listed = Set(try Self.listings().map(\.code))
        let missing = Self.declarations.filter { !listed.contains($0.code) }
        let entries = missing.map {
            #"{"code": "\#($0.code)", "sentence": "\#($0.comment)", "http": 400, "exit": 3},"#
        }
        #expect(
            missing.isEmpty,
            "add to docs/spec/errors.json, with the right status and exit code:\n\(entries.joined(separator: "\n"))")
    }

    @Test func everyListedCodeIsDeclared() throws {
        let declared = Set(Self.declarations.map(\.code))
        let orphans = try Self.listings().map(\.code).filter { !declared.contains($0) }
        #expect(orphans.isEmpty, "nothing declares \(orphans)")
    }

    @Test func listingsAreSortedAndWhole() throws {
        let listings = try Self.listings()
        #expect(listings.map(\.code) == Set(listings.map(\.code)).sorted())
        for listing in listings {
            #expect(listing.sentence.hasSuffix("."), "\(listing.code) has no sentence")
            #expect((400...599).contains(listing.status), "\(listing.code) has no HTTP status")
            #expect((1...6).contains(listing.exit), "\(listing.code) has no exit code")
        }
    }
}
