// Node · people, devices and systems that act: known by name here, by salted commitments on the ledger.
internal import Contracts
public import Cryptography
public import Primitives
public import Vault

/// What is known of an actor before registration.
public struct ActorDraft: Sendable {
    /// The actor's id here, 1–64 characters of `A–Z a–z 0–9 . -`.
    public var id: String
    /// What the actor is.
    public var kind: RegisteredActor.Kind
    /// The name that patients and officers see.
    public var displayName: String
    /// Role codes at the organisation.
    public var roles: [String]
    /// The key that verifies the actor's client assertions.
    public var key: JWKPublicKey
    /// The actor's DID; `did:key` of an Ed25519 key if nil.
    public var did: String?
    /// The organisation; the custodian's own if nil.
    public var organisation: String?
    /// Whether the actor may act as an officer.
    public var isOfficer: Bool
    /// The subject that the actor is.
    public var patientSubject: SubjectID?

    /// An actor of the custodian's own organisation.
    public init(
        id: String, kind: RegisteredActor.Kind, displayName: String, roles: [String], key: JWKPublicKey,
        did: String? = nil, organisation: String? = nil, isOfficer: Bool = false, patientSubject: SubjectID? = nil
    ) {
        self.id = id
        self.kind = kind
        self.displayName = displayName
        self.roles = roles
        self.key = key
        self.did = did
        self.organisation = organisation
        self.isOfficer = isOfficer
        self.patientSubject = patientSubject
    }
}

extension ErrorCode {
    /// An actor's id, name or role that is not valid.
    public static let actorMalformed = ErrorCode("actor.malformed")
}

extension Custodian {
    /// Registers an actor: salted commitments on the ledger, everything else in the sealed directory.
    ///
    /// After a crash half-way the same call with the same key goes on where it stopped.
    /// - Throws: `vault.actor_exists` when another actor, or this one already, has the id.
    public func addActor(_ draft: ActorDraft) async throws(SteleError) -> RegisteredActor {
        try draft.check()
        try draft.key.check()
        let did: String
        switch (draft.did, draft.key) {
        case (let given?, _): did = given
        case (nil, .okp(let key)): did = DIDKey.did(of: key)
        default: did = "urn:stele:actor:" + draft.id
        }
        if let known = try vault.directory.actor(id: draft.id), !known.isOnLedger, known.did == did,
            known.clientKey == draft.key
        {
            return try await putOnLedger(known, key: draft.key)
        }
        let actor = RegisteredActor(
            id: draft.id, did: did, kind: draft.kind, displayName: draft.displayName,
            organisation: draft.organisation ?? organisation, roles: draft.roles, clientID: draft.id,
            clientKey: draft.key, ledgerID: random.bytes32(), didSalt: random.bytes32(), keySalt: random.bytes32(),
            isOfficer: draft.isOfficer, patientSubject: draft.patientSubject)
        try ledger.disk?.checkGrowth()
        try await vault.directory.registerActor(actor)
        return try await putOnLedger(actor, key: draft.key)
    }

    /// Ends the registration of an actor whom the directory knows.
    private func putOnLedger(_ actor: RegisteredActor, key: JWKPublicKey) async throws(SteleError) -> RegisteredActor {
        try await apply(
            IdentityRegister(
                actor: actor.ledgerID, didCommitment: HMACSHA256.code(of: Array(actor.did.utf8), salt: actor.didSalt),
                keyCommitment: Self.keyCommitment(key, salt: actor.keySalt)),
            accepting: .actorExists)
        _ = try await issueRoles(to: actor.id)
        return try await vault.directory.updateActor(id: actor.id) { $0.isOnLedger = true }
    }

