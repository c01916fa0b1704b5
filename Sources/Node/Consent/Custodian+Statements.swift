// Node · grants told in words, and words made into the terms of grants.
public import Contracts
public import Cryptography
public import FHIR
public import Primitives
public import Vault

/// A grant in words, as far as this custodian can read it.
public struct ToldGrant: Sendable {
    /// The grant.
    public let grant: LedgerGrant
    /// What it says.
    public let statement: ConsentStatement
    /// The words it was made from, if they were said here.
    public let words: KeptConsent?
    /// How many tokens could be read by nobody here: padding, or labels of strangers. Zero when the words are kept.
    public let unreadCount: Int
}

extension Custodian {
    /// Every grant of a subject in words, oldest first.
    public func toldGrants(of subject: SubjectID) throws(SteleError) -> [ToldGrant] {
        let (_, grants, episodes) = try history(of: subject)
        let registered = try vault.directory.subject(subject)
        var told: [ToldGrant] = []
        for grant in grants { told.append(try tell(grant, of: registered, teams: episodes)) }
        return told
    }

    /// What people call those whom labels name.
    public func namesOfLabels() throws(SteleError) -> [Label: String] { try labelReader.names(in: vault.directory) }

    /// Whether `label` names one of the staff, systems, roles or organisations known here.
    public func isKnown(_ label: Label) throws(SteleError) -> Bool {
        try labelReader.isKnown(label, in: vault.directory)
    }

    private func tell(
        _ grant: LedgerGrant, of subject: RegisteredSubject, teams: Set<Bytes32>
    ) throws(SteleError) -> ToldGrant {
        let terms = grant.grant.terms
        let words = try vault.keptConsent(for: grant.made.transactionID, of: subject.id)
        // As it was made: what a later policy key was told says the same.
        let key = try vault.directory.policyKey(terms.policyKeyVersion, of: subject)
        let labels = try self.labels(in: terms, under: key, words: words, of: subject, teams: teams)
        var unreadCount = 0
        func facts(_ set: TokenSet?) -> [ConsentStatement.Fact] {
            guard let set else { return [] }
            let read = set.tokens.compactMap { labels[$0] }
            guard words == nil else { return Self.sorted(read) }
            unreadCount += set.tokens.count - read.count
            // Where some can be read the others are most likely padding; where none can, they may be what it says.
            return read.isEmpty ? set.tokens.map { .token($0.hex) } : Self.sorted(read)
        }
        var statement = ConsentStatement()
        statement.isDeny = terms.kind == .deny
        statement.grantees = facts(terms.grantees)
        statement.actions = Set(terms.actions.names)
        statement.purposes = facts(terms.purposes)
        statement.classes = facts(terms.classes)
        statement.except = facts(terms.except)
        statement.start = Int64(terms.notBefore.seconds) * 1000
        statement.end = terms.notAfter == Self.endless ? nil : Int64(terms.notAfter.seconds) * 1000
        statement.obligations = Set(
            Self.obligationCodes.filter { terms.obligations.isSuperset(of: $0.flag) }.map(\.code))
        statement.isEvenInEmergency = terms.isEvenInEmergency
        statement.episode = grant.grant.episode?.hex
        return ToldGrant(grant: grant, statement: statement, words: words, unreadCount: unreadCount)
    }

    /// The labels behind the tokens of `terms`, made with `key`: those of the words that were kept, or else those that
    /// can be found out here.
    func labels(
        in terms: GrantTerms, under key: PolicyKey, words: KeptConsent?, of subject: RegisteredSubject,
        teams: Set<Bytes32>
    ) throws(SteleError) -> [Token: Label] {
        if let words {
            return Dictionary(words.labels.map { (key.token(for: $0), $0) }, uniquingKeysWith: { first, _ in first })
        }
        let sets = [terms.grantees, terms.purposes, terms.classes, terms.except].compactMap { $0 }
        return try labelReader.labels(
            behind: Set(sets.flatMap(\.tokens)), under: key, of: subject, in: vault, teams: teams)
    }

    private static func sorted(_ labels: [Label]) -> [ConsentStatement.Fact] {
        labels.sorted { $0.encoded.lexicographicallyPrecedes($1.encoded) }.map { .label($0) }
    }

    // MARK: - Terms

