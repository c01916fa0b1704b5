// API · records in, one at a time.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Creating, updating and importing. What is accepted is stored, anchored and returned byte for byte; a server-assigned
/// id is the only thing ever added. Source: FHIR R4 §3.1.0.
struct FHIRWriteRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/fhir/{type:type}", .token,
                Operation(
                    "create", "fhir", "Creates a resource under an id that the server chooses.", body: [.fhir],
                    status: 201, answer: [.fhir])
            ) { request async throws(SteleError) in try await create(request) },
            Route(
                .put, "/fhir/{type:type}/{id:id}", .token,
                Operation(
                    "update", "fhir", "Writes a version of a resource under its id; If-Match guards it.",
                    body: [.fhir], answer: [.fhir])
            ) { request async throws(SteleError) in try await update(request) },
            Route(
                .post, "/fhir", .token,
                Operation(
                    "import", "fhir",
                    "Writes the resources of a batch, transaction or collection, patient by patient in reading order.",
                    body: [.fhir], answer: [.fhir])
            ) { request async throws(SteleError) in
                try request.requireFHIRAnswer()
                try request.requireFHIRBody()
                let caller = try writer(request)
                let bundle = try Bundle(parsing: request.request.body)
                let results = try await BundleImport(services, bundle, by: caller).run()
                let isBatch = bundle.kind != .transaction
                return HTTPResponse(
                    contentType: ErrorAnswer.fhirType,
                    bytes: BundleResponse(services: services, isBatch: isBatch).bytes(results))
            },
        ]
    }

    private func create(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireFHIRBody()
        guard try request.header("If-None-Exist") == nil else {
            throw .malformedRequest("conditional creates are not supported")
        }
        let caller = try writer(request)
        let type = request.parameters.type("type")
        try caller.require(.create, on: type)
        let received = try Resource(parsing: request.request.body)
        try Self.require(received.type == type, "its type is not that of the path")
        let resource = try received.settingIdentity(id: Hex.encode(services.random.bytes(16)))
        return try await write(Submission(resource, expectedVersion: 0), request)
    }

    private func update(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireFHIRBody()
        let caller = try writer(request)
        let type = request.parameters.type("type")
        try caller.require(.update, on: type)
        let expected = try request.expectedVersion()
        let resource = try Resource(parsing: request.request.body)
        try Self.require(resource.type == type, "its type is not that of the path")
        try Self.require(resource.id == request.parameters.text("id"), "its id is missing or not that of the path")
        return try await write(Submission(resource, expectedVersion: expected), request)
    }

    private func write(_ submission: Submission, _ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let resource = submission.resource
        let patient = try RecordOwner.patient(of: resource, resource.subjectReference)
        guard let written = try await services.custodian.write([submission], patient: patient).first else {
            preconditionFailure("one submission gives one result")
        }
        services.metrics.count(.recordsWritten, written.isNew ? 1 : 0)
        let isCreated = written.version == 1 && written.isNew
        var response = HTTPResponse(status: isCreated ? 201 : 200)
        if try !request.prefersMinimal() {
            response = HTTPResponse(
                status: response.status, contentType: ErrorAnswer.fhirType, bytes: resource.bytes)
        }
        response.headers.add("Location", services.location(of: written))
        response.headers.add("ETag", VersionTag(written.version).text)
        response.headers.add("Last-Modified", HTTPDate.text(written.lastUpdated))
        response.headers.add("Stele-Transaction", written.transactionID.hex)
        return response
    }

    /// The caller, who may write here: staff or a system of this custodian.
    private func writer(_ request: RouteRequest) throws(SteleError) -> Caller {
        let caller = try request.requireCaller()
        guard !caller.isPatient, caller.actor.organisation == services.custodian.organisation else {
            throw SteleError(
                .actorNotAllowed, "only staff and systems of this custodian write records here",
                hint: "use an access token of an actor of the custodian's organisation")
        }
        return caller
    }

    private static func require(_ condition: Bool, _ rule: String) throws(SteleError) {
        guard condition else {
            throw SteleError(
                .resourceMismatch, "the resource does not fit its path: \(rule)",
                hint: "send the resource to the path of its own type and id")
        }
    }
}

extension Services {
    /// The URL of a version.
    func location(of written: Written) -> String {
        "\(configuration.baseURL)/fhir/\(written.resource)/_history/\(written.version)"
    }
}
