// API · accounts of disclosures for patients, and questions across patients for officers and regulators.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// What was disclosed of a patient, and who asked for whose records.
struct AccessRoutes: Sendable {
    /// The period of an account unless one is given, in seconds. Source: 45 CFR 164.528(a)(1), "six years".
    static let accountSeconds: UInt64 = 6 * 366 * 86_400

    let services: Services
    private var custodian: Custodian { services.custodian }

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/custodian/v1/disclosures", .token,
                Operation(
                    "disclosures", "custodian",
                    "An accounting of disclosures of the patient's records (45 CFR 164.528): everything released in a "
                        + "period, to whom, when, what and for what; as JSON with the proof of each line. For the "
                        + "patient, and for officers, who name the patient and are in the patient's log for it.",
                    query: [
                        ("patient", "A patient's id; for officers."),
                        ("from", "RFC 3339 time or date; six years ago if absent."),
                        ("to", "The same, exclusive; now if absent."), ("format", "json, csv or html."),
                    ],
                    answer: [
                        .json(), Operation.Content("text/csv", ["type": "string"]),
                        Operation.Content("text/html", ["type": "string"]),
                    ])
            ) { request async throws(SteleError) in try await disclosures(request) },
            Route(
                .get, "/custodian/v1/accesses", .token,
                Operation(
                    "accesses", "custodian",
                    "Who asked for whose records, when, for what and with what outcome, newest first; nothing of what "
                        + "was in them. For officers, and for regulators, who see subjects instead of patients.",
                    query: [
                        ("actor", "An actor's id or DID."), ("organisation", "The organisation asked for."),
                        ("patient", "A patient's id; for officers."), ("purpose", "An ActReason code."),
                        ("outcome", "released, empty, withheld, refused or opened."),
                        ("emergency", "true or false."), ("from", "RFC 3339 time or date."),
                        ("to", "The same, exclusive."), ("before", "`next` of the page before."),
                        ("count", "Most accesses, up to 1000."),
                    ], answer: [.json()])
            ) { request async throws(SteleError) in try await accesses(request) },
        ]
    }

    // MARK: - Of one patient

    private func disclosures(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let now = UnixSeconds(services.time.now())
        // The second that is now belongs to the period.
        let last = try time("to", request)
        let from =
            try time("from", request)
            ?? min(last ?? now, UnixSeconds(now.seconds - min(now.seconds, Self.accountSeconds)))
        let to = last ?? max(from, UnixSeconds(now.seconds + 1))
        guard from <= to else { throw .malformedRequest("`from` is after `to`") }
        let format = try request.query("format") ?? "json"
        guard ["json", "csv", "html"].contains(format) else {
            throw .malformedRequest("`format` is none of json, csv, html")
        }
        let (subject, event) = try await accountable(caller, request)
        // The proof first: what happens from here on is in neither.
        let (proof, count, key) = try await custodian.accountProof(of: subject)
        let account = DisclosureAccount(
            of: try custodian.vault.directory.subject(subject).patient, subject, at: custodian.organisation,
            from: from, to: to, made: now,
            try custodian.disclosures(of: subject, from: from, to: to, among: count))
        var response =
            switch format {
            case "csv": HTTPResponse(contentType: "text/csv; charset=utf-8", bytes: Array(account.csv.utf8))
            case "html": HTTPResponse(contentType: "text/html; charset=utf-8", bytes: Array(account.html.utf8))
            default:
                HTTPResponse(
                    contentType: "application/json",
                    bytes: account.file(proof, network: custodian.ledger.genesis.origin, key: key))
            }
        if let event { response.headers.add("Stele-Transaction", event.hex) }
        return response
    }

    /// Whose account `caller` may have, and the event that says so in the patient's log if an officer takes it.
    private func accountable(
        _ caller: Caller, _ request: RouteRequest
    ) async throws(SteleError) -> (SubjectID, event: TransactionID?) {
        let named = try request.query("patient")
        if let subject = caller.actor.patientSubject {
            guard named == nil else { throw .malformedRequest("`patient` is for officers alone") }
            try await services.noteLook(caller)
            return (subject, nil)
        }
        guard caller.isOfficer(of: custodian.organisation) else { throw Caller.notYours }
        guard let patient = named ?? caller.session.patient, patient == caller.session.patient ?? patient else {
            throw .malformedRequest("`patient` names no patient, or another than the access token")
        }
        let (subject, event) = try await custodian.recordAccount(of: patient, by: Asker(caller))
        return (subject, event)
    }

    // MARK: - Across patients

    private func accesses(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        var query = AccessQuery()
        var isNobody = false
        if let actor = try request.query("actor") {
            query.actorDID = actor.contains(":") ? actor : try custodian.vault.directory.actor(id: actor)?.did
            isNobody = query.actorDID == nil
        }
        query.organisation = try request.query("organisation")
        if let patient = try request.query("patient") {
            guard caller.actor.isOfficer else { throw .malformedRequest("`patient` is for officers alone") }
            query.subject = try custodian.vault.directory.subject(patient: patient)?.id
            isNobody = isNobody || query.subject == nil
        }
        if let purpose = try request.query("purpose") {
            guard PurposeOfUse.isKnown(purpose) else { throw .malformedRequest("`purpose` is no ActReason code") }
            query.purpose = purpose
        }
        if let name = try request.query("outcome") {
            guard let outcome = AccessOutcome.allCases.first(where: { $0.name == name }) else {
                throw .malformedRequest(
                    "`outcome` is none of " + AccessOutcome.allCases.map(\.name).joined(separator: ", "))
            }
            query.outcome = outcome
        }
        if let text = try request.query("emergency") {
            guard ["true", "false"].contains(text) else { throw .malformedRequest("`emergency` is true or false") }
            query.isEmergency = text == "true"
        }
        query.from = try time("from", request)
        query.to = try time("to", request)
        query.before = try request.queryNumber("before", in: 0...UInt64.max) ?? .max
        query.count = Int(try request.queryNumber("count", in: 1...UInt64(AccessQuery.countMax)) ?? 100)
        // What nobody can have done is asked all the same: that it was asked is recorded like any question.
        if isNobody { query.subject = .zero }
        let (total, found, event) = try await custodian.accesses(query, by: Asker(caller))
        var lines: [JSONValue] = []
        for access in found { lines.append(try json(access, for: caller)) }
        let next = found.count == query.count ? found.last?.receipt.logIndex : nil
        var response = HTTPResponse.json([
            "total": .number(String(total)), "accesses": .array(lines),
            "next": next.map { .number(String($0)) } ?? .null,
        ])
        response.headers.add("Stele-Transaction", event.hex)
        return response
    }

    /// Who and when. An officer sees whose records by the patient's id, a regulator by the subject on the ledger.
    private func json(_ access: FoundAccess, for caller: Caller) throws(SteleError) -> JSONValue {
        let patient = try custodian.vault.directory.subject(access.subject).patient
        return [
            "time": .string(access.receipt.time.description),
            "transaction": .string(access.receipt.transactionID.hex),
            "patient": caller.actor.isOfficer && patient != Custodian.commonsPatient ? .string(patient) : .null,
            "subject": .string(access.subject.hex),
            "actor": [
                "did": .string(access.actorDID), "id": access.actor.map { .string($0.id) } ?? .null,
                "name": access.actor.map { .string($0.displayName) } ?? .null,
                "kind": access.actor.map { .string($0.kind.name) } ?? .null,
            ],
            "organisation": access.organisation.map { .string($0) } ?? .null,
            "purposes": .array(access.purposes.map { .string($0) }), "action": .string(access.action),
            "outcome": .string(access.outcome.name), "emergency": .bool(access.isEmergency),
        ]
    }

    /// A time in the query: RFC 3339, or a date, which is its first second in UTC.
    private func time(_ name: String, _ request: RouteRequest) throws(SteleError) -> UnixSeconds? {
        guard let text = try request.query(name) else { return nil }
        guard let time = UnixSeconds(text: text.utf8.count == 10 ? text + "T00:00:00Z" : text) else {
            throw .malformedRequest("the query parameter \(name) is no date and no RFC 3339 time in whole seconds")
        }
        return time
    }
}
