// Benchmarks · the same anchors over HTTPS from 64 clients, the load generator on the same two cores.
import API
import Contracts
import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import Ledger
import Node
import Primitives
import SteleTesting
import Vault

enum HTTPBenchmark: Benchmark {
    static let name = "ledger.http"

    static func run(_ run: BenchmarkRun) async throws -> UInt64 {
        let house = try await TestCustodian(try run.freshDirectory("http"))
        let served = try await ServedCustodian(house)
        let wallet = try await house.enrol("bench")
        let subject = wallet.subject
        let maker = UnsignedTransactionMaker(
            chainID: house.custodian.ledger.chainID, time: house.clock, random: house.random)
        _ = try await house.custodian.ledger.submit(
            maker.envelope(
                RecordsRegisterProfile(
                    subject: subject, profile: ProfileNumber(0)!,
                    classes: TokenSet(padding: [], random: house.random)!), key: house.network.nodeKey))

        let seconds = max(1, 8 / run.scale)
        let count = 25_000 * seconds
        var envelopes = Data()
        for _ in 0..<count {
            let call = RecordsAnchor(
                subject: subject,
                versions: [
                    RecordVersion(
                        record: house.random.bytes32(), anchor: house.random.bytes32(), profile: ProfileNumber(0)!)
                ])
            let envelope = maker.envelope(call, key: house.network.nodeKey)
            envelopes.append(contentsOf: [UInt8(envelope.count >> 8), UInt8(envelope.count & 255)])
            envelopes.append(contentsOf: envelope)
        }
        let file = run.directory + "/envelopes"
        try envelopes.write(to: URL(fileURLWithPath: file))

        let before = house.custodian.ledger.head.header.logSize - house.custodian.ledger.head.header.height
        let words = try served.wrk(
            script: "post-transactions.lua", seconds: seconds, environment: ["STELE_ENVELOPES": file])
        await house.custodian.ledger.settle()
        let committed = house.custodian.ledger.head.header.logSize - house.custodian.ledger.head.header.height - before
        guard let requests = words["requests"], let duration = words["duration_us"], words["errors"] == 0,
            UInt64(requests) <= committed + 64, requests < count
        else { throw BenchmarkError(message: "the load generator saw errors or ran out of envelopes: \(words)") }
        run.report(
            "ledger.http", Double(committed) / (Double(duration) / 1e6), .perSecond,
            ceiling: run.value(of: "ledger.ceiling"), n: Int(committed))
        run.report("ledger.http.p50", Double(words["p50_us"] ?? 0) / 1000, .ms, n: requests)
        run.report("ledger.http.p99", Double(words["p99_us"] ?? 0) / 1000, .ms, n: requests)
        await served.stop()
        try await house.stop()
        return committed
    }
}

struct BenchmarkError: Error { let message: String }

/// A custodian behind HTTPS on loopback, with a token for a system of its own.
final class ServedCustodian {
    let server: HTTPServer
    let baseURL: String
    let token: String
    private let client: HTTPClient

    init(_ house: TestCustodian) async throws {
        let now = house.clock.now()
        let certificate = try SelfSignedCertificate.make(
            dnsNames: ["localhost"], addresses: ["127.0.0.1"], validFrom: now,
            validUntil: Timestamp(seconds: now.seconds + 86_400))
        // The audience of assertions is configured, not taken from the request, so any fixed URL will do.
        baseURL = "https://stele.test"
        let handler = APIHandler(
            custodian: house.custodian, configuration: APIConfiguration(baseURL: baseURL), time: house.clock,
            random: house.random)
        server = try HTTPServer(
            configuration: HTTPServerConfiguration(
                tls: HTTPServerCertificate(
                    certificatePEM: Array(certificate.server.utf8),
                    keyPEM: certificate.serverKey.exposedCopy()), threadCount: 2),
            handler: handler)
        let key = SigningKey.random(from: house.random)
        _ = try await house.custodian.addActor(
            ActorDraft(
                id: "bench-feed", kind: .system, displayName: "Benchmark feed", roles: ["feed"],
                key: .okp(key.publicKey), isOfficer: true))
        client = try HTTPClient(trust: .caPEM(certificate.authority))
        let claims =
            "{\"iss\":\"bench-feed\",\"sub\":\"bench-feed\",\"aud\":\"\(baseURL)/oauth/token\","
            + "\"exp\":\(now.seconds + 240),\"jti\":\"\(house.random.bytes32().hex)\"}"
        let signed =
            Base64.encode(Array("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}".utf8), .url) + "."
            + Base64.encode(Array(claims.utf8), .url)
        let assertion = signed + "." + Base64.encode(key.sign(Array(signed.utf8)), .url)
        let body =
            "grant_type=client_credentials&scope=system%2F*.cruds&purpose_of_use=TREAT"
            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            + "&client_assertion=\(assertion)"
        let response = try await client.send(
            HTTPClientRequest(
                method: "POST", url: "https://127.0.0.1:\(server.boundPort)/oauth/token",
                headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8)))
        guard response.status == 200,
            let object = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any],
            let token = object["access_token"] as? String
        else { throw BenchmarkError(message: "no token: \(String(decoding: response.body, as: UTF8.self))") }
        self.token = token
    }

    /// What is at `path`.
    func get(_ path: String) async throws -> [UInt8] {
        var request = HTTPClientRequest(
            method: "GET", url: "https://127.0.0.1:\(server.boundPort)" + path,
            headers: [("Authorization", "Bearer " + token)])
        request.responseByteCountMax = 64 << 20
        let response = try await client.send(request)
        guard response.status == 200 else {
            throw BenchmarkError(message: "no answer: \(String(decoding: response.body.prefix(1000), as: UTF8.self))")
        }
        return response.body
    }

    /// Runs the load generator with 64 connections and returns the numbers its script prints.
    func wrk(script: String, seconds: Int, environment: [String: String]) throws -> [String: Int] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/wrk")
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        process.arguments = [
            "-t1", "-c64", "-d\(seconds)s", "--latency", "-s", "\(folder)/\(script)",
            "https://127.0.0.1:\(server.boundPort)",
        ]
        process.environment = environment.merging(["STELE_TOKEN": token]) { given, _ in given }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("requests ") }) else {
            throw BenchmarkError(message: "the load generator said nothing: \(output)")
        }
        let words = line.split(separator: " ")
        var numbers: [String: Int] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            numbers[String(words[index])] = Int(words[index + 1])
        }
        return numbers
    }

    func stop() async { await server.stop() }
}
