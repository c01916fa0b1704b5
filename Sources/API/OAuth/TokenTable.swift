// API · the access tokens that are alive, by their hashes.
internal import Cryptography
internal import Primitives
internal import Synchronization

/// What a live access token stands for.
struct Session: Sendable {
    /// Names the session here; set when its token is issued.
    fileprivate(set) var id = Digest.zero
    let actorID: String
    let clientID: String
    /// The key that signed the assertion. When the client gets another, what the old one obtained is dead.
    let clientKey: JWKPublicKey
    let issued: UInt64
    let scopes: [Scope]
    let purposes: [String]
    /// The logical id of the patient the token is for, if it is for one.
    let patient: String?
    /// The assertion it was issued on: the asker's own word, kept with every access event.
    let assertion: [UInt8]

    /// A session that begins at `issued`, in seconds.
    init(
        actorID: String, clientID: String, clientKey: JWKPublicKey, scopes: [Scope], purposes: [String],
        patient: String?, assertion: [UInt8], issued: UInt64
    ) {
        self.actorID = actorID
        self.clientID = clientID
        self.clientKey = clientKey
        self.scopes = scopes
        self.purposes = purposes
        self.patient = patient
        self.assertion = assertion
        self.issued = issued
    }

    /// When it ends, in seconds.
    var expires: UInt64 { issued + TokenTable.lifetimeSeconds }
}

/// The live tokens. Only hashes are kept: whoever reads this memory cannot ask with what they find.
final class TokenTable: Sendable {
    /// Life of a token, in seconds. Source: SMART, "no more than 300".
    static let lifetimeSeconds: UInt64 = 300
    /// Most live tokens.
    static let countMax = 65_536
    /// Most live tokens of one actor; a further one ends the oldest.
    static let perActorCountMax = 256

    private struct State {
        var sessions: [Digest: Session] = [:]
        // In order of issue, which is that of expiry, since all live equally long.
        var order: [Digest] = []
        var orderStart = 0
        var byActor: [String: [Digest]] = [:]

        mutating func remove(_ key: Digest) {
            guard let session = sessions.removeValue(forKey: key) else { return }
            byActor[session.actorID]?.removeAll { $0 == key }
            if byActor[session.actorID]?.isEmpty ?? false { byActor[session.actorID] = nil }
        }

        mutating func removeExpired(now: UInt64) {
            while orderStart < order.count {
                if let session = sessions[order[orderStart]] {
                    guard session.expires <= now else { break }
                    remove(order[orderStart])
                }
                orderStart += 1
            }
            if orderStart > 1024, orderStart * 2 > order.count {
                order.removeFirst(orderStart)
                orderStart = 0
            }
        }
    }
    private let state = Mutex(State())  // Held for a moment; nothing inside waits.

    /// How many tokens are kept.
    var count: Int { state.withLock { $0.sessions.count } }

    /// Makes a token for `session` and returns its text: 32 random bytes as base64url.
    func issue(_ session: Session, random: any RandomSource, now: UInt64) throws(SteleError) -> String {
        let secret = random.bytes(32)
        let key = Self.key(secret)
        try state.withLock { (state) throws(SteleError) in
            state.removeExpired(now: now)
            if let own = state.byActor[session.actorID], own.count >= Self.perActorCountMax { state.remove(own[0]) }
            guard state.sessions.count < Self.countMax else {
                throw SteleError(
                    .tokenLimit, "more access tokens are alive than this node keeps",
                    hint: "use each access token for all its 300 seconds")
            }
            var session = session
            session.id = key
            state.sessions[key] = session
            state.order.append(key)
            state.byActor[session.actorID, default: []].append(key)
        }
        return Base64.encode(secret, .url)
    }

    /// The session of the token `text`, or nil if it is none that is alive.
    func session(of text: some StringProtocol, now: UInt64) -> Session? {
        guard let secret = Base64.decode(text, .url), secret.count == 32,
            let session = state.withLock({ $0.sessions[Self.key(secret)] }), session.expires > now
        else { return nil }
        return session
    }

    /// Whether `session` has neither been ended nor come to its end.
    func isLive(_ session: Session, now: UInt64) -> Bool {
        session.expires > now && state.withLock { $0.sessions[session.id] != nil }
    }

    /// Ends the token `text`, if it is one.
    func revoke(_ text: some StringProtocol) {
        guard let secret = Base64.decode(text, .url), secret.count == 32 else { return }
        state.withLock { $0.remove(Self.key(secret)) }
    }

    /// Ends every token of an actor.
    func revokeAll(of actorID: String) {
        state.withLock { state in
            for key in state.byActor[actorID] ?? [] { state.remove(key) }
        }
    }

    private static func key(_ secret: [UInt8]) -> Digest { SHA256.hash(tag: "access-token", secret) }
}
