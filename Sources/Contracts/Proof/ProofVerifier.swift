// Contracts · what a proof file says, once its paths hold: records, the grants that allowed them, the accesses made.
public import Ledger
public import Primitives

/// One thing that a proof file shows.
public enum ProofStatement: Hashable, Sendable {
    /// The bytes of a record are those anchored.
    case record(record: Bytes32, subject: SubjectID, byteCount: Int, transaction: TransactionID, logIndex: UInt64)
    /// A grant was made.
    case grant(grant: Digest, subject: SubjectID, kind: GrantKind, notBefore: UnixSeconds, notAfter: UnixSeconds)
    /// Grants were revoked.
    case revocation(grants: [Digest], subject: SubjectID)
    /// An access was decided. `missing` are the grants it rests on that this file does not show; an emergency override
    /// permits without any.
    case access(
        subject: SubjectID, number: UInt64, permitted: ProfileSet, grants: [Digest], missing: [Digest],
        transaction: TransactionID)
    /// An access was made before it could be ordered, in an emergency while the ledger stood still: `claimed` is when,
    /// by the custodian's clock.
    case unordered(subject: SubjectID, number: UInt64, claimed: UnixSeconds)
    /// An access event shown here, later than a record shown here, permitted the record's profile, under grants or, if
    /// there are none, as an emergency override. Whether the record was released then, the file does not show.
    case authorised(record: Bytes32, subject: SubjectID, event: UInt64, grants: [Digest])
    /// The file shows every access event of a subject up to the checkpoint.
    case complete(subject: SubjectID, count: UInt64)
    /// A custodian says, signed, that it destroyed everything it had of a subject. That the ledger records the erasure
    /// is shown; that nothing was kept is the custodian's word.
    case destroyed(subject: SubjectID, custodian: String, reason: String, at: String, holderCount: Int)
    /// A custodian says, signed, that it gave an account of disclosures whose bytes have this hash.
    case account(subject: SubjectID, custodian: String, account: Digest)
    /// Some other transaction is in the log with its outcome.
    case entry(call: String, transaction: TransactionID, status: UInt8)
    /// A row of the state, present or absent.
    case row(key: [UInt8], isPresent: Bool)
}

extension ProofStatement {
    /// The subject that it is about; nil if it is about none, or about a row alone.
    public var subject: SubjectID? {
        switch self {
        case .record(_, let subject, _, _, _), .grant(_, let subject, _, _, _), .revocation(_, let subject),
            .access(let subject, _, _, _, _, _), .unordered(let subject, _, _), .authorised(_, let subject, _, _),
            .complete(let subject, _),
            .destroyed(let subject, _, _, _, _), .account(let subject, _, _):
            subject
        case .entry, .row: nil
        }
    }
}

/// The outcome of a check that held.
public struct ProofVerdict: Sendable {
    /// The header under which everything is shown.
    public let header: Header
    /// What is shown, in the order of the file.
    public let statements: [ProofStatement]
    /// Whether one key alone certifies: unless a witness did too, its holder could rewrite history unseen.
    public let isSingleSigner: Bool
    /// The cosignatures on the checkpoint by the witnesses that the verifier trusts.
    public let cosignatures: [Cosignature]

    /// Whether one key's holder could rewrite everything that the file shows, with nobody to contradict them.
    public var isRewritable: Bool { isSingleSigner && cosignatures.isEmpty }
}

extension ErrorCode {
    /// A checkpoint that fewer witnesses cosigned than the verifier asks for.
    public static let proofUnwitnessed = ErrorCode("proof.unwitnessed")
}

/// Checks a proof file offline. Source: `docs/spec/proofs.md` §2.
public enum ProofVerifier {
    /// Checks everything in `bytes` against the keys in `trust`, and which of `witnesses` cosigned.
    /// - Parameter requiredCount: how many of them must have.
    /// - Throws: `proof.malformed`, `proof.false` with the first step that failed, `note.unsigned` or
    ///   `proof.unwitnessed`.
    public static func verify(
        _ bytes: [UInt8], trust: TrustedKeys, witnesses: [NoteVerifierKey] = [], requiredCount: Int = 0
    ) throws(SteleError) -> ProofVerdict {
        let file = try ProofFile(decoding: bytes)
        let header = try file.verifyPaths(trust)
        let cosignatures = try SignedNote(parsing: file.note).cosignatures(by: witnesses)
        guard cosignatures.count >= requiredCount else {
            throw SteleError(
                .proofUnwitnessed,
                "\(cosignatures.count) of the trusted witnesses cosigned the checkpoint, \(requiredCount) are required",
                hint: "fetch the proof again, or ask the node's operator which witnesses it has")
        }
        var reading = Reading()
        for entry in file.entries { try reading.add(entry) }
        for opening in file.openings { try reading.check(opening) }
        for row in file.rows { try reading.check(row) }
        let said = try file.said().map { [$0] } ?? []
        return ProofVerdict(
            header: header, statements: said + reading.finish(), isSingleSigner: trust.isSingleSigner,
            cosignatures: cosignatures)
    }
}

/// What the entries of one file say, gathered so that they can be held against each other.
private struct Reading {
    private struct Anchored {
        let version: RecordVersion
        let subject: SubjectID
        let transaction: TransactionID
        let logIndex: UInt64
    }
    private struct Access {
        let subject: SubjectID
        let permitted: ProfileSet
        let number: UInt64
        let head: Digest
        let grants: [Digest]
        let citations: [PermitCitation]
        let transaction: TransactionID
        let logIndex: UInt64
    }

