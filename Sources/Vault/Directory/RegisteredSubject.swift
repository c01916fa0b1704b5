// Vault · what the custodian knows of a subject.
public import Cryptography
public import Primitives

/// A patient at this custodian, as the directory keeps them.
public struct RegisteredSubject: Sendable, Equatable {
    /// The random id by which the ledger knows the patient here.
    public let id: SubjectID
    /// The logical id of the patient's `Patient` resource.
    public let patient: String
    /// The name shown to officers and in receipts for people.
    public var displayName: String
    /// The date of birth as FHIR writes it, if it is known.
    public var birthDate: String?
    /// The public key that signs the patient's consents.
    public var consentKey: PublicKey
    /// The organisation that treats the patient, by its name on the network.
    public var organisation: String
    /// Whether the subject's registration on the ledger is known to have committed.
    public var isOnLedger: Bool
    /// The subject's profiles; each at the index that is its number.
    public internal(set) var profiles: [RecordProfile]
    /// What keeps the subject from being erased, if anything does.
    public var hold: LegalHold?
    /// Whether the subject is being erased: nothing is done about it any more but that.
    public internal(set) var isShredding = false
    /// The newest secret under which labels become tokens, after the one before it, if there was one. Which is in force
    /// the ledger says: the next one is made here before the ledger moves on to it.
    public internal(set) var policyKeys: [PolicyKey]
    /// The consent key whose holder was told the newest policy key before it was in force; nil at enrolment.
    public internal(set) var preparedFor: PublicKey?

    /// The newest policy key, in force or about to be.
    public var newestPolicyKey: PolicyKey { policyKeys[policyKeys.count - 1] }

    /// The profile that `labels` make, or nil.
    public func profile(for labels: Set<Label>) -> RecordProfile? { profiles.first { $0.labels == labels } }
}

/// What is known of a patient who becomes a subject.
public struct SubjectDraft: Sendable {
    /// The logical id of the patient's `Patient` resource.
    public var patient: String
    /// The name shown to officers and in receipts for people.
    public var displayName: String
    /// The date of birth as FHIR writes it, if it is known.
    public var birthDate: String?
    /// The public key that signs the patient's consents.
    public var consentKey: PublicKey
    /// The organisation that treats the patient, by its name on the network.
    public var organisation: String

    /// The patient called `patient` in FHIR.
    public init(
        patient: String, displayName: String, birthDate: String? = nil, consentKey: PublicKey, organisation: String
    ) {
        self.patient = patient
        self.displayName = displayName
        self.birthDate = birthDate
        self.consentKey = consentKey
        self.organisation = organisation
    }
}

// MARK: - Encoding
extension RegisteredSubject {
    static let fieldCounts = 12...12

    /// `[id, patient, name, birth date | null, consent key, organisation, on ledger, [[[label text …] …], on ledger]
    /// …], newest policy key version, hold | null, shredding, prepared for | null]`; labels in the order of their
    /// encodings. The policy keys themselves are in the key store.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 512)
        writer.write(arrayCount: Self.fieldCounts.lowerBound)
        writer.write(id)
        writer.write(text: patient)
        writer.write(text: displayName)
        writer.write(text: birthDate)
        writer.write(consentKey)
        writer.write(text: organisation)
        writer.write(isOnLedger)
        writer.write(arrayCount: profiles.count)
        for profile in profiles {
            writer.write(arrayCount: 2)
            writer.write(labels: profile.labels)
            writer.write(profile.isOnLedger)
        }
        writer.write(UInt64(newestPolicyKey.version))
        if let hold { hold.encode(into: &writer) } else { writer.writeNull() }
        writer.write(isShredding)
        if let preparedFor { writer.write(preparedFor) } else { writer.writeNull() }
        return writer.bytes
    }

    /// The subject encoded in `bytes`; `policyKey` finds the policy key of a subject by its version.
    init(
        _ bytes: [UInt8], policyKey: (SubjectID, UInt32) throws(SteleError) -> PolicyKey
    ) throws(SteleError) {
        var reader = CBORReader(bytes)
        let version: UInt32
        do {
            _ = try reader.readArrayCount(Self.fieldCounts)
            id = try reader.readBytes32()
            patient = try reader.readText()
            displayName = try reader.readText()
            birthDate = try reader.readOptionalText()
            consentKey = try reader.readBytes32()
            organisation = try reader.readText()
            isOnLedger = try reader.readBool()
            profiles = []
            for number in 0..<(try reader.readArrayCount(0...RecordProfile.countMax)) {
                _ = try reader.readArrayCount(2...2)
                let labels = Set(try reader.readLabels())
                profiles.append(
                    RecordProfile(number: UInt8(number), labels: labels, isOnLedger: try reader.readBool()))
            }
            version = UInt32(try reader.readUInt(max: UInt64(UInt32.max)))
            hold = reader.readNullIfPresent() ? nil : try LegalHold(from: &reader)
            isShredding = try reader.readBool()
            preparedFor = reader.readNullIfPresent() ? nil : try reader.readBytes32()
            try reader.finish()
        } catch {
            throw .damaged("subject", cause: error.reason.rawValue)
        }
        policyKeys = []
        for version in (max(2, version) - 1)...max(1, version) { policyKeys.append(try policyKey(id, version)) }
    }
}
