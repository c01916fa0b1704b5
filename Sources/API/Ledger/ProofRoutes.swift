// API · proofs for whoever may have them, and the patient's log.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Proof files and the access log.
///
/// A proof of a record holds the record, so it is a release like any other: it is asked for, decided, recorded, and the
/// proof shows the event. Proofs of grants and of access events are for the patient they are about.
struct ProofRoutes: Sendable {
    /// Most lines of one answer of the access log.
    static let logLineCountMax: UInt64 = 10_000

    let services: Services
    private var custodian: Custodian { services.custodian }

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/ledger/v1/proofs/record/{type:type}/{id:id}", .token,
                Operation(
                    "record-proof", "ledger",
                    "Reads a record as under /fhir and answers with its proof: record, anchor, access event and grants.",
                    query: [("version", "The version; the newest if absent.")], answer: [.cbor])
            ) { request async throws(SteleError) in
                try request.requireCaller().require(.read, on: request.parameters.type("type"))
                let name = ResourceName(
                    type: request.parameters.text("type"), id: request.parameters.text("id"))
                let version = try request.queryNumber("version", in: 1...UInt64(UInt32.max))
                return try await recordProof(of: name, version: version.map { UInt32($0) }, request)
            },
            Route(
                .get, "/ledger/v1/proofs/record/{record:hash}", .token,
                Operation(
                    "record-version-proof", "ledger",
                    "The same by the record's id on the ledger, with a token that names the patient.",
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await recordProof(request) },
            Route(
                .get, "/ledger/v1/proofs/grant/{grant:hash}", .token,
                Operation(
                    "grant-proof", "ledger",
                    "What made and what ended a grant of the patient, and whether it stands in the state.",
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await grantProof(request) },
            Route(
                .get, "/ledger/v1/proofs/access/{id:hash}", .token,
                Operation(
                    "access-proof", "ledger",
                    "One access event of the patient with its grants; by the subject's id, all events and that none is "
                        + "missing.",
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await accessProof(request) },
            Route(
                .get, "/ledger/v1/proofs/state/{key:hex}", .token,
                Operation(
                    "state-proof", "ledger",
                    "A row of the state by its key in hexadecimal, present or absent; a patient sees rows of their own.",
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await stateProof(request) },
            Route(
                .get, "/ledger/v1/subjects/{subject:hash}/access-log", .token,
                Operation(
                    "access-log", "ledger",
                    "Who asked for the patient's records, for what, what was released and why not, one JSON object a line.",
                    query: [
                        ("from", "The number of the first event, from 1."), ("limit", "Most lines, up to 10000."),
                    ],
                    answer: [Operation.Content("application/jsonl", ["type": "string"])])
            ) { request async throws(SteleError) in try await accessLog(request) },
        ]
    }

    // MARK: - Records

    private func recordProof(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        // Of which type it is, is not to be learned from a refusal.
        try request.requireCaller().require(.read, on: nil)
        let id = request.parameters.hash("record")
        let caller = try request.requireCaller()
        var found: CompartmentEntry?
        if let patient = caller.session.patient, let subject = try custodian.vault.directory.subject(patient: patient) {
            found = try custodian.vault.compartment(of: subject.id).entry(recordID: id)
        }
        // What is not there is asked for too, under a name that nothing has: the answer and the log are those of any
        // record that is hidden.
        let name = found?.resource ?? ResourceName(type: "Basic", id: id.hex)
        return try await recordProof(of: name, version: found?.version, request)
    }

    private func recordProof(
        of name: ResourceName, version: UInt32?, _ request: RouteRequest
    ) async throws(SteleError) -> HTTPResponse {
        // A proof is of an event, and there are none.
        if let standstill = custodian.standstill { throw Custodian.refusal(during: standstill) }
        let release: Release
        switch try await services.read(Question(.read(name, version: version), action: .read), request) {
        case .released(let released): release = released
        case .refusal(let response): return response
        }
        guard let entry = release.records.first?.entry, let receipt = release.receipts.first,
            let subject = try custodian.vault.directory.subject(holding: entry.resource)
        else { throw Services.recordUnavailable }
        let proof = try await custodian.recordProof(
            entry.resource, version: entry.version, of: subject, event: receipt.transactionID)
        var response = HTTPResponse.cbor(proof.encoded)
        response.headers.add("Stele-Transaction", receipt.transactionID.hex)
        return response
    }

    // MARK: - Grants, events, rows

    private func grantProof(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        guard let subject = caller.actor.patientSubject else { throw Caller.notYours }
        let grant = request.parameters.hash("grant")
        let transactions = try transactions(about: [grant], of: subject)
        guard !transactions.isEmpty else {
            throw SteleError(
                .grantUnknown, "you never made a grant with this id", hint: "take the id from the receipt of the grant")
        }
        return .cbor(
            try await custodian.ledger.proof(
                of: transactions,
                rows: [StateKey.grant(grant, of: subject), StateKey.revokedGrant(grant, of: subject)]
            ).encoded)
    }

    private func accessProof(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        guard let subject = caller.actor.patientSubject else { throw Caller.notYours }
        let id = request.parameters.hash("id")
        if id == subject {
            try await services.noteLook(caller)
            return .cbor(try await custodian.accessLogProof(of: subject).encoded)
        }
        let logged = try services.transaction(id, for: caller)
        var transactions: [TransactionID] = []
        if logged.line.receipt.isApplied, let result = try? AccessRequest.Result(decoding: logged.line.receipt.result) {
            transactions = try self.transactions(about: Set(result.permits.map(\.grant)), of: subject)
        }
        return .cbor(try await custodian.proof(of: transactions + [id]).encoded)
    }

    private func stateProof(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        let key = request.parameters.bytes("key")
        if let subject = caller.actor.patientSubject {
            // Every row about a subject has its id behind the two letters that name the kind of row.
            guard key.count >= 34, Bytes32(key, at: 2) == subject else { throw Caller.notYours }
        } else if try !(services.isMember(caller) && caller.actor.isOfficer) {
            throw Caller.notYours
        }
        return .cbor(try await custodian.ledger.proof(of: [], rows: [key]).encoded)
    }

    /// The transactions that made or revoked one of `grants` of a subject, in order.
    private func transactions(about grants: Set<Digest>, of subject: SubjectID) throws(SteleError) -> [TransactionID] {
        guard !grants.isEmpty else { return [] }
        var found: [TransactionID] = []
        for line in try custodian.ledger.lines(indexPrefix: [UInt8(ascii: "c")] + subject.bytes) {
            let body = try Transaction(decoding: line.envelope).body
            let made = (try? ConsentGrant(decoding: body.encoded, in: body.argumentRange)).map { call in
                call.grants.indices.map { Grant.id(transaction: body.id, index: $0) }
            }
            let ended = (try? ConsentRevoke(decoding: body.encoded, in: body.argumentRange)).map(\.grants)
            let named =
                switch body.call {
                case ConsentGrant.declaration.name: made ?? []
                case ConsentRevoke.declaration.name: ended ?? []
                default: [Digest]()
                }
            if !grants.isDisjoint(with: named) { found.append(body.id) }
        }
        return found
    }

    // MARK: - The access log

    private func accessLog(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let subject = request.parameters.hash("subject")
        let caller = try request.requireCaller()
        try caller.requireSubject(subject)
        let first = try request.queryNumber("from", in: 1...UInt64.max) ?? 1
        let limit = try request.queryNumber("limit", in: 1...Self.logLineCountMax) ?? 1000
        try await services.noteLook(caller)
        var bytes: [UInt8] = []
        for line in try custodian.accessLog(of: subject, from: first, limit: Int(limit)) {
            bytes.append(contentsOf: try json(line).serialized())
            bytes.append(UInt8(ascii: "\n"))
        }
        return HTTPResponse(contentType: "application/jsonl", bytes: bytes)
    }

    private func json(_ line: AccessLogLine) throws(SteleError) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("number", .number(String(line.number))),
            .init("transaction", .string(line.receipt.transactionID.hex)),
            .init("time", .string(line.receipt.time.description)),
            .init("height", .number(String(line.receipt.height))), .init("action", .string(line.action)),
            .init("refused", .bool(line.isRefused)), .init("outcome", .string(line.outcome.name)),
            .init("reason", .string(line.reason)),
            .init("grants", .array(line.grants.map { .string($0.hex) })),
        ]
        if let claimed = line.claimed {
            members += [.init("unordered", true), .init("claimed", .string(claimed.text))]
        }
        if let emergency = line.emergency { members.append(.init("emergency", emergency.json)) }
        if let request = line.request {
            let labels = request.askerLabels.map(\.parts).sorted { $0.lexicographicallyPrecedes($1) }
            let purposes = request.purposes.compactMap { $0.parts.last }.sorted()
            members += [
                .init("asked", .string(request.asked)), .init("withheld", .string(request.withheld)),
                .init("purposes", .array(purposes.map { .string($0) })),
                .init(
                    "asker",
                    [
                        "did": .string(request.askerDID), "name": .string(request.askerDisplayName),
                        "kind": try custodian.vault.directory.actor(did: request.askerDID)
                            .map { .string($0.kind.name) } ?? .null,
                        "organisation": request.organisation.map { .string($0) } ?? .null,
                        "labels": .array(labels.map { .array($0.map { .string($0) }) }),
                    ]),
                .init("released", .array(request.records.map { Self.json($0) })),
                .init("manifest_salt", .string(request.manifestSalt.hex)),
            ]
        }
        return .object(members)
    }

    private static func json(_ record: KeptRequest.Record) -> JSONValue {
        [
            "resource": .string(record.resource.description), "version": .number(String(record.version)),
            "record": .string(record.recordID.hex),
        ]
    }
}
