// Benchmarks · a patient's account of six years: everything released of their records, to whom and for what.
import Contracts
import Cryptography
import FHIR
import Node
import Primitives
import SteleTesting
import Synchronization
import Vault

/// Four accesses a day for six years, each read as staff read. The account opens each kept request and looks up each
/// event; writing it as a page comes on top and is small.
enum AccountBenchmark: Benchmark {
    static let name = "log.account"
    private static let accessCount = 8_760

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let house = try await TestCustodian(try run.freshDirectory("account"))
        let wallet = try await house.enrol("p1")
        let permit = house.permit(wallet, to: [.organisation(house.custodian.organisation)], classes: [.all])
        _ = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [permit]), by: wallet)
        let text = """
            {"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"subject":{"reference":\
            "Patient/p1"},"valueString":"v"}
            """
        _ = try await house.custodian.write([Submission(try Resource(parsing: Array(text.utf8)))], patient: "p1")
        let actor = try await house.custodian.addActor(
            ActorDraft(
                id: "bench-reader", kind: .person, displayName: "Reader", roles: ["surgeon"],
                key: .okp(house.network.nodeKey.publicKey)))
        let asker = house.asker(actor, patient: "p1")
        let count = run.size(accessCount)
        let question = Question(.read(ResourceName(type: "Observation", id: "o1"), version: nil), action: .read)
        try await withInFlight(64, count: count) { _ in
            guard case .released = try await house.custodian.read(question, by: asker) else {
                throw BenchmarkError(message: "a permitted read released nothing")
            }
        }
        let now = UnixSeconds(house.clock.now())
        var times: [Duration] = []
        var found = 0
        for _ in 0..<run.size(5, minimum: 1) {
            let start = ContinuousClock.now
            found = try house.custodian.disclosures(
                of: wallet.subject, from: UnixSeconds(0), to: UnixSeconds(now.seconds + 1)
            ).disclosures.count
            times.append(ContinuousClock.now - start)
        }
        guard found == count else { throw BenchmarkError(message: "the account has \(found) of \(count) lines") }
        run.report("log.account", times.sorted()[times.count / 2].milliseconds, .ms, n: count)
        try await house.stop()
        return UInt64(found)
    }
}
