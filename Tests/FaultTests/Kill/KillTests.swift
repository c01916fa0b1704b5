// kill -9 at random instants: during starting, recovering, flushing and under load.
//
// Invariants: every acknowledged transaction is in the log once, with its receipt; log, tiles and state recompute to
// what the headers certify; nothing was signed that is not stored, nothing twice; every anchored record opens, and
// nothing that was staged and never anchored is kept.
import Foundation
import Testing

@Suite(.serialized) struct KillTests {
    /// `STELE_KILLS=200 STELE_SEED=… swift test --filter KillTests`; the instants depend on the machine as well. Fifty
    /// for each house: a check is of everything in it, so it takes the longer the more it has outlived.
    @Test func keepsEverythingAcknowledgedThroughRandomKills() async throws {
        let seed = Extent.seed
        var random = SeededGenerator(seed: seed)
        var site = try CrashSite(seed: seed)
        for kill in 1...Extent.count("STELE_KILLS", usual: 6) {
            if kill > 1, kill % 50 == 1 { site = try CrashSite(seed: random.next() >> 32) }
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

    /// Each place before or after a durable step, at some of its arrivals. `STELE_ARRIVALS=20` takes more of them.
    @Test func keepsEverythingAcknowledgedThroughExitsAtEveryFailpoint() async throws {
        let places = [
            "store.write.before", "store.write.after", "slot.write.before", "slot.sync.before", "slot.sync.after",
            "blob.rename.before", "blob.rename.after",
        ]
        var random = SeededGenerator(seed: Extent.seed)
        var site = try CrashSite(seed: random.next() >> 32)
        for repetition in 0..<Extent.count("STELE_ARRIVALS", usual: 1) {
            for place in places {
                // Every other time it fails there instead, and the process ends itself.
                let (action, status) = repetition.isMultiple(of: 2) ? ("exit", Int32(137)) : ("fail", 3)
                let arrival = Int.random(in: 1...(place.hasPrefix("blob") ? 3 : 60), using: &random)
                let plan = "\(place)=\(action)@\(arrival)"
                let ending = try await site.load(
                    killedAfter: .seconds(60), environment: ["STELE_FAILPOINTS": plan])
                #expect(ending == .exited(status), "seed \(Extent.seed): \(plan) was not reached: \(ending)")
                let verdict = try await site.check()
                try #require(
                    verdict.hasPrefix("whole"), "seed \(Extent.seed), \(plan), repetition \(repetition): \(verdict)")
            }
        }
    }

    /// The kernel refuses to let any file grow beyond a limit, in the midst of a write if it comes to that: what a full
    /// disk does to RocksDB, to blobs and to the sign-state.
    @Test func keepsEverythingAcknowledgedWhenFilesCannotGrow() async throws {
        var site = try CrashSite(seed: Extent.seed)
        #expect(try await site.load(killedAfter: .milliseconds(600)) == .killed)
        for limit in [150_000, 250_000] {
            let ending = try await site.load(
                killedAfter: .seconds(60), environment: ["STELE_FILE_LIMIT": "\(limit)"])
            #expect(ending == .exited(3), "seed \(Extent.seed), limit \(limit): \(ending)")
            let verdict = try await site.check()
            try #require(verdict.hasPrefix("whole"), "seed \(Extent.seed), limit \(limit): \(verdict)")
        }
    }
}
