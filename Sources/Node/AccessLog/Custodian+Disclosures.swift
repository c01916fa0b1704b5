// Node · an account of what was disclosed of a patient, to whom, when and for what.
public import Contracts
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

    /// The event in the patient's log.
    public let line: AccessLogLine
    /// Who received it, as they were known then.
    public let recipientName: String
    public let recipientDID: String
    /// Whether a person, a device or a system asked; nil if the directory knows them no more.
    public let recipientKind: RegisteredActor.Kind?
    /// For which organisation; nil for the patient.
    public let organisation: String?
    /// For what, ActReason codes with what they are cases of.
    public let purposes: [String]
    /// Which versions of which records.
    public let records: [KeptRequest.Record]
    /// Why it is exempt; nil if it must be in the account.
    public let exemption: Exemption?
}

extension Custodian {
    /// Everything released of a subject's records in a period, oldest first; exempt or not, which each one says.
    ///
    /// - Complexity: a look at each event of the subject's log.
    public func disclosures(
        of subject: SubjectID, from: UnixSeconds, to: UnixSeconds
    ) throws(SteleError) -> [Disclosure] {
        var found: [Disclosure] = []
        var kinds: [String: RegisteredActor.Kind?] = [:]
        var first: UInt64 = 1
        while true {
            let lines = try accessLog(of: subject, from: first, limit: Self.disclosurePageCount)
            for line in lines {
                let time = UnixSeconds(line.receipt.time)
                guard time >= from, time < to, let request = line.request, !request.records.isEmpty else { continue }
                if kinds[request.askerDID] == nil {
                    kinds[request.askerDID] = .some(try vault.directory.actor(did: request.askerDID)?.kind)
                }
                found.append(Disclosure(line, request, kind: kinds[request.askerDID] ?? nil))
            }
            guard lines.count == Self.disclosurePageCount else { return found }
            first += UInt64(lines.count)
        }
    }

    private static let disclosurePageCount = 1000

    /// Records that a patient looks at their own log. Whatever their grants say: the log is theirs.
    public func recordLook(at subject: SubjectID, by asker: Asker) async throws(SteleError) {
        _ = try await settled { (retryOf) async throws(SteleError) -> (event: RecordedEvent, value: ()) in
            let inquiry = try decide(.read, by: asker, about: subject)
            return (try await record(inquiry, [], asked: KeptRequest.ownLog, by: asker, retryOf: retryOf), ())
        }
    }
}

extension KeptRequest {
    /// What a patient asks for who looks at their own log.
    static let ownLog = "read the access log"
}

extension Disclosure {
    init(_ line: AccessLogLine, _ request: KeptRequest, kind: RegisteredActor.Kind?) {
        self.line = line
        recipientName = request.askerDisplayName
        recipientDID = request.askerDID
        recipientKind = kind
        organisation = request.organisation
        purposes = request.purposes.compactMap { $0.parts.last }.sorted()
        records = request.records
        let exemptions: [(String, Exemption)] = [
            ("PATRQT", .individual), ("TREAT", .treatment), ("HPAYMT", .payment), ("HOPERAT", .operations),
        ]
        let isIndividual = request.organisation == nil
        let given = Set(purposes)
        // Several purposes are several reasons: it is exempt only if each of them is.
        let codes = given.intersection(PurposeOfUse.parents.filter { $0.value == nil }.keys)
        let reasons = codes.map { code in exemptions.first { $0.0 == code }?.1 }
        let isExempt = !reasons.isEmpty && reasons.allSatisfy { $0 != nil && ($0 != .individual || isIndividual) }
        exemption = isExempt ? reasons.compactMap { $0 }.min { $0.rawValue < $1.rawValue } : nil
    }
}
