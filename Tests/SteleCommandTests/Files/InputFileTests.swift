import Cryptography
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite struct InputFileTests {
    @Test func readsUpToTheLimit() throws {
        let folder = try TemporaryDirectory()
        let file = InputFile(try folder.write([1, 2, 3], to: "file", mode: 0o644))
        #expect(try file.read("file", byteCountMax: 3) == [1, 2, 3])
        let error = #expect(throws: SteleError.self) { try file.read("file", byteCountMax: 2) }
        #expect(error?.code == .fileTooLarge)
    }

    @Test func refusesWhatIsNoFile() throws {
        let folder = try TemporaryDirectory()
        for path in [folder.path, folder.path + "/none", ""] {
            let error = #expect(throws: SteleError.self) { try InputFile(path).read("file", byteCountMax: 9) }
            #expect(error?.code == .fileMissing)
        }
        let endless = #expect(throws: SteleError.self) { try InputFile("/dev/zero").read("file", byteCountMax: 9) }
        #expect(endless?.code == .fileMissing)
    }

    @Test func readsKeysOfTheirOwnersAlone() throws {
        let folder = try TemporaryDirectory()
        let key = SigningKey.random(from: SystemRandom())
        let path = try folder.write(key.pem.exposedCopy(), to: "key.pem")
        #expect(try InputFile(path).readSigningKey().publicKey == key.publicKey)

        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: path)
        #expect(try InputFile(folder.path + "/link").readSigningKey().publicKey == key.publicKey)
        try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: path)
        for name in ["key.pem", "link"] {
            let error = #expect(throws: SteleError.self) { try InputFile(folder.path + "/" + name).readSigningKey() }
            #expect(error?.code == .filePermissions)
        }
        let wrong = try folder.write(Array("no key".utf8), to: "wrong.pem")
        let malformed = #expect(throws: SteleError.self) { try InputFile(wrong).readSigningKey() }
        #expect(malformed?.code == .keyMalformed)
    }
}
