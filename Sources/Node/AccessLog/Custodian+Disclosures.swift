// Node · an account of what was disclosed of a patient, to whom, when and for what.
public import Contracts
public import Cryptography
public import Ledger
public import Primitives
public import Vault

/// One release of records. Source: 45 CFR 164.528(b)(2): date, name of who received it, description, purpose.
public struct Disclosure: Sendable {
    /// Why a disclosure need not be in the account that the law asks for. Source: 45 CFR 164.528(a)(1)(i) and (ii).
    public enum Exemption: String, Sendable, CaseIterable {
        /// To carry out treatment.
        case treatment
        /// To carry out payment.
        case payment
        /// To carry out health care operations.
        case operations
        /// To the individual themself.
        case individual
    }

    /// What opens a line to whoever holds it against the ledger: each shows one token to be that of one label, and no
    /// other. Nil where the ledger has no such token, which nobody can account for.
    public struct Openings: Hashable, Sendable {
        /// That of the recipient, of the organisation, and of each purpose in its order. A patient, who asks for no
        /// organisation, has that of the role of a patient in the place of one.
        public var recipient: Bytes32?
        public var organisation: Bytes32?
        public var purposes: [Bytes32?]

        /// Openings.
        public init(recipient: Bytes32?, organisation: Bytes32?, purposes: [Bytes32?]) {
            self.recipient = recipient
            self.organisation = organisation
            self.purposes = purposes
        }
    }

    /// The event in the patient's log, and the request that was kept with it.
    public let line: AccessLogLine
    public let request: KeptRequest
    /// Whether a person, a device or a system asked; nil if the directory knows them no more.
    public let recipientKind: RegisteredActor.Kind?
    /// For what, ActReason codes with what they are cases of.
    public let purposes: [String]
    /// What opens its tokens.
    public let openings: Openings

    /// The label of what an asker belongs to: an organisation, or nothing but the patients of `custodian`.
    public static func affiliation(_ organisation: String?, custodian: String) -> Label {
        organisation.map(Label.organisation) ?? .role(code: "patient", organisation: custodian)
    }

    /// Why what was released to an asker for `purposes` is exempt; nil if it must be in the account.
    /// - Parameter isIndividual: whether the patient asked for themself.
    public static func exemption(purposes: [String], isIndividual: Bool) -> Exemption? {
        let exemptions: [(String, Exemption)] = [
            ("PATRQT", .individual), ("TREAT", .treatment), ("HPAYMT", .payment), ("HOPERAT", .operations),
        ]
        // Several purposes are several reasons: it is exempt only if each of them is.
        let codes = Set(purposes).intersection(PurposeOfUse.parents.filter { $0.value == nil }.keys)
        let reasons = codes.map { code in exemptions.first { $0.0 == code }?.1 }
        let isExempt = !reasons.isEmpty && reasons.allSatisfy { $0 != nil && ($0 != .individual || isIndividual) }
        return isExempt ? reasons.compactMap { $0 }.min { $0.rawValue < $1.rawValue } : nil
    }
}

/// The events of a subject's log in one period, told apart by whether anything was released.
public struct DisclosurePeriod: Sendable {
    /// What was released, oldest first; exempt or not.
    public var disclosures: [Disclosure] = []
    /// The events under which nothing was.
    public var others: [AccessLogLine] = []
    /// The last event before the period and the first after it, as far as there are any: they show where it ends.
    public var neighbours: [AccessLogLine] = []
}

extension Custodian {
    /// The events of a subject's log in a period.
    ///
    /// - Parameter count: how many events of the log are looked at, from the first: those that a proof shows.
    /// - Complexity: a look at each of them.
    public func disclosures(
        of subject: SubjectID, from: UnixSeconds, to: UnixSeconds, among count: UInt64 = .max
    ) throws(SteleError) -> DisclosurePeriod {
        var period = DisclosurePeriod()
        var before: AccessLogLine?
        var kinds: [String: RegisteredActor.Kind?] = [:]
        let keys = try policyKeys(of: subject)
        var first: UInt64 = 1
        while first <= count {
            let limit = Int(min(Self.disclosurePageCount, count - first + 1))
            let lines = try accessLog(of: subject, from: first, limit: limit)
            for line in lines {
                let time = UnixSeconds(line.receipt.time)
                if time < from {
                    before = line
                } else if time >= to {
                    period.neighbours = [before, line].compactMap { $0 }
                    return period
                } else if let request = line.request, !request.records.isEmpty {
                    if kinds[request.askerDID] == nil {
                        kinds[request.askerDID] = .some(try vault.directory.actor(did: request.askerDID)?.kind)
                    }
                    period.disclosures.append(
                        Disclosure(
                            line, request, kind: kinds[request.askerDID] ?? nil, custodian: organisation, keys: keys))
                } else {
                    period.others.append(line)
                }
            }
            guard lines.count == limit else { break }
            first += UInt64(lines.count)
        }
        period.neighbours = [before].compactMap { $0 }
        return period
    }

