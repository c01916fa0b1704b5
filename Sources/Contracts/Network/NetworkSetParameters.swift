// Contracts · network.set_parameters.
public import Ledger
public import Primitives

/// Changes parameters of the network; what is absent stays as it is.
public struct NetworkSetParameters: ContractCall {
    /// Longest emergency override, in seconds.
    public var overrideSecondsMax: UInt32?
    /// How soon an override must be reviewed, in seconds.
    public var reviewSeconds: UInt32?

    public static let declaration = CallDeclaration(
        "network.set_parameters", summary: "Changes parameters of the network; what is absent stays as it is.",
        signer: .organisation(.founder, [.admin]), index: "\"n\" ‖ height u64 ‖ transaction 32")

    public init() {}

    /// A call that sets what is not nil.
    public init(overrideSecondsMax: UInt32? = nil, reviewSeconds: UInt32? = nil) {
        self.overrideSecondsMax = overrideSecondsMax
        self.reviewSeconds = reviewSeconds
    }

    public mutating func fields(_ list: inout some FieldList) throws(FieldFault) {
        try list.optional(
            1, "override_seconds_max", &overrideSecondsMax, within: ParametersRow.overrideSecondsLimits,
            "longest emergency override, in seconds")
        try list.optional(
            2, "review_seconds", &reviewSeconds, within: ParametersRow.reviewSecondsLimits,
            "how soon an override must be reviewed, in seconds")
    }

    public func validate() throws(FieldFault) {
        guard overrideSecondsMax != nil || reviewSeconds != nil else {
            throw FieldFault(.rule("names no parameter"))
        }
    }

    public func execute(in context: CallContext) throws(SteleError) -> Outcome {
        guard try context.isSignedByFounder() else { return .refused(.signerNotAllowed) }
        var parameters = try NetworkState.parameters(in: context.state)
        parameters.overrideSecondsMax = overrideSecondsMax ?? parameters.overrideSecondsMax
        parameters.reviewSeconds = reviewSeconds ?? parameters.reviewSeconds
        context.state.set(NetworkState.parameters.key, to: parameters)
        return .applied(NoResult(), indexKeys: [context.indexKey("n")])
    }
}
