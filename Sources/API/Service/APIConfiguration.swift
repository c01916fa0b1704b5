// API · what the operator decides about the API.

/// What the operator decides about the API.
public struct APIConfiguration: Sendable {
    /// Where clients reach the node, without a slash at the end: `https://127.0.0.1:8443`. The audience of client
    /// assertions and every link derive from it, never from a request.
    public var baseURL: String
    /// Failed requests for tokens a minute from one address, before further ones are refused for the rest of it.
    public var tokenFailureCountMax = 30
    /// Whether a patient who is enrolled without a wallet permits the custodian's own organisation to treat them.
    public var treatingPermit = false

    /// An API that clients reach at `baseURL`.
    public init(baseURL: String) { self.baseURL = baseURL }

    /// Where tokens are issued.
    public var tokenEndpoint: String { baseURL + "/oauth/token" }
}
