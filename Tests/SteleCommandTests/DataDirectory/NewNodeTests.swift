// A data directory is made whole or not at all, and opens with its own root key only.
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@testable import SteleCommand

@Suite struct NewNodeTests {
    let folder: TemporaryDirectory
    let clock = TestClock()
    let random = SeededRandom(11)
    var node: NewNode

    init() throws {
        folder = try TemporaryDirectory()
        node = NewNode(
            name: "test", organisation: "st-elsewhere", path: folder.path + "/data",
            rootPath: folder.path + "/data.root")
    }

    private func setup() throws(SteleError) -> NodeSetup {
        try NodeSetup.load(Configuration.load(folder.path + "/data/stele.toml"))
    }

    @Test func makesWhatANodeStartsFrom() async throws {
        let made = try node.make(time: clock, random: random)
        #expect(try folder.names == ["data", "data.root"])
        let setup = try setup()
        #expect(setup.genesis == made.genesis)
        #expect(setup.genesis.nodeKey == setup.keys.node.publicKey)
        #expect(setup.genesis.adminKey == setup.keys.admin.publicKey)
        #expect(setup.genesis.validators.map(\.key) == [setup.keys.vote.publicKey])

        let trust = try TrustedKeys(parsing: String(contentsOfFile: setup.directory.trustPath, encoding: .utf8))
        #expect(
            trust.keys.map(\.key) == [NoteVerifierKey(name: made.genesis.origin, publicKey: setup.keys.vote.publicKey)])

