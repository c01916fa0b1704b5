// A single bit changed anywhere in the directory of a stopped node with patients is found, and named by its file.
//
// `STELE_FLIPS` says how many; the usual number takes each file at least once.
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
struct FlipTests {
    @Test func everyFlippedBitIsNamedByItsFile() async throws {
        let fixture = try await ServeTests.Fixture()
        let node = try await fixture.serve()
        try await Self.admitPatients(to: fixture)
        #expect(try await fixture.end(node, by: SIGTERM) == 0)
        let files = Self.files(under: fixture.data)
        #expect(files.contains { $0.contains("ledger/OPTIONS") } && files.contains("FORMAT") && files.contains("FILES"))
        #expect(files.contains { $0.hasPrefix("blobs/") } && files.contains { $0.hasPrefix("vault/") })
        let count = ProcessInfo.processInfo.environment["STELE_FLIPS"].flatMap { Int($0) } ?? files.count
        var slowest = Duration.zero
        for number in 0..<count {
            let file = number < files.count ? files[number] : files.randomElement()!
            let path = fixture.data + "/" + file
            let whole = try Data(contentsOf: URL(filePath: path))
            var changed = whole
            let bit = Int.random(in: 0..<(8 * whole.count))
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            try changed.write(to: URL(filePath: path))
            let terminal = TestTerminal()
            let start = ContinuousClock.now
            let code = await terminal.run("inspect", "--deep", "--data", fixture.data)
            slowest = max(slowest, ContinuousClock.now - start)
            let said = terminal.errors.joined(separator: "\n")
            #expect(code != .success, "bit \(bit) of \(file)")
            // A changed list names itself, or the file whose line was changed.
            let isNamed = said.contains(file) || file == "FILES" && files.contains { said.contains($0) }
            #expect(isNamed, "bit \(bit) of \(file): \(said)")
            try whole.write(to: URL(filePath: path))
        }
        #expect(slowest < .seconds(10))
        #expect(await TestTerminal().run("inspect", "--deep", "--data", fixture.data) == .success)
    }

    /// Brings the six patients of the samples, and a record so large that it is a file of its own.
    private static func admitPatients(to fixture: ServeTests.Fixture) async throws {
        let samples = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Samples/patients").standardizedFileURL.path
        let letters = String(repeating: "A", count: 1 << 19)
        let file = try fixture.folder.write(
            Array(
                (#"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","#
                    + #""id":"large"}},{"resource":{"resourceType":"DocumentReference","id":"scan","#
                    + #""status":"current","subject":{"reference":"Patient/large"},"content":[{"attachment":"#
                    + #"{"contentType":"text/plain","data":"\#(letters)"}}]}}]}"#).utf8), to: "large.json")
        for source in [samples, file] {
            let terminal = TestTerminal()
            let code = await terminal.run(
                "import", source, "--data", fixture.data, "--wallets", fixture.folder.path + "/wallets")
            try #require(code == .success, "\(terminal.errors)")
        }
    }

    /// Every file with content, by its path from `folder`.
    private static func files(under folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return attributes?[.type] as? FileAttributeType == .typeRegular && (attributes?[.size] as? Int ?? 0) > 0
        }.sorted()
    }
}
