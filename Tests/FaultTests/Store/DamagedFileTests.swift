// Flipped bits, cut ends and missing files of a whole data directory, as a failing disk leaves them.
//
// Invariant: a start refuses with a code, or nothing is lost. No damage makes a node serve less than it acknowledged.
@testable import CrashWorker
import Foundation
import Primitives
import Testing

@Suite(.serialized) struct DamagedFileTests {
    enum Damage: CaseIterable { case flip, cut, remove, blank }

    /// A directory as kill -9 leaves it, and one as an orderly stop leaves it. `STELE_DAMAGES=1000` tries more.
    @Test(arguments: [true, false])
    func isRefusedOrHarmless(afterKill: Bool) async throws {
        var random = SeededGenerator(seed: Extent.seed)
        var site = try CrashSite(seed: random.next() >> 32)
        _ = try await site.load(killedAfter: .milliseconds(1200))
        if !afterKill { try #require(try await site.check().hasPrefix("whole")) }
        let whole = try site.scratch.copy(site.data, as: "whole")
        let names = Scratch.files(under: whole).map { String($0.dropFirst(whole.utf8.count + 1)) }
            .filter { name in !["/LOCK", "/LOG", "/IDENTITY", "/OPTIONS"].contains { name.contains($0) } }
        var (refusedCount, harmlessCount) = (0, 0)
        for number in 0..<Extent.count("STELE_DAMAGES", usual: 12) {
            _ = try site.scratch.copy(whole, as: "data")
            let name = names.randomElement(using: &random)!
            let damage = Damage.allCases[number % Damage.allCases.count]
            guard try Self.damage(site.data + "/" + name, damage, &random) else { continue }
            let verdict = try await site.check()
            if verdict.hasPrefix("whole") { harmlessCount += 1 } else { refusedCount += 1 }
            // Refused with a code, or found whole: never a broken invariant, never a crash.
            let isClean = verdict.hasPrefix("whole") || verdict.hasPrefix("exited(3): fault ")
            #expect(
                isClean || Self.isShownByTheLedger(name, verdict),
                "seed \(Extent.seed), \(damage) of \(name): \(verdict)")
        }
        #expect(refusedCount + harmlessCount > 0)
    }

    /// The end of the vault's log, cut exactly where a write began, looks like a write that was cut short; the vault
    /// opens without it. The ledger then shows what is missing.
    private static func isShownByTheLedger(_ name: String, _ verdict: String) -> Bool {
        (name.hasPrefix("vault/") || name.hasPrefix("keystore/")) && name.hasSuffix(".log")
            && verdict.hasPrefix("exited(1): broken ")
    }

    private static func damage(
        _ path: String, _ damage: Damage, _ random: inout SeededGenerator
    ) throws -> Bool {
        let url = URL(fileURLWithPath: path)
        var bytes = try Data(contentsOf: url)
        guard !bytes.isEmpty else { return false }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch damage {
        case .flip: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case .cut: bytes.removeSubrange(place...)
        case .remove:
            try FileManager.default.removeItem(at: url)
            return true
        case .blank:
            let end = min(bytes.count, place + 512)
            bytes.replaceSubrange(place..<end, with: Data(count: end - place))
        }
        try bytes.write(to: url)
        return true
    }
}