    private static let disclosurePageCount: UInt64 = 1000

    /// The policy keys of a subject, the newest first: each access names its asker under the one in force then.
    private func policyKeys(of subject: SubjectID) throws(SteleError) -> [PolicyKey] {
        let registered = try vault.directory.subject(subject)
        var keys: [PolicyKey] = []
        for version in (1...registered.newestPolicyKey.version).reversed() {
            keys.append(try vault.directory.policyKey(version, of: registered))
        }
        return keys
    }

    /// A proof of every access event of a subject beside which the node can sign a statement, for it has the rows of
    /// the subject and of the node's key too; and how many events it shows.
    public func accountProof(
        of subject: SubjectID
    ) async throws(SteleError) -> (proof: ProofFile, eventCount: UInt64, key: SigningKey) {
        let key = nodeKey  // One key for row and signature, though it may be replaced meanwhile.
        let proof = try await ledger.accessLogProof(
            of: subject, rows: [StateKey.subject(subject), StateKey.networkKey(key.publicKey)])
        let row = proof.rows.first { $0.key == StateKey.accessChain(of: subject) }?.value
        let chain = row.flatMap { try? AccessChainRow(decoding: $0) }
        return (proof, chain?.count ?? 0, key)
    }

    /// Records that a patient looks at their own log. Whatever their grants say: the log is theirs.
    public func recordLook(at subject: SubjectID, by asker: Asker) async throws(SteleError) {
        _ = try await record(KeptRequest.ownLog, of: subject, by: asker)
    }

    /// Records that an officer takes an account of a patient's disclosures, to give it to whoever asked for it.
    /// Whatever the grants say: the custodian owes the account.
    /// - Returns: the patient's subject, and the event's transaction.
    /// - Throws: `actor.not_allowed` for anybody but an officer of this custodian, `subject.not_enrolled`.
    public func recordAccount(
        of patient: String, by asker: Asker
    ) async throws(SteleError) -> (subject: SubjectID, event: TransactionID) {
        guard asker.actor.isOfficer, asker.actor.organisation == organisation else {
            throw SteleError(
                .actorNotAllowed, "only the patient and officers of this custodian take an account of disclosures",
                hint: "use an access token of the patient, or of an officer and name the patient")
        }
        let subject = try vault.directory.subject(enrolled(patient)).id
        return (subject, try await record(KeptRequest.account, of: subject, by: asker.outsideEmergencies))
    }

    private func record(
        _ asked: String, of subject: SubjectID, by asker: Asker
    ) async throws(SteleError) -> TransactionID {
        let (receipt, _) = try await settled {
            (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: ()) in
            let inquiry = try decide(.read, by: asker, about: subject)
            return (try await record(inquiry, [], asked: asked, by: asker, retryOf: retryOf), ())
        }
        return receipt.transactionID
    }
}

extension KeptRequest {
    /// What a patient asks for who looks at their own log.
    static let ownLog = "read the access log"
    /// What an officer asks for who gives an account of a patient's disclosures.
    static let account = "account of disclosures"
}

extension Disclosure {
    init(
        _ line: AccessLogLine, _ request: KeptRequest, kind: RegisteredActor.Kind?, custodian: String,
        keys: [PolicyKey]
    ) {
        self.line = line
        self.request = request
        recipientKind = kind
        purposes = request.purposes.compactMap { $0.parts.last }.sorted()
        let facts = AccessFacts(of: line.body, result: line.receipt.result)
        func opening(_ label: Label, in set: TokenSet?) -> Bytes32? {
            guard let set else { return nil }
            return keys.lazy.map { $0.opening(of: label) }.first { opening in
                set.tokens.contains(PolicyKey.token(opening: opening, label: label))
            }
        }
        openings = Openings(
            recipient: opening(.actor(request.askerDID), in: facts?.asker),
            organisation: opening(
                Self.affiliation(request.organisation, custodian: custodian), in: facts?.asker),
            purposes: purposes.map { opening(.purpose($0), in: facts?.purposes) })
    }
}
