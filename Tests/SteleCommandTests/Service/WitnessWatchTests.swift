// The log tells each change of the witnesses once.
@testable import Node
import Testing

@testable import SteleCommand

@Suite struct WitnessWatchTests {
    private static func events(_ watch: inout WitnessWatch, _ cosigned: Int, _ failures: Int, contradicting: Int = 0)
        -> [LogEvent]
    {
        watch.events(
            WitnessStatus(
                peerCount: 3, quorum: 2, cosignedCount: cosigned, failureCount: failures,
                contradictionCount: contradicting))
    }

    @Test func tellsEachChangeOnce() {
        var watch = WitnessWatch()
        #expect(Self.events(&watch, 0, 0) == [])
        #expect(Self.events(&watch, 3, 0) == [])
        #expect(Self.events(&watch, 2, 1) == [])
        #expect(Self.events(&watch, 1, 3) == [.witnessesFailing(cosigned: 1, asked: 3)])
        #expect(Self.events(&watch, 0, 6) == [])
        #expect(Self.events(&watch, 2, 7) == [.witnessesRecovered(cosigned: 2, asked: 3)])
        #expect(Self.events(&watch, 2, 7) == [])
    }

    @Test func tellsOfAContradictionEvenWithAQuorum() {
        var watch = WitnessWatch()
        #expect(Self.events(&watch, 2, 1, contradicting: 1) == [.witnessesContradict(count: 1)])
        #expect(Self.events(&watch, 2, 1, contradicting: 1) == [])
        #expect(Self.events(&watch, 3, 1) == [])
        #expect(Self.events(&watch, 2, 2, contradicting: 1) == [.witnessesContradict(count: 1)])
    }

    @Test func tellsThatNoneAnsweredFromTheFirstRoundOn() {
        var watch = WitnessWatch()
        #expect(Self.events(&watch, 0, 3) == [.witnessesFailing(cosigned: 0, asked: 3)])
    }
}
