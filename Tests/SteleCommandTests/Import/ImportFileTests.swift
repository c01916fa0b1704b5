// Files on their way into a node: what is found in them, and that their bytes stay theirs.
import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ImportFileTests {
    @Test func findsThePatientsOfABundle() throws {
        let file = try ImportFile(DemoTests.samples + "/patients/01-marta-kestrel.json")
        #expect(file.patients.map(\.id) == ["marta-kestrel"])
        #expect(file.patients[0].displayName == "Marta Ilse Kestrel")
        #expect(file.patients[0].birthDate == "1968-04-12")
        #expect(file.resourceCount == 20)
        #expect(try file.body() == Array(try Data(contentsOf: URL(filePath: file.path))))
        #expect(try ImportFile(DemoTests.samples + "/directory.json").patients.isEmpty)
    }

    @Test func wrapsASingleResourceWithoutTouchingIt() throws {
        let folder = try TemporaryDirectory()
        let text = #"{ "resourceType":"Patient", "id":"p1", "multipleBirthInteger":2, "x":1.50 }"#
        let file = try ImportFile(try folder.write(Array(text.utf8), to: "p.json"))
        #expect(file.patients.map(\.displayName) == ["Patient p1"])
        let body = String(decoding: try file.body(), as: UTF8.self)
        #expect(body.contains(text))
        let root = try JSONDocument(parsing: Array(body.utf8)).root
        #expect(root["resourceType"]?.string == "Bundle" && root["entry"]?.count == 1)
    }

    @Test(arguments: ["{", "[]", "{}", #"{"resourceType":"Bundle","entry":[{"resource":{}}]}"#])
    func refusesWhatHoldsNoResource(text: String) throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Array(text.utf8), to: "x.json")
        #expect(throws: SteleError.self) { _ = try ImportFile(path) }
    }

    @Test func aPatientsIDNeverLeavesTheFolderOfWallets() throws {
        let folder = try TemporaryDirectory()
        let text = #"{"resourceType":"Patient","id":"../../x"}"#
        #expect(try ImportFile(try folder.write(Array(text.utf8), to: "p.json")).patients.isEmpty)
    }

    @Test func readsFoldersInOrder() throws {
        let folder = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: folder.path + "/b", withIntermediateDirectories: true)
        for name in ["c.json", "a.json", "b/x.json", "notes.txt"] { _ = try folder.write([], to: name) }
        let names = try ImportFile.paths(in: [folder.path]).map { $0.dropFirst(folder.path.count + 1) }
        #expect(names == ["a.json", "b/x.json", "c.json"])
        #expect(throws: SteleError.self) { _ = try ImportFile.paths(in: [folder.path + "/none"]) }
    }

    @Test func countsWhatTheNodeAnswers() throws {
        let text = #"""
            {"resourceType":"Bundle","type":"batch-response","entry":[
            {"response":{"status":"201 Created"}},{"response":{"status":"200 OK"}},
            {"response":{"status":"422","outcome":{"resourceType":"OperationOutcome","issue":[{"severity":"error",
            "code":"invalid","details":{"coding":[{"code":"resource.malformed"}]}}]}}},{"response":{"status":"500"}}]}
            """#
        var tally = ImportTally(fileCount: 1)
        tally.add(response: try JSONDocument(parsing: Array(text.utf8)).root)
        #expect(tally.writtenCount == 1 && tally.unchangedCount == 1 && tally.resourceCount == 4)
        #expect(tally.refusals == ["resource.malformed": 1, "unknown": 1])
        tally += tally
        #expect(tally.fileCount == 2 && tally.refusedCount == 4)
        #expect(tally.sentences.contains("refused 2: resource.malformed"))
    }

    @Test func saysHowFastAndHowLong() throws {
        let files = [try ImportFile(DemoTests.samples + "/directory.json")]
        let progress = ImportProgress(files) { _ in }
        let line = progress.line(
            ImportTally(fileCount: 1, writtenCount: 500), sentByteCount: files[0].byteCount / 2, elapsed: .seconds(2))
        #expect(line == "1 of 1 files, 500 resources, 250 a second, about 3 s left")
    }
}
