// Health, metrics and the description of the API.
import Foundation
import HTTPServer
import JSON
import Primitives
import SteleTesting
import Testing

@testable import API

@Suite struct OperationsTests {
    @Test(arguments: Way.allCases)
    func aNodeInServiceIsLiveAndReady(way: Way) async throws {
        let fixture = try await APIFixture(way)
        #expect(try await fixture.get("/health/live").json()["status"]?.string == "live")
        let ready = try await fixture.get("/health/ready")
        #expect(try ready.status == 200 && ready.json()["height"]?.uint ?? 0 > 0)
        await fixture.stop()
    }

    @Test func metricsNameNobody() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        _ = try await fixture.get("/fhir/Observation/hb", token)
        _ = try await fixture.get("/fhir/DocumentReference/psy", token)
        _ = try await fixture.get("/fhir/Observation?patient=p1&code=718-7", token)
        _ = try await fixture.get("/nowhere/p1", token)
        let text = try await fixture.get("/metrics").text
        for secret in ["p1", "hb", "psy", "718-7", "surgeon", token, "nowhere", fixture.wallet.subject.hex] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(text.contains(#"stele_http_requests_total{route="/fhir/{type}/{id}",method="GET",status="2xx"} 1"#))
        #expect(text.contains("stele_records_released_total 2\n"))
        #expect(text.contains("stele_requests_not_released_total 1\n"))
        #expect(text.contains(#"stele_http_requests_total{route="none",method="GET",status="4xx"} 1"#))
    }

    @Test func metricsAreForThisMachineAndOfficers() async throws {
        let fixture = try await APIFixture()
        func get(_ token: String?, from address: String) async throws -> Int {
            var headers = HTTPHeaders()
            if let token { headers.add("Authorization", "Bearer \(token)") }
            return await fixture.handler.respond(
                to: HTTPRequest(
                    method: "GET", target: try #require(HTTPTarget("/metrics")), headers: headers,
                    clientAddress: address)
            ).status
        }
        #expect(try await get(nil, from: "127.0.0.1") == 200)
        #expect(try await get(nil, from: "192.0.2.1") == 401)
        #expect(try await get(fixture.token(fixture.surgeon), from: "192.0.2.1") == 403)
        #expect(try await get(fixture.token(fixture.officer), from: "192.0.2.1") == 200)
    }

    @Test func everyRouteIsDescribedOnce() async throws {
        let fixture = try await APIFixture()
        let json = try await fixture.get("/openapi.json").json()
        #expect(json["openapi"]?.string == "3.1.0")
        var ids: [String] = []
        for (path, item) in try #require(json["paths"]).members {
            #expect(path.hasPrefix("/") && !path.hasSuffix("/"))
            for (_, operation) in item.members {
                ids.append(try #require(operation["operationId"]?.string))
                #expect(operation["responses"]?["default"] != nil && operation["summary"]?.string != nil)
                let named = operation["parameters"]?.elements.filter { $0["in"]?.string == "path" }.count ?? 0
                #expect(named == path.count { $0 == "{" }, "\(path)")
            }
        }
        #expect(Set(ids).count == ids.count && ids.count > 50)
        for id in ["read", "submit", "token", "consent.grant", "records.anchor", "access-log", "entries"] {
            #expect(ids.contains(id), "\(id)")
        }
    }

    @Test func sensitiveAnswersAreNotStored() async throws {
        let fixture = try await APIFixture()
        for target in ["/health/live", "/fhir/metadata", "/fhir/Observation/x", "/openapi.json"] {
            let reply = try await fixture.get(target)
            #expect(reply["Cache-Control"] == "no-store" && reply["X-Content-Type-Options"] == "nosniff")
        }
    }
}
