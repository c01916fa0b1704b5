// API · one route: who may call it, what it does, and how OpenAPI describes it.
internal import HTTPServer
internal import JSON
internal import Primitives

/// One operation at one path. Declared once: the router, the OpenAPI document and the metrics are driven by it.
struct Route: Sendable {
    enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// Who may call a route.
    enum Access: Sendable {
        /// Anybody.
        case open
        /// Whoever holds a live access token.
        case token
        /// Whoever holds a live access token of an officer of this custodian.
        case officer
        /// Anybody on this machine; from elsewhere, an officer.
        case local
    }

    let method: Method
    let pattern: PathPattern
    let access: Access
    let operation: Operation
    /// Whether a repeat with the same `Idempotency-Key` gets the first answer. Not where records are released: there
    /// every answer needs an access event of its own.
    let isRepeatable: Bool
    /// Whether it gives something out and changes nothing.
    var isReading: Bool { method == .get || method == .post && !isRepeatable }
    /// Whether it sees to it itself that nobody else is served meanwhile (``Admission``).
    let entersAlone: Bool
    let answer: @Sendable (RouteRequest) async throws(SteleError) -> HTTPResponse

    init(
        _ method: Method, _ pattern: PathPattern, _ access: Access, _ operation: Operation, isRepeatable: Bool = true,
        entersAlone: Bool = false,
        answer: @escaping @Sendable (RouteRequest) async throws(SteleError) -> HTTPResponse
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.operation = operation
        self.isRepeatable = isRepeatable && method == .post
        self.entersAlone = entersAlone
        self.answer = answer
    }
}

/// What OpenAPI says about a route besides its path.
struct Operation: Sendable {
    /// A body, or an answer: its media type and the schema of what is in it.
    struct Content: Sendable {
        let mediaType: String
        let schema: JSONValue

        init(_ mediaType: String, _ schema: JSONValue = ["type": "string", "format": "binary"]) {
            self.mediaType = mediaType
            self.schema = schema
        }

        static func json(_ schema: JSONValue = ["type": "object"]) -> Content { Content("application/json", schema) }
        static let fhir = Content("application/fhir+json", ["type": "object"])
        static let cbor = Content("application/cbor")
        static let form = Content("application/x-www-form-urlencoded", ["type": "object"])
    }

    let id: String
    let tag: String
    let summary: String
    /// The names of query parameters with what they mean.
    var query: [(name: String, summary: String)] = []
    var body: [Content] = []
    var status = 200
    var answer: [Content] = []

    init(
        _ id: String, _ tag: String, _ summary: String, query: [(name: String, summary: String)] = [],
        body: [Content] = [], status: Int = 200, answer: [Content] = []
    ) {
        self.id = id
        self.tag = tag
        self.summary = summary
        self.query = query
        self.body = body
        self.status = status
        self.answer = answer
    }
}
