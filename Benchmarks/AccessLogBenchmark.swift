// Benchmarks · a patient's log among a million events, and an investigator's question to all of them.
import Contracts
import Cryptography
import Ledger
import Node
import Ordering
import Primitives
import SteleTesting
import Synchronization

enum AccessLogBenchmark: Benchmark {
    static let name = "log"
    /// How many events there are, how many of them are one subject's, and how many that of the other row.
    static let eventCount = 1_000_000
    static let ownCount = 1000, longCount = 10_000

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        var sum = try query(run)
        let fixture = try LedgerFixture(run, "log")
        let random = fixture.random
        let classes = fixture.tokens()
        let total = run.size(eventCount)
        let (ownCount, longCount) = (run.size(Self.ownCount), run.size(Self.longCount))
        let (own, long) = (random.bytes32(), random.bytes32())
        let others = (0..<run.size(1000)).map { _ in random.bytes32() }
        for subject in [own, long] + others {
            try await fixture.apply(
                RecordsRegisterSubject(subject: subject, consentKey: SigningKey.random(from: random).publicKey))
            try await fixture.apply(
                RecordsRegisterProfile(subject: subject, profile: ProfileNumber(0)!, classes: classes))
        }
        let (asker, purposes) = (fixture.tokens(), fixture.tokens())
        let (node, maker, key) = (fixture.node, fixture.maker, fixture.network.nodeKey)
        try await withInFlight(512, count: total) { index in
            // Spread evenly, so that neither log lies together.
            let subject =
                index % (total / ownCount) == 0
                ? own : index % (total / longCount) == 1 ? long : others[index % others.count]
            let call = AccessRequest(
                subject: subject, askerCommitment: random.bytes32(), asker: asker, action: .read, purposes: purposes,
                expected: ProfileSet(), manifestRoot: random.bytes32())
            let admitted = try maker.admitted(call, key: key)
            var receipt: Receipt?
            while receipt == nil {
                do throws(SteleError) { receipt = try await node.submit(admitted) } catch {
                    guard error.code == .nodeBusy else { throw error }
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            precondition(receipt!.isApplied)
        }
        run.note("log: \(total) events")
        for (name, subject) in [("log.proof", own), ("log.proof.10k", long)] {
            var times: [Duration] = []
            var count = 0
            for _ in 0..<run.size(20, minimum: 3) {
                let start = ContinuousClock.now
                let file = try await node.accessLogProof(of: subject)
                times.append(ContinuousClock.now - start)
                count = file.entries.count
            }
            run.report(name, times.sorted()[times.count / 2].milliseconds, .ms, n: count)
            let bytes = try await node.accessLogProof(of: subject).encoded
            let start = ContinuousClock.now
            let verdict = try ProofVerifier.verify(bytes, trust: fixture.network.trust)
            run.report(name + ".check", (ContinuousClock.now - start).milliseconds, .ms, n: count)
            precondition(verdict.statements.contains(.complete(subject: subject, count: UInt64(count))))
            sum &+= UInt64(bytes.count)
        }
        try await fixture.close()
        return sum
    }

    /// An investigator's question to an index of a million events: the slowest of several kinds.
    private static func query(_ run: BenchmarkRun) throws -> UInt64 {
        let random = SystemRandom()
        let count = run.size(eventCount)
        let subjects = (0..<run.size(10_000)).map { _ in random.bytes32() }
        let codes = ["TREAT", "HPAYMT", "HOPERAT", "HRESCH"]
        let index = AccessIndex()
        index.add(
            earlier: (0..<count).map { number in
                var access = IndexedAccess(
                    logIndex: UInt64(number), time: UnixSeconds(1_700_000_000 + UInt64(number) * 60),
                    subject: subjects[number % subjects.count], action: "read",
                    outcome: number % 5 == 0 ? .refused : .released, isEmergency: number % 1000 == 0, kept: nil)
                access.actorDID = "did:key:z\(number % 500)"
                access.organisation = "organisation-\(number % 20)"
                access.purposes = [codes[number % codes.count]]
                return access
            })
        var (everything, byActor, narrow) = (AccessQuery(), AccessQuery(), AccessQuery())
        everything.count = AccessQuery.countMax
        byActor.actorDID = "did:key:z7"
        (narrow.actorDID, narrow.organisation, narrow.purpose) = ("did:key:z7", "organisation-7", "HRESCH")
        (narrow.outcome, narrow.from, narrow.to) = (.released, UnixSeconds(1_710_000_000), UnixSeconds(1_750_000_000))
        var slowest = Duration.zero
        var sum: UInt64 = 0
        for query in [everything, byActor, narrow] {
            var times: [Duration] = []
            for _ in 0..<run.size(50, minimum: 5) {
                let start = ContinuousClock.now
                let (total, page) = index.find(query)
                times.append(ContinuousClock.now - start)
                sum &+= UInt64(total + page.count)
            }
            slowest = max(slowest, times.sorted()[times.count / 2])
        }
        run.report("log.query", slowest.milliseconds, .ms, n: count)
        return sum
    }
}
