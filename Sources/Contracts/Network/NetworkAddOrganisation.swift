// Contracts · network.add_organisation.
public import Ledger
public import Primitives

/// Makes an organisation a member.
public struct NetworkAddOrganisation: ContractCall {
    /// Its name.
    public var organisation = OrganisationName.placeholder
    /// The key that will govern it.
    public var adminKey = PublicKey.zero
    /// The key with which its node will act.
    public var nodeKey = PublicKey.zero

    public static let declaration = CallDeclaration(
        "network.add_organisation", summary: "Makes an organisation a member of the network.",
        signer: .organisation(.founder, [.admin]), index: "\"n\" ‖ height u64 ‖ transaction 32",
        refusals: [.organisationExists, .networkKeyExists])

    public init() {}

    /// A call that adds `organisation`.
    public init(organisation: OrganisationName, adminKey: PublicKey, nodeKey: PublicKey) {
        self.organisation = organisation
        self.adminKey = adminKey
        self.nodeKey = nodeKey
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.required(1, "organisation", &organisation, "its name")
        try list.required(2, "admin_key", &adminKey, "the key that will govern it")
        try list.required(3, "node_key", &nodeKey, "the key with which its node will act")
    }

    public func validate() throws(FieldFault) {
        guard adminKey != nodeKey else { throw FieldFault(.rule("is the admin key too"), path: "node_key") }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard try context.isSignedByFounder() else { return .refused(.signerNotAllowed) }
        let state = context.state
        guard try state.value(for: NetworkState.organisations.key(organisation)) == nil else {
            return .refused(.organisationExists)
        }
        for key in [adminKey, nodeKey] where try NetworkState.key(key, in: state) != nil {
            return .refused(.networkKeyExists)
        }
        state.set(NetworkState.organisations.key(organisation), to: OrganisationRow())
        state.set(NetworkState.keys.key(adminKey), to: NetworkKeyRow(organisation: organisation, kind: .admin))
        state.set(NetworkState.keys.key(nodeKey), to: NetworkKeyRow(organisation: organisation, kind: .node))
        return .applied(NoResult(), indexKeys: [context.indexKey("n")])
    }
}

extension CallContext {
    /// Whether an admin key of the founding organisation signed.
    func isSignedByFounder() throws(SteleError) -> Bool {
        guard let organisation = try organisation(signingAs: .admin) else { return false }
        let row = try state.row(at: NetworkState.organisations.key(organisation), as: OrganisationRow.self)
        return row?.isFounder == true
    }
}
