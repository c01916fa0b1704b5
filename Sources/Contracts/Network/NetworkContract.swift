// Contracts · network: the contract and its reasons for refusal.
public import Primitives

extension ErrorCode {
    /// An organisation name that is taken.
    public static let organisationExists = ErrorCode("organisation.exists")
    /// A key that is registered already, perhaps revoked.
    public static let networkKeyExists = ErrorCode("network_key.exists")
    /// A key that the organisation has not registered.
    public static let networkKeyUnknown = ErrorCode("network_key.unknown")
    /// A key that is revoked already.
    public static let networkKeyRevoked = ErrorCode("network_key.revoked")
    /// The only admin key an organisation has left.
    public static let networkKeyLastAdmin = ErrorCode("network_key.last_admin")
}

extension Refusal {
    public static let organisationExists = Refusal(
        16, .organisationExists, "an organisation of this name is a member already", hint: "choose another name")
    public static let networkKeyExists = Refusal(
        17, .networkKeyExists, "the key is registered already, or was and is revoked",
        hint: "make a new key: a key is registered once, for one organisation and one kind")
    public static let networkKeyUnknown = Refusal(
        18, .networkKeyUnknown, "the signer's organisation has no such key", hint: "check the key")
    public static let networkKeyRevoked = Refusal(
        19, .networkKeyRevoked, "the key is revoked already", hint: "nothing is left to do")
    public static let networkKeyLastAdmin = Refusal(
        20, .networkKeyLastAdmin, "the key is the organisation's last admin key",
        hint: "add another admin key first, or nobody can govern the organisation's keys")
}

extension Contract {
    /// Who belongs to the network, with which keys, under which parameters.
    static let network = Contract(
        name: "network", summary: "Who belongs to the network, with which keys, under which parameters.",
        calls: [
            AnyCallDeclaration(NetworkAddOrganisation.self), AnyCallDeclaration(NetworkAddKey.self),
            AnyCallDeclaration(NetworkRevokeKey.self), AnyCallDeclaration(NetworkSetParameters.self),
        ],
        rows: [
            RowDeclaration(NetworkKeyRow.self, key: "\"nk\" ‖ key 32", "a key of an organisation"),
            RowDeclaration(OrganisationRow.self, key: "\"no\" ‖ name", "a member organisation"),
            RowDeclaration(ParametersRow.self, key: "\"np\"", "the parameters in force"),
        ])
}
