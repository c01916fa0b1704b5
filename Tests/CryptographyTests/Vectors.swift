// CryptographyTests · published vectors, read as published.
import Foundation
import Primitives

/// Files of the shared folder of published vectors.
enum Vectors {
    /// The JSON object in `path`, counted from the folder of cryptographic vectors.
    static func object(_ path: String) throws -> [String: Any] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "../shared/data/crypto/" + path))
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return object
    }

    /// The cases of a Wycheproof file, each with the group it is in.
    static func wycheproof(_ name: String) throws -> [WycheproofCase] {
        let groups = try object("wycheproof/" + name)["testGroups"] as? [[String: Any]] ?? []
        return groups.flatMap { group in
            (group["tests"] as? [[String: Any]] ?? []).map { WycheproofCase(group: group, fields: $0) }
        }
    }
}

/// One case of Project Wycheproof.
struct WycheproofCase {
    var group: [String: Any]
    var fields: [String: Any]

    var number: Int { fields["tcId"] as? Int ?? -1 }
    var comment: String { fields["comment"] as? String ?? "" }
    var flags: [String] { fields["flags"] as? [String] ?? [] }
    var isValid: Bool { fields["result"] as? String == "valid" }

    /// The bytes written in hexadecimal in the field `name`.
    func bytes(_ name: String) -> [UInt8] { Hex.decode(fields[name] as? String ?? "?") ?? [] }
}

/// The bytes written by hexadecimal `text`, which may be broken over lines.
func hex(_ text: String) -> [UInt8] {
    guard let bytes = Hex.decode(text.filter { !$0.isWhitespace }) else { fatalError("not hexadecimal") }
    return bytes
}
