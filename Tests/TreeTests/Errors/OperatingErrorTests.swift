// The page for whoever is on call has every code that a node can end with or write to its log.
import Foundation
import Testing

@Suite struct OperatingErrorTests {
    static let page = "docs/operate/errors.md"
    /// What runs on the caller's side only: a node neither ends with these codes nor logs them.
    static let callers = ["Arguments", "Client", "Copy", "Import", "Story", "Verbs", "Wallet"].map {
        "Sources/SteleCommand/\($0)/"
    }

    /// The codes in the first column of the page's tables.
    static func explained() throws -> [String] {
        try Repository.text(page).split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { row in
            row.split(separator: "|")[0].texts(between: "`", and: "`").filter { $0.contains(".") }
        }
    }

    /// An answer of 500 or more is a fault that goes to the log, and what keeps a node from starting is one too.
    @Test func everyFaultOfANodeIsExplained() throws {
        let places = Dictionary(
            ErrorCodeTests.declarations.map { ($0.code, $0.place) }, uniquingKeysWith: { first, _ in first })
        let faults = try ErrorCodeTests.listings().filter { listing in
            guard listing.status >= 500, let place = places[listing.code] else { return false }
            return !Self.callers.contains { place.hasPrefix($0) }
        }
        #expect(faults.count > 60)
        let missing = Set(faults.map(\.code)).subtracting(try Self.explained())
        #expect(missing.isEmpty, "\(Self.page) does not say what to do about \(missing.sorted())")
    }

    @Test func whatIsExplainedExists() throws {
        let events = try Repository.text("Sources/SteleCommand/Log/LogEvent.swift")
        let codes = Set(ErrorCodeTests.declarations.map(\.code))
        let explained = try Self.explained()
        #expect(Set(explained).count == explained.count, "\(Self.page) explains something twice")
        for name in explained {
            #expect(codes.contains(name) || events.contains("\"\(name)\""), "\(Self.page) explains \(name)")
        }
    }

    @Test func everyRowSaysWhatToDo() throws {
        for row in try Repository.text(Self.page).split(separator: "\n") where row.hasPrefix("| `") {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            #expect(cells.count >= 5 && cells[2].hasSuffix(".") && cells[3].count > 3, "\(row)")
        }
    }

    /// The page on logs lists every event.
    @Test func everyEventIsListed() throws {
        let source = try Repository.text("Sources/SteleCommand/Log/LogEvent.swift")
        let names = source.texts(between: "enum Name: String", and: "\n    }").first ?? ""
        let page = try Repository.text("docs/operate/logs.md")
        let events = names.split(separator: "\n").compactMap { line -> String? in
            guard let word = line.split(separator: " ").dropFirst().first, line.contains("case ") else { return nil }
            return line.texts(between: "\"", and: "\"").first ?? String(word)
        }
        #expect(events.count > 10)
        for event in events { #expect(page.contains("`\(event)`"), "docs/operate/logs.md does not list \(event)") }
    }
}
