// Tests · the root key file: written once, read strictly.
import Cryptography
import Foundation
import Primitives
import Testing
import Vault

@Suite struct RootKeyFileTests {
    private func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stele-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    @Test func isReadableByItsOwnerAloneAndReadBack() async throws {
        try await withFolder { folder in
            let file = RootKeyFile("\(folder)/root.key")
            #expect(try !file.exists())
            let root = try file.create(random: SystemRandom())
            #expect(root.epoch == 1)
            #expect(try file.load() == root)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let text = try String(contentsOfFile: file.path, encoding: .utf8)
            #expect(text == "stele root key 1\nepoch 1\nkey \(Hex.encode(root.secret.exposedCopy()))\n")
        }
    }

    @Test func isNeverOverwrittenByCreation() async throws {
        try await withFolder { folder in
            let file = RootKeyFile("\(folder)/root.key")
            let root = try file.create(random: SystemRandom())
            #expect(await code { _ = try file.create(random: SystemRandom()) } == "keys.root_exists")
            #expect(try file.load() == root)
            let next = RootKey.random(epoch: 2, from: SystemRandom())
            try file.write(next)
            #expect(try file.load() == next)
        }
    }

    @Test func isMissing() async throws {
        try await withFolder { folder in
            #expect(await code { _ = try RootKeyFile("\(folder)/none").load() } == "keys.root_missing")
        }
    }

    @Test(arguments: [
        "", "\n", "stele root key 1\n", "stele root key 2\nepoch 1\nkey KEY\n", "stele root key 1\nepoch 0\nkey KEY\n",
        "stele root key 1\nepoch 01\nkey KEY\n", "stele root key 1\nepoch +1\nkey KEY\n",
        "stele root key 1\nepoch 4294967296\nkey KEY\n", "stele root key 1\nepoch 1\nkey KEY",
        "stele root key 1\nepoch 1\nkey KEY\n\n", "stele root key 1\nepoch 1\nkey KEY\nmore\n",
        "stele root key 1\r\nepoch 1\r\nkey KEY\r\n", "stele root key 1\nkey KEY\nepoch 1\n",
        "stele root key 1\nepoch 1\nkey 00\n", "stele root key 1\nepoch 1\nkey UPPER\n",
        " stele root key 1\nepoch 1\nkey KEY\n",
        "stele root key 1\nepoch 1\nkey KEY \n",
    ])
    func isRefusedUnlessItHasExactlyTheThreeLines(text: String) async throws {
        try await withFolder { folder in
            let path = "\(folder)/root.key"
            let written = text.replacingOccurrences(of: "KEY", with: "ab" * 32)
                .replacingOccurrences(of: "UPPER", with: "AB" * 32)
            try written.write(toFile: path, atomically: false, encoding: .utf8)
            #expect(await code { _ = try RootKeyFile(path).load() } == "keys.root_malformed")
        }
    }
}
