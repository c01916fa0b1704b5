// Contracts · the contracts every Stele network runs, as the ledger sees them.
public import Ledger
public import Primitives

extension Contract {
    /// The standard contracts, in the order of the reference page.
    public static let all: [Contract] = [.network, .identity, .records, .consent, .access]

    /// The reason that `status` stands for in a leaf, or nil if no contract gives it.
    public static func refusal(status: UInt8) -> Refusal? { refusalsByStatus[status] }

    /// The call `name`, or nil if no contract declares it.
    public static func call(named name: String) -> AnyCallDeclaration? { callsByName[name] }

    private static let refusalsByStatus = Dictionary(
        all.flatMap(\.refusals).map { ($0.status, $0) }, uniquingKeysWith: { first, _ in first })
    private static let callsByName = Dictionary(
        uniqueKeysWithValues: all.flatMap(\.calls).map { ($0.name, $0) })
}

/// The standard contracts as the ledger's executor runs them.
public struct StandardContracts: ContractSet {
    /// The set.
    public init() {}

    public func prepare(_ transaction: Transaction) throws(SteleError) -> any PreparedCall {
        guard let call = Contract.call(named: transaction.body.call) else {
            throw SteleError(
                .contractUnknownCall, "no contract of this network declares the call",
                hint: "choose one that docs/spec/contracts.md lists; a newer call needs a newer node")
        }
        return try call.decode(transaction.body.encoded, in: transaction.body.argumentRange)
    }

    public func writeGenesis(_ genesis: Genesis, into state: StateView) throws(SteleError) {
        try NetworkState.writeGenesis(genesis, into: state)
    }
}
