// Benchmarks · the offline check of one full proof: record, anchor, grant, access event, checkpoint.
import Contracts
import Cryptography
import Ledger
import Node
import Primitives
import SteleTesting

enum ProofBenchmark: Benchmark {
    static let name = "proof.check"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let fixture = try LedgerFixture(run, "proof")
        let random = fixture.random
        let consent = SigningKey.random(from: random)
        let classToken = random.bytes32()
        let classes = TokenSet(padding: [classToken], random: random)!
        let subject = try await fixture.registerSubject(consentKey: consent.publicKey, classes: classes)
        let content = Array(#"{"resourceType":"Observation","id":"x","status":"final"}"#.utf8)
        let opening = RecordOpening(record: random.bytes32(), salt: random.bytes32(), bytes: content)
        let anchor = try await fixture.apply(
            RecordsAnchor(
                subject: subject,
                versions: [RecordVersion(record: opening.record, anchor: opening.anchor, profile: ProfileNumber(0)!)]))
        let now = SystemTime().now().seconds / 60 * 60
        let asker = TokenSet(padding: [random.bytes32()], random: random)!
        let purposes = TokenSet(padding: [random.bytes32()], random: random)!
        let grant = try await fixture.apply(
            ConsentGrant(
                subject: subject,
                grants: [
                    GrantTerms(
                        kind: .permit, grantees: asker, actions: .all, purposes: purposes, classes: classes,
                        notBefore: UnixSeconds(now - 60), notAfter: UnixSeconds(now + 86_400),
                        termsCommitment: random.bytes32())
                ]), key: consent)
        let access = try await fixture.apply(
            AccessRequest(
                subject: subject, askerCommitment: random.bytes32(), asker: asker, action: .read, purposes: purposes,
                expected: ProfileSet(bits: 1), manifestRoot: random.bytes32()))
        // Enough other entries that the paths have the length they have in a busy year.
        let node = fixture.node
        try await withInFlight(256, count: run.size(20_000)) { _ in try await fixture.apply(fixture.anchor(subject)) }
        let file = try await node.proof(
            of: [anchor.transactionID, grant.transactionID, access.transactionID], openings: [opening])
        let bytes = file.encoded
        let trust = fixture.network.trust
        let count = run.size(2000)
        var sum: UInt64 = 0
        let start = ContinuousClock.now
        for _ in 0..<count {
            let verdict = try ProofVerifier.verify(bytes, trust: trust)
            sum &+= UInt64(verdict.statements.count)
        }
        let elapsed = ContinuousClock.now - start
        run.report("proof.check", elapsed.seconds / Double(count) * 1e6, .us, n: count)
        run.report("proof.bytes", Double(bytes.count - file.note.count - file.header.count), .bytes, n: 1)
        try await fixture.close()
        return sum
    }
}
