// SteleCommand · what an officer asks of a custodian.
internal import Cryptography
internal import JSON
internal import Primitives

/// What enrolling a patient gives their wallet.
struct EnrolmentAnswer: Sendable {
    /// The subject.
    let subject: SubjectID
    /// The key under which the subject's labels are tokens.
    let policyKey: PolicyKey
    /// The network.
    let chainID: Digest
}

/// An actor as officers see them.
struct ActorAnswer: Sendable {
    /// The actor's id here, which is their client id.
    let id: String
    /// What grants name.
    let did: String
    /// The name that patients see.
    let displayName: String
    /// The organisation.
    let organisation: String
    /// Role codes at the organisation.
    let roles: [String]
    /// Whether the actor is an officer.
    let isOfficer: Bool
    /// Whether the actor's rights have ended.
    let isRevoked: Bool
    /// The roles that are suspended.
    let suspendedRoles: [String]
}

/// What is said of an actor when they are registered.
struct ActorOrder: Sendable {
    /// The id, 1–64 of `A–Z a–z 0–9 . -`.
    var id: String
    /// `person`, `device` or `system`.
    var kind = "person"
    /// The name that patients see.
    var displayName: String
    /// Role codes at the organisation.
    var roles: [String] = []
    /// The key that verifies the actor's assertions.
    var key: PublicKey
    /// Whether the actor is to be an officer.
    var isOfficer = false
}

extension NodeSession {
    /// Makes a patient a subject. The same call with the same key again gives the same answer.
    func enrol(
        patient: String, displayName: String, birthDate: String?, consentKey: PublicKey
    ) async throws(SteleError) -> EnrolmentAnswer {
        var members: [JSONValue.Member] = [
            .init("patient", .string(patient)), .init("display_name", .string(displayName)),
            .init("consent_key", .string(consentKey.hex)),
        ]
        if let birthDate { members.append(.init("birth_date", .string(birthDate))) }
        let root = try await send("POST", "/custodian/v1/subjects", body: .json(.object(members))).json()
        guard let version = UInt32(exactly: try root.requiredNumber("policy_key_version")) else {
            throw NodeAnswer.malformed("its policy_key_version is none")
        }
        return EnrolmentAnswer(
            subject: try root.requiredBytes32("subject"),
            policyKey: try PolicyKey(
                version: version, secret: SecretBytes(try root.requiredBytes32("policy_key").bytes)),
            chainID: try root.requiredBytes32("chain_id"))
    }

    /// Registers an actor.
    func addActor(_ order: ActorOrder) async throws(SteleError) -> ActorAnswer {
        let body: JSONValue = [
            "id": .string(order.id), "kind": .string(order.kind), "display_name": .string(order.displayName),
            "roles": .array(order.roles.map { .string($0) }), "key": Self.jwk(order.key),
            "is_officer": .bool(order.isOfficer),
        ]
        return try ActorAnswer(try await send("POST", "/custodian/v1/actors", body: .json(body)).json())
    }

    /// Replaces the key with which an actor asks for tokens.
    func rotateActorKey(_ id: String, to key: PublicKey) async throws(SteleError) {
        _ = try await send(
            "PUT", "/custodian/v1/actors/\(PercentText.encode(id))/key", body: .json(["key": Self.jwk(key)]))
    }

    /// Ends an actor's rights.
    func revokeActor(_ id: String) async throws(SteleError) {
        _ = try await send("DELETE", "/custodian/v1/actors/\(PercentText.encode(id))")
    }

    /// Lets a role of an actor hold no more until it is resumed, or hold again.
    func suspendRole(_ role: String, of id: String, _ isSuspended: Bool) async throws(SteleError) {
        let path = "/custodian/v1/actors/\(PercentText.encode(id))/roles/\(PercentText.encode(role))/suspension"
        _ = try await send(isSuspended ? "PUT" : "DELETE", path)
    }

    /// Every actor known here.
    func actors() async throws(SteleError) -> [ActorAnswer] {
        let root = try await send("GET", "/custodian/v1/actors").json()
        guard let list = root["actors"], list.kind == .array else { throw NodeAnswer.malformed("it lacks actors") }
        var actors: [ActorAnswer] = []
        for node in list.elements { actors.append(try ActorAnswer(node)) }
        return actors
    }

    private static func jwk(_ key: PublicKey) -> JSONValue {
        ["kty": "OKP", "crv": "Ed25519", "x": .string(Base64.encode(key.bytes, .url))]
    }
}

extension ActorAnswer {
    init(_ node: JSONNode) throws(SteleError) {
        id = try node.requiredText("id")
        did = try node.requiredText("did")
        displayName = try node.requiredText("display_name")
        organisation = try node.requiredText("organisation")
        roles = node["roles"]?.elements.compactMap(\.string) ?? []
        isOfficer = node["is_officer"]?.bool ?? false
        isRevoked = node["is_revoked"]?.bool ?? false
        suspendedRoles = node["suspended_roles"]?.elements.compactMap(\.string) ?? []
    }
}
