// Benchmarks · a patient's account of six years: everything released of their records, to whom and for what.
import Contracts
import Cryptography
import FHIR
import Node
import Primitives
import SteleTesting
import Synchronization
import Vault

/// Four accesses a day for six years, each read as staff read. Then an officer takes the account over HTTPS, first byte
/// asked to last byte had: each kept request is opened, each event looked up and proven, and that it was taken is one
/// more event of the log. As JSON it has the proof of the whole log, by which each line is verified offline.
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
        let served = try await ServedCustodian(house)
        for (format, name) in [("json", "log.account"), ("csv", "log.account.csv"), ("html", "log.account.html")] {
            var times: [Duration] = []
            for _ in 0..<run.size(5, minimum: 1) {
                let start = ContinuousClock.now
                let account = try await served.get("/custodian/v1/disclosures?patient=p1&format=\(format)")
                times.append(ContinuousClock.now - start)
                guard String(decoding: account, as: UTF8.self).ranges(of: "Observation/o1").count >= count else {
                    throw BenchmarkError(message: "the account as \(format) lacks lines")
                }
            }
            run.report(name, times.sorted()[times.count / 2].milliseconds, .ms, n: count)
        }
        await served.stop()
        try await house.stop()
        return UInt64(count)
    }
}
