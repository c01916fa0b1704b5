// Networks of one, four and seven validators, some of which lie, lose messages, die between any two effects and start
// again from their disks. A failing seed is printed and fails again.
import Foundation
import Testing

@Suite struct SimulationTests {
    static let seedCount = number("STELE_SIMULATIONS") ?? 25
    /// `STELE_SEED`, else 1. With `STELE_SIMULATIONS=1` it is the only one.
    static let firstSeed = number("STELE_SEED") ?? 1
    static let seeds = firstSeed..<(firstSeed + seedCount)

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    private func run(_ seed: UInt64, _ options: Simulation.Options) -> Simulation {
        var simulation = Simulation(seed: seed, options)
        simulation.run()
        #expect(simulation.faults == [], "seed \(seed)")
        return simulation
    }

    @Test func fourValidatorsAndOneLiarNeverForkAndGoOn() {
        var accusedCount = 0
        for seed in Self.seeds {
            let simulation = run(seed, Simulation.Options())
            accusedCount += simulation.accused.count
        }
        #expect(accusedCount > 0 || Self.seedCount < 25, "no lie was ever noticed")
    }

    @Test func fourHonestValidatorsSurviveLossAndCrashes() {
        for seed in Self.seeds {
            let options = Simulation.Options(liarCount: 0, dropPercent: 60, crashPercent: 20)
            #expect(run(seed, options).accused.isEmpty, "seed \(seed)")
        }
    }

    @Test func oneValidatorGoesOnByItself() {
        for seed in Self.seeds {
            let options = Simulation.Options(validatorCount: 1, liarCount: 0, crashPercent: 20)
            #expect(run(seed, options).finals.count >= 3, "seed \(seed)")
        }
    }

    @Test func sevenValidatorsAndTwoLiarsNeverForkAndGoOn() {
        for seed in Self.seeds.prefix(max(1, Self.seeds.count / 10)) {
            _ = run(seed, Simulation.Options(validatorCount: 7, liarCount: 2, stepCount: 500, repeatPercent: 30))
        }
    }

    /// What the simulation is worth: it notices a validator that forgets, and more liars than the rule bears.
    @Test func whatBreaksTheRuleIsNoticed() {
        func faults(_ options: Simulation.Options) -> [String] {
            (UInt64(1)...5).flatMap { seed in
                var simulation = Simulation(seed: seed, options)
                simulation.run()
                return simulation.faults
            }
        }
        let forgetful = faults(Simulation.Options(liarCount: 0, crashPercent: 20, isForgetful: true))
        #expect(forgetful.contains { $0.contains("signed twice") })
        #expect(faults(Simulation.Options(liarCount: 2)).contains { $0.contains("no progress") })
    }

    @Test func theSameSeedGivesTheSameTrace() {
        let (first, second) = (run(5, Simulation.Options()), run(5, Simulation.Options()))
        #expect(first.trace == second.trace && first.finals == second.finals)
        #expect(first.trace != run(6, Simulation.Options()).trace)
    }
}
