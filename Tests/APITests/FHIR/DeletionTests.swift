// A deletion is a version: gone for whoever might see the record, absent for everybody else, and undone by a PUT.
import JSON
import Primitives
import Testing

@Suite struct DeletionTests {
    @Test(arguments: Way.allCases)
    func whatIsDeletedIsGoneForThosePermittedOnly(way: Way) async throws {
        let fixture = try await APIFixture(way)
        try await fixture.writeAndGrant()
        let surgeon = try await fixture.token(fixture.surgeon)
        for target in ["/fhir/Observation/hb", "/fhir/DocumentReference/psy"] {
            let reply = try await fixture.send("DELETE", target, token: surgeon)
            #expect(reply.status == 204 && reply.body.isEmpty && reply["ETag"] == "W/\"2\"")
            #expect(reply["Stele-Transaction"]?.utf8.count == 64)
        }
        let gone = try await fixture.get("/fhir/Observation/hb", surgeon)
        #expect(gone.status == 410 && gone.code == "record.deleted" && gone["ETag"] == "W/\"2\"")
        #expect(try await fixture.get("/fhir/Observation/hb/_history/2", surgeon).status == 410)
        #expect(try await fixture.get("/fhir/Observation/hb/_history/1", surgeon).sentText == APIFixture.result)
        #expect(try await fixture.get("/fhir/Observation?patient=p1", surgeon).total == 0)
        // Hidden and deleted is as hidden and absent.
        let absent = try await fixture.get("/fhir/DocumentReference/nothing", surgeon)
        for target in ["psy", "psy/_history/1", "psy/_history/2", "psy/_history"] {
            let hidden = try await fixture.get("/fhir/DocumentReference/" + target, surgeon)
            #expect(hidden.status == 404 && hidden.masked() == absent.masked(), "\(target)")
            #expect(hidden["ETag"] == nil && hidden["Last-Modified"] == nil)
        }
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", patient).status == 410)
        await fixture.stop()
    }

    @Test func aPutBringsItBack() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let target = "/fhir/Observation/hb"
        _ = try await fixture.send("DELETE", target, token: token)
        // Deleted twice is deleted once.
        #expect(try await fixture.send("DELETE", target, token: token)["ETag"] == "W/\"2\"")
        let stale = try await fixture.send("PUT", target, APIFixture.result, token, ("If-Match", "W/\"1\""))
        #expect(stale.status == 412)
        // There is no such resource now, whoever demands that.
        let back = try await fixture.send("PUT", target, APIFixture.result, token, ("If-None-Match", "*"))
        #expect(back.status == 201 && back["ETag"] == "W/\"3\"" && back.sentText == APIFixture.result)
        #expect(back["Location"] == APIFixture.baseURL + "/fhir/Observation/hb/_history/3")
        #expect(try await fixture.get(target, token).body == back.body)
        #expect(try await fixture.get("/fhir/Observation?patient=p1", token).total == 1)
        #expect(try await fixture.get(target + "/_history", token).statuses == [200, 204, 201])
    }

    @Test func whatIsNotThereIsDeletedAlready() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        let reply = try await fixture.send("DELETE", "/fhir/Observation/none", token: token)
        #expect(reply.status == 204 && reply["ETag"] == nil)
        let guarded = try await fixture.send(
            "DELETE", "/fhir/Observation/none", token: token, headers: [("If-Match", "W/\"1\"")])
        #expect(guarded.status == 412 && guarded.code == "vault.version_conflict")
        let stale = try await fixture.send(
            "DELETE", "/fhir/Observation/hb", token: token, headers: [("If-Match", "W/\"2\"")])
        #expect(stale.status == 412)
        let outcome = try await fixture.send(
            "DELETE", "/fhir/Observation/hb", token: token,
            headers: [("If-Match", "W/\"1\""), ("Prefer", "return=OperationOutcome")])
        #expect(try outcome.status == 200 && outcome.json()["resourceType"]?.string == "OperationOutcome")
    }

    @Test func onlyStaffWithTheScopeDelete() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let target = "/fhir/Observation/hb"
        let writer = try await fixture.token(fixture.surgeon, scope: "user/Observation.cru")
        #expect(try await fixture.send("DELETE", target, token: writer).code == "token.insufficient")
        let patient = try await fixture.token(fixture.patient, scope: "patient/*.cruds")
        #expect(try await fixture.send("DELETE", target, token: patient).code == "actor.not_allowed")
        let visitor = try await APIFixture.add(
            "visitor", role: "surgeon", organisation: "elsewhere", to: fixture.house)
        #expect(
            try await fixture.send("DELETE", target, token: try await fixture.token(visitor)).code
                == "actor.not_allowed")
        #expect(try await fixture.send("DELETE", target).status == 401)
        let surgeon = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.get(target, surgeon).status == 200)
        #expect(
            try await fixture.bundle("transaction", [BundleText.entry(nil, "DELETE", "Observation/hb")], patient)
                .code == "actor.not_allowed")
    }

    @Test func criteriaDeleteOneAtMost() async throws {
        let fixture = try await APIFixture()
        try await fixture.writeAndGrant()
        let token = try await fixture.token(fixture.surgeon)
        for id in ["a", "b"] {
            _ = try await fixture.put("/fhir/Observation/\(id)", APIFixture.observation(id, 2), token)
        }
        func delete(_ query: String) async throws -> Reply {
            try await fixture.send("DELETE", "/fhir/Observation?" + query, token: token)
        }
        let several = try await delete("patient=p1&value-quantity=2")
        #expect(several.status == 412 && several.code == "criteria.several")
        #expect(try await delete("patient=p1&value-quantity=99").status == 204)
        #expect(try await delete("value-quantity=99").code == "search.parameter")
        #expect(try await delete("patient=p1&_id=a")["ETag"] == "W/\"2\"")
        #expect(try await fixture.get("/fhir/Observation/a", token).status == 410)
        #expect(try await fixture.get("/fhir/Observation/b", token).status == 200)
        // What the caller may not see is not found either.
        #expect(
            try await fixture.send("DELETE", "/fhir/DocumentReference?patient=p1&_id=psy", token: token)["ETag"] == nil)
        let patient = try await fixture.token(fixture.patient)
        #expect(try await fixture.get("/fhir/DocumentReference/psy", patient).status == 200)
    }
}
