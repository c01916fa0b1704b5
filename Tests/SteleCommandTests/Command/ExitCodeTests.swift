import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ExitCodeTests {
    /// The published list, from the root of the repository.
    private static func listings() throws -> [(code: String, exit: Int)] {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let bytes = try Data(contentsOf: root.appending(path: "docs/spec/errors.json"))
        return try JSONDocument(parsing: Array(bytes)).root.elements.map {
            (try #require($0["code"]?.string), Int(try #require($0["exit"]?.uint)))
        }
    }

    @Test func followsThePublishedList() throws {
        let listings = try Self.listings()
        #expect(listings.count > 90)
        for listing in listings {
            let exit = ExitCode(for: ErrorCode(listing.code))
            #expect(Int(exit.rawValue) == listing.exit, "\(listing.code)")
        }
    }

    @Test func takesUnknownCodesForBadInput() {
        let unknown = ["nobody.knows", "", ".", "nodots"]
        for name in unknown { #expect(ExitCode(for: ErrorCode(name)) == .badInput) }
    }

    @Test func keepsItsNumbers() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 130])
    }
}
