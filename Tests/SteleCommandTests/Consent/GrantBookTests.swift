// The patient's own words for their grants, beside the wallet.
import Cryptography
import Foundation
import Primitives
import Testing

@testable import SteleCommand

@Suite struct GrantBookTests {
    static let random = SeededRandom(9)

    static func line(_ words: String, episode: Bytes32? = nil) -> GrantBook.Line {
        GrantBook.Line(
            grant: random.bytes32(), chainID: random.bytes32(), subject: random.bytes32(), episode: episode,
            words: words, salt: random.bytes32())
    }

    @Test func keepsEveryLineAndMarksWhatWasRevoked() throws {
        let folder = try TemporaryDirectory()
        let book = GrantBook(walletPath: folder.path + "/w.wallet")
        #expect(try book.lines().isEmpty)
        let lines = [Self.line("permit to=role:a@b classes=all", episode: Self.random.bytes32()), Self.line("deny")]
        try book.add([lines[0]])
        try book.add([lines[1]])
        #expect(try book.lines() == lines)
        try book.markRevoked([lines[0].grant])
        #expect(try book.lines().map(\.isRevoked) == [true, false])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/w.wallet.grants")[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func knowsToWhomAGrantIs() {
        let line = Self.line("permit to=role:a@b,organisation:c classes=all purposes=TREAT")
        #expect(line.isTo("role:a@b") && line.isTo("organisation:c"))
        #expect(!line.isTo("role:a") && !line.isTo("all"))
    }

    @Test func refusesALineItCannotRead() throws {
        let folder = try TemporaryDirectory()
        _ = try folder.write(Array("{\"grant\":1}\n".utf8), to: "w.wallet.grants")
        #expect(throws: SteleError.self) { _ = try GrantBook(walletPath: folder.path + "/w.wallet").lines() }
    }
}
