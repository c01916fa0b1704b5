// Benchmarks · consented FHIR reads over HTTPS from 64 clients, each of a patient whom nobody asked about since the
// start.
import Contracts
import Cryptography
import FHIR
import Foundation
import Node
import Primitives
import SteleTesting
import Synchronization
import Vault

/// One record of about 2 KB for each of many patients, each with a treatment permit. The node is started anew before
/// the load, so that every read unwraps the patient's keys, opens the compartment, decides under a policy read from
/// disk, keeps the request, commits the event and opens the record. The operating system's page cache is as warm as it
/// happens to be.
enum ReadBenchmark: Benchmark {
    static let name = "http.read"
    private static let noteByteCount = 1500

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let house = try await TestCustodian(try run.freshDirectory("read"))
        let seconds = max(1, 8 / run.scale)
        let patientCount = run.size(16_000, minimum: 400)
        try await withInFlight(64, count: patientCount) { index in
            let wallet = try await house.enrol("p\(index)")
            let permit = house.permit(wallet, to: [.organisation(house.custodian.organisation)], classes: [.all])
            _ = try await house.submit(ConsentGrant(subject: wallet.subject, grants: [permit]), by: wallet)
            _ = try await house.custodian.write([Submission(try observation(index))], patient: "p\(index)")
        }
        try await house.restart()
        run.note("http.read: \(patientCount) patients with a record of 2 KB each, the node started anew")

        let order = (0..<patientCount).shuffled()
        let paths = order.map { "/fhir/Observation/o\($0)" }.joined(separator: "\n")
        let file = run.directory + "/paths"
        try paths.write(toFile: file, atomically: true, encoding: .utf8)
        let served = try await ServedCustodian(house)
        let words = try served.wrk(script: "get-paths.lua", seconds: seconds, environment: ["STELE_PATHS": file])
        guard let requests = words["requests"], let duration = words["duration_us"], words["errors"] == 0, requests > 0
        else { throw BenchmarkError(message: "the load generator saw errors: \(words)") }
        let isCold = requests <= patientCount
        run.note("http.read: \(isCold ? "every patient read once at most" : "patients read again once all were read")")
        run.report(
            "http.read", Double(requests) / (Double(duration) / 1e6), .perSecond,
            ceiling: run.value(of: "ledger.ceiling"),
            n: requests)
        run.report("http.read.p50", Double(words["p50_us"] ?? 0) / 1000, .ms, n: requests)
        run.report("http.read.p99", Double(words["p99_us"] ?? 0) / 1000, .ms, n: requests)
        await served.stop()
        try await house.stop()
        return UInt64(requests)
    }

    private static func observation(_ index: Int) throws -> Resource {
        let note = String(repeating: "sample ", count: noteByteCount / 7)
        let text = """
            {"resourceType":"Observation","id":"o\(index)","status":"final","category":[{"coding":[{"system":\
            "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{\
            "system":"http://loinc.org","code":"718-7","display":"Hemoglobin"}]},"subject":{"reference":\
            "Patient/p\(index)"},"effectiveDateTime":"2024-03-01T08:30:00+01:00","valueQuantity":{"value":13.50,\
            "unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"},"note":[{"text":"\(note)"}]}
            """
        return try Resource(parsing: Array(text.utf8))
    }
}
