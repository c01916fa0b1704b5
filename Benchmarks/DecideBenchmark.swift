// Benchmarks · access decisions with their event and receipt: 10k subjects with 100 grants each, one in five refused.
import Contracts
import Cryptography
import Ledger
import Node
import Ordering
import Primitives
import SteleTesting
import Synchronization

enum DecideBenchmark: Benchmark {
    static let name = "access.decide"

    /// One subject, and what its askers show.
    private struct Patient: Sendable {
        let subject: SubjectID
        /// Tokens of askers who are permitted, one for each grant.
        let grantees: [Token]
        let purpose: Token
    }

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "decide")
        let random = fixture.random
        let subjectCount = run.size(10_000)
        let patients = Mutex<[Patient]>([])
        let clock = SystemTime()
        let now = clock.now().seconds / 60 * 60
        try await withInFlight(64, count: subjectCount) { _ in
            let consent = SigningKey.random(from: random)
            let classToken = random.bytes32()
            let purpose = random.bytes32()
            let subject = try await fixture.registerSubject(
                consentKey: consent.publicKey, classes: TokenSet(padding: [classToken], random: random)!)
            var grantees: [Token] = []
            // A hundred grants in seven acts of up to sixteen.
            for size in [16, 16, 16, 16, 16, 16, 4] {
                var grants: [GrantTerms] = []
                for _ in 0..<size {
                    let grantee = random.bytes32()
                    grantees.append(grantee)
                    grants.append(
                        GrantTerms(
                            kind: .permit, grantees: TokenSet(padding: [grantee], random: random)!, actions: .all,
                            purposes: TokenSet(padding: [purpose], random: random)!,
                            classes: TokenSet(padding: [classToken], random: random)!, notBefore: UnixSeconds(now - 60),
                            notAfter: UnixSeconds(now + 14 * 86_400), termsCommitment: random.bytes32()))
                }
                try await fixture.apply(ConsentGrant(subject: subject, grants: grants), key: consent)
            }
            let patient = Patient(subject: subject, grantees: grantees, purpose: purpose)
            patients.withLock { $0.append(patient) }
        }
        let all = patients.withLock { $0 }
        run.note("access.decide: \(subjectCount) subjects with 100 grants each")
        let node = fixture.node
        let maker = fixture.maker
        let nodeKey = fixture.network.nodeKey

        /// One decision with its event and receipt: preview, request, signature, commit.
        @Sendable func decide(_ patient: Patient, isStranger: Bool) async throws {
            let grantee = isStranger ? random.bytes32() : patient.grantees.randomElement()!
            let asker = TokenSet(padding: [grantee], random: random)!
            let purposes = TokenSet(padding: [patient.purpose], random: random)!
            let question = ConsentQuestion(
                asker: asker, purposes: purposes, action: .read, time: UnixSeconds(clock.now()))
            let decision = try node.withState(about: patient.subject) { state throws(SteleError) in
                try AccessPreview.decide(question, about: patient.subject, in: state)
            }
            let call = AccessRequest(
                subject: patient.subject, askerCommitment: random.bytes32(), asker: asker, action: .read,
                purposes: purposes, expected: decision!.permitted, manifestRoot: random.bytes32())
            let admitted = try maker.admitted(call, key: nodeKey)
            var answer: Receipt?
            while answer == nil {
                do throws(SteleError) {
                    answer = try await node.submit(admitted)
                } catch {
                    guard error.code == .nodeBusy else { throw error }
                    // A machine that cannot keep the pace: the same again a little later, as the hint says.
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            let receipt = answer!
            precondition(decision!.permitted.isEmpty == isStranger && receipt.isApplied)
        }

        // First each subject once: nobody's policy is decoded yet.
        let coldProcessorStart = BenchmarkRun.processorTime
        let coldStart = ContinuousClock.now
        try await withInFlight(64, count: all.count) { try await decide(all[$0], isStranger: $0 % 5 == 0) }
        run.report(
            "access.decide.cold", Double(all.count) / (ContinuousClock.now - coldStart).seconds, .perSecond,
            n: all.count)
        run.report("access.decide.cold", processorTimeSince: coldProcessorStart, n: all.count)

        // Then any subject, sixty-four at a time, as fast as it goes.
        let count = run.size(200_000)
        let latencies = Mutex<[Duration]>([])
        let processorStart = BenchmarkRun.processorTime
        let start = ContinuousClock.now
        try await withInFlight(64, count: count) { index in
            let began = ContinuousClock.now
            try await decide(all[Int.random(in: 0..<all.count)], isStranger: index % 5 == 0)
            let latency = ContinuousClock.now - began
            latencies.withLock { $0.append(latency) }
        }
        let elapsed = ContinuousClock.now - start
        run.report(
            "access.decide", Double(count) / elapsed.seconds, .perSecond, ceiling: run.value(of: "ledger.ceiling"),
            n: count)
        run.report("access.decide", processorTimeSince: processorStart, n: count)
        run.report("access.decide", latencies: latencies.withLock { $0 })

        // Last at a steady five thousand a second; a latency counts from when its request was due.
        let paced = Mutex<[Duration]>([])
        let pacedCount = run.size(50_000)
        let first = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<pacedCount {
                let due = first + .microseconds(200 * index)
                if ContinuousClock.now < due { try await Task.sleep(until: due, tolerance: .zero) }
                group.addTask { @Sendable in
                    try await decide(all[Int.random(in: 0..<all.count)], isStranger: index % 5 == 0)
                    let latency = ContinuousClock.now - due
                    paced.withLock { $0.append(latency) }
                }
            }
            try await group.waitForAll()
        }
        run.report("access.decide.at5k", latencies: paced.withLock { $0 })
        try await fixture.close()
        return UInt64(count)
    }
}
