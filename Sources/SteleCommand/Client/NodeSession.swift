// SteleCommand · a client that has said who it is.
internal import Cryptography
internal import JSON
internal import Node
internal import Primitives

/// What an access token is asked for.
struct TokenWish: Sendable, Hashable {
    /// SMART scopes, separated by spaces.
    var scope: String
    /// Purposes of use, ActReason codes.
    var purposes: [String]
    /// The logical id of the patient it is about, if it is about one.
    var patient: String?

    /// What the operator of a node asks for.
    static let operations = TokenWish(scope: "system/*.cruds", purposes: ["HOPERAT"])
    /// What a patient asks for about themself.
    static func ownRecord(_ patient: String) -> TokenWish {
        TokenWish(scope: "patient/*.rs", purposes: ["PATRQT"], patient: patient)
    }
    /// What a clinician asks for about one patient.
    static func treatment(of patient: String, purposes: [String] = ["TREAT"]) -> TokenWish {
        TokenWish(scope: "system/*.rs", purposes: purposes, patient: patient)
    }
}

/// A token as a node issues it.
struct IssuedToken: Sendable {
    /// Presented with each request. Never logged.
    let text: String
    /// How long it lives from when it was issued, in seconds.
    let lifetimeSeconds: UInt64
    /// The scopes it has.
    let scope: String
}

/// One actor's requests to one node: asks for a token when there is none, and anew shortly before it ends.
actor NodeSession {
    /// A token is renewed this long before its end, in seconds.
    private static let renewalSeconds: UInt64 = 20

    nonisolated let client: NodeClient
    nonisolated let identity: ClientIdentity
    private let wish: TokenWish
    private let time: any TimeSource
    private let random: any RandomSource
    private var token: (text: String, endsAt: UInt64)?
    private var endpoint: String?

    /// A session of `identity` at the node of `client`.
    init(
        _ client: NodeClient, _ identity: ClientIdentity, _ wish: TokenWish, time: any TimeSource = SystemTime(),
        random: any RandomSource = SystemRandom()
    ) {
        self.client = client
        self.identity = identity
        self.wish = wish
        self.time = time
        self.random = random
    }

    /// Sends a request with a live token. See ``NodeClient/send(_:_:token:accept:body:timeout:byteCountMax:)``.
    func send(
        _ method: String, _ path: String, accept: String = "application/json", body: NodeClient.Body? = nil,
        timeout: Duration = .seconds(120)
    ) async throws(SteleError) -> NodeAnswer {
        let token = try await liveToken()
        return try await client.send(method, path, token: token, accept: accept, body: body, timeout: timeout)
    }

    private func liveToken() async throws(SteleError) -> String {
        if let token, token.endsAt > time.now().seconds { return token.text }
        let issued = try await issue()
        let life = issued.lifetimeSeconds - min(issued.lifetimeSeconds, Self.renewalSeconds)
        token = (issued.text, time.now().seconds + life)
        return issued.text
    }

    /// Asks for a token.
    func issue() async throws(SteleError) -> IssuedToken {
        let audience = try await audience()
        let assertion = SignedAssertion.text(identity, audience: audience, now: time.now(), random: random)
        var fields = [
            (name: "grant_type", value: "client_credentials"), ("scope", wish.scope),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion), ("purpose_of_use", wish.purposes.joined(separator: " ")),
        ]
        if let patient = wish.patient { fields.append(("patient", patient)) }
        let root = try await client.send("POST", "/oauth/token", body: .form(fields)).json()
        return IssuedToken(
            text: try root.requiredText("access_token"), lifetimeSeconds: try root.requiredNumber("expires_in"),
            scope: root["scope"]?.string ?? wish.scope)
    }

    /// What the node calls its token endpoint: assertions are made for that name, whatever way leads to it.
    private func audience() async throws(SteleError) -> String {
        if let endpoint { return endpoint }
        let root = try await client.send("GET", "/.well-known/smart-configuration").json()
        let found = try root.requiredText("token_endpoint")
        endpoint = found
        return found
    }
}
