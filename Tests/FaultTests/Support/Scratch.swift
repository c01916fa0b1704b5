// A folder for one test, gone when the test is.
import Foundation

/// A new empty folder. Removed with everything in it, unless `STELE_KEEP` is set.
final class Scratch: Sendable {
    let path: String

    init(_ name: String) throws {
        path = NSTemporaryDirectory() + "stele-\(name)-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        if ProcessInfo.processInfo.environment["STELE_KEEP"] == nil {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// A copy of the file or folder `source` inside the folder `name`, taking the place of what is there.
    func copy(_ source: String, as name: String) throws -> String {
        if FileManager.default.fileExists(atPath: self(name)) { try FileManager.default.removeItem(atPath: self(name)) }
        try FileManager.default.copyItem(atPath: source, toPath: self(name))
        return self(name)
    }

    /// Every file under `path`, by its path.
    static func files(under path: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.map { path + "/" + $0 }.filter {
            (try? FileManager.default.attributesOfItem(atPath: $0)[.type] as? FileAttributeType) == .typeRegular
        }.sorted()
    }
}

/// How much of a test to run: few by default, more under `make test-faults`.
enum Extent {
    /// The number in the environment variable `name`, else `usual`.
    static func count(_ name: String, usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
    }

    /// What this run of the tests chooses by: `STELE_SEED`, else any. What fails names it.
    static let seed = UInt64(count("STELE_SEED", usual: Int.random(in: 1...1_000_000)))
}
