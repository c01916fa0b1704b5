// API · counts and times, without a word about anybody.
internal import Synchronization

/// What `/metrics` shows. Labels are route patterns, methods and status classes: never an id, an address or a name.
/// Hidden, absent and refused records are counted as one, so that the counts tell no more than the answers.
final class Metrics: Sendable {
    /// Things counted besides requests.
    enum Counter: String, CaseIterable, Sendable {
        case tokensIssued = "stele_tokens_issued_total"
        case tokensRefused = "stele_tokens_refused_total"
        case recordsWritten = "stele_records_written_total"
        case recordsReleased = "stele_records_released_total"
        case requestsNotReleased = "stele_requests_not_released_total"
        case transactionsApplied = "stele_transactions_applied_total"
        case transactionsRefused = "stele_transactions_refused_total"
    }

    /// Upper ends of the histogram's buckets, in seconds.
    static let buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private struct Histogram {
        var counts = [Int](repeating: 0, count: Metrics.buckets.count)
        var count = 0
        var sum = 0.0
    }
    private struct Key: Hashable, Comparable {
        let route: String
        let method: String
        let statusClass: String
        static func < (left: Key, right: Key) -> Bool {
            (left.route, left.method, left.statusClass) < (right.route, right.method, right.statusClass)
        }
    }
    private struct State {
        var requests: [Key: Int] = [:]
        var times: [String: Histogram] = [:]
        var counters: [Counter: Int] = [:]
    }
    private let state = Mutex(State())  // Held for a few additions.

    /// Adds `amount` to `counter`.
    func count(_ counter: Counter, _ amount: Int = 1) {
        state.withLock { $0.counters[counter, default: 0] += amount }
    }

    /// Notes one answered request. Methods that no route has share one label.
    func record(route: String, method: String, status: Int, seconds: Double) {
        let known = Route.Method(rawValue: method) != nil || method == "HEAD"
        let key = Key(route: route, method: known ? method : "other", statusClass: "\(status / 100)xx")
        state.withLock { state in
            state.requests[key, default: 0] += 1
            var histogram = state.times[route] ?? Histogram()
            histogram.count += 1
            histogram.sum += seconds
            if let bucket = Self.buckets.firstIndex(where: { seconds <= $0 }) { histogram.counts[bucket] += 1 }
            state.times[route] = histogram
        }
    }

    /// The Prometheus text exposition, version 0.0.4, with `gauges` as they are now.
    func text(gauges: [(name: String, value: Int)]) -> String {
        let state = self.state.withLock { $0 }
        var text = "# TYPE stele_http_requests_total counter\n"
        for (key, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            text += "stele_http_requests_total{route=\"\(key.route)\",method=\"\(key.method)\""
            text += ",status=\"\(key.statusClass)\"} \(count)\n"
        }
        text += "# TYPE stele_http_request_seconds histogram\n"
        for (route, histogram) in state.times.sorted(by: { $0.key < $1.key }) {
            let name = "stele_http_request_seconds"
            var total = 0
            for (bucket, count) in zip(Self.buckets, histogram.counts) {
                total += count
                text += "\(name)_bucket{route=\"\(route)\",le=\"\(bucket)\"} \(total)\n"
            }
            text += "\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(histogram.count)\n"
            text += "\(name)_sum{route=\"\(route)\"} \(histogram.sum)\n"
            text += "\(name)_count{route=\"\(route)\"} \(histogram.count)\n"
        }
        for counter in Counter.allCases {
            text += "# TYPE \(counter.rawValue) counter\n\(counter.rawValue) \(state.counters[counter] ?? 0)\n"
        }
        for gauge in gauges { text += "# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n" }
        return text
    }
}
