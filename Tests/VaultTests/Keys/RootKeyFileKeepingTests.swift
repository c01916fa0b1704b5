// Tests · a root key file whose key is replaced: either root after a crash, and nothing of the old one when it is over.
import Cryptography
import Foundation
import Primitives
import Storage
import Testing

@testable import Vault

@Suite struct RootKeyFileKeepingTests {
    private let folder = NSTemporaryDirectory() + "stele-root-" + UUID().uuidString

    private func file() throws -> RootKeyFile {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return RootKeyFile(folder + "/root")
    }

    @Test func keepsBothRootsUntilTheNextIsAdopted() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try file()
        let first = try file.create(random: SystemRandom())
        let next = RootKey.random(epoch: 2, from: SystemRandom())
        #expect(try file.candidates() == [first])
        try file.prepare(next)
        #expect(try file.candidates() == [first, next] && file.load() == first)
        // The same inode is read after the file was replaced: what was there is overwritten, not only unlinked.
        let handle = try #require(FileHandle(forReadingAtPath: file.path))
        try file.adopt(next)
        #expect(try handle.readToEnd().map { $0.allSatisfy { $0 == 0 } } == true)
        #expect(try file.candidates() == [next] && file.load() == next)
        try file.adopt(next)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["root"])
    }

    @Test func endsWhatACrashLeft() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try file()
        let first = try file.create(random: SystemRandom())
        let next = RootKey.random(epoch: 2, from: SystemRandom())
        try file.prepare(next)
        try file.settle(onEpoch: 1)
        #expect(try file.candidates() == [first])
        try file.prepare(next)
        try OverwrittenFile(file.path).destroy()
        #expect(try file.candidates() == [next])
        try file.settle(onEpoch: 2)
        #expect(try file.load() == next && file.candidates() == [next])
    }
}
