// API · whether the node is well, and what it does.
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// Health and metrics.
struct HealthRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/health/live", .open,
                Operation("live", "operations", "Whether the process answers.", answer: [.json()])
            ) { _ throws(SteleError) in .json(["status": "live"]) },
            Route(
                .get, "/health/ready", .open,
                Operation(
                    "ready", "operations",
                    "Whether transactions are accepted: 503 with the fault, or the full disk, if not.",
                    answer: [.json()])
            ) { request throws(SteleError) in ready(request) },
            Route(
                .get, "/metrics", .local,
                Operation(
                    "metrics", "operations", "Counts and times for Prometheus: from this machine, or for an officer.",
                    answer: [Operation.Content("text/plain", ["type": "string"])])
            ) { _ throws(SteleError) in metrics() },
        ]
    }

    private func ready(_ request: RouteRequest) -> HTTPResponse {
        let ledger = services.custodian.ledger
        if let standstill = services.custodian.standstill {
            return services.errors.response(to: standstill, path: request.request.path, status: 503)
        }
        var members: [JSONValue.Member] = [
            .init("status", "ready"), .init("height", .number(String(ledger.head.header.height))),
        ]
        if let disk = ledger.disk?.reading { members.append(.init("disk", Self.json(disk))) }
        // A witness that fails takes nothing from what the node can do, so the node stays ready.
        if let status = ledger.witnessStatus { members.append(.init("witnesses", Self.json(status))) }
        return .json(.object(members))
    }

    /// A node without room for records still answers, so it stays ready.
    private static func json(_ disk: DiskGuard.Reading) -> JSONValue {
        ["takes_records": .bool(disk.level == .ample), "free_bytes": .number(String(disk.freeByteCount))]
    }

    private static func gauges(_ disk: DiskGuard.Reading?) -> [(name: String, value: Int)] {
        guard let disk else { return [] }
        return [
            ("stele_disk_level", disk.level.rawValue), ("stele_disk_free_bytes", Int(clamping: disk.freeByteCount)),
        ]
    }

    private static func json(_ status: WitnessStatus) -> JSONValue {
        [
            "asked": .number(String(status.peerCount)), "quorum": .number(String(status.quorum)),
            "cosigned": .number(String(status.cosignedCount)), "has_quorum": .bool(status.hasQuorum),
            "contradicted": .number(String(status.contradictionCount)),
            "log_size": .number(String(status.cosignedSize)),
            "time": status.cosignedTime.map { .string(Timestamp(seconds: $0).description) } ?? .null,
        ]
    }

    private static func gauges(_ status: WitnessStatus?) -> [(name: String, value: Int)] {
        guard let status else { return [] }
        return [
            ("stele_witnesses_asked", status.peerCount), ("stele_witnesses_cosigned", status.cosignedCount),
            ("stele_witnesses_contradicted", status.contradictionCount),
            ("stele_witness_failures_total", status.failureCount),
            ("stele_witnessed_log_size", Int(status.cosignedSize)),
            ("stele_witnessed_time_seconds", Int(status.cosignedTime ?? 0)),
        ]
    }

    private func metrics() -> HTTPResponse {
        let ledger = services.custodian.ledger
        let header = ledger.head.header
        let text = services.metrics.text(
            gauges: Self.gauges(ledger.witnessStatus) + Self.gauges(ledger.disk?.reading) + [
                ("stele_ledger_height", Int(header.height)), ("stele_log_size", Int(header.logSize)),
                ("stele_transactions_waiting", ledger.waitingCount), ("stele_tokens_live", services.tokens.count),
                ("stele_leaks_refused", ledger.leaks?.refusedCount ?? 0),
                ("stele_node_faulted", ledger.fault == nil ? 0 : 1),
                ("stele_journal_waiting", services.custodian.journalCount),
            ])
        return HTTPResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
    }
}
