// SteleCommand · tells an address of the operator's that there is a notice.
internal import Cryptography
internal import HTTPClient
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Storage

/// Posts the id and the kind of each notice to a webhook, in order, until each was taken.
///
/// **What the receiver learns.** That a notice of a kind exists; nothing of whom or whose. It asks the node for the
/// rest, with a token. `Stele-Signature: t=<seconds>,v1=<hex>` is HMAC-SHA256 under the shared secret over `<seconds>
/// "." <body>`, so that nobody else can send notices.
///
/// The ledger is the queue: what was taken last is noted in a file, so that a restart loses none; after a crash the
/// last one may come twice, under the same id.
struct NoticeCourier: Sendable {
    /// Longest time for one attempt, short enough that a notice is told within five seconds of its block.
    static let attemptLimit = Duration.seconds(4)
    /// The waits between attempts double from the first to the last.
    static let firstWait = Duration.seconds(1)
    static let lastWait = Duration.seconds(300)
    /// How often deadlines are looked at: one that passes makes no block.
    static let deadlineInterval = Duration.seconds(1)

    private let custodian: Custodian
    private let url: String
    private let secret: SecretBytes
    private let client: HTTPClient
    private let cursor: AtomicFile
    private let time: any TimeSource
    private let report: @Sendable (LogEvent) -> Void

    /// A courier to `url` that keeps its place in the file at `cursorPath`.
    /// - Parameter report: Told when the webhook stops taking notices, and when it does again.
    /// - Throws: `client.tls` if the authorities cannot be read.
    init(
        custodian: Custodian, url: String, secret: SecretBytes, trust: HTTPClientTrust, cursorPath: String,
        time: any TimeSource, report: @escaping @Sendable (LogEvent) -> Void = { _ in }
    ) throws(SteleError) {
        self.custodian = custodian
        self.url = url
        self.secret = secret
        client = try HTTPClient(trust: trust)
        cursor = AtomicFile(cursorPath)
        self.time = time
        self.report = report
    }

    /// Delivers until the task is cancelled.
    func run() async throws {
        let ledger = custodian.ledger
        let (wakes, waker) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let listener = ledger.addListener { _ in waker.yield() }
        defer { ledger.removeListener(listener) }
        waker.yield()
        let ticking = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.deadlineInterval)
                waker.yield()
            }
        }
        defer { ticking.cancel() }
        var place = try start()
        for await _ in wakes {
            for notice in try custodian.notices(after: place) {
                try await deliver(notice)
                place = notice.place
                try cursor.write(Array((place.text + "\n").utf8))
            }
        }
        // The listener does not end: only a cancelled task comes here.
        throw CancellationError()
    }

    /// Where to go on; for a webhook that is new, after what there is.
    private func start() throws(SteleError) -> Notice.Place {
        if let bytes = try cursor.read() {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let place = Notice.Place(text.split(separator: "\n").first ?? "") else {
                throw SteleError(
                    .storeIncomplete, "notices.cursor in the data directory does not name a place",
                    hint: "remove the file: notices from then on are delivered")
            }
            return place
        }
        let header = custodian.ledger.head.header
        let place = Notice.Place(height: header.height, index: header.transactionCount)
        try cursor.write(Array((place.text + "\n").utf8))
        return place
    }

    /// Sends one notice until it is taken.
    private func deliver(_ notice: Notice) async throws {
        var wait = Self.firstWait
        var failureCount = 0
        while !(await isTaken(notice)) {
            failureCount += 1
            if failureCount == 1, !Task.isCancelled { report(.webhookFailing) }
            try await Task.sleep(for: wait)
            wait = min(wait * 2, Self.lastWait)
        }
        if failureCount > 0 { report(.webhookRecovered(attempts: failureCount + 1)) }
        try Task.checkCancellation()
    }

    private func isTaken(_ notice: Notice) async -> Bool {
        let body: JSONValue = ["id": .string(notice.place.text), "kind": .string(notice.kind.rawValue)]
        let bytes = body.serialized()
        let seconds = String(time.now().seconds)
        let code = HMACSHA256.code(of: Array((seconds + ".").utf8) + bytes, key: secret)
        var request = HTTPClientRequest(
            method: "POST", url: url,
            headers: [("Content-Type", "application/json"), ("Stele-Signature", "t=\(seconds),v1=\(code.hex)")],
            body: bytes)
        request.timeout = Self.attemptLimit
        request.responseByteCountMax = 1 << 16
        guard let answer = try? await client.send(request) else { return false }
        return (200..<300).contains(answer.status)
    }
}
