// API · transactions in; transactions, receipts, headers and the log out.
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// The routes of the ledger itself. Checkpoint, tiles and entries hold hashes, numbers and status only and are for
/// anybody; the rest is scoped.
struct LedgerRoutes: Sendable {
    let services: Services
    private var ledger: LedgerNode { services.custodian.ledger }

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/ledger/v1/transactions", .token,
                Operation(
                    "submit", "ledger",
                    "Submits a signed envelope and answers once it is durable and final. The same transaction again gets "
                        + "the same receipt.",
                    body: [.cbor], answer: [.json(Self.receiptSchema), .cbor])
            ) { request async throws(SteleError) in try await submit(request) },
            Route(
                .get, "/ledger/v1/transactions/{transaction:hash}", .token,
                Operation(
                    "transaction", "ledger", "A transaction with its arguments and its receipt; as CBOR its envelope.",
                    answer: [.json(), .cbor])
            ) { request throws(SteleError) in try transaction(request) },
            Route(
                .get, "/ledger/v1/receipts/{transaction:hash}", .token,
                Operation(
                    "receipt", "ledger", "A proof file that the transaction is in the log with its outcome.",
                    answer: [.cbor])
            ) { request async throws(SteleError) in try await receipt(request) },
            Route(
                .get, "/ledger/v1/headers/{height:number}", .token,
                Operation(
                    "header", "ledger", "A block's header with its signed checkpoint; as CBOR the header's bytes.",
                    answer: [.json(), .cbor])
            ) { request throws(SteleError) in try header(request) },
            Route(
                .get, "/ledger/v1/checkpoint", .open,
                Operation(
                    "checkpoint", "ledger",
                    "The newest signed checkpoint, cosigned if the node has witnesses: a C2SP signed note.",
                    answer: [Operation.Content("text/plain", ["type": "string"])])
            ) { _ throws(SteleError) in
                HTTPResponse(contentType: "text/plain; charset=utf-8", bytes: ledger.checkpointNote)
            },
            Route(
                .get, "/ledger/v1/tile/entries/{bundle:path}", .open,
                Operation(
                    "entries", "ledger",
                    "A bundle of entries of the log by its C2SP path, such as x001/234 or 000.p/5: 256 leaves or the first "
                        + "few, each after its size in two bytes.",
                    answer: [Operation.Content("application/octet-stream")])
            ) { request throws(SteleError) in try entryBundle(request) },
            Route(
                .get, "/ledger/v1/tile/{tile:path}", .open,
                Operation(
                    "tile", "ledger", "A tile of the log by its C2SP path, such as 0/x001/234 or 0/000.p/5.",
                    answer: [Operation.Content("application/octet-stream")])
            ) { request throws(SteleError) in try tile(request) },
        ]
    }

    private func submit(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireMediaType("application/cbor")
        let admitted = try ledger.admit(request.request.body)
        let receipt = try await services.custodian.submit(admitted)
        return try services.response(
            to: receipt, of: admitted.transaction.body.call, path: request.request.path,
            asCBOR: try request.prefersCBOR())
    }

    private func transaction(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let logged = try services.transaction(
            request.parameters.hash("transaction"), for: try request.requireCaller())
        if try request.prefersCBOR() { return .cbor(logged.line.envelope) }
        let body = logged.body
        return .json([
            "transaction": .string(body.id.hex), "call": .string(body.call), "signer": .string(body.signer.hex),
            "valid_until": .number(String(body.validUntil)), "arguments": logged.arguments ?? .null,
            "receipt": try Services.json(logged.line.receipt, of: body.call),
        ])
    }

    private func receipt(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let logged = try services.transaction(
            request.parameters.hash("transaction"), for: try request.requireCaller())
        return .cbor(try await ledger.proof(of: [logged.body.id]).encoded)
    }

    private func header(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let height = request.parameters.number("height")
        guard let header = try ledger.header(at: height) else {
            throw SteleError(
                .headerUnknown, "the ledger has no block at this height",
                hint: "ask for a height up to the one in GET /ledger/v1/checkpoint")
        }
        if try request.prefersCBOR() { return .cbor(header.encoded) }
        let note = try ledger.note(at: height).map { JSONValue.string(String(decoding: $0, as: UTF8.self)) }
        return .json([
            "height": .number(String(header.height)), "hash": .string(header.hash.hex),
            "chain_id": .string(header.chainID.hex), "batch_epoch": .number(String(header.batchEpoch)),
            "time": .string(header.time.description), "previous_hash": .string(header.previousHash.hex),
            "batch_hash": .string(header.batchHash.hex),
            "transaction_count": .number(String(header.transactionCount)),
            "log_size": .number(String(header.logSize)), "log_root": .string(header.logRoot.hex),
            "state_root": .string(header.stateRoot.hex), "checkpoint": note ?? .null,
        ])
    }

    private func tile(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        try Self.immutable(TileCoordinate(path: "tile/" + request.parameters.text("tile")).flatMap(ledger.tile))
    }

    private func entryBundle(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let path = "tile/entries/" + request.parameters.text("bundle")
        return try Self.immutable(EntryBundleCoordinate(path: path).flatMap(ledger.entryBundle))
    }

    /// A tile, or a bundle of entries: it never changes once it has this many.
    private static func immutable(_ bytes: [UInt8]?) throws(SteleError) -> HTTPResponse {
        guard let bytes else {
            throw SteleError(
                .tileUnknown, "the log has no such tile or bundle yet, or the path is none",
                hint: "take the log's size from GET /ledger/v1/checkpoint; paths are those of C2SP tlog-tiles")
        }
        var response = HTTPResponse(contentType: "application/octet-stream", bytes: bytes)
        response.headers.add("Cache-Control", "public, max-age=31536000, immutable")
        return response
    }

    private static let receiptSchema: JSONValue = [
        "type": "object", "required": ["transaction", "height", "log_index", "status", "time", "call"],
        "properties": [
            "transaction": PathPattern.Kind.hash.schema, "height": ["type": "integer"],
            "log_index": ["type": "integer"], "status": ["type": "integer"],
            "time": ["type": "string", "format": "date-time"], "call": ["type": "string"],
            "result": ["type": "object"],
        ],
    ]
}
