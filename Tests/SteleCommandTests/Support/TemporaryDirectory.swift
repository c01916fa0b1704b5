// A folder of a test's own, gone afterwards.
import Foundation

final class TemporaryDirectory {
    let path: String

    init() throws {
        path = URL(filePath: NSTemporaryDirectory() + "stele-command-" + UUID().uuidString).standardizedFileURL.path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> String {
        let path = path + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }
}
