// Vault · one patient's key, its three children, and what they name.
internal import Cryptography
internal import Primitives

/// The keys derived from a patient's key. Source: `docs/spec/vault.md` §3.
struct PatientKeys: Sendable {
    let subject: SubjectID
    /// Wraps category keys and policy keys.
    let wrapping: SecretBytes
    /// Seals the compartment's index and the kept requests.
    let sealing: SecretBytes
    /// Names rows and blobs.
    let naming: SecretBytes
    /// The first 16 bytes of every row of this patient, in every family: rows of one patient lie together and can be
    /// removed together, and nobody without the key can tell whose they are.
    let rowPrefix: [UInt8]

    init(_ key: SecretBytes, of subject: SubjectID) {
        func child(_ use: String) -> SecretBytes {
            HKDF.sha256.derive(from: key, info: "stele/v1/vault/patient/\(use)")
        }
        self.subject = subject
        wrapping = child("wrap")
        sealing = child("seal")
        naming = child("name")
        rowPrefix = Array(Self.code("rows", subject.bytes, naming).bytes.prefix(16))
    }

    /// The row of a record's sealed content.
    func recordRow(_ record: Bytes32) -> [UInt8] { row("record", record.bytes) }
    /// The row of the request kept for `transaction`.
    func requestRow(_ transaction: TransactionID) -> [UInt8] { row("request", transaction.bytes) }
    /// The row of the words of the act of consent that `transaction` is.
    func consentRow(_ transaction: TransactionID) -> [UInt8] { row("consent", transaction.bytes) }
    /// The row of what other ledgers showed of a record.
    func originRow(_ record: Bytes32) -> [UInt8] { row("origin", record.bytes) }
    /// The row of the key that writes down what the patient says.
    var assistedKeyRow: [UInt8] { row("delegate", Array("assisted".utf8)) }
    /// The row of the episodes that end with an encounter.
    var episodesRow: [UInt8] { row("episodes", []) }
    /// What the rows of a category's keys begin with, after the family's tag.
    func categoryRow(_ category: KeyCategory) -> [UInt8] { row("category", Array(category.name.utf8)) }
    /// The name of the file of a large record.
    func blob(_ record: Bytes32) -> Bytes32 { Self.code("blob", record.bytes, naming) }

    private func row(_ kind: String, _ id: [UInt8]) -> [UInt8] {
        rowPrefix + Self.code(kind, id, naming).bytes.prefix(16)
    }

    private static func code(_ kind: String, _ id: [UInt8], _ key: SecretBytes) -> Bytes32 {
        HMACSHA256.code(of: Array(kind.utf8) + [0] + id, key: key)
    }
}
