// What an import says of itself: counts, progress, the journal, the list of failures.
import Cryptography
import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ImportTallyTests {
    @Test func countsWhatTheNodeAnswers() throws {
        let text = #"""
            [{"response":{"status":"201 Created","etag":"W/\"1\""}},{"response":{"status":"201 Created","etag":"W/\"2\""}},
            {"response":{"status":"200 OK","etag":"W/\"2\""}},
            {"response":{"status":"422","outcome":{"resourceType":"OperationOutcome","issue":[{"severity":"error",
            "code":"invalid","details":{"coding":[{"code":"resource.malformed"}]}}]}}},{"response":{"status":"500"}}]
            """#
        let answers = try JSONDocument(parsing: Array(text.utf8)).root.elements.map { ImportTally.Answer($0) }
        #expect(answers == [.created, .newVersion, .unchanged, .refused("resource.malformed"), .refused("unknown")])
        var tally = ImportTally(fileCount: 1, repeatCount: 3, unresolved: [.urn: 2])
        for answer in answers { tally.add(answer) }
        #expect(tally.resourceCount == 8 && tally.refusedCount == 2 && tally.writtenCount == 2)
        tally += tally
        #expect(tally.fileCount == 2 && tally.refusedCount == 4)
        #expect(tally.sentences.contains("refused 2: resource.malformed"))
        #expect(tally.sentences.contains("unresolved 4: no entry has this urn"))
    }

    @Test func saysHowFastAndHowLong() {
        let progress = ImportProgress(byteCount: 1000, resourceCount: 1000) { _ in }
        let line = progress.line(500, sentByteCount: 500, elapsed: .seconds(2))
        #expect(line == "500 of 1000 resources, 250 a second, about 3 s left")
    }

    @Test func theJournalKnowsWhatWasSentToWhom() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/journal"
        let (here, there) = (SystemRandom().bytes32(), SystemRandom().bytes32())
        let tally = ImportTally(createdCount: 4, newVersionCount: 1, unchangedCount: 2, unresolved: [.name: 7])
        try ImportJournal(path, network: here).note([1, 2, 3], tally)
        // A line cut off by a crash.
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        _ = try file.seekToEnd()
        try file.write(contentsOf: Data(#"{"part":"00"#.utf8))
        try file.close()
        let journal = try ImportJournal(path, network: here)
        #expect(journal.partCount == 1 && journal.tally(of: [1, 2, 3]) == tally)
        #expect(journal.tally(of: [1, 2]) == nil)
        #expect(try ImportJournal(path, network: there).tally(of: [1, 2, 3]) == nil)
        try journal.remove()
        #expect(try folder.names.isEmpty)
    }

    @Test func theListOfFailuresHoldsNamesAndCodesOnly() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/failures"
        try ImportFailures.write(
            [
                ImportFailure(path: "b.json", offset: nil, resource: nil, code: "json.syntax"),
                ImportFailure(path: "a.json", offset: 17, resource: "Patient/p", code: "resource.invalid"),
            ], to: path)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text == """
                {"file":"a.json","byte":17,"resource":"Patient/p","code":"resource.invalid"}
                {"file":"b.json","code":"json.syntax"}

                """)
        try ImportFailures.write([], to: path)
        #expect(try folder.names.isEmpty)
    }
}