        // The folder was renamed after its stores were made; they open where they are now.
        let vault = try Vault.open(at: setup.directory.path, root: setup.roots[0], random: random)
        let store = try RocksDBStore(path: setup.directory.ledgerPath, columnFamilies: LedgerStore.columnFamilies)
        let ledger = try LedgerNode(
            genesis: setup.genesis, contracts: ToyContracts(), store: store,
            signState: .open(setup.directory.signStatePath), key: setup.keys.vote, time: clock)
        #expect(ledger.head.header.height == 0)
        await ledger.settle()
        try store.close()
        try vault.close()
    }

    @Test func keepsSecretsFromOthers() throws {
        _ = try node.make(time: clock, random: random)
        let keys = try setup().keys
        let secrets = [keys.node, keys.vote, keys.admin].map { $0.seed.exposedCopy() }
        let root = try RootKeyFile(node.rootPath).load().secret.exposedCopy()
        let files = FileManager.default.enumerator(atPath: folder.path + "/data")
        while let name = files?.nextObject() as? String {
            let path = folder.path + "/data/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            if !name.contains("/") || name.hasPrefix("keys/") || name.hasPrefix("tls/") {
                #expect((attributes[.posixPermissions] as? Int ?? 0) & 0o077 == 0, "\(name)")
            }
            guard let content = FileManager.default.contents(atPath: path) else { continue }
            for secret in secrets + [root] {
                #expect(content.range(of: Data(secret)) == nil, "\(name)")
                #expect(content.range(of: Data(Hex.encode(secret).utf8)) == nil, "\(name)")
            }
        }
    }

    @Test func certifiesEveryAddressItAnswersAt() throws {
        var node = node
        node.listen = ListenAddress(host: "10.1.2.3", port: 443)
        node.hosts = ["records.example", "10.1.2.3", "::1"]
        let made = try node.make(time: clock, random: random)
        #expect(made.certificate.notBefore == Timestamp(seconds: clock.now().seconds - 3600))
        #expect(made.certificate.notAfter == Timestamp(seconds: clock.now().seconds + 730 * 86_400))
        #expect(try setup().configuration.listen.text == "10.1.2.3:443")
    }

    @Test func touchesNothingThatIsThere() throws {
        try FileManager.default.createDirectory(atPath: node.path, withIntermediateDirectories: true)
        _ = try folder.write([1], to: "data/mine")
        let occupied = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(occupied?.code == .dataNotEmpty)
        #expect(try folder.names == ["data"])

        try FileManager.default.removeItem(atPath: node.path + "/mine")
        _ = try folder.write([2], to: "data.root")
        let rooted = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(rooted?.code == .keysRootExists)
        #expect(FileManager.default.contents(atPath: node.rootPath) == Data([2]))

        try FileManager.default.removeItem(atPath: node.rootPath)
        _ = try node.make(time: clock, random: random)  // An empty folder is as good as none.
        let again = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(again?.code == .dataNotEmpty)
        _ = try setup()
    }

    @Test(arguments: ["/data", "/data/root", "/data/a/b"])
    func keepsTheRootKeyOutside(rootPath: String) throws {
        var node = node
        node.rootPath = folder.path + rootPath
        let error = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(error?.code == .dataRootInside)
        #expect(try folder.names.isEmpty)
    }

    @Test func refusesNamesTheGenesisDoesNotHave() throws {
        var node = node
        node.name = "Test Network"
        let error = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(error?.code == .genesisMalformed)
        #expect(try folder.names.isEmpty)
    }

    @Test func beginsAgainAfterACrash() throws {
        let staging = folder.path + "/.data.init"
        try FileManager.default.createDirectory(atPath: staging + "/vault", withIntermediateDirectories: true)
        for name in ["FORMAT", "signstate", "vault/CURRENT", "LOCK"] {
            _ = try folder.write([7], to: ".data.init/" + name)
        }
        _ = try node.make(time: clock, random: random)
        #expect(try folder.names == ["data", "data.root"])
        _ = try setup()
    }

    @Test func standsBackWhileAnotherAttemptRuns() throws {
        let staging = folder.path + "/.data.init"
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        let lock = try DirectoryLock(staging)
        let error = #expect(throws: SteleError.self) { try node.make(time: clock, random: random) }
        #expect(error?.code == .storeLocked)
        _ = consume lock
    }

    @Test func findsTheRootKeyAfterBothMoved() throws {
        _ = try node.make(time: clock, random: random)
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/new", withIntermediateDirectories: true)
        try files.moveItem(atPath: node.path, toPath: folder.path + "/new/data")
        try files.moveItem(atPath: node.rootPath, toPath: folder.path + "/new/data.root")
        let setup = try NodeSetup.load(Configuration.load(folder.path + "/new/data/stele.toml"))
        #expect(setup.directory.path == folder.path + "/new/data")
    }

    @Test func refusesFilesThatDoNotBelongTogether() throws {
        _ = try node.make(time: clock, random: random)
        var other = node
        (other.path, other.rootPath) = (folder.path + "/other", folder.path + "/other.root")
        _ = try other.make(time: clock, random: random)
        let files = FileManager.default

        // A key file of another use, then of another network, then damaged.
        let vote = node.path + "/keys/vote.key"
        let own = try #require(files.contents(atPath: vote))
        for content in [
            try #require(files.contents(atPath: node.path + "/keys/node.key")),
            try #require(files.contents(atPath: other.path + "/keys/vote.key")), own.dropLast(3) + own.suffix(1),
            Data(),
        ] {
            try content.write(to: URL(filePath: vote))
            let error = #expect(throws: SteleError.self) { try setup() }
            #expect(error?.code == .keyFileRejected)
        }
        try own.write(to: URL(filePath: vote))
        _ = try setup()

        try files.removeItem(atPath: node.path + "/genesis.cbor")
        let incomplete = #expect(throws: SteleError.self) { try setup() }
        #expect(incomplete?.code == .storeIncomplete)
        try files.removeItem(atPath: node.rootPath)
        try files.copyItem(atPath: other.path + "/genesis.cbor", toPath: node.path + "/genesis.cbor")
        let missing = #expect(throws: SteleError.self) { try setup() }
        #expect(missing?.code == .keysRootMissing)
        try Data("stele 99\n".utf8).write(to: URL(filePath: node.path + "/FORMAT"))
        let newer = #expect(throws: SteleError.self) { try setup() }
        #expect(newer?.code == .storeNewer)
    }
}
