// Node · the keys with which an organisation opens records in an emergency, and counts who did.
public import Cryptography
internal import Contracts
internal import Primitives
internal import Vault

/// What emergencies are opened and reviewed with.
///
/// **What it protects.** The ledger learns, for each override, a code of the person: equal for one person at one
/// organisation, so that an overdue review can bar them, and to be guessed by nobody without the override key.
public struct EmergencyKeys: Sendable {
    /// Signs overrides. Registered on the ledger for that and nothing else.
    public let override: SigningKey
    /// Closes reviews, and registers ``override``.
    public let admin: SigningKey
    private let codeKey: SecretBytes

    /// Emergencies signed with `override`, reviewed with `admin`.
    public init(override: SigningKey, admin: SigningKey) {
        self.override = override
        self.admin = admin
        codeKey = HKDF.sha256.derive(from: override.seed, info: "stele/v1/override-actor")
    }

    /// `HMAC-SHA256(HKDF(override key, "stele/v1/override-actor"), the actor's id on the ledger)`.
    func code(of actor: RegisteredActor) -> Bytes32 { HMACSHA256.code(of: actor.ledgerID.bytes, key: codeKey) }
}

extension Custodian {
    /// The custodian's name as contracts have it.
    var networkName: OrganisationName { OrganisationName(organisation)! }  // It is in the genesis, which was checked.

    /// The code of `asker`, if they could have opened an emergency and ask in one.
    func emergencyCode(of asker: Asker) -> Bytes32? {
        guard asker.usesEmergencies, asker.actor.patientSubject == nil, let emergencyKeys else { return nil }
        return emergencyKeys.code(of: asker.actor)
    }

    /// Registers the override key on the ledger, once.
    func registerOverrideKey() async throws(SteleError) {
        guard let emergencyKeys else { return }
        let key = emergencyKeys.override.publicKey
        guard try ledger.value(for: StateKey.networkKey(key)) == nil else { return }
        try await apply(
            NetworkAddKey(key: key, kind: .override), key: emergencyKeys.admin, accepting: .networkKeyExists)
    }
}
