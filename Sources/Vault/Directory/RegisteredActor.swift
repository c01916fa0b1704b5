// Vault · what the custodian knows of an actor.
public import Cryptography
public import Primitives

/// A person, device or system of this custodian's organisation, or one known to it, as the directory keeps them.
public struct RegisteredActor: Sendable, Hashable {
    /// What an actor is.
    public enum Kind: UInt8, Sendable, CaseIterable { case person, device, system }

    /// One role as the ledger knows it: a random id, and a salted commitment to the code.
    public struct RoleCredential: Sendable, Hashable {
        /// The code of the role.
        public let code: String
        /// The credential's id on the ledger, and the salt of the commitment.
        public let id: Bytes32
        public let salt: Bytes32

        /// The credential `id` for the role `code`.
        public init(code: String, id: Bytes32, salt: Bytes32) {
            self.code = code
            self.id = id
            self.salt = salt
        }
    }

    /// The actor's id here; it never changes.
    public let id: String
    /// The decentralised identifier that policy speaks of.
    public var did: String
    /// What the actor is.
    public var kind: Kind
    /// The name shown to patients and officers.
    public var displayName: String
    /// The organisation, by its name on the network.
    public var organisation: String
    /// The codes of the roles held at the organisation.
    public var roles: [String]
    /// The credentials on the ledger by which they are held; empty in entries written before there were any.
    public var credentials: [RoleCredential] = []
    /// The client id at the token endpoint, if the actor may ask for tokens.
    public var clientID: String?
    /// The key that verifies the actor's `private_key_jwt` assertions.
    public var clientKey: JWKPublicKey?
    /// The actor's random id on the ledger, and the salts of the two commitments made there.
    public var ledgerID: Bytes32
    public var didSalt: Bytes32
    public var keySalt: Bytes32
    /// Whether the actor's registration on the ledger is known to have committed.
    public var isOnLedger: Bool
    /// Whether the actor may search across patients.
    public var isOfficer: Bool
    /// The subject the actor is, for a patient who acts for themself.
    public var patientSubject: SubjectID?
    /// Whether the actor's rights have ended.
    public var isRevoked: Bool

    /// An actor not yet on the ledger.
    public init(
        id: String, did: String, kind: Kind, displayName: String, organisation: String, roles: [String] = [],
        clientID: String? = nil, clientKey: JWKPublicKey? = nil, ledgerID: Bytes32, didSalt: Bytes32, keySalt: Bytes32,
        isOfficer: Bool = false, patientSubject: SubjectID? = nil
    ) {
        self.id = id
        self.did = did
        self.kind = kind
        self.displayName = displayName
        self.organisation = organisation
        self.roles = roles
        self.clientID = clientID
        self.clientKey = clientKey
        self.ledgerID = ledgerID
        self.didSalt = didSalt
        self.keySalt = keySalt
        isOnLedger = false
        self.isOfficer = isOfficer
        self.patientSubject = patientSubject
        isRevoked = false
    }
}

// MARK: - Encoding
extension RegisteredActor {
    /// `[id, did, kind, name, organisation, [role …], client id | null, client key | null, ledger id, did salt, key
    /// salt, on ledger, officer, subject | null, revoked, [[role, credential, salt] …]]`; the last was not there in
    /// entries written before roles had credentials.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 512)
        writer.write(arrayCount: 16)
        writer.write(text: id)
        writer.write(text: did)
        writer.write(UInt64(kind.rawValue))
        writer.write(text: displayName)
        writer.write(text: organisation)
        writer.write(arrayCount: roles.count)
        for role in roles { writer.write(text: role) }
        writer.write(text: clientID)
        if let clientKey { writer.write(clientKey) } else { writer.writeNull() }
        writer.write(ledgerID)
        writer.write(didSalt)
        writer.write(keySalt)
        writer.write(isOnLedger)
        writer.write(isOfficer)
        if let patientSubject { writer.write(patientSubject) } else { writer.writeNull() }
        writer.write(isRevoked)
        writer.write(arrayCount: credentials.count)
        for credential in credentials {
            writer.write(arrayCount: 3)
            writer.write(text: credential.code)
            writer.write(credential.id)
            writer.write(credential.salt)
        }
        return writer.bytes
    }

    /// The actor encoded in `bytes`.
    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        let fieldCount = try reader.readArrayCount(15...16)
        id = try reader.readText()
        did = try reader.readText()
        guard let kind = Kind(rawValue: UInt8(try reader.readUInt(max: 255))) else {
            throw CBORError(.outOfRange, at: reader.position)
        }
        self.kind = kind
        displayName = try reader.readText()
        organisation = try reader.readText()
        roles = []
        for _ in 0..<(try reader.readArrayCount()) { roles.append(try reader.readText()) }
        clientID = try reader.readOptionalText()
        clientKey = reader.readNullIfPresent() ? nil : try reader.readPublicKey()
        ledgerID = try reader.readBytes32()
        didSalt = try reader.readBytes32()
        keySalt = try reader.readBytes32()
        isOnLedger = try reader.readBool()
        isOfficer = try reader.readBool()
        patientSubject = reader.readNullIfPresent() ? nil : try reader.readBytes32()
        isRevoked = try reader.readBool()
        if fieldCount == 16 {
            for _ in 0..<(try reader.readArrayCount()) {
                _ = try reader.readArrayCount(3...3)
                credentials.append(
                    RoleCredential(
                        code: try reader.readText(), id: try reader.readBytes32(), salt: try reader.readBytes32()))
            }
        }
        try reader.finish()
    }
}
