// One path, one spelling; a method that is not there is told apart from a path that is not.
import FHIR
import Primitives
import Testing

@testable import API

@Suite struct RouterTests {
    @Test func parametersMatchByTheirKind() throws {
        let pattern: PathPattern = "/fhir/{type:type}/{id:id}/_history/{version:number}"
        let found = try #require(pattern.match(["fhir", "Observation", "a.b-1", "_history", "12"]))
        #expect(found.type("type") == .observation && found.text("id") == "a.b-1" && found.number("version") == 12)
        for segments in [
            ["fhir", "Observations", "a", "_history", "1"], ["fhir", "Observation", "a b", "_history", "1"],
            ["fhir", "Observation", "a", "_history", "01"], ["fhir", "Observation", "a", "_history", "-1"],
            ["fhir", "Observation", "a", "_history"], ["fhir", "Observation", "a", "_history", "1", ""],
            ["fhir", "Observation", "", "_history", "1"], ["FHIR", "Observation", "a", "_history", "1"],
        ] {
            #expect(pattern.match(segments) == nil, "\(segments)")
        }
        #expect(pattern.text == "/fhir/{type}/{id}/_history/{version}")
    }

    @Test func hashesAndRestsMatch() throws {
        let hash = String(repeating: "ab", count: 32)
        let pattern: PathPattern = "/ledger/v1/receipts/{transaction:hash}"
        #expect(pattern.match(["ledger", "v1", "receipts", hash])?.hash("transaction").hex == hash)
        #expect(pattern.match(["ledger", "v1", "receipts", String(hash.dropLast())]) == nil)
        let rest: PathPattern = "/ledger/v1/tile/{tile:path}"
        #expect(rest.match(["ledger", "v1", "tile", "0", "x001", "234.p", "7"])?.text("tile") == "0/x001/234.p/7")
        #expect(rest.match(["ledger", "v1", "tile"]) == nil)
    }

    @Test(arguments: Way.allCases)
    func wrongPathsAndMethodsAreToldApart(way: Way) async throws {
        let fixture = try await APIFixture(way)
        for target in [
            "/", "/fhir/", "/fhir/Nothing", "/fhir/Observation/x/", "/Health/live", "/health/live/", "/admin",
        ] {
            let reply = try await fixture.get(target)
            #expect(reply.status == 404 && reply.code == "route.unknown", "\(target): \(reply.text)")
        }
        let reply = try await fixture.send("DELETE", "/ledger/v1/checkpoint")
        #expect(reply.status == 405 && reply["Allow"] == "GET" && reply.code == "route.method")
        let patch = try await fixture.send("PATCH", "/fhir/Observation/x")
        #expect(patch.status == 405 && patch["Allow"] == "DELETE, GET, PUT")
        #expect(try await fixture.get("/health/live").status == 200)
        #expect(try await fixture.get("/%68ealth/live").status == 200)
        await fixture.stop()
    }
}
