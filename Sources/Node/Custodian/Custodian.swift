// Node · a custodian at work: the vault keeps, the ledger decides and proves, nothing is released before its event.
internal import Contracts
public import Cryptography
internal import Leaks
internal import Ledger
public import Primitives
internal import Synchronization
public import Vault

extension ErrorCode {
    /// An asker without any permit for the patient they named.
    public static let accessRefused = ErrorCode("access.refused")
    /// A record that is hidden from the asker, or absent, or refused: nobody can tell which.
    public static let recordUnavailable = ErrorCode("record.unavailable")
    /// A patient who is no subject here.
    public static let subjectNotEnrolled = ErrorCode("subject.not_enrolled")
    /// A clock that disagrees with block time.
    public static let clockSkewed = ErrorCode("clock.skewed")
    /// A policy that kept changing while a release was prepared.
    public static let accessContended = ErrorCode("access.contended")
    /// A purpose of use that is no ActReason code.
    public static let purposeUnknown = ErrorCode("purpose.unknown")
    /// An actor who may not do what they asked for.
    public static let actorNotAllowed = ErrorCode("actor.not_allowed")
}

/// Vault and ledger of one custodian. Everything that reads or writes records goes through here.
public final class Custodian: Sendable {
    /// How many versions one transaction anchors: few enough that a proof with the whole call stays small.
    public static let anchoredCountMax = 16
    /// How long a transaction made here stays valid, in seconds.
    static let validitySeconds: UInt64 = 120
    /// How often a release is prepared anew when the policy changed meanwhile.
    static let attemptCountMax = 5
    /// How far block time may be from this machine's clock when records are released, in milliseconds.
    static let skewMsMax: UInt64 = 2000

    /// The ledger.
    public let ledger: LedgerNode
    /// The vault.
    public let vault: Vault
    /// The custodian's name on the network.
    public let organisation: String
    let keyInForce: Mutex<SigningKey>  // Changes only while nobody else is admitted.
    let nodeKeyKeeper: (any NodeKeyKeeper)?
    /// Signs the consent of the organisation's own compartment; nil while the node key is still the first one.
    let commonsKey: SigningKey?
    let emergencyKeys: EmergencyKeys?
    /// Where emergencies go while the ledger stands still.
    let journal: EmergencyJournal?
    let time: any TimeSource
    /// What ids, salts and padding are drawn from: what no rule takes for personal data.
    let random: any RandomSource
    /// What keys are drawn from, which nothing looks at.
    let keyRandom: any RandomSource
    let labelReader = LabelReader()
    /// Who asked for whose records, for questions across patients.
    let accessIndex = AccessIndex()
    /// The place in the ledger's log from which on accesses are this process's own.
    let firstOwnIndex: UInt64
    /// Held while records of a patient are written, by the patient's logical id: each version supersedes the one
    /// before, so they come one by one.
    let writing = KeyedLock<String>()
    /// Who is at work: everybody, or whoever replaces the keys alone. What serves requests enters it for each.
    package let admission = Admission()
    /// Answers that may hold records and are not out yet.
    let openReleases = OpenReleases()
    /// What erasures need.
    let terms: ErasureTerms

    /// A custodian whose node key is registered on the ledger.
    /// - Parameters:
    ///   - commonsKey: what ``commonsKey(of:)`` gave for the first node key; nil if the node key is still that one.
    ///   - nodeKeyKeeper: who replaces the node key; without one, it stays.
    ///   - emergencyKeys: what emergencies are opened and reviewed with; without them there are none.
    ///   - journal: where they are written down while the ledger stands still; without it there are none then.
    public init(
        ledger: LedgerNode, vault: Vault, nodeKey: SigningKey, commonsKey: SigningKey? = nil,
        nodeKeyKeeper: (any NodeKeyKeeper)? = nil, emergencyKeys: EmergencyKeys? = nil,
        journal: EmergencyJournal? = nil,
        organisation: String, time: any TimeSource, random: any RandomSource,
        erasure terms: ErasureTerms = ErasureTerms()
    ) {
        self.terms = terms
        self.ledger = ledger
        self.vault = vault
        keyInForce = Mutex(nodeKey)
        self.commonsKey = commonsKey
        self.nodeKeyKeeper = nodeKeyKeeper
        self.emergencyKeys = emergencyKeys
        self.journal = journal
        firstOwnIndex = ledger.head.header.logSize
        self.organisation = organisation
        self.time = time
        self.random = UnremarkableRandom(random)
        keyRandom = random
    }

    /// The key that signs for the organisation: records, accesses, registrations.
    var nodeKey: SigningKey { keyInForce.withLock { $0 } }

    /// Settles what a crash left between vault and ledger, and makes the organisation's own compartment. Once, before
    /// anything is served.
    ///
    /// What no engine can finish is removed at once, so that whoever was not answered can write again.
    public func start() async throws(SteleError) {
        try guardAgainstLeaks()
        try await settleNodeKey()
        _ = try await settle(at: earlierTransactionsEnd)
        try await resumeErasures()
        try await openCommons()
        try await registerOverrideKey()
        try await issueMissingRoles()
        try await endEpisodesLeftOpen()
    }

    /// Settles staged records by the ledger: shows those whose anchor committed, removes those whose anchor never will,
    /// and anchors anew what is missing of a group that has begun to commit.
    public func sweep() async throws(SteleError) -> Reconciliation {
        try await admission.shared { () async throws(SteleError) -> Reconciliation in
            try await settle(at: ledger.head.header.time)
        }
    }

    /// The time before which every transaction of this process that has not committed by now never will, if nobody is
    /// waiting for one.
    var earlierTransactionsEnd: Timestamp {
        ledger.mayFinishEarlierTransactions ? ledger.head.header.time : Timestamp(milliseconds: .max)
    }

    func settle(at now: Timestamp) async throws(SteleError) -> Reconciliation {
        let found = try reconcile(at: now)
        guard !found.renewals.isEmpty else { return found }
        for transaction in found.renewals { try await anchorAnew(transaction) }
        var settled = try reconcile(at: now)
        settled.confirmedCount += found.confirmedCount
        settled.discardedCount += found.discardedCount
        return settled
    }

    private func reconcile(at now: Timestamp) throws(SteleError) -> Reconciliation {
        try vault.reconcile(
            isCommitted: { (id) throws(SteleError) in try ledger.receipt(of: id)?.isApplied ?? false }, now: now)
    }

    /// A transaction of this custodian, signed by its node key or by `key`, and not yet submitted. What is kept for one
    /// is written before it is submitted, so there is none while the disk has no room for it.
    func transaction(_ call: some ContractCall, key: SigningKey? = nil) throws(SteleError) -> AdmittedTransaction {
        try ledger.disk?.checkSubmission()
        return try UnsignedTransactionMaker(chainID: ledger.chainID, time: time, random: random)
            .admitted(call, key: key ?? nodeKey)
    }

    /// Submits `call` and throws the contract's reason if it is refused for another one than `accepted`.
    @discardableResult
    func apply(
        _ call: some ContractCall, key: SigningKey? = nil, accepting accepted: Refusal? = nil
    ) async throws(SteleError) -> Receipt {
        let receipt = try await ledger.submit(transaction(call, key: key))
        if receipt.status != 0, receipt.status != accepted?.status { throw Self.refusal(receipt.status) }
        return receipt
    }

    static func refusal(_ status: UInt8) -> SteleError {
        Contract.refusal(status: status)?.asSteleError
            ?? SteleError(
                .signerNotAllowed, "a contract refused the call for reason \(status)",
                hint: "look the number up in docs/spec/contracts.md")
    }
}
