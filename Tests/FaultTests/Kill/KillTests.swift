// kill -9 at random instants: during starting, recovering, flushing and under load.
//
// Invariants: every acknowledged transaction is in the log once, with its receipt; log, tiles and state recompute to
// what the headers certify; nothing was signed that is not stored, nothing twice; every anchored record opens, and
// nothing that was staged and never anchored is kept.
import Foundation
import Testing

@Suite(.serialized) struct KillTests {
    /// `STELE_KILLS=50 STELE_SEED=… swift test --filter KillTests`; the instants depend on the machine as well.
    @Test func keepsEverythingAcknowledgedThroughRandomKills() async throws {
        let seed = UInt64(Extent.count("STELE_SEED", usual: Int.random(in: 1...1_000_000)))
        var random = SeededGenerator(seed: seed)
        var site = try CrashSite(seed: seed)
        for kill in 1...Extent.count("STELE_KILLS", usual: 6) {
            // Every third process dies while it is starting, the others under load.
            let delayMs = Int.random(in: kill % 3 == 0 ? 0...300 : 300...1500, using: &random)
            let ending = try await site.load(killedAfter: .milliseconds(delayMs))
            #expect(ending == .killed, "seed \(seed), kill \(kill): the load ended by itself")
            if kill % 2 == 0 {
                try await site.killCheck(after: .milliseconds(Int.random(in: 0...600, using: &random)))
            }
            let verdict = try await site.check()
            try #require(verdict.hasPrefix("whole"), "seed \(seed), kill \(kill) after \(delayMs) ms: \(verdict)")
        }
    }

    /// Each place before or after a durable step, at some of its arrivals. `STELE_ARRIVALS=20` runs more.
    @Test func keepsEverythingAcknowledgedThroughExitsAtEveryFailpoint() async throws {
        let places = [
            "store.write.before", "store.write.after", "slot.write.before", "slot.sync.before", "slot.sync.after",
            "blob.rename.before", "blob.rename.after",
        ]
        var random = SeededGenerator(seed: UInt64(Extent.count("STELE_SEED", usual: Int.random(in: 1...1_000_000))))
        var site = try CrashSite(seed: random.next() >> 32)
        for repetition in 0..<Extent.count("STELE_ARRIVALS", usual: 1) {
            for place in places {
                let arrival = Int.random(in: 1...(place.hasPrefix("blob") ? 3 : 60), using: &random)
                let plan = "\(place)=exit@\(arrival)"
                let ending = try await site.load(killedAfter: .seconds(8), failpoints: plan)
                #expect(ending == .exited(137), "\(plan) was not reached: \(ending)")
                let verdict = try await site.check()
                try #require(verdict.hasPrefix("whole"), "\(plan), repetition \(repetition): \(verdict)")
            }
        }
    }
}
