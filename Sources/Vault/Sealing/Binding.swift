// Vault · what sealed bytes say about their place, without its being written there.
internal import Primitives

/// Associated data: `"stele/v1/vault/" ‖ kind ‖ 0x00 ‖ fields`. Bytes sealed with one binding open with no other, so
/// that rows cannot be swapped between subjects, records, versions or families.
///
/// The fields of each kind have fixed lengths, but for a last one. Source: `docs/spec/vault.md` §4.
struct Binding {
    /// What is sealed. Each kind has its own fields, in the order given here.
    enum Kind: String {
        /// A patient's key: epoch u32, subject.
        case patientKey = "patient-key"
        /// A category's key: subject, key version u32, category.
        case categoryKey = "category-key"
        /// A policy key: subject, version u32.
        case policyKey = "policy-key"
        /// The seed of an unclaimed consent key: subject.
        case consentSeed = "consent-seed"
        /// A record's key: subject, record, version u32, key version u32, category.
        case recordKey = "record-key"
        /// A record's content: as for its key.
        case content
        /// A compartment's base: subject, next sequence u64.
        case base
        /// A compartment's delta: subject, sequence u64.
        case delta
        /// A kept request: subject, transaction.
        case request
        /// A request written down in the journal: subject, number u64.
        case journal
        /// The words of an act of consent: subject, transaction.
        case consent
        /// What other ledgers showed of a record: subject, record.
        case origin
        /// The key of an assisted delegate: subject.
        case delegateKey = "delegate-key"
        /// The episodes that end with an encounter: subject.
        case episodes
        /// A row of the directory: epoch u32, row key.
        case directory
        /// A row of what is pending: epoch u32, row key.
        case pending
    }

    private(set) var bytes: [UInt8]

    init(_ kind: Kind) {
        bytes = []
        bytes.reserveCapacity(160)
        bytes.append(contentsOf: "stele/v1/vault/".utf8)
        bytes.append(contentsOf: kind.rawValue.utf8)
        bytes.append(0)
    }

    mutating func append(_ id: Bytes32) { bytes.append(id) }
    mutating func append(_ number: UInt32) { bytes.append(bigEndian: number) }
    mutating func append(_ number: UInt64) { bytes.append(bigEndian: number) }
    mutating func append(_ rest: some Sequence<UInt8>) { bytes.append(contentsOf: rest) }
}

// MARK: - Each kind's fields
extension Binding {
    static func patientKey(epoch: UInt32, _ subject: SubjectID) -> [UInt8] {
        var binding = Binding(.patientKey)
        binding.append(epoch)
        binding.append(subject)
        return binding.bytes
    }

    static func categoryKey(_ subject: SubjectID, version: UInt32, _ category: KeyCategory) -> [UInt8] {
        var binding = Binding(.categoryKey)
        binding.append(subject)
        binding.append(version)
        binding.append(category.name.utf8)
        return binding.bytes
    }

    static func consentSeed(_ subject: SubjectID) -> [UInt8] {
        var binding = Binding(.consentSeed)
        binding.append(subject)
        return binding.bytes
    }

    static func policyKey(_ subject: SubjectID, version: UInt32) -> [UInt8] {
        var binding = Binding(.policyKey)
        binding.append(subject)
        binding.append(version)
        return binding.bytes
    }

    static func base(_ subject: SubjectID, next: UInt64) -> [UInt8] {
        var binding = Binding(.base)
        binding.append(subject)
        binding.append(next)
        return binding.bytes
    }

    static func delta(_ subject: SubjectID, sequence: UInt64) -> [UInt8] {
        var binding = Binding(.delta)
        binding.append(subject)
        binding.append(sequence)
        return binding.bytes
    }

    static func request(_ subject: SubjectID, _ transaction: TransactionID) -> [UInt8] {
        var binding = Binding(.request)
        binding.append(subject)
        binding.append(transaction)
        return binding.bytes
    }

    static func journal(_ subject: SubjectID, number: UInt64) -> [UInt8] {
        var binding = Binding(.journal)
        binding.append(subject)
        binding.append(number)
        return binding.bytes
    }

    static func consent(_ subject: SubjectID, _ transaction: TransactionID) -> [UInt8] {
        var binding = Binding(.consent)
        binding.append(subject)
        binding.append(transaction)
        return binding.bytes
    }

    static func origin(_ subject: SubjectID, _ record: Bytes32) -> [UInt8] {
        var binding = Binding(.origin)
        binding.append(subject)
        binding.append(record)
        return binding.bytes
    }

    static func delegateKey(_ subject: SubjectID) -> [UInt8] {
        var binding = Binding(.delegateKey)
        binding.append(subject)
        return binding.bytes
    }

    static func episodes(_ subject: SubjectID) -> [UInt8] {
        var binding = Binding(.episodes)
        binding.append(subject)
        return binding.bytes
    }

    /// For the rows sealed under the root, `kind` being `directory` or `pending`.
    static func row(_ kind: Kind, epoch: UInt32, key: [UInt8]) -> [UInt8] {
        var binding = Binding(kind)
        binding.append(epoch)
        binding.append(key)
        return binding.bytes
    }
}

/// Which version of which record sealed bytes belong to, and under which key.
struct RecordBinding {
    let subject: SubjectID
    let record: Bytes32
    let version: UInt32
    let keyVersion: UInt32
    let category: KeyCategory

    func bytes(_ kind: Binding.Kind) -> [UInt8] {
        var binding = Binding(kind)
        binding.append(subject)
        binding.append(record)
        binding.append(version)
        binding.append(keyVersion)
        binding.append(category.name.utf8)
        return binding.bytes
    }
}
