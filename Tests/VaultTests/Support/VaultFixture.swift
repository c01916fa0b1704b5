// Tests · a vault in memory with one subject, and a ledger that is a set.
import Cryptography
import Primitives
import Synchronization
import Vault

/// The transactions that committed.
final class SetLedger: Sendable {
    private let committed = Mutex<Set<TransactionID>>([])

    func commit(_ transaction: TransactionID) { committed.withLock { _ = $0.insert(transaction) } }
    func isCommitted(_ transaction: TransactionID) -> Bool { committed.withLock { $0.contains(transaction) } }
    var transactions: Set<TransactionID> { committed.withLock { $0 } }
}

/// What tests write.
enum Sample {
    static let labels: Set<Label> = [.all, .type("Observation"), .category("laboratory")]
    static let secretLabels: Set<Label> = [.all, .type("Observation"), .category("notes"), .sensitivity("PSY")]
    static let time = Timestamp(seconds: 1_750_000_000)

    static func subject(_ patient: String = "p1") -> SubjectDraft {
        SubjectDraft(
            patient: patient, displayName: "Ada Example", birthDate: "1970-01-31", consentKey: Bytes32(hex: "0a" * 32)!,
            organisation: "st-mary")
    }

    static func draft(
        _ id: String, _ text: String = "content", labels: Set<Label> = labels, expecting: UInt32? = nil
    ) -> RecordDraft {
        RecordDraft(
            ResourceName(type: "Observation", id: id), content: Array(text.utf8), labels: labels, lastUpdated: time,
            expectedVersion: expecting)
    }

    static func draft(_ id: String, bytes: [UInt8], labels: Set<Label> = labels) -> RecordDraft {
        RecordDraft(ResourceName(type: "Observation", id: id), content: bytes, labels: labels, lastUpdated: time)
    }

    static func name(_ id: String) -> ResourceName { ResourceName(type: "Observation", id: id) }

    static func request(_ entries: [CompartmentEntry], display: String = "Dr Example") -> KeptRequest {
        KeptRequest(
            askerDID: "did:web:example.org:ada", askerDisplayName: display,
            askerLabels: [.actor("did:web:example.org:ada"), .organisation("st-mary")], purposes: [.purpose("TREAT")],
            action: "read", asked: "search Observation", withheld: "no consent",
            records: entries.map(KeptRequest.Record.init), askerSignature: [1, 2, 3],
            askerCommitmentSalt: Bytes32(hex: "0b" * 32)!, manifestSalt: Bytes32(hex: "0c" * 32)!)
    }

    static func actor(_ id: String, did: String? = nil, clientID: String? = nil) -> RegisteredActor {
        RegisteredActor(
            id: id, did: did ?? "did:web:example.org:\(id)", kind: .person, displayName: "Dr \(id)",
            organisation: "st-mary", roles: ["surgeon"], clientID: clientID,
            clientKey: .ec(.p256, x: [UInt8](repeating: 1, count: 32), y: [UInt8](repeating: 2, count: 32)),
            ledgerID: Bytes32(hex: "01" * 32)!, didSalt: Bytes32(hex: "02" * 32)!, keySalt: Bytes32(hex: "03" * 32)!)
    }
}

extension Vault {
    /// A subject whose profiles for both label sets of ``Sample`` are on the ledger.
    func subject(_ patient: String = "p1") async throws(SteleError) -> RegisteredSubject {
        let subject: RegisteredSubject
        if let known = try directory.subject(patient: patient) {
            subject = known
        } else {
            subject = try await directory.registerSubject(Sample.subject(patient))
        }
        let profiles = try await directory.proposeProfiles(for: [Sample.labels, Sample.secretLabels], of: subject.id)
        try await directory.confirmProfiles(profiles.map(\.number), of: subject.id)
        return try directory.subject(subject.id)
    }

    /// Stages drafts under a random transaction.
    func stage(
        _ drafts: [RecordDraft], _ subject: SubjectID, validUntil: UInt64 = 100
    ) async throws(SteleError) -> TransactionID {
        let id = SystemRandom().bytes32()
        return try await stage(drafts, for: subject) { (_) throws(SteleError) in
            StagedTransaction(id, validUntil: validUntil)
        }.transaction.id
    }

    /// Stages drafts and confirms them at once.
    func write(_ drafts: [RecordDraft], _ subject: SubjectID) async throws(SteleError) {
        try confirm(await stage(drafts, subject))
    }

    /// The text of the newest version of an Observation.
    func text(_ id: String, _ subject: SubjectID) throws(SteleError) -> String? {
        guard let entry = try compartment(of: subject).current(Sample.name(id)) else { return nil }
        return String(decoding: try open(entry, of: subject), as: UTF8.self)
    }

    /// Settles everything pending by `ledger`, with nothing left to wait for.
    @discardableResult
    func reconcile(_ ledger: SetLedger, now: UInt64 = 1000) throws(SteleError) -> Reconciliation {
        try reconcile(
            isCommitted: { (transaction) throws(SteleError) in ledger.isCommitted(transaction) },
            now: Timestamp(seconds: now))
    }
}

/// The code that `body` fails with, or nil if it does not.
func code(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? SteleError)?.code.name ?? "\(error)"
    }
}

func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
