// API · emergencies: opened by who treats, reviewed by officers.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Opening a patient's records in an emergency, and the reviews that follow. Source: `docs/spec/consent.md` §6.3.
struct EmergencyRoutes: Sendable {
    let services: Services
    private var custodian: Custodian { services.custodian }

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/emergencies", .token,
                Operation(
                    "open-emergency", "custodian",
                    "Opens a patient's records to the caller in an emergency, for a time. For staff, with a token whose "
                        + "purpose is ETREAT or BTG; what is read meanwhile is recorded read by read.",
                    body: [.json(Self.orderSchema)], status: 201, answer: [.json()])
            ) { request async throws(SteleError) in try await open(request) },
            Route(
                .get, "/custodian/v1/reviews", .officer,
                Operation(
                    "reviews", "custodian",
                    "The emergencies that wait for review, the one that is due first before "
                        + "others.", answer: [.json()])
            ) { _ throws(SteleError) in
                .json(["reviews": .array(try custodian.openReviews().map { json($0) })])
            },
            Route(
                .post, "/custodian/v1/reviews/{transaction:hash}", .officer,
                Operation(
                    "close-review", "custodian",
                    "Closes the review of an emergency with a finding; one that is still open ends with it.",
                    body: [.json(Self.findingSchema)], answer: [.json()])
            ) { request async throws(SteleError) in try await close(request) },
        ]
    }

    private func open(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        let patient = try fields.text("patient")
        let name = try fields.text("reason")
        guard let reason = OverrideReason.allCases.first(where: { $0.name == name }) else {
            throw .malformedRequest(
                "`reason` is none of " + OverrideReason.allCases.map(\.name).joined(separator: ", "))
        }
        let limits = ParametersRow.overrideSecondsLimits
        guard let seconds = try fields.required("seconds").uint.flatMap({ UInt32(exactly: $0) }),
            limits.contains(seconds)
        else {
            throw .malformedRequest("`seconds` is no number from \(limits.lowerBound) to \(limits.upperBound)")
        }
        try fields.finish()
        let order = EmergencyOrder(patient: patient, reason: reason, seconds: seconds)
        let asker = Asker(try request.requireCaller())
        if custodian.standstill != nil {
            return .json(try custodian.openUnordered(order, by: asker).json, status: 201)
        }
        let emergency = try await custodian.openEmergency(order, by: asker)
        var response = HTTPResponse.json(json(emergency), status: 201)
        response.headers.add("Stele-Transaction", emergency.transaction.hex)
        return response
    }

    private func close(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        var fields = try JSONFields(try request.json())
        let name = try fields.text("finding")
        guard let finding = ReviewFinding.allCases.first(where: { $0.name == name }) else {
            throw .malformedRequest(
                "`finding` is none of " + ReviewFinding.allCases.map(\.name).joined(separator: ", "))
        }
        try fields.finish()
        let closed = try await custodian.closeReview(
            of: request.parameters.hash("transaction"), finding: finding, by: Asker(try request.requireCaller()))
        return .json(json(closed))
    }

    /// An emergency as officers see it, and whoever opened it.
    private func json(_ emergency: Emergency) -> JSONValue {
        guard case .object(var members) = emergency.json else { return emergency.json }
        let isOverdue = emergency.review.finding == nil && emergency.review.reviewBy < UnixSeconds(services.time.now())
        members += [
            .init("patient", .string(emergency.patient)),
            .init("opened", .string(emergency.receipt.time.description)),
            .init("asker", .string(emergency.request?.askerDisplayName ?? "")), .init("overdue", .bool(isOverdue)),
        ]
        return .object(members)
    }

    private static let orderSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["patient", "reason", "seconds"],
        "properties": [
            "patient": PathPattern.Kind.id.schema,
            "reason": ["enum": .array(OverrideReason.allCases.map { .string($0.name) })],
            "seconds": ["type": "integer", "minimum": 60, "maximum": 7200],
        ],
    ]

    private static let findingSchema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["finding"],
        "properties": ["finding": ["enum": .array(ReviewFinding.allCases.map { .string($0.name) })]],
    ]
}

extension Emergency {
    /// `{transaction, reason, until, review_by, finding, reviewed_at, words}`; no names and no profiles.
    var json: JSONValue {
        [
            "transaction": .string(transaction.hex), "reason": .string(reason.name),
            "until": .string(review.until.text), "review_by": .string(review.reviewBy.text),
            "finding": review.finding.map { .string($0.name) } ?? .null,
            "reviewed_at": review.reviewedAt.map { .string($0.text) } ?? .null, "words": .string(words),
        ]
    }
}

extension UnorderedEmergency {
    /// The same members as of an emergency that the ledger has, as far as there are any yet, and `journal`.
    var json: JSONValue {
        [
            "journal": number.map { .number(String($0)) } ?? .null, "transaction": .null,
            "reason": .string(reason.name), "until": .string(until.text), "review_by": .null, "finding": .null,
            "reviewed_at": .null, "patient": .string(patient),
            "words": "the ledger stands still; what you read is written down and recorded when it works again",
        ]
    }
}

extension Asker {
    /// What the caller is when they ask.
    init(_ caller: Caller) {
        self.init(
            actor: caller.actor, purposes: caller.session.purposes, assertion: caller.session.assertion,
            patient: caller.session.patient)
    }
}
