// Contracts · network: what the state holds about organisations, their keys and the parameters.
internal import Ledger
internal import Primitives

/// What a registered key may do. A key has one kind for ever.
public enum KeyKind: UInt8, FieldChoice {
    /// Governs: manages keys and parameters, closes reviews.
    case admin = 1
    /// Acts for the organisation's node: records, access, identities.
    case node = 2
    /// Signs emergency overrides.
    case override = 3

    public var name: String {
        switch self {
        case .admin: "admin"
        case .node: "node"
        case .override: "override"
        }
    }
}

/// A key that belongs to an organisation. Key of the row: `"nk" ‖ key 32`.
public struct NetworkKeyRow: FieldRecord {
    /// Whose key it is.
    public var organisation = OrganisationName.placeholder
    /// What it may do.
    public var kind = KeyKind.admin
    /// Whether it may do nothing any more.
    public var isRevoked = false

    public init() {}
    init(organisation: OrganisationName, kind: KeyKind) {
        self.organisation = organisation
        self.kind = kind
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "organisation", &organisation, "whose key it is")
        try list.required(2, "kind", &kind, "what it may do")
        try list.marker(3, "revoked", &isRevoked, "whether it may do nothing any more")
    }
}

/// A member of the network. Key of the row: `"no" ‖ name`.
public struct OrganisationRow: FieldRecord {
    /// How many admin keys it has that are not revoked.
    public var adminKeyCount: UInt32 = 1
    /// Whether it founded the network, and so governs it until votes do.
    public var isFounder = false

    public init() {}

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(
            1, "admin_keys", &adminKeyCount, within: 1...UInt32.max, "how many admin keys it has that are not revoked")
        try list.marker(2, "founder", &isFounder, "whether it founded the network, and so governs it until votes do")
    }
}

/// The values that govern the contracts. Key of the row: `"np"`.
public struct ParametersRow: FieldRecord {
    /// The limits of ``overrideSecondsMax``.
    public static let overrideSecondsLimits: ClosedRange<UInt32> = 60...7200
    /// The limits of ``reviewSeconds``: an hour to 72 hours.
    public static let reviewSecondsLimits: ClosedRange<UInt32> = 3600...259_200

    /// Longest emergency override, in seconds.
    public var overrideSecondsMax = overrideSecondsLimits.upperBound
    /// How soon an override must be reviewed, in seconds.
    public var reviewSeconds = reviewSecondsLimits.upperBound

    /// What a network starts with: the widest limits.
    public init() {}

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(
            1, "override_seconds_max", &overrideSecondsMax, within: Self.overrideSecondsLimits,
            "longest emergency override, in seconds")
        try list.required(
            2, "review_seconds", &reviewSeconds, within: Self.reviewSecondsLimits,
            "how soon an override must be reviewed, in seconds")
    }
}

/// The rows of the network contract.
enum NetworkState {
    static let keys = RowKind("n", "k")
    static let organisations = RowKind("n", "o")
    static let parameters = RowKind("n", "p")

    /// A key's row, decoded once for many transactions; nil inside if the key is not registered.
    private final class CachedKey: Sendable {
        let row: NetworkKeyRow?
        init(_ row: NetworkKeyRow?) { self.row = row }
    }

    /// The row of `key`, revoked or not.
    static func key(_ key: PublicKey, in state: StateView) throws(SteleError) -> NetworkKeyRow? {
        let rowKey = keys.key(key)
        return try state.cached(group: rowKey, as: CachedKey.self) { () throws(SteleError) in
            CachedKey(try state.row(at: rowKey))
        }.row
    }

    /// The parameters in force.
    static func parameters(in state: StateView) throws(SteleError) -> ParametersRow {
        try state.row(at: parameters.key) ?? ParametersRow()
    }

    /// Writes the founding organisation, its two keys and the parameters.
    static func writeGenesis(_ genesis: Genesis, into state: StateView) throws(SteleError) {
        guard let organisation = OrganisationName(genesis.organisation), genesis.adminKey != genesis.nodeKey else {
            throw SteleError(
                .genesisMalformed, "the founding organisation's admin key is its node key",
                hint: "make two keys: one governs and is kept offline, one acts every day")
        }
        var founder = OrganisationRow()
        founder.isFounder = true
        state.set(organisations.key(organisation), to: founder)
        state.set(keys.key(genesis.adminKey), to: NetworkKeyRow(organisation: organisation, kind: .admin))
        state.set(keys.key(genesis.nodeKey), to: NetworkKeyRow(organisation: organisation, kind: .node))
        state.set(parameters.key, to: ParametersRow())
    }
}

// MARK: - Who signs
extension CallContext {
    /// The organisation whose live key of one of `kinds` signed, or nil if none did.
    func organisation(signingAs kinds: KeyKind...) throws(SteleError) -> OrganisationName? {
        guard let row = try NetworkState.key(signer, in: state), !row.isRevoked, kinds.contains(row.kind) else {
            return nil
        }
        return row.organisation
    }
}
