// Node · what somebody would see, shown to the patient before a grant is made or ended.
public import Contracts
internal import Cryptography
public import Primitives
public import Vault

/// What a patient's records would give to an asker now, counted and one by one.
public struct Preview: Hashable, Sendable {
    /// The records of one kind.
    public struct Line: Hashable, Sendable {
        /// `sensitivity/<code>`, `category/<name>` or `general`.
        public let category: String
        /// How many resources would be released.
        public var permittedCount = 0
        /// How many would stay hidden.
        public var withheldCount = 0
    }

    /// One resource at its newest version.
    public struct Item: Hashable, Sendable {
        /// The resource.
        public let resource: ResourceName
        /// Its newest version, and when that was written.
        public let version: UInt32
        public let lastUpdated: Timestamp
        /// Of which kind it is, as in ``Line``.
        public let category: String
        /// Whether it would be released.
        public let isPermitted: Bool
    }

    /// Whether some grant permits the asker anything, whatever records there are.
    public let hasPermit: Bool
    /// Every kind that the patient has records of, by name.
    public let lines: [Line]
    /// Every resource that is not deleted, the newest change first.
    public let items: [Item]
}

extension Custodian {
    /// What an asker with these labels would see of a subject's records, by the function that decides requests. Nothing
    /// is recorded and nothing released, so it is for the patient alone.
    /// - Throws: `purpose.unknown`, or `actor.not_allowed` for more labels than a request can carry.
    public func preview(
        of subject: SubjectID, by asker: [Label], purposes: [String], action: Action
    ) throws(SteleError) -> Preview {
        for purpose in purposes where !PurposeOfUse.isKnown(purpose) {
            throw SteleError(
                .purposeUnknown, "a purpose of use is no ActReason code that this node knows",
                hint: "use codes such as TREAT, HPAYMT, HOPERAT, HRESCH or PATRQT")
        }
        let (policy, key) = try self.policy(of: subject)
        let purposeLabels = PurposeOfUse.withAncestors(purposes).map(Label.purpose)
        guard !asker.isEmpty, !purposes.isEmpty,
            let askerTokens = TokenSet(padding: asker.map { key.token(for: $0) }, random: random),
            let purposeTokens = TokenSet(padding: purposeLabels.map { key.token(for: $0) }, random: random)
        else {
            throw SteleError(
                .actorNotAllowed, "there are no labels or purposes, or more than one request can carry",
                hint: "name 1 to 16 labels and at least one purpose of use")
        }
        let question = ConsentQuestion(
            asker: askerTokens, purposes: purposeTokens, action: action, time: UnixSeconds(time.now()))
        let permitted = ConsentEvaluator.decide(question, under: policy).permitted.bits
        let hasPermit = ConsentEvaluator.hasPermit(question, under: policy)
        var lines: [String: Preview.Line] = [:]
        var items: [Preview.Item] = []
        for entry in try vault.compartment(of: subject).current().reversed() {
            let category = entry.category.name
            let isPermitted = permitted >> UInt64(entry.profile) & 1 == 1
            var line = lines[category] ?? Preview.Line(category: category)
            if isPermitted { line.permittedCount += 1 } else { line.withheldCount += 1 }
            lines[category] = line
            items.append(
                Preview.Item(
                    resource: entry.resource, version: entry.version, lastUpdated: entry.lastUpdated,
                    category: category,
                    isPermitted: isPermitted))
        }
        return Preview(
            hasPermit: hasPermit, lines: lines.values.sorted { $0.category < $1.category }, items: items)
    }
}
