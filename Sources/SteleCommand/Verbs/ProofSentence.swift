// SteleCommand · what a proof shows, in words and for programs.
internal import Contracts
internal import JSON
internal import Primitives

/// One statement of a proof, for whoever asked for the check.
struct ProofSentence {
    private let statement: ProofStatement

    init(_ statement: ProofStatement) { self.statement = statement }

    /// One sentence. Identifiers are cut to their first eight bytes; ``json`` has them whole.
    var text: String {
        switch statement {
        case .record(let record, let subject, let byteCount, _, let logIndex):
            "record \(short(record)): its \(byteCount) bytes are those anchored for subject \(short(subject)) "
                + "at entry \(logIndex) of the log"
        case .grant(let grant, let subject, let kind, let notBefore, let notAfter):
            "grant \(short(grant)): subject \(short(subject)) made this \(kind.name), "
                + "from \(notBefore.text) to \(notAfter.text) unless ended before"
        case .revocation(let grants, let subject):
            "subject \(short(subject)) revoked \(list("grant", grants))"
        case .access(let subject, let number, let permitted, let grants, let missing, _):
            "access event \(number) of subject \(short(subject)): "
                + (permitted.isEmpty ? "nothing was permitted" : "\(records(of: permitted)) permitted \(basis(grants))")
                + (missing.isEmpty ? "" : "; not shown in this file: \(list("grant", missing))")
                + (permitted.isEmpty ? "" : "; which records were released is not shown")
        case .unordered(let subject, let event, let claimed):
            "access event \(event) of subject \(short(subject)) was recorded afterwards, unordered: the custodian says that "
                + "it happened at \(claimed.text)"
        case .authorised(let record, _, let event, let grants):
            "record \(short(record)): access event \(event) permitted the release of records of its profile "
                + basis(grants)
        case .complete(let subject, let count):
            "the \(count) access events shown are all there are for subject \(short(subject)) up to this checkpoint"
        case .destroyed(let subject, let custodian, let reason, let time, let holderCount):
            "\(custodian) says that it destroyed all it had of subject \(short(subject)) by \(time) (\(reason)); "
                + (holderCount == 0
                    ? "nobody was shown records"
                    : "\(holderCount) may still hold copies, named in the statement")
        case .account(let subject, let custodian, let account):
            "\(custodian) says that it gave an account of the disclosures of subject \(short(subject)), whose bytes have "
                + "the SHA-256 \(account.hex)"
        case .entry(let call, let transaction, let status):
            "transaction \(short(transaction)): \(call) is in the log, "
                + (status == 0 ? "applied" : "refused with status \(status)")
        case .row(let key, let isPresent):
            "the state \(isPresent ? "holds" : "does not hold") the row \(Hex.encode(key.prefix(16)))"
        }
    }

    /// The same with whole identifiers.
    var json: JSONValue {
        switch statement {
        case .record(let record, let subject, let byteCount, let transaction, let logIndex):
            [
                "shows": "record", "record": hex(record), "subject": hex(subject), "byte_count": number(byteCount),
                "transaction": hex(transaction), "log_index": number(logIndex),
            ]
        case .grant(let grant, let subject, let kind, let notBefore, let notAfter):
            [
                "shows": "grant", "grant": hex(grant), "subject": hex(subject), "kind": .string(kind.name),
                "not_before": .string(notBefore.text), "not_after": .string(notAfter.text),
            ]
        case .revocation(let grants, let subject):
            ["shows": "revocation", "grants": hexes(grants), "subject": hex(subject)]
        case .access(let subject, let event, let permitted, let grants, let missing, let transaction):
            [
                "shows": "access", "subject": hex(subject), "event": number(event),
                "permitted_profiles": .array(permitted.profiles.map { number($0.number) }), "grants": hexes(grants),
                "grants_not_shown": hexes(missing), "transaction": hex(transaction),
            ]
        case .unordered(let subject, let event, let claimed):
            [
                "shows": "unordered", "subject": hex(subject), "event": number(event), "claimed": .string(claimed.text),
            ]
        case .authorised(let record, let subject, let event, let grants):
            [
                "shows": "authorised", "record": hex(record), "subject": hex(subject), "event": number(event),
                "grants": hexes(grants),
            ]
        case .complete(let subject, let count):
            ["shows": "complete", "subject": hex(subject), "event_count": number(count)]
        case .destroyed(let subject, let custodian, let reason, let time, let holderCount):
            [
                "shows": "destroyed", "subject": hex(subject), "custodian": .string(custodian),
                "reason": .string(reason), "destroyed": .string(time), "holder_count": number(holderCount),
            ]
        case .account(let subject, let custodian, let account):
            [
                "shows": "account", "subject": hex(subject), "custodian": .string(custodian), "account": hex(account),
            ]
        case .entry(let call, let transaction, let status):
            ["shows": "entry", "call": .string(call), "transaction": hex(transaction), "status": number(status)]
        case .row(let key, let isPresent):
            ["shows": "row", "key": .string(Hex.encode(key)), "present": .bool(isPresent)]
        }
    }

    /// What a permission rests on: grants, or an emergency that needs none.
    private func basis(_ grants: [Digest]) -> String {
        grants.isEmpty ? "as an emergency override" : "by \(list("grant", grants))"
    }
    private func records(of permitted: ProfileSet) -> String {
        let numbers = permitted.profiles.map { String($0.number) }
        return "records of profile\(numbers.count == 1 ? "" : "s") \(numbers.joined(separator: ", ")) were"
    }

    private func short(_ id: Bytes32) -> String { String(id.hex.prefix(16)) }
    private func list(_ noun: String, _ ids: [Bytes32]) -> String {
        (ids.count == 1 ? noun : noun + "s") + " " + ids.map(short).joined(separator: ", ")
    }
    private func hex(_ id: Bytes32) -> JSONValue { .string(id.hex) }
    private func hexes(_ ids: [Bytes32]) -> JSONValue { .array(ids.map(hex)) }
    private func number(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }
}
