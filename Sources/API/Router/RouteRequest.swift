// API · a request as a route sees it: who asks, and its parts checked as they are read.
internal import HTTPServer
internal import JSON
internal import Primitives

/// A request that found its route, with the caller that its access token stands for.
struct RouteRequest: Sendable {
    let request: HTTPRequest
    let parameters: PathParameters
    /// Nil only on routes that anybody may call.
    let caller: Caller?

    /// The caller, on a route that needs one.
    func requireCaller() throws(SteleError) -> Caller {
        guard let caller else { throw .tokenMissing }
        return caller
    }

    /// Whether the client is on this machine.
    var isLocal: Bool { Self.isLocal(request.clientAddress) }

    /// Whether `address` is this machine's own.
    static func isLocal(_ address: String) -> Bool { ["", "127.0.0.1", "::1", "::ffff:127.0.0.1"].contains(address) }

    /// The only value of the header `name`, or nil; given twice it is refused.
    func header(_ name: String) throws(SteleError) -> String? {
        let values = request.headers.values(of: name)
        guard values.count <= 1 else { throw .malformedRequest("the header \(name) occurs more than once") }
        return values.first
    }

    /// Refuses a body whose media type is none of `allowed`. Parameters such as `charset` are passed over.
    func requireMediaType(_ allowed: String...) throws(SteleError) {
        let value = try header("Content-Type")
        if let value, allowed.contains(value) { return }
        let type = value.map { $0.prefix { $0 != ";" }.lowercased().filter { $0 != " " } }
        guard let type, allowed.contains(type) else {
            throw SteleError(
                .requestMediaType, "the body is not of a media type that this path takes",
                hint: "send Content-Type: " + allowed.joined(separator: " or "))
        }
    }

    /// The body as JSON within bounds that suit arguments.
    func json() throws(SteleError) -> JSONNode {
        try requireMediaType("application/json")
        do {
            return try JSONDocument(parsing: request.body, limits: Self.argumentLimits).root
        } catch {
            throw error.asSteleError
        }
    }

    /// The body as the fields of a form.
    func form() throws(SteleError) -> [HTTPField] {
        try requireMediaType("application/x-www-form-urlencoded")
        guard request.body.count <= Self.argumentLimits.byteCountMax, let fields = HTTPField.formFields(request.body)
        else { throw .malformedRequest("the form is longer than 1 MiB, or its escapes or its UTF-8 are broken") }
        return fields
    }

    /// The only value of the query parameter `name`, or nil.
    func query(_ name: String) throws(SteleError) -> String? {
        let values = request.query.filter { $0.name == name }
        guard values.count <= 1 else { throw .malformedRequest("a query parameter occurs more than once") }
        return values.first?.value
    }

    /// A number in the query within `range`, or nil.
    func queryNumber(_ name: String, in range: ClosedRange<UInt64>) throws(SteleError) -> UInt64? {
        guard let text = try query(name) else { return nil }
        guard let number = UInt64(text), range.contains(number) else {
            throw .malformedRequest("the query parameter \(name) is no number within \(range)")
        }
        return number
    }

    /// Whether the client prefers CBOR to JSON, where both are offered.
    func prefersCBOR() throws(SteleError) -> Bool {
        guard let accept = try header("Accept") else { return false }
        if accept == "application/cbor" { return true }
        let types = accept.split(separator: ",").map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
        guard let cbor = types.firstIndex(of: "application/cbor") else { return false }
        return types.firstIndex(of: "application/json").map { cbor < $0 } ?? true
    }

    /// Arguments are small; records and bundles have the bounds of the server.
    private static let argumentLimits = JSONLimits(byteCountMax: 1 << 20, depthMax: 32, memberCountMax: 1 << 16)
}