    /// Replaces the key with which an actor asks for tokens. A patient's can only become the consent key
    /// that the ledger has: nobody but the patient replaces that, so nobody else can ask in the patient's
    /// name.
    public func rotateActorKey(id: String, to key: JWKPublicKey) async throws(SteleError) {
        try key.check()
        // One after the other, so that the last key that was right stays.
        try await writing.withLock("/actor/" + id) { () async throws(SteleError) in
            try await rotateActorKeyAlone(id: id, to: key)
        }
    }

    private func rotateActorKeyAlone(id: String, to key: JWKPublicKey) async throws(SteleError) {
        guard let actor = try vault.directory.actor(id: id) else { throw Self.actorUnknown }
        if let subject = actor.patientSubject {
            let consentKey = try ledger.withState(about: subject) { (state) throws(SteleError) in
                try state.consentKey(of: subject)
            }
            guard let consentKey, key == .okp(consentKey) else {
                throw SteleError(
                    .actorNotAllowed, "a patient's key is the consent key on the ledger and no other",
                    hint: "the patient replaces it with consent.rotate_consent_key first")
            }
        }
        let salt = random.bytes32()
        try await apply(
            IdentityRotateKey(actor: actor.ledgerID, keyCommitment: Self.keyCommitment(key, salt: salt)))
        _ = try await vault.directory.updateActor(id: id) { actor in
            actor.clientKey = key
            actor.keySalt = salt
        }
    }

    /// Replaces the roles that an actor holds at their organisation. What they ask next is decided with these; tokens
    /// they have go on. A patient has none but that of a patient.
    public func setActorRoles(id: String, to roles: [String]) async throws(SteleError) -> RegisteredActor {
        guard let actor = try vault.directory.actor(id: id), actor.patientSubject == nil else {
            throw Self.actorUnknown
        }
        try ActorDraft(id: id, kind: actor.kind, displayName: actor.displayName, roles: roles, key: .okp(.zero))
            .check()
        _ = try await vault.directory.updateActor(id: id) { $0.roles = roles }
        return try await issueRoles(to: id)
    }

    /// Ends an actor's rights. Tokens issued to the actor die with this.
    public func revokeActor(id: String) async throws(SteleError) {
        guard let actor = try vault.directory.actor(id: id) else { throw Self.actorUnknown }
        // The directory first: whoever asks between the two is refused already.
        _ = try await vault.directory.updateActor(id: id) { $0.isRevoked = true }
        try await apply(IdentityRevoke(actor: actor.ledgerID), accepting: .actorRevoked)
    }

    private static func keyCommitment(_ key: JWKPublicKey, salt: Bytes32) -> Digest {
        var writer = CBORWriter()
        switch key {
        case .okp(let key):
            writer.write(arrayCount: 2)
            writer.write(text: "OKP")
            writer.write(key)
        case .ec(let curve, let x, let y):
            writer.write(arrayCount: 4)
            writer.write(text: "EC")
            writer.write(text: curve.rawValue)
            writer.write(bytes: x)
            writer.write(bytes: y)
        case .rsa(let n, let e):
            writer.write(arrayCount: 3)
            writer.write(text: "RSA")
            writer.write(bytes: n)
            writer.write(bytes: e)
        }
        return HMACSHA256.code(of: writer.bytes, salt: salt)
    }

    static var actorUnknown: SteleError {
        SteleError(
            .vaultActorUnknown, "the directory has no such actor",
            hint: "list the actors with stele actor list and check the id")
    }
}

extension ActorDraft {
    fileprivate func check() throws(SteleError) {
        func isCode(_ text: String) -> Bool {
            (1...80).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
        guard isCode(id), roles.count <= 8, roles.allSatisfy(isCode), (1...200).contains(displayName.utf8.count),
            organisation.map(isCode) ?? true, (did ?? "").utf8.count <= 500
        else {
            throw SteleError(
                .actorMalformed, "the actor's id, a role, the name or the DID is not valid",
                hint: "ids and roles are 1–80 of A–Z a–z 0–9 . - with at most 8 roles; a name has 1–200 bytes")
        }
    }
}
