// Benchmarks · access decisions with their event and receipt: 10k subjects with 100 grants each, one in five refused.
import Contracts
import Cryptography
import Ledger
import Node
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
        let count = run.size(400_000)
        let latencies = Mutex<[Duration]>([])
        let permittedCount = Mutex(0)
        run.note("access.decide: \(subjectCount) subjects with 100 grants each")
        let node = fixture.node
        let coldStart = ContinuousClock.now
        for patient in all.prefix(500) {
            _ = try node.withState(about: patient.subject) { state throws(SteleError) in
                try AccessPreview.policy(of: patient.subject, in: state)
            }
        }
        run.note("cold \((ContinuousClock.now - coldStart) / 500)")
        let start = ContinuousClock.now
        try await withInFlight(64, count: count) { index in
            let began = ContinuousClock.now
            let patient = all[Int.random(in: 0..<all.count)]
            let isStranger = index % 5 == 0
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
            let receipt = try await node.submit(fixture.maker.admitted(call, key: fixture.network.nodeKey))
            precondition(decision!.permitted.isEmpty == isStranger)
            if !isStranger { permittedCount.withLock { $0 += 1 } }
            precondition(receipt.isApplied)
            let latency = ContinuousClock.now - began
            latencies.withLock { $0.append(latency) }
        }
        let elapsed = ContinuousClock.now - start
        run.report("access.decide", Double(count) / elapsed.seconds, "1/s", n: count)
        run.report("access.decide", latencies: latencies.withLock { $0 })
        try await fixture.close()
        return UInt64(permittedCount.withLock { $0 })
    }
}
