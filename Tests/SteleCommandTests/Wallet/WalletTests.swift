import Cryptography
import Foundation
import JSON
import Primitives
import Testing

@testable import SteleCommand

@Suite struct WalletTests {
    static let random = SeededRandom(3)

    static func subject(chain: Bytes32 = random.bytes32(), version: UInt32 = 1) -> Wallet.Subject {
        Wallet.Subject(
            chainID: chain, url: "https://127.0.0.1:8443", id: random.bytes32(),
            consentSeed: .random(from: random), policyKey: .random(version: version, from: random),
            patient: "Patient/p1")
    }

    static func wallet() throws -> Wallet {
        var wallet = Wallet(did: "did:key:z6Mk")
        try wallet.put(subject())
        try wallet.put(subject())
        return wallet
    }

    @Test func isReadAsItWasWritten() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/wallet.json"
        let wallet = try Self.wallet()
        try wallet.create(at: path)
        #expect(try Wallet.load(path) == wallet)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try folder.names == ["wallet.json"])
        #expect(try wallet.subjects[0].consentKey().publicKey == Wallet.load(path).subjects[0].consentKey().publicKey)
    }

    @Test func isNeverOverwrittenByANewOne() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Array("mine".utf8), to: "wallet.json")
        let error = #expect(throws: SteleError.self) { try Self.wallet().create(at: path) }
        #expect(error?.code == .walletExists)
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
    }

    @Test func isReadOnlyIfItIsTheOwnersAlone() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Self.wallet().encoded, to: "wallet.json", mode: 0o640)
        let error = #expect(throws: SteleError.self) { try Wallet.load(path) }
        #expect(error?.code == .filePermissions)
        let missing = #expect(throws: SteleError.self) { try Wallet.load(folder.path + "/none") }
        #expect(missing?.code == .fileMissing)
        let directory = #expect(throws: SteleError.self) { try Wallet.load(folder.path) }
        #expect(directory?.code == .filePermissions || directory?.code == .fileMissing)
    }

    @Test func findsTheNewestSubjectOfANetwork() throws {
        var wallet = try Self.wallet()
        let chain = Self.random.bytes32()
        #expect(throws: SteleError.self) { try wallet.subject(on: chain) }
        try wallet.put(Self.subject(chain: chain))
        var newest = Self.subject(chain: chain)
        try wallet.put(newest)
        newest.policyKey = .random(version: 2, from: Self.random)
        try wallet.put(newest)
        #expect(wallet.subjects.count == 4)
        #expect(try wallet.subject(on: chain) == newest)
    }

    @Test func isBounded() throws {
        var wallet = Wallet(did: "did:key:z6Mk")
        for _ in 0..<Wallet.subjectCountMax { try wallet.put(Self.subject()) }
        let error = #expect(throws: SteleError.self) { try wallet.put(Self.subject()) }
        #expect(error?.code == .walletMalformed)
        #expect(try Wallet(decoding: wallet.encoded) == wallet)
    }

    @Test(arguments: [
        (#""stele_wallet": 1"#, #""stele_wallet": 2"#), (#""stele_wallet": 1"#, #""stele_wallet": 1.0"#),
        (#""did""#, #""DID""#), (#""subjects""#, #""subject""#),
        (#""policy_key_version": 1"#, #""policy_key_version": 0"#),
        (#""policy_key_version": 1"#, #""policy_key_version": "1""#),
        (#""policy_key_version": 1"#, #""policy_key_version": 4294967296"#), (#""patient""#, #""extra": 1, "patient""#),
        (#""Patient/p1""#, #""""#), (#""Patient/p1""#, #""a\u0000b""#), (#""Patient/p1""#, "null"), ("[", "[["),
        (#""url""#, #""url": "x", "url""#),
    ])
    func refusesWhatIsNoWallet(old: String, new: String) throws {
        let text = String(decoding: try Self.wallet().encoded, as: UTF8.self)
        let changed = text.replacing(old, with: new)
        #expect(changed != text)
        let error = #expect(throws: SteleError.self) { try Wallet(decoding: Array(changed.utf8)) }
        #expect(error?.code == .walletMalformed)
    }

    @Test func refusesShortKeysAndRepeatedSubjects() throws {
        let wallet = try Self.wallet()
        let text = String(decoding: wallet.encoded, as: UTF8.self)
        let short = text.replacing(wallet.subjects[0].chainID.hex, with: "00ff")
        #expect(throws: SteleError.self) { try Wallet(decoding: Array(short.utf8)) }
        let twice = text.replacing(wallet.subjects[0].chainID.hex, with: wallet.subjects[1].chainID.hex)
            .replacing(wallet.subjects[0].id.hex, with: wallet.subjects[1].id.hex)
        #expect(throws: SteleError.self) { try Wallet(decoding: Array(twice.utf8)) }
    }

    @Test func everyCutIsRefused() throws {
        let bytes = try Self.wallet().encoded
        for count in stride(from: 0, to: bytes.count - 2, by: 11) {
            #expect(throws: SteleError.self) { try Wallet(decoding: Array(bytes.prefix(count))) }
        }
    }
}
