// What people wrote, and what is secret, is nowhere on disk: not after writes, reads and kill -9, not after recovery.
//
// Every file of the data directory is searched byte by byte, and every row of every store once more as it is read,
// because sorted files are compressed.
@testable import CrashWorker
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite(.serialized) struct CanaryTests {
    @Test func findsNothingReadableOnDisk() async throws {
        let seed = Extent.seed
        var site = try CrashSite(seed: seed)
        // Until records were written and read: a busy machine needs longer.
        repeat {
            #expect(try await site.load(killedAfter: .milliseconds(1500)) == .killed)
        } while try !Journal.read(site.journal).contains { if case .released = $0 { true } else { false } }
        let secrets = try HouseSecrets(seed: seed)
        var needles = Self.texts(of: Markers(seed: seed)) + Self.keys(of: secrets)
        #expect(try Search(needles).files(under: site.data) == [])

        let verdict = try await site.check()
        try #require(verdict.hasPrefix("whole"), "seed \(seed): \(verdict)")
        needles += try Self.policyKeys(in: site, secrets)
        #expect(try Search(needles).files(under: site.data) == [])
        #expect(try Self.searchRows(of: site.data, for: needles) == [])
    }

    /// Everything of the markers and keys that a person would be harmed by.
    private static func texts(of markers: Markers) -> [Needle] {
        Markers.Kind.allCases.map { Needle("\($0)", text: markers.text($0)) }
            + [Needle("a name of the record's own", text: "Observation/" + markers.text(.resource))]
    }

    private static func keys(of secrets: HouseSecrets) -> [Needle] {
        let network = secrets.network
        let keys = [("vote key", network.voteKey), ("node key", network.nodeKey), ("admin key", network.adminKey)]
        return keys.map { Needle($0.0, bytes: $0.1.seed.exposedCopy()) }
            + secrets.wallets.map { Needle("consent key", bytes: $0.seed.exposedCopy()) }
            + [Needle("root key", bytes: secrets.root.secret.exposedCopy())]
    }

    private static func policyKeys(in site: CrashSite, _ secrets: HouseSecrets) throws -> [Needle] {
        let vault = try Vault.open(at: site.data, root: secrets.root, random: SystemRandom())
        defer { try? vault.close() }
        var needles: [Needle] = []
        try vault.directory.forEachSubject { subject in
            needles.append(Needle("policy key", bytes: subject.newestPolicyKey.secret.exposedCopy()))
        }
        #expect(needles.count == HouseSecrets.patientCount + 1)
        return needles
    }

    static func searchRows(of data: String, for needles: [Needle]) throws -> [String] {
        let stores = [
            ("ledger", LedgerStore.columnFamilies), ("keystore", Vault.keyFamilies), ("vault", Vault.contentFamilies),
        ]
        let search = Search(needles)
        var found: [String] = []
        for (name, families) in stores {
            let store = try RocksDBStore(path: "\(data)/\(name)", columnFamilies: families)
            defer { try? store.close() }
            for family in families {
                var rows: [UInt8] = []
                try store.forEach(.all, in: family, reverse: false) { key, value in
                    rows += key + [0] + value + [0]
                    return true
                }
                found += search.bytes(rows, of: "the rows of \(name)/\(family.name)")
            }
        }
        return found
    }

    // MARK: - The search itself

    @Test(arguments: 0..<3) func findsWhatIsThere(shift: Int) {
        let search = Search([Needle("text", text: "z0123456789abcdef0123"), Needle("other", bytes: [9, 9, 9, 9])])
        let bytes = [UInt8](repeating: 0x41, count: shift) + Array("z0123456789abcdef0123 and more".utf8)
        let base64 = Data(bytes).base64EncodedString()
        let spellings: [[UInt8]] = [
            bytes, Array(base64.utf8), Array(bytes.map { String(format: "%02X", $0) }.joined().utf8),
            bytes.flatMap { [$0, 0] }, bytes.flatMap { [0, $0] },
        ]
        for spelling in spellings { #expect(!search.bytes(spelling, of: "here").isEmpty) }
        #expect(search.bytes(Array("z0123456789abcdef012".utf8), of: "here") == [])
    }
}
