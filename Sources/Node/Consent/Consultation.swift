// Node · what is worked out for an asker, such as a grant told as a Consent: decided and recorded like any record.
public import Contracts
public import Primitives
public import Vault

/// Something that can be told of a subject without being a record of theirs.
public struct Computed<Value: Sendable>: Sendable {
    /// Its name under FHIR.
    public var name: ResourceName
    /// The id of the act it tells of: what stands for it in the manifest.
    public var id: Bytes32
    /// The labels by which grants speak about it.
    public var labels: Set<Label>
    /// What is told.
    public var value: Value

    /// Something to be told.
    public init(name: ResourceName, id: Bytes32, labels: Set<Label>, value: Value) {
        self.name = name
        self.id = id
        self.labels = labels
        self.value = value
    }
}

/// What an asker is told.
public enum Consultation<Value: Sendable>: Sendable {
    /// These, of `total` permitted ones, under this event.
    case told([Value], total: Int, Receipt, obligations: [String])
    /// Hidden, absent or refused: the asker cannot tell which.
    case unavailable(TransactionID)
    /// The asker has no permit at all for the patient they named.
    case refused(TransactionID)
}

/// What is asked of the things that can be worked out.
public struct ConsultationQuestion: Sendable {
    /// The patient's logical id.
    public var patient: String
    /// To do what.
    public var action: Action
    /// What is asked for, in coded words, for the patient's log.
    public var asked: String
    /// How many to leave out, and how many to tell at most.
    public var offset: Int
    public var count: Int

    /// A question.
    public init(patient: String, action: Action, asked: String, offset: Int = 0, count: Int = 1) {
        self.patient = patient
        self.action = action
        self.asked = asked
        self.offset = offset
        self.count = count
    }
}

extension Custodian {
    /// Tells an asker what `candidates` gives for the patient, as far as the patient's grants permit: each thing has
    /// labels, and the profile of exactly these labels is decided like that of a record.
    ///
    /// The way is that of ``read(_:by:)``: decided, kept for the patient, decided again by the contract, and only then
    /// told. A refusal is an event like any other. Labels that no record carries yet get a profile first.
    public func consult<Value: Sendable>(
        _ question: ConsultationQuestion, by asker: Asker,
        about candidates: @Sendable (SubjectID) throws(SteleError) -> [Computed<Value>]
    ) async throws(SteleError) -> Consultation<Value> {
        let named = try vault.directory.subject(patient: question.patient)
        let isOwn = asker.patient == nil || asker.patient == question.patient
        var subject = try commons()
        var all: [Computed<Value>] = []
        let isKnown = named?.isOnLedger == true && isOwn
        if let named, isKnown {
            all = try candidates(named.id)
            try await registerProfiles(Set(all.map(\.labels)), of: named.id)
            subject = try vault.directory.subject(named.id)
        }
        let (receipt, told) = try await settled { (retryOf) async throws(SteleError) in
            let inquiry = try decide(question.action, by: asker, about: subject.id)
            let permitted = all.filter { item in
                subject.profile(for: item.labels).map { inquiry.permitted >> UInt64($0.number) & 1 == 1 } ?? false
            }
            let told = Array(permitted.dropFirst(question.offset).prefix(question.count))
            var withheld = ""
            if question.action != .search, told.isEmpty { withheld = all.isEmpty ? "absent" : "no grant permits it" }
            let event = try await record(
                inquiry, released: told.map { KeptRequest.Record(computed: $0.name, of: $0.id) }, asked: question.asked,
                withheld: withheld, by: asker, retryOf: retryOf)
            return (event, Told(values: told.map(\.value), total: permitted.count, hasPermit: inquiry.hasPermit))
        }
        guard told.hasPermit, isKnown else { return .refused(receipt.transactionID) }
        guard question.action == .search || !told.values.isEmpty else { return .unavailable(receipt.transactionID) }
        return .told(told.values, total: told.total, receipt, obligations: try obligations(of: [receipt]))
    }
}

/// What a decision lets be told.
private struct Told<Value> {
    let values: [Value]
    let total: Int
    let hasPermit: Bool
}