    private var statements: [ProofStatement] = []
    private var anchors: [Bytes32: Anchored] = [:]
    private var grants: Set<Digest> = []
    private var accesses: [Access] = []

    mutating func add(_ entry: EntryProof) throws(SteleError) {
        let body = entry.body
        let isApplied = entry.leaf.status == 0
        guard isApplied else {
            statements.append(.entry(call: body.call, transaction: body.id, status: entry.leaf.status))
            return
        }
        do throws(FieldFault) {
            switch body.call {
            case RecordsAnchor.declaration.name:
                let call = try RecordsAnchor(decoding: body.encoded, in: body.argumentRange)
                for version in call.versions {
                    anchors[version.record] = Anchored(
                        version: version, subject: call.subject, transaction: body.id,
                        logIndex: entry.inclusion.index)
                }
            case ConsentGrant.declaration.name:
                let call = try ConsentGrant(decoding: body.encoded, in: body.argumentRange)
                for (index, terms) in call.grants.enumerated() {
                    let id = Grant.id(transaction: body.id, index: index)
                    grants.insert(id)
                    statements.append(
                        .grant(
                            grant: id, subject: call.subject, kind: terms.kind, notBefore: terms.notBefore,
                            notAfter: terms.notAfter))
                }
            case ConsentRevoke.declaration.name:
                let call = try ConsentRevoke(decoding: body.encoded, in: body.argumentRange)
                statements.append(.revocation(grants: call.grants, subject: call.subject))
            case AccessRequest.declaration.name:
                let call = try AccessRequest(decoding: body.encoded, in: body.argumentRange)
                let result = try AccessRequest.Result(decoding: entry.result)
                accesses.append(
                    Access(
                        subject: call.subject, permitted: result.permitted, number: result.number, head: result.head,
                        grants: result.permits.map(\.grant), citations: result.permits, transaction: body.id,
                        logIndex: entry.inclusion.index))
            case AccessOverride.declaration.name:
                // An override is an event of the same log; it rests on no grant.
                let call = try AccessOverride(decoding: body.encoded, in: body.argumentRange)
                let result = try AccessOverride.Result(decoding: entry.result)
                accesses.append(
                    Access(
                        subject: call.subject, permitted: result.permitted, number: result.number, head: result.head,
                        grants: [], citations: [], transaction: body.id, logIndex: entry.inclusion.index))
            case AccessUnordered.declaration.name:
                let call = try AccessUnordered(decoding: body.encoded, in: body.argumentRange)
                let result = try AccessUnordered.Result(decoding: entry.result)
                statements.append(
                    .unordered(subject: call.subject, number: result.number, claimed: call.entry.time))
                accesses.append(
                    Access(
                        subject: call.subject, permitted: result.permitted, number: result.number,
                        head: result.head, grants: [], citations: [], transaction: body.id,
                        logIndex: entry.inclusion.index))
            default: statements.append(.entry(call: body.call, transaction: body.id, status: 0))
            }
        } catch {
            throw ProofFile.isFalse("an entry that the log calls applied does not decode as its contract's call")
        }
    }

    mutating func check(_ opening: RecordOpening) throws(SteleError) {
        guard let anchored = anchors[opening.record] else {
            throw ProofFile.isFalse("the file opens a record whose anchor it does not show")
        }
        guard anchored.version.anchor == opening.anchor else {
            throw ProofFile.isFalse("the bytes of a record are not those that were anchored")
        }
        statements.append(
            .record(
                record: opening.record, subject: anchored.subject, byteCount: opening.bytes.count,
                transaction: anchored.transaction, logIndex: anchored.logIndex))
        for access in accesses where access.subject == anchored.subject {
            // What was decided before a version was anchored says nothing about that version.
            guard access.logIndex > anchored.logIndex, access.permitted.contains(anchored.version.profile) else {
                continue
            }
            statements.append(
                .authorised(
                    record: opening.record, subject: anchored.subject, event: access.number,
                    grants: access.citations.filter { $0.profiles.contains(anchored.version.profile) }.map(\.grant)))
        }
    }

    mutating func check(_ row: RowProof) throws(SteleError) {
        // The contract numbers a subject's events without gaps, so all numbers up to the row's count are all events.
        for subject in Set(accesses.map(\.subject)) where row.key == AccessState.chains.key(subject) {
            let events = accesses.filter { $0.subject == subject }.sorted { $0.number < $1.number }
            guard let value = row.value, let chain = try? AccessChainRow(decoding: value) else {
                throw ProofFile.isFalse("the row of an access log does not decode")
            }
            guard UInt64(events.count) == chain.count, zip(events, 1...).allSatisfy({ $0.number == $1 }),
                events.last?.head == chain.head
            else {
                throw ProofFile.isFalse("the file does not show every access event of the subject")
            }
            statements.append(.complete(subject: subject, count: chain.count))
            return
        }
        statements.append(.row(key: row.key, isPresent: row.value != nil))
    }

    mutating func finish() -> [ProofStatement] {
        for access in accesses {
            statements.append(
                .access(
                    subject: access.subject, number: access.number, permitted: access.permitted, grants: access.grants,
                    missing: access.grants.filter { !grants.contains($0) }, transaction: access.transaction))
        }
        return statements
    }
}
