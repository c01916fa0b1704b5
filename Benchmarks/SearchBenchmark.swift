// Benchmarks · consented searches over HTTPS from 64 clients, an officer's search of everybody, and reading facts.
import Contracts
import Cryptography
import FHIR
import Foundation
import Node
import Primitives
import SteleTesting
import Vault

/// Patients with a hundred and twenty observations of twelve codes each: a search by code finds ten. The indexes are
/// open, as those of patients in treatment are; each search decides, keeps the request, commits the event and opens the
/// records.
enum SearchBenchmark: Benchmark {
    static let name = "http.search"
    private static let observationCount = 120
    private static let codeCount = 12

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let sum = try facts(run)
        let house = try await TestCustodian(try run.freshDirectory("search"))
        let seconds = max(1, 4 / run.scale)
        let patientCount = run.size(256)
        try await withInFlight(16, count: patientCount) { index in
            let wallet = try await house.enrol("p\(index)")
            let permit = house.permit(wallet, to: [.organisation(house.custodian.organisation)], classes: [.all])
            _ = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [permit]), by: wallet)
            let submissions = try (0..<observationCount).map { Submission(try observation(index, $0)) }
            _ = try await house.custodian.write(submissions, patient: "p\(index)")
        }
        run.note(
            "http.search: \(patientCount) patients with \(observationCount) observations each; 10 found by each search")
        let paths = (0..<16_384).map { _ in
            "/fhir/Observation?patient=p\(Int.random(in: 0..<patientCount))&code=http://loinc.org%7Cc"
                + "\(Int.random(in: 0..<codeCount))"
        }
        let file = run.directory + "/search-paths"
        try paths.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        let served = try await ServedCustodian(house)
        let words = try served.wrk(script: "get-paths.lua", seconds: seconds, environment: ["STELE_PATHS": file])
        guard let requests = words["requests"], let duration = words["duration_us"], words["errors"] == 0, requests > 0
        else { throw BenchmarkError(message: "the load generator saw errors: \(words)") }
        run.report(
            "http.search", Double(requests) / (Double(duration) / 1e6), .perSecond,
            ceiling: run.value(of: "ledger.ceiling"),
            n: requests)
        run.report("http.search.p50", Double(words["p50_us"] ?? 0) / 1000, .ms, n: requests)
        run.report("http.search.p99", Double(words["p99_us"] ?? 0) / 1000, .ms, n: requests)
        try await officer(run, house)
        await served.stop()
        try await house.stop()
        return sum &+ UInt64(requests)
    }

    /// One search of everybody, with a page of fifty.
    private static func officer(_ run: BenchmarkRun, _ house: TestCustodian) async throws {
        let actor = try await house.custodian.addActor(
            ActorDraft(
                id: "bench-officer", kind: .person, displayName: "Officer", roles: ["officer"],
                key: .okp(house.network.nodeKey.publicKey), isOfficer: true))
        let query = try SearchQuery(
            .observation, [SearchField("code", "c1"), SearchField("value-quantity", "gt13")],
            in: SearchContext(now: house.clock.now()))
        var latencies: [Duration] = []
        for _ in 0..<run.size(32) {
            let start = ContinuousClock.now
            let answer = try await house.custodian.read(
                Question(.search(SearchRequest(query, scope: .several(nil))), action: .search),
                by: house.asker(actor))
            guard case .released(let release) = answer, release.foundCount > 0 else {
                throw BenchmarkError(message: "the officer found nothing")
            }
            latencies.append(ContinuousClock.now - start)
        }
        run.report("search.officer", latencies: latencies)
    }

    /// How long reading the facts of a parsed resource takes.
    private static func facts(_ run: BenchmarkRun) throws -> UInt64 {
        let resources = try (0..<run.size(10_000)).map { try observation(0, $0) }
        _ = try SearchFacts(of: resources[0])  // Reads the table.
        var sum: UInt64 = 0
        let start = ContinuousClock.now
        for resource in resources { sum &+= UInt64(try SearchFacts(of: resource).encoded.count) }
        let duration = ContinuousClock.now - start
        run.report("search.facts", duration / .microseconds(1) / Double(resources.count), .us, n: resources.count)
        run.note("search.facts: \(sum / UInt64(resources.count)) bytes for each observation")
        return sum
    }

    private static func observation(_ patient: Int, _ index: Int) throws -> Resource {
        let text = """
            {"resourceType":"Observation","id":"o\(patient)-\(index)","meta":{"profile":[\
            "http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"]},"status":"final","category":[{\
            "coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory",\
            "display":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"c\(index % codeCount)",\
            "display":"Hemoglobin [Mass/volume] in Blood"}],"text":"Hemoglobin [Mass/volume] in Blood"},"subject":{\
            "reference":"Patient/p\(patient)"},"encounter":{"reference":"Encounter/e\(patient)-\(index / 10)"},\
            "effectiveDateTime":"2024-03-01T08:30:00+01:00","issued":"2024-03-01T08:31:00.123+01:00","valueQuantity":{\
            "value":1\(index % 10).5,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}}
            """
        return try Resource(parsing: Array(text.utf8))
    }
}