    /// The terms of the grant that `statement` becomes for a subject, with `commitment` to the words.
    ///
    /// Bounds are never wider than what was said: a permit begins at the next whole unit and ends at the last before,
    /// a prohibition the other way round. A beginning that has passed, or is not named, is the unit that is under way.
    /// - Throws: `consent.not_expressible`.
    public func terms(
        of statement: ConsentStatement, under key: PolicyKey, commitment: Digest
    ) throws(SteleError) -> GrantTerms {
        for case .label(.purpose(let code)) in statement.purposes where !PurposeOfUse.isKnown(code) {
            throw ConsentStatement.refused("Consent.provision.purpose", "is no purpose of use that requests can have")
        }
        // `disclose` of HL7 stands for both; passing on alone is nothing that is ever asked.
        let unasked = statement.actions.subtracting(Action.asked.map(\.name))
        guard
            unasked.isEmpty || statement.actions == Set(ConsentStatement.allActions)
                || unasked == [Action.delegate.name] && statement.actions.contains(Action.export.name)
        else {
            throw ConsentStatement.refused(
                "Consent.provision.action", "is about writing or passing on, for which nobody's consent is asked here")
        }
        let (notBefore, notAfter) = try Self.bounds(of: statement, now: time.now())
        func set(_ facts: [ConsentStatement.Fact], _ element: String) throws(SteleError) -> TokenSet {
            var tokens: [Token] = []
            for fact in facts {
                guard case .label(let label) = fact else {
                    throw ConsentStatement.refused("Consent.provision." + element, "is a token and no words")
                }
                tokens.append(key.token(for: label))
            }
            guard !tokens.isEmpty, let set = TokenSet(padding: tokens, random: random) else {
                throw ConsentStatement.refused("Consent.provision." + element, "names nothing, or more than sixteen")
            }
            return set
        }
        let obligations = Self.obligationCodes.filter { statement.obligations.contains($0.code) }
        return GrantTerms(
            kind: statement.isDeny ? .deny : .permit, grantees: try set(statement.grantees, "actor"),
            actions: Actions(Action.allCases.filter { statement.actions.contains($0.name) }),
            purposes: try set(statement.purposes, "purpose"), classes: try set(statement.classes, "class"),
            except: statement.except.isEmpty ? nil : try set(statement.except, "provision"), notBefore: notBefore,
            notAfter: notAfter, obligations: obligations.reduce(into: Obligations()) { $0.formUnion($1.flag) },
            termsCommitment: commitment, policyKeyVersion: key.version,
            isEvenInEmergency: statement.isEvenInEmergency)
    }

    /// The last instant that is a whole day: what an end that is not named becomes.
    static let endless = UnixSeconds(253_402_214_400)

    private static func bounds(
        of statement: ConsentStatement, now: Timestamp
    ) throws(SteleError) -> (UnixSeconds, UnixSeconds) {
        let now = Int64(now.seconds)
        let last = Int64(endless.seconds)
        func rounded(to unit: Int64) -> (start: Int64, end: Int64) {
            func down(_ value: Int64) -> Int64 { value / unit * unit }
            func up(_ value: Int64) -> Int64 { down(value + unit - 1) }
            let from = min(max(0, statement.start.map { ($0 + 999) / 1000 } ?? now), last)
            let until = min(max(0, statement.end.map { $0 / 1000 } ?? last), last)
            let start = from <= now || statement.isDeny ? down(from) : up(from)
            return (start, statement.isDeny ? up(until) : down(until))
        }
        var (start, end) = rounded(to: 60)
        if end - start > Int64(ConsentLimits.exactSecondsMax) { (start, end) = rounded(to: 86_400) }
        guard start < end, end > now else {
            throw ConsentStatement.refused(
                "Consent.provision.period", "is over, or too short: bounds are whole minutes, beyond 90 days whole days"
            )
        }
        return (UnixSeconds(UInt64(start)), UnixSeconds(UInt64(end)))
    }

    private static let obligationCodes: [(code: String, flag: Obligations)] = [
        ("NORDSCLCD", .noRedisclosure), ("NOPERSISTP", .noPersistence), ("NOREUSE", .noReuse),
        ("NORELINK", .noRelinking), ("NOINTEGRATE", .noIntegration), ("DELAU", .deleteAfterUse),
        ("DEID", .deidentify), ("PSEUD", .pseudonymise), ("HUAPRV", .humanApproval), ("PRIVMARK", .privacyMark),
    ]
}

extension Action {
    /// What a custodian asks consent for: see decision 34 about the others.
    public static let asked: [Action] = [.read, .search, .export]
}
