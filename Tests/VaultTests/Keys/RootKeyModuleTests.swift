// A root key that only a security module opens: real calls to a token in software.
import Cryptography
import Foundation
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite(.enabled(if: SoftwareToken.isInstalled, "softhsm2 is not installed: make deps")) struct RootKeyModuleTests {
    private let folder = NSTemporaryDirectory() + "stele-root-" + UUID().uuidString
    private let module: SecurityModule
    private let random = SystemRandom()

    init() throws {
        module = try #require(SoftwareToken.shared)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? SteleError)?.code.name }
    }

    @Test func sealsAndOpensAndNothingElseDoes() throws {
        let secret = SecretBytes.random(from: random)
        let sealed = try module.seal(secret, associated: [1], random: random)
        #expect(try module.open(sealed, associated: [1]) == secret)
        #expect(code { _ = try module.open(sealed, associated: [2]) } == "module.failed")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            let expected = index < 16 ? "module.key_missing" : "module.failed"
            #expect(code { _ = try module.open(changed, associated: [1]) } == expected, "byte \(index)")
        }
        #expect(code { _ = try module.open(Array(sealed.prefix(44)), associated: [1]) } == "module.key_missing")
        try module.destroyKey(of: sealed)
        try module.destroyKey(of: sealed)
        #expect(code { _ = try module.open(sealed, associated: [1]) } == "module.key_missing")
    }

    @Test func whoMayNotIsTold() throws {
        let absent = SecurityModule(path: "/nowhere/module.so", token: "x", pin: SecretBytes("1".utf8))
        #expect(code { try absent.destroyKey(of: [UInt8](repeating: 7, count: 60)) } == "module.unavailable")
        let noModule = SecurityModule(
            path: "/usr/lib/x86_64-linux-gnu/libz.so.1", token: "x", pin: SecretBytes("1".utf8))
        #expect(code { try noModule.destroyKey(of: [UInt8](repeating: 7, count: 60)) } == "module.unavailable")
        let secret = SecretBytes.random(from: random)
        for other in [SoftwareToken.module(label: "stele"), SoftwareToken.module(pin: "0000-0000")] {
            #expect(code { _ = try other?.seal(secret, associated: [], random: random) } == "module.unavailable")
        }
    }

    @Test func aFileWithoutASealIsReadAndSealedWithTheNextRoot() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/root"
        let plain = RootKeyFile(path)
        let first = try plain.create(random: random)
        let file = RootKeyFile(path, module: module)
        #expect(try file.candidates() == [first])
        let second = RootKey.random(epoch: 2, from: random)
        try file.prepare(second)
        #expect(try file.candidates() == [first, second])
        try file.adopt(second)
        #expect(try file.candidates() == [second])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text.contains("sealed ") && !text.contains("key ") || text.hasPrefix("stele root key 1\nepoch 2\nsealed "))
        #expect(code { _ = try plain.load() } == "module.unavailable")
    }

    /// A copy of the file from before is worth nothing once the next root is in force, even with the token.
    @Test func aKeyWhoseFileCouldNotBeWrittenDoesNotStayInTheToken() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = RootKeyFile(folder + "/nowhere/root", module: module)
        let before = SoftwareToken.objectCount
        #expect(before > 0)
        #expect(code { try file.write(RootKey.random(from: random)) } == "storage.io")
        #expect(SoftwareToken.objectCount == before)
        let kept = RootKeyFile(folder + "/root", module: module)
        let root = RootKey.random(from: random)
        try kept.write(root)
        #expect(SoftwareToken.objectCount == before + 1)
        #expect(try kept.load().epoch == root.epoch)
        try kept.destroyModuleKey()
        #expect(SoftwareToken.objectCount == before)
    }

    @Test func theReplacedRootIsDestroyedInTheModule() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = RootKeyFile(folder + "/root", module: module)
        let first = try file.create(random: random)
        let copy = RootKeyFile(folder + "/copy", module: module)
        try FileManager.default.copyItem(atPath: file.path, toPath: copy.path)
        #expect(try copy.load() == first)
        let second = RootKey.random(epoch: 2, from: random)
        try file.prepare(second)
        try file.adopt(second)
        #expect(code { _ = try copy.load() } == "module.key_missing")
        #expect(try file.load() == second)
        // An epoch cannot be changed in the text.
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        try text.replacing("epoch 2", with: "epoch 3").write(toFile: copy.path, atomically: true, encoding: .utf8)
        #expect(code { _ = try copy.load() } == "module.failed")
    }

    @Test(arguments: [0, 1, 2]) func endsWhatACrashLeft(moment: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = RootKeyFile(folder + "/root", module: module)
        let first = try file.create(random: random)
        let second = RootKey.random(epoch: 2, from: random)
        try file.prepare(second)
        // Once more, as after a crash that nobody noticed: the key of the first attempt goes.
        let kept = RootKeyFile(folder + "/kept", module: module)
        try FileManager.default.copyItem(atPath: file.path + ".next", toPath: kept.path)
        try file.prepare(second)
        #expect(code { _ = try kept.load() } == "module.key_missing")
        switch moment {
        case 0:
            try file.settle(onEpoch: 1)
            #expect(try file.candidates() == [first])
        default:
            if moment == 2 { try file.destroyModuleKey() }
            #expect(try file.candidates().last == second)
            try file.settle(onEpoch: 2)
            #expect(try file.candidates() == [second])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["kept", "root"])
    }
}
