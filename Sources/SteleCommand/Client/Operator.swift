// SteleCommand · who runs a node.
internal import Cryptography
internal import Node
internal import Primitives
internal import Vault

/// The operator of a node: an officer of its organisation whose key is derived from the node's sealed admin key.
///
/// So the first officer needs no file of their own, and whoever has the data directory and the root key, and nobody
/// else, can appoint others. The operator's requests are recorded like anybody's, and the operator has no permit for
/// patients' records.
enum Operator {
    /// The operator's actor id.
    static let id = "operator"

    /// The operator as a client of the token endpoint.
    static func identity(_ keys: NodeKeys) throws(SteleError) -> ClientIdentity {
        let seed = HKDF.sha256.derive(from: keys.admin.seed, info: "stele/v1/operator")
        return ClientIdentity(id: id, key: try SigningKey(seed: seed))
    }

    /// Registers the operator unless that was done at an earlier start.
    static func register(at custodian: Custodian, keys: NodeKeys) async throws(SteleError) {
        let known = try custodian.vault.directory.actor(id: id)
        guard known?.isOnLedger != true else { return }
        let key = try identity(keys).key
        _ = try await custodian.addActor(
            ActorDraft(
                id: id, kind: .system, displayName: "Operator of \(custodian.organisation)", roles: [],
                key: .okp(key.publicKey), isOfficer: true))
    }
}
