// API · what the operator decides about the API.
public import Primitives

/// What the operator decides about the API.
public struct APIConfiguration: Sendable {
    /// Where clients reach the node, without a slash at the end: `https://127.0.0.1:8443`. The audience of client
    /// assertions and every link derive from it, never from a request.
    public var baseURL: String
    /// Failed requests for tokens a minute from one address, before further ones are refused for the rest of it.
    public var tokenFailureCountMax = 30
    /// Whether a patient who is enrolled without a wallet permits the custodian's own organisation to treat them.
    public var treatingPermit = false

    /// Makes a backup of the node in the folder named; nil where there is nothing to copy.
    public var backUp: (@Sendable (String) async throws(SteleError) -> BackupSummary)?

    /// An API that clients reach at `baseURL`.
    public init(baseURL: String) { self.baseURL = baseURL }

    /// Where tokens are issued.
    public var tokenEndpoint: String { baseURL + "/oauth/token" }
}

/// What a backup holds.
public struct BackupSummary: Sendable {
    /// How many files, and how many bytes they have.
    public let fileCount: Int
    public let byteCount: Int
    /// The newest block in it.
    public let height: UInt64

    /// A backup of this size.
    public init(fileCount: Int, byteCount: Int, height: UInt64) {
        self.fileCount = fileCount
        self.byteCount = byteCount
        self.height = height
    }
}
