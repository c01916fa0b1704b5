// API · who calls, found anew for each request.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// The actor behind a live token, as the directory knows them at this moment.
struct Caller: Sendable {
    let actor: RegisteredActor
    let session: Session

    /// Whether the caller is a patient acting for themself.
    var isPatient: Bool { actor.patientSubject != nil }

    /// Throws unless a scope allows `permission` on resources of `type`, or on every type if that is nil.
    func require(_ permission: Scope.Permissions, on type: ResourceType?) throws(SteleError) {
        guard session.scopes.contains(where: { $0.allows(permission, on: type) }) else {
            throw SteleError(
                .tokenInsufficient, "the scopes of the access token do not allow this",
                hint: "ask for a token with a scope that does; GET /fhir/metadata lists what can be done")
        }
    }

    /// Throws unless the caller is the patient that `subject` is.
    func requireSubject(_ subject: SubjectID) throws(SteleError) {
        guard actor.patientSubject == subject else { throw Self.notYours }
    }

    /// Throws unless the caller is an officer of `organisation`.
    func requireOfficer(of organisation: String) throws(SteleError) {
        guard isOfficer(of: organisation) else {
            throw SteleError(
                .actorNotAllowed, "only an officer of this custodian may do this",
                hint: "use an access token of an officer; stele actor add makes one")
        }
    }

    /// Whether the caller is an officer of `organisation`.
    func isOfficer(of organisation: String) -> Bool { actor.isOfficer && actor.organisation == organisation }

    static var notYours: SteleError {
        SteleError(
            .subjectNotYours, "only the patient may ask for this",
            hint: "use an access token of the patient whose data it is")
    }
}

/// Finds callers by their tokens.
struct CallerFinder: Sendable {
    let tokens: TokenTable
    let directory: VaultDirectory
    let time: any TimeSource

    /// The caller of `request`, or nil if it carries no token.
    ///
    /// The directory is asked each time, so that a revoked actor's tokens are dead with the revocation.
    func caller(of request: HTTPRequest) throws(SteleError) -> Caller? {
        let values = request.headers.values(of: "Authorization")
        guard let value = values.first else { return nil }
        let space = UInt8(ascii: " ")
        guard values.count == 1, let end = value.utf8.firstIndex(of: space), value[..<end].lowercased() == "bearer"
        else { throw .malformedRequest("Authorization is not one Bearer token") }
        let token = value[value.utf8.index(after: end)...]
        guard !token.utf8.contains(space) else { throw .malformedRequest("Authorization is not one Bearer token") }
        guard let session = tokens.session(of: token, now: time.now().seconds),
            let caller = try caller(for: session)
        else { throw .tokenInvalid }
        return caller
    }

    /// The caller that `session` stands for, or nil if the token, the actor or the client's key has ended since.
    func caller(for session: Session) throws(SteleError) -> Caller? {
        guard tokens.isLive(session, now: time.now().seconds),
            let actor = try directory.actor(id: session.actorID), !actor.isRevoked,
            actor.clientKey == session.clientKey
        else { return nil }
        return Caller(actor: actor, session: session)
    }
}
