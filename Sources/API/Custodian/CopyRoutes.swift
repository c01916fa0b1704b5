// API · a patient's own copy: out to the patient, in from another custodian.
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// `/custodian/v1/copy`. Source: `docs/spec/copy.md`.
struct CopyRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/custodian/v1/copy", .token,
                Operation(
                    "copy", "custodian",
                    "A page of the patient's own copy: every version of every record with its proof, newest first. Each "
                        + "page is decided for the action export and recorded.",
                    query: [("after", "The record after which the page begins; the first page if absent.")],
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await giveOut(request) },
            Route(
                .post, "/custodian/v1/copy", .token,
                Operation(
                    "copy-import", "custodian",
                    "Writes versions out of a copy that another custodian made, byte for byte, and keeps the proofs that "
                        + "came with them.",
                    body: [.cbor], answer: [.json(Self.outcomeSchema)])
            ) { request async throws(SteleError) in try await bringIn(request) },
        ]
    }

    private func giveOut(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        // A copy is the patient's; what others may have, they have record by record.
        guard caller.isPatient, let patient = caller.session.patient else { throw Caller.notYours }
        try caller.require(.read, on: nil)
        var after: Bytes32?
        if let text = try request.query("after") {
            guard let record = Bytes32(hex: text) else {
                throw .malformedRequest("the query parameter after is not 64 hexadecimal digits")
            }
            after = record
        }
        let asker = Asker(
            actor: caller.actor, purposes: caller.session.purposes, assertion: caller.session.assertion,
            patient: patient)
        switch try await services.custodian.copy(of: patient, after: after, by: asker) {
        case .released(let page):
            services.metrics.count(.recordsReleased, page.versions.count)
            var response = HTTPResponse.cbor(page.encoded)
            response.headers.add("Stele-Transaction", page.event.hex)
            return response
        case .refused(let event):
            services.metrics.count(.requestsNotReleased)
            var response = services.errors.response(to: Services.accessRefused, path: request.request.path)
            response.headers.add("Stele-Transaction", event.hex)
            return response
        }
    }

    private func bringIn(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireMediaType("application/cbor")
        let caller = try request.requireWriter(services)
        let delivery = try CopyDelivery(decoding: request.request.body)
        let copy = CopyImport(into: services.custodian, enrolling: services.enrolment(by: caller)) {
            (type) throws(SteleError) in try caller.require(.update, on: type)
        }
        let outcomes = try await copy.run(delivery)
        services.metrics.count(.recordsWritten, outcomes.reduce(0) { $0 + $1.writtenCount })
        return .json([
            "results": .array(
                outcomes.map { outcome in
                    var members: [JSONValue.Member] = [
                        .init("resource", .string(outcome.resource.description)),
                        .init("written", .number(String(outcome.writtenCount))),
                        .init("present", .number(String(outcome.presentCount))),
                    ]
                    if let refusal = outcome.refusal { members.append(.init("refused", .string(refusal.code.name))) }
                    return .object(members)
                })
        ])
    }

    private static let outcomeSchema: JSONValue = [
        "type": "object", "required": ["results"],
        "properties": [
            "results": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["resource", "written", "present"],
                    "properties": [
                        "resource": ["type": "string"], "written": ["type": "integer"],
                        "present": ["type": "integer"], "refused": ["type": "string"],
                    ],
                ],
            ]
        ],
    ]
}
