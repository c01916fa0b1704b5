// SteleCommand · what a patient keeps: one file, and the list of everything that is theirs.
public import Cryptography
public import Primitives

extension ErrorCode {
    /// A wallet file that cannot be read, or is no wallet.
    public static let walletMalformed = ErrorCode("wallet.malformed")
    /// A wallet that holds no subject of the network asked for.
    public static let walletNoSubject = ErrorCode("wallet.no_subject")
    /// A wallet file that is there already.
    public static let walletExists = ErrorCode("wallet.exists")
}

/// A patient's wallet: the keys with which they decide, and the list of their subjects.
///
/// The same patient is a different subject at every custodian, and nothing on a ledger links them: this file is the one
/// place that knows they are the same person. Whoever reads it can decide in the patient's name and open every label of
/// theirs on the ledger, so it is written with mode 0600 and read only with that mode.
public struct Wallet: Sendable, Equatable {
    /// The patient at one custodian.
    public struct Subject: Sendable, Equatable {
        /// The network.
        public var chainID: Digest
        /// The custodian's node.
        public var url: String
        /// The subject's id on the ledger.
        public var id: SubjectID
        /// The seed of the key that signs `consent.*` for this subject and for no other.
        public var consentSeed: SecretBytes
        /// The key under which the subject's labels are tokens.
        public var policyKey: PolicyKey
        /// The patient's reference at the custodian, such as `Patient/p1`.
        public var patient: String

        /// A subject.
        public init(
            chainID: Digest, url: String, id: SubjectID, consentSeed: SecretBytes, policyKey: PolicyKey,
            patient: String
        ) {
            self.chainID = chainID
            self.url = url
            self.id = id
            self.consentSeed = consentSeed
            self.policyKey = policyKey
            self.patient = patient
        }

        /// The key that signs `consent.*` for this subject.
        /// - Throws: `key.malformed` unless the seed has 32 bytes.
        public func consentKey() throws(SteleError) -> SigningKey { try SigningKey(seed: consentSeed) }

        /// Whether `other` is the same subject, whatever its keys are.
        func isSame(as other: Subject) -> Bool { id == other.id && chainID == other.chainID }
    }

    /// Most subjects of one wallet.
    public static let subjectCountMax = 256

    /// The patient's decentralised identifier, never on a ledger.
    public var did: String
    /// The patient's subjects, oldest first; no two have the same network and id.
    public private(set) var subjects: [Subject] = []

    /// A wallet without subjects.
    public init(did: String) { self.did = did }

    /// Adds a subject, or replaces the one with its network and id, as when its policy key was renewed.
    /// - Throws: `wallet.malformed` when the wallet is full.
    public mutating func put(_ subject: Subject) throws(SteleError) {
        if let index = subjects.firstIndex(where: { $0.isSame(as: subject) }) {
            subjects[index] = subject
        } else {
            guard subjects.count < Self.subjectCountMax else {
                throw SteleError(
                    .walletMalformed, "a wallet holds at most \(Self.subjectCountMax) subjects",
                    hint: "keep further subjects in a second wallet")
            }
            subjects.append(subject)
        }
    }

    /// The newest subject on the network `chainID`.
    /// - Throws: `wallet.no_subject` when there is none.
    public func subject(on chainID: Digest) throws(SteleError) -> Subject {
        guard let subject = subjects.last(where: { $0.chainID == chainID }) else {
            throw SteleError(
                .walletNoSubject, "the wallet holds no subject of this network",
                hint: "give the wallet that was made at this custodian, or enrol the patient there")
        }
        return subject
    }
}
