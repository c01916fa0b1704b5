// API · whether a resource would be accepted, without storing it.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Primitives

/// `$validate`. Source: FHIR R4, OperationDefinition Resource-validate.
///
/// The resource is the body, or the parameter `resource` of a Parameters body; modes and profiles are passed over. The
/// answer is an OperationOutcome whatever it says, and nothing is kept. Any token is enough: nothing is read either.
struct FHIRValidateRoutes: Sendable {
    var routes: [Route] {
        [
            Self.route(
                "/fhir/{type:type}/$validate", "validate", "Checks a resource as a create would, and keeps nothing."),
            Self.route(
                "/fhir/{type:type}/{id:id}/$validate", "validate-instance",
                "Checks a resource as an update would, and keeps nothing."),
        ]
    }

    private static func route(_ pattern: PathPattern, _ name: String, _ summary: String) -> Route {
        Route(
            .post, pattern, .token, Operation(name, "fhir", summary, body: [.fhir], answer: [.fhir]),
            isRepeatable: false
        ) { request async throws(SteleError) in
            try request.requireFHIRAnswer()
            try request.requireFHIRBody()
            return HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: outcome(of: request).serialized())
        }
    }

    /// What is to be said of the body.
    private static func outcome(of request: RouteRequest) -> OperationOutcome {
        do throws(SteleError) {
            let resource = try resource(in: request)
            let type = request.parameters.type("type")
            guard resource.type == type else { throw .mismatchedResource("its type is not that of the path") }
            if let id = request.parameters.optionalText("id"), resource.id != id {
                throw .mismatchedResource("its id is missing or not that of the path")
            }
            try resource.requireValid()
            return OperationOutcome([.init(.information, .informational, diagnostics: "the resource is valid")])
        } catch {
            return OperationOutcome(error, ErrorStatus.issueKind(of: error.code))
        }
    }

    private static func resource(in request: RouteRequest) throws(SteleError) -> Resource {
        let body = try Resource(parsing: request.request.body)
        guard body.type == .parameters, request.parameters.type("type") != .parameters else { return body }
        for parameter in body.node["parameter"].map({ Array($0.elements) }) ?? [] {
            if parameter["name"]?.isString("resource") == true, let resource = parameter["resource"] {
                return try Resource(resource)
            }
        }
        throw .mismatchedResource("the parameter resource is missing")
    }
}
