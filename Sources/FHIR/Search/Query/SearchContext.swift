// FHIR · what a search needs to know of the server it is put to.
public import Primitives

/// What reading a query depends on besides its text.
public struct SearchContext: Sendable {
    /// The address of this server's FHIR base, without a slash at its end: references that begin with it are local.
    public var baseURL: String?
    /// The time, for `ap`.
    public var now: Timestamp
    /// Whether what is not understood is passed over instead of refused. Source: FHIR R4 §3.1.1.0, `Prefer`.
    public var isLenient: Bool

    /// A context.
    public init(baseURL: String? = nil, now: Timestamp, isLenient: Bool = false) {
        self.baseURL = baseURL
        self.now = now
        self.isLenient = isLenient
    }
}

extension ErrorCode {
    /// A search parameter that is not understood, or a value that is none of its kind.
    public static let searchParameter = ErrorCode("search.parameter")
}

extension SteleError {
    /// A search that breaks `rule`; what the client wrote is not repeated.
    public static func searchRefused(_ rule: String) -> SteleError {
        SteleError(
            .searchParameter, "the search is refused: \(rule)",
            hint: "GET /fhir/metadata lists the parameters of each type; docs/spec/search.md says how they are written")
    }
}
