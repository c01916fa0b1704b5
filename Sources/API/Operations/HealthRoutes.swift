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
                    "ready", "operations", "Whether transactions are accepted: 503 with the fault if not.",
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
        if let fault = ledger.fault {
            return services.errors.response(to: fault, path: request.request.path, status: 503)
        }
        return .json(["status": "ready", "height": .number(String(ledger.head.header.height))])
    }

    private func metrics() -> HTTPResponse {
        let ledger = services.custodian.ledger
        let header = ledger.head.header
        let text = services.metrics.text(gauges: [
            ("stele_ledger_height", Int(header.height)), ("stele_log_size", Int(header.logSize)),
            ("stele_transactions_waiting", ledger.waitingCount), ("stele_tokens_live", services.tokens.count),
            ("stele_leaks_refused", ledger.leaks?.refusedCount ?? 0),
            ("stele_node_faulted", ledger.fault == nil ? 0 : 1),
        ])
        return HTTPResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
    }
}
