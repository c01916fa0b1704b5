// SteleCommand · what the demonstration leaves behind, and where the samples are.
internal import Foundation
public import Primitives
internal import Storage

extension ErrorCode {
    /// A step of the demonstration that did not go as it is told.
    public static let demoUnexpected = ErrorCode("demo.unexpected")
    /// The folder for the demonstration holds something else.
    public static let demoFolder = ErrorCode("demo.folder")
    /// The samples cannot be found.
    public static let demoSamples = ErrorCode("demo.samples")
}

/// `demo-out/`.
///
/// ```
/// *.steleproof   what stele verify checks
/// trust.key      the checkpoint keys an auditor pins
/// *-export.json  the patient's own copy
/// story.log      what was told
/// node/          the node's data directory      node.root  its root key      node.log  what it said
/// import.failures  what did not come in, if anything did not
/// wallets/       the patients' wallets          keys/      the staff's keys
/// ```
struct StoryFolder: Sendable {
    /// Absolute.
    let path: String

    /// The folder at `path`, emptied of an earlier demonstration.
    /// - Throws: `demo.folder` when it holds anything that no demonstration left.
    init(fresh path: String) throws(SteleError) {
        self.path = Files.absolutePath(path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.path)) ?? []
        guard names.isEmpty || names.contains(Self.mark) else {
            throw SteleError(
                .demoFolder, "the folder for the demonstration holds something else",
                hint: "give --out another folder, or empty this one")
        }
        do {
            for name in names { try FileManager.default.removeItem(atPath: "\(self.path)/\(name)") }
        } catch {
            throw SteleError(
                .demoFolder, "what an earlier demonstration left cannot be removed",
                hint: "stop a node that still runs on it, then remove the folder")
        }
        for name in ["", "/wallets", "/keys"] { try Directory.create(self.path + name) }
        try AtomicFile("\(self.path)/\(Self.mark)").write([])
    }

    private static let mark = ".stele-demo"

    /// The file `name` in it.
    func file(_ name: String) -> String { "\(path)/\(name)" }
    /// The node's data directory.
    var data: String { file("node") }

    /// Writes the file `name`.
    func write(_ bytes: [UInt8], _ name: String) throws(SteleError) { try AtomicFile(file(name)).write(bytes) }

    /// The samples: `given`, or the folder `Samples` here, or beside or above this program.
    static func samples(_ given: String?) throws(SteleError) -> String {
        if let given { return given }
        var places = [FileManager.default.currentDirectoryPath]
        var folder = URL(filePath: Executable.path).deletingLastPathComponent()
        for _ in 0..<6 {
            places.append(folder.path)
            folder.deleteLastPathComponent()
        }
        for place in places where FileManager.default.fileExists(atPath: place + "/Samples/patients") {
            return place + "/Samples"
        }
        throw SteleError(
            .demoSamples, "the sample patients are not where this program looks for them",
            hint: "give --samples the folder Samples of the source tree")
    }
}

/// This program.
enum Executable {
    /// Where it lies.
    static let path: String =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
}
