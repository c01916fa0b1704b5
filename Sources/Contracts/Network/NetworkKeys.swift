// Contracts · network.add_key and network.revoke_key.
public import Ledger
public import Primitives

/// Registers another key of the signer's organisation.
public struct NetworkAddKey: ContractCall {
    /// The key.
    public var key = PublicKey.zero
    /// What it may do.
    public var kind = KeyKind.node

    public static let declaration = CallDeclaration(
        "network.add_key", summary: "Registers another key of the signer's organisation.",
        signer: .organisation(.itself, [.admin]), index: "\"n\" ‖ height u64 ‖ transaction 32",
        refusals: [.networkKeyExists])

    public init() {}

    /// A call that registers `key` as one of `kind`.
    public init(key: PublicKey, kind: KeyKind) {
        self.key = key
        self.kind = kind
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "member_key", &key, "the key")
        try list.required(2, "kind", &kind, "what it may do")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let organisation = try context.organisation(signingAs: .admin) else {
            return .refused(.signerNotAllowed)
        }
        guard try NetworkState.key(key, in: context.state) == nil else { return .refused(.networkKeyExists) }
        context.state.set(NetworkState.keys.key(key), to: NetworkKeyRow(organisation: organisation, kind: kind))
        if kind == .admin {
            _ = try context.countAdminKey(1, of: organisation)
        }
        return .applied(NoResult(), indexKeys: [context.indexKey("n")])
    }
}

/// Ends what a key of the signer's organisation may do, for ever.
public struct NetworkRevokeKey: ContractCall {
    /// The key.
    public var key = PublicKey.zero

    public static let declaration = CallDeclaration(
        "network.revoke_key", summary: "Ends what a key of the signer's organisation may do, for ever.",
        signer: .organisation(.itself, [.admin]), reservation: .ownKeys(verb: "keys node"),
        index: "\"n\" ‖ height u64 ‖ transaction 32",
        refusals: [.networkKeyUnknown, .networkKeyRevoked, .networkKeyLastAdmin])

    public init() {}

    /// A call that revokes `key`.
    public init(key: PublicKey) { self.key = key }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "member_key", &key, "the key")
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard let organisation = try context.organisation(signingAs: .admin) else {
            return .refused(.signerNotAllowed)
        }
        guard var row = try NetworkState.key(key, in: context.state), row.organisation == organisation else {
            return .refused(.networkKeyUnknown)
        }
        guard !row.isRevoked else { return .refused(.networkKeyRevoked) }
        if row.kind == .admin, try context.countAdminKey(-1, of: organisation) < 1 {
            return .refused(.networkKeyLastAdmin)
        }
        row.isRevoked = true
        context.state.set(NetworkState.keys.key(key), to: row)
        return .applied(NoResult(), indexKeys: [context.indexKey("n")])
    }
}

extension CallContext {
    /// Counts one admin key more or less, and says how many there are then.
    fileprivate func countAdminKey(_ change: Int, of organisation: OrganisationName) throws(SteleError) -> Int {
        let key = NetworkState.organisations.key(organisation)
        guard var row = try state.row(at: key, as: OrganisationRow.self) else {
            throw .damagedRow
        }
        let count = Int(row.adminKeyCount) + change
        row.adminKeyCount = UInt32(clamping: count)
        state.set(key, to: row)
        return count
    }
}
