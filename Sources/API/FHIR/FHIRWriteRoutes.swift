// API · records in, one at a time.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// Creating, updating and deleting. What is accepted is stored, anchored and returned byte for byte; the id
/// that the server chooses and the version and time in `meta` are the only things ever added. Source: FHIR R4 §3.1.0.
struct FHIRWriteRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/fhir/{type:type}", .token,
                Operation(
                    "create", "fhir",
                    "Creates a resource under an id that the server chooses; with If-None-Exist, if there is none yet.",
                    body: [.fhir], status: 201, answer: [.fhir])
            ) { request async throws(SteleError) in try await create(request) },
            Route(
                .put, "/fhir/{type:type}/{id:id}", .token,
                Operation(
                    "update", "fhir", "Writes a version of a resource under its id; If-Match guards it.",
                    body: [.fhir], answer: [.fhir])
            ) { request async throws(SteleError) in try await update(request) },
            Route(
                .put, "/fhir/{type:type}", .token,
                Operation(
                    "conditional-update", "fhir",
                    "Writes a version of the one resource that fulfils the criteria of the query, or creates it.",
                    body: [.fhir], answer: [.fhir])
            ) { request async throws(SteleError) in try await updateMatching(request) },
            Route(
                .delete, "/fhir/{type:type}/{id:id}", .token,
                Operation(
                    "delete", "fhir", "Writes a version that says the resource was deleted; older ones stay.",
                    status: 204)
            ) { request async throws(SteleError) in try await delete(request) },
            Route(
                .delete, "/fhir/{type:type}", .token,
                Operation(
                    "conditional-delete", "fhir", "Deletes the one resource that fulfils the criteria of the query.",
                    status: 204)
            ) { request async throws(SteleError) in try await deleteMatching(request) },
        ]
    }

    // MARK: - Creating

    private func create(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try writer(request)
        let type = request.parameters.type("type")
        try caller.require(.create, on: type)
        let received = try body(request, type)
        let resource = try received.settingIdentity(id: services.newID())
        let submission = Submission(resource, expectedVersion: 0, sayingItsVersion: true)
        guard let condition = try request.header("If-None-Exist") else {
            let patient = try RecordOwner.patient(of: resource, resource.subjectReference)
            let written = try await services.change(submission, of: patient, by: caller)
            return try services.answer(Self.written(written), resource, request)
        }
        try caller.require(.search, on: type)
        let criteria = try Criteria(type, condition)
        return try await matching(criteria, resource, request) {
            (found, patient, records) async throws(SteleError) in
            guard let found else {
                let written = try await services.change(submission, of: patient, with: records)
                return try services.answer(Self.written(written), resource, request)
            }
            return try services.answer(Written(found), nil, request)
        }
    }

    // MARK: - Updating

    private func update(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try writer(request)
        let type = request.parameters.type("type")
        try caller.require(.update, on: type)
        let expected = try request.expectedVersion()
        let resource = try body(request, type)
        try Self.require(resource.id == request.parameters.text("id"), "its id is missing or not that of the path")
        let patient = try RecordOwner.patient(of: resource, resource.subjectReference)
        let written = try await services.change(
            Submission(resource, expectedVersion: expected, sayingItsVersion: true), of: patient, by: caller)
        return try services.answer(Self.written(written), resource, request)
    }

    /// Source: FHIR R4 §3.1.0.4.3.
    private func updateMatching(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try writer(request)
        let type = request.parameters.type("type")
        try caller.require([.update], on: type)
        try caller.require([.search], on: type)
        let criteria = try Criteria(type, request.request.query)
        let expected = try request.expectedVersion()
        let received = try body(request, type)
        let resource = received.id == nil ? try received.settingIdentity(id: services.newID()) : received
        return try await matching(criteria, resource, request) {
            (found, patient, records) async throws(SteleError) in
            var resource = resource
            if let found {
                try Self.require(
                    received.id == nil || received.id == found.resource.id, "its id is not that of what was found")
                resource = try received.settingIdentity(id: found.resource.id)
            } else {
                try caller.require(.create, on: type)
            }
            let written = try await services.change(
                Submission(resource, expectedVersion: expected, sayingItsVersion: true), of: patient, with: records)
            return try services.answer(Self.written(written), resource, request)
        }
    }

    /// Runs `body` with the one resource that fulfils `criteria`, or nil, while nobody else writes records of the
    /// patient concerned.
    private func matching(
        _ criteria: Criteria, _ resource: Resource, _ request: RouteRequest,
        _ body: @Sendable (CompartmentEntry?, String?, RecordWriter) async throws(SteleError) -> HTTPResponse
    ) async throws(SteleError) -> HTTPResponse {
        let terms = services.enrolment(by: try request.requireCaller())
        guard criteria.type != .patient else {
            return try await services.custodian.identifyingPatients { () async throws(SteleError) in
                let found = try await services.findPatients(criteria, request)
                guard found.count < 2 else { throw Services.criteriaSeveral }
                let patient = found.first ?? resource.id
                return try await services.custodian.exclusively([patient], enrolling: terms) {
                    (records) async throws(SteleError) in
                    let name = found.first.map { ResourceName(type: criteria.type.name, id: $0) }
                    let entry = try name.flatMap { (name) throws(SteleError) in
                        try records.current(name, patient: patient)
                    }
                    return try await body(entry, patient, records)
                }
            }
        }
        let patient = try RecordOwner.patient(of: resource, resource.subjectReference)
        return try await services.custodian.exclusively([patient], enrolling: terms) {
            (records) async throws(SteleError) in
            let found = try await services.find(criteria, of: patient, request)
            guard found.count < 2 else { throw Services.criteriaSeveral }
            let entry = try found.first.flatMap { (name) throws(SteleError) in
                try records.current(name, patient: patient)
            }
            return try await body(entry, patient, records)
        }
    }

    // MARK: - Deleting

    private func delete(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireWriter(services)
        try caller.require(.delete, on: request.parameters.type("type"))
        let name = ResourceName(type: request.parameters.text("type"), id: request.parameters.text("id"))
        let expected = try request.expectedVersion()
        guard let patient = try services.custodian.owner(of: name) else {
            guard expected ?? 0 == 0 else { throw Self.versionConflict }
            return try services.answer(deleting: nil, request)
        }
        let written = try await services.change(
            Submission(deleting: name, expectedVersion: expected), of: patient, by: caller)
        return try services.answer(deleting: written, request)
    }

    /// Source: FHIR R4 §3.1.0.7.1. One match is deleted; several are refused.
    private func deleteMatching(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let caller = try request.requireWriter(services)
        let type = request.parameters.type("type")
        try caller.require(.delete, on: type)
        try caller.require(.search, on: type)
        let criteria = try Criteria(type, request.request.query)
        if type == .patient {
            let found = try await services.findPatients(criteria, request)
            guard found.count < 2 else { throw Services.criteriaSeveral }
            guard let patient = found.first else { return try services.answer(deleting: nil, request) }
            let written = try await services.change(
                Submission(deleting: ResourceName(type: type.name, id: patient)), of: patient, by: caller)
            return try services.answer(deleting: written, request)
        }
        let patient = try criteria.patient(caller, services)
        guard patient != nil || RecordOwner.shared.contains(type) else {
            throw .searchRefused("a conditional delete names one patient")
        }
        let written = try await services.custodian.exclusively([patient]) { (records) async throws(SteleError) in
            let found = try await services.find(criteria, of: patient, request)
            guard found.count < 2 else { throw Services.criteriaSeveral }
            guard let name = found.first else { return Written?.none }
            return try await services.change(Submission(deleting: name), of: patient, with: records)
        }
        return try services.answer(deleting: written, request)
    }

    // MARK: - Checks

    private func writer(_ request: RouteRequest) throws(SteleError) -> Caller {
        try request.requireFHIRAnswer()
        try request.requireFHIRBody()
        return try request.requireWriter(services)
    }

    private func body(_ request: RouteRequest, _ type: ResourceType) throws(SteleError) -> Resource {
        let resource = try Resource(parsing: request.request.body)
        try Self.require(resource.type == type, "its type is not that of the path")
        try resource.requireValid()
        return resource
    }

    private static func written(_ written: Written?) -> Written {
        guard let written else { preconditionFailure("only a deletion can find nothing to do") }
        return written
    }

    private static func require(_ condition: Bool, _ rule: String) throws(SteleError) {
        guard condition else { throw .mismatchedResource(rule) }
    }

    private static var versionConflict: SteleError {
        SteleError(
            .vaultVersionConflict, "the resource is not at the version expected",
            hint: "read the resource again and repeat the change on its newest version")
    }
}
