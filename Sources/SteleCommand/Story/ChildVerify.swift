// SteleCommand · `stele verify` as an auditor runs it.
internal import Foundation

/// A check by a process of its own, in an empty folder, with an empty environment: nothing but program, proof and key.
struct ChildVerify {
    /// How it ended.
    let exitCode: Int32
    /// What it said, line by line.
    let lines: [String]

    /// Runs the check and waits for it.
    init(_ executable: String, proof: String, trust: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stele-verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["verify", proof, "--trust", trust]
        process.environment = [:]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        exitCode = process.terminationStatus
        lines = String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
