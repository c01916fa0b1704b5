// Statuses follow the published list, and bad news has three shapes and no others.
import Foundation
import HTTPServer
import JSON
import Primitives
import SteleTesting
import Testing

@testable import API

@Suite struct ErrorStatusTests {
    /// The codes that a node can meet: those that targets other than the command's declare.
    private static func servedCodes() throws -> Set<String> {
        let mark = "ErrorCode" + "(\""
        let sources = SharedData.package.appendingPathComponent("Sources")
        var codes: Set<String> = []
        for case let file as URL in FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)!
        where file.pathExtension == "swift" && !file.path.contains("/SteleCommand/")
            && !file.path.contains("/HTTPClient/")
        {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard line.contains("static let"), let start = line.range(of: mark) else { continue }
                codes.insert(String(line[start.upperBound...].prefix { $0 != "\"" }))
            }
        }
        return codes
    }

    @Test func statusesAreThoseOfThePublishedList() throws {
        let served = try Self.servedCodes()
        #expect(served.count > 150)
        let path = SharedData.package.appendingPathComponent("docs/spec/errors.json")
        let list = try JSONDocument(parsing: [UInt8](try Data(contentsOf: path))).root
        for entry in list.elements {
            guard let code = entry["code"]?.string, served.contains(code) else { continue }
            #expect(
                ErrorStatus.status(named: code) == entry["http"]?.uint.map { Int($0) }, "\(code) has another status")
        }
    }

    static let paths = ["/fhir/Observation/x", "/ledger/v1/checkpoint", "/oauth/token"]

    @Test(arguments: paths)
    func bodiesOfOneCodeDifferInTheirIdAlone(path: String) throws {
        let answers = ErrorAnswer(random: SystemRandomForTests())
        let bodies = (0..<2).map { _ in
            if case .bytes(let bytes) = answers.response(to: .tokenInvalid, path: path).body {
                bytes
            } else {
                [UInt8]()
            }
        }
        #expect(bodies[0].count == bodies[1].count && bodies[0] != bodies[1])
        #expect(zip(bodies[0], bodies[1]).count { $0 != $1 } <= 16)
    }

    @Test func shapesAreThoseOfTheirPaths() async throws {
        let fixture = try await APIFixture()
        let fhir = try await fixture.get("/fhir/Observation/x")
        #expect(fhir.status == 401 && fhir["Content-Type"] == "application/fhir+json")
        #expect(try fhir.json()["resourceType"]?.string == "OperationOutcome" && fhir.code == "token.missing")
        #expect(fhir["WWW-Authenticate"] == #"Bearer realm="stele""#)
        let ledger = try await fixture.get("/ledger/v1/receipts/\(Bytes32.zero.hex)", "AAAA")
        #expect(ledger.status == 401 && ledger.code == "token.invalid")
        #expect(ledger["WWW-Authenticate"] == #"Bearer realm="stele", error="invalid_token""#)
        let error = try #require(try ledger.json()["error"])
        #expect(error.members.map(\.key) == ["code", "message", "hint", "id", "details"])
        let oauth = try await fixture.requestToken([:])
        #expect(try oauth.status == 400 && oauth.json()["error"]?.string == "invalid_request")
    }

    @Test func refusalsOfTheServerItselfHaveTheSameShapes() async throws {
        let fixture = try await APIFixture(
            .socket,
            limits: {
                var l = HTTPLimits(); l.bodyByteCountMax = 1000; return l
            }())
        let long = [UInt8](repeating: 0x20, count: 5000)
        let fhir = try await fixture.send("POST", "/fhir", type: "application/fhir+json", body: long)
        #expect(fhir.status == 413 && fhir.code == "http.body_too_large")
        #expect(try fhir.json()["resourceType"]?.string == "OperationOutcome")
        let other = try await fixture.send("POST", "/ledger/v1/transactions", type: "application/cbor", body: long)
        #expect(try other.status == 413 && other.json()["error"]?["code"]?.string == "http.body_too_large")
        await fixture.stop()
    }
}

/// Different bytes each time.
private struct SystemRandomForTests: RandomSource {
    func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
}
