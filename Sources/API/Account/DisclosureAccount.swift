// API · an account of disclosures: what it says, what opens each line, and its text.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// An account of a patient's disclosures in one period. A pure function of what it holds.
///
/// Each line names the transaction that authorised the release and carries what opens it, so that whoever has the proof
/// that goes with the account can hold the line against the ledger. Source: `docs/spec/proofs.md` §6.
package struct DisclosureAccount: Hashable, Sendable {
    /// One release of records.
    struct Line: Hashable, Sendable {
        var number: UInt64
        var time: UnixSeconds
        var transaction: TransactionID
        var name: String
        var did: String
        var kind: String?
        var organisation: String?
        var purposes: [String]
        /// `Type/id/_history/version`, and in the same order their ids on the ledger.
        var records: [String]
        var recordIDs: [Bytes32]
        var grants: [Digest]
        var emergency: TransactionID?
        var exemption: Disclosure.Exemption?
        var unordered: UnixSeconds?
        var manifestSalt: Bytes32
        var openings: Disclosure.Openings
        /// What the recipient signed when they asked for a token, and the salt of its commitment.
        var assertion: String
        var assertionSalt: Bytes32
    }

    /// An access under which nothing was released, which its manifest shows.
    struct Other: Hashable, Sendable {
        var number: UInt64
        var transaction: TransactionID
        var manifestSalt: Bytes32
    }

    /// An access outside the period, next to it.
    struct Neighbour: Hashable, Sendable {
        var number: UInt64
        var time: UnixSeconds
    }

    var patient: String
    var custodian: String
    var subject: SubjectID
    var from: UnixSeconds
    var to: UnixSeconds
    var made: UnixSeconds
    var lines: [Line]
    var others: [Other]
    var neighbours: [Neighbour]

    /// The account of a period.
    init(
        of patient: String, _ subject: SubjectID, at custodian: String, from: UnixSeconds, to: UnixSeconds,
        made: UnixSeconds, _ period: DisclosurePeriod
    ) {
        self.patient = patient
        self.custodian = custodian
        self.subject = subject
        self.from = from
        self.to = to
        self.made = made
        lines = period.disclosures.map(Line.init)
        // A line that nothing was kept of is left out, and a check says so.
        others = period.others.compactMap { line in
            line.request.map {
                Other(
                    number: line.number, transaction: line.receipt.transactionID, manifestSalt: $0.manifestSalt)
            }
        }
        neighbours = period.neighbours.map { Neighbour(number: $0.number, time: UnixSeconds($0.receipt.time)) }
    }
}

extension DisclosureAccount.Line {
    init(_ disclosure: Disclosure) {
        let (line, request) = (disclosure.line, disclosure.request)
        number = line.number
        time = UnixSeconds(line.receipt.time)
        transaction = line.receipt.transactionID
        name = request.askerDisplayName
        did = request.askerDID
        kind = disclosure.recipientKind?.name
        organisation = request.organisation
        purposes = disclosure.purposes
        records = request.records.map { "\($0.resource)/_history/\($0.version)" }
        recordIDs = request.records.map(\.recordID)
        grants = line.grants
        emergency = line.emergency?.transaction
        exemption = Disclosure.exemption(purposes: purposes, isIndividual: organisation == nil)
        unordered = line.claimed
        manifestSalt = request.manifestSalt
        openings = disclosure.openings
        assertion = String(decoding: request.askerSignature, as: UTF8.self)
        assertionSalt = request.askerCommitmentSalt
    }
}

// MARK: - As JSON
extension DisclosureAccount {
    /// The account in one spelling: what is hashed, signed and read again.
    var json: JSONValue {
        [
            "patient": .string(patient), "custodian": .string(custodian), "subject": .string(subject.hex),
            "from": .string(from.text), "to": .string(to.text), "made": .string(made.text),
            "count": .number(String(lines.count)), "disclosures": .array(lines.map(\.json)),
            "nothing_released": .array(
                others.map {
                    [
                        "number": .number(String($0.number)), "transaction": .string($0.transaction.hex),
                        "manifest_salt": .string($0.manifestSalt.hex),
                    ]
                }),
            "neighbours": .array(
                neighbours.map { ["number": .number(String($0.number)), "time": .string($0.time.text)] }),
        ]
    }

    /// The account with the proof that shows it: `{"account": …, "proof": …}`, the proof in base64, its statement
    /// signed with `key`.
    func file(_ proof: ProofFile, network: String, key: SigningKey) -> [UInt8] {
        let account = json.serialized()
        let statement = AccountStatement(
            network: network, custodian: custodian, subject: subject, account: SHA256.hash(account))
        var proof = proof
        proof.statement = NoteSigner(name: network, key: key).sign(Array(statement.text.utf8)).encoded
        var bytes = Array("{\"account\":".utf8)
        bytes += account
        bytes += Array(",\"proof\":\"".utf8)
        bytes += Array(Base64.encode(proof.encoded).utf8)
        bytes += Array("\"}\n".utf8)
        return bytes
    }
}

extension DisclosureAccount.Line {
    var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "number": .number(String(number)), "time": .string(time.text), "transaction": .string(transaction.hex),
            "recipient": [
                "name": .string(name), "id": .string(did), "kind": text(kind), "organisation": text(organisation),
            ],
            "purposes": .array(purposes.map { .string($0) }), "records": .array(records.map { .string($0) }),
            "grants": .array(grants.map { .string($0.hex) }), "emergency": text(emergency?.hex),
            "must_be_accounted": .bool(exemption == nil), "exemption": text(exemption?.rawValue),
            "unordered": text(unordered?.text),
            "opening": [
                "records": .array(recordIDs.map { .string($0.hex) }), "manifest_salt": .string(manifestSalt.hex),
                "recipient": text(openings.recipient?.hex), "organisation": text(openings.organisation?.hex),
                "purposes": .array(openings.purposes.map { text($0?.hex) }), "assertion": .string(assertion),
                "assertion_salt": .string(assertionSalt.hex),
            ],
        ]
    }
}
