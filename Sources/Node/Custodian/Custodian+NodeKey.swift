// Node · the key with which a custodian signs, replaced while it serves.
internal import Contracts
public import Cryptography
public import Primitives
internal import Synchronization

extension ErrorCode {
    /// A node that cannot replace its own key, nor sign with its admin key.
    public static let keysNodeFixed = ErrorCode("keys.node_fixed")
}

/// Keeps the node's own key, and while it is replaced the next one beside it.
///
/// The steps are: ``prepare(_:)``, then the next key is registered on the ledger, then ``adopt(_:after:)``, then the
/// former one is revoked there. Whatever a crash leaves is gone on with at the next start, never taken back.
public protocol NodeKeyKeeper: Sendable {
    /// A key that was prepared and not adopted: the ledger may have it, so it is gone on with.
    func unfinished() throws(SteleError) -> SigningKey?

    /// Keeps `next` beside the key in force; durable when this returns.
    func prepare(_ next: SigningKey) throws(SteleError)

    /// Puts `next`, which was prepared, in the place of `former`; durable when this returns. May be called again.
    func adopt(_ next: SigningKey, after former: SigningKey) throws(SteleError)

    /// The keys that came before the one in force.
    func former() throws(SteleError) -> [PublicKey]
}

extension Custodian {
    /// Replaces the key with which this node signs records and accesses, and ends what the old one may do.
    ///
    /// Nobody is served meanwhile, for a few blocks. What was signed before stays valid and provable.
    /// - Returns: The new key.
    /// - Throws: `keys.node_fixed`, or those of the disk.
    public func renewNodeKey() async throws(SteleError) -> PublicKey {
        guard let keeper = nodeKeyKeeper, let admin = emergencyKeys?.admin else { throw Self.nodeFixed }
        return try await admission.alone { () async throws(SteleError) -> PublicKey in
            _ = try await settle(at: earlierTransactionsEnd)
            let next: SigningKey
            if let unfinished = try keeper.unfinished() {
                next = unfinished
            } else {
                next = .random(from: keyRandom)
                try keeper.prepare(next)
            }
            try await succeed(next, keeper, admin)
            try terms.keysChanged(vault)
            return next.publicKey
        }
    }

    static var nodeFixed: SteleError {
        SteleError(
            .keysNodeFixed, "this node cannot replace its own key, nor sign what governs keys",
            hint: "start it with stele serve, on a data directory that it may write")
    }

    /// Goes on with a renewal that was cut off, and sees to it that the key in force is on the ledger and no other.
    func settleNodeKey() async throws(SteleError) {
        guard let keeper = nodeKeyKeeper, let admin = emergencyKeys?.admin else { return }
        // While the ledger stands still the node starts for emergencies; this is done by a later start.
        if standstill != nil, try row(of: nodeKey.publicKey) != nil { return }
        if let next = try keeper.unfinished() { return try await succeed(next, keeper, admin) }
        // A ledger that was restored from before the renewal knows the former key only.
        try await register(nodeKey.publicKey, by: admin)
        for former in try keeper.former() { try await revoke(former, by: admin) }
    }

    private func succeed(
        _ next: SigningKey, _ keeper: any NodeKeyKeeper, _ admin: SigningKey
    ) async throws(SteleError) {
        try await register(next.publicKey, by: admin)
        try keeper.adopt(next, after: nodeKey)
        keyInForce.withLock { $0 = next }
        for former in try keeper.former() { try await revoke(former, by: admin) }
    }

    private func register(_ key: PublicKey, by admin: SigningKey) async throws(SteleError) {
        guard try row(of: key) == nil else { return }
        try await apply(NetworkAddKey(key: key, kind: .node), key: admin, accepting: .networkKeyExists)
    }

    private func revoke(_ key: PublicKey, by admin: SigningKey) async throws(SteleError) {
        guard try row(of: key)?.isRevoked == false else { return }
        try await apply(NetworkRevokeKey(key: key), key: admin, accepting: .networkKeyRevoked)
    }

    private func row(of key: PublicKey) throws(SteleError) -> NetworkKeyRow? {
        guard let value = try ledger.value(for: StateKey.networkKey(key)) else { return nil }
        return try NetworkKeyRow(row: value)
    }
}
