// API · which transactions a caller may see, and how they look in JSON.
internal import Contracts
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Vault
internal import Primitives

/// A transaction of the log together with what it calls.
struct LoggedTransaction: Sendable {
    let line: LedgerNode.Line
    let body: TransactionBody

    init(_ line: LedgerNode.Line) throws(SteleError) {
        self.line = line
        body = try Transaction(decoding: line.envelope).body
    }

    /// The declaration of the call; nil if a newer program wrote it.
    var call: AnyCallDeclaration? { Contract.call(named: body.call) }

    /// The arguments by name, or nil if a newer program wrote them.
    var arguments: JSONValue? {
        try? call?.json(ofArguments: Array(body.encoded[body.argumentRange]))
    }

    /// The subject that the call is about, if it is about one.
    var subject: SubjectID? {
        (try? call?.subject(ofArguments: Array(body.encoded[body.argumentRange]))) ?? nil
    }
}

extension Services {
    /// The transaction `id`, if it is in the log and `caller` may see it. Another's is answered like one that does not
    /// exist.
    func transaction(_ id: TransactionID, for caller: Caller) throws(SteleError) -> LoggedTransaction {
        guard let receipt = try custodian.ledger.finalReceipt(of: id) else { throw Self.transactionUnknown }
        let logged = try LoggedTransaction(try custodian.ledger.line(at: receipt.logIndex))
        guard try maySee(logged, caller) else { throw Self.transactionUnknown }
        return logged
    }

    /// Whether `caller` may see `logged`: a patient what is about them, officers of members all, other staff what is
    /// about no subject.
    ///
    /// Whoever asks for records must not see a subject's transactions: the event of their own refused request would
    /// tell whose record it was, and so that there is one.
    func maySee(_ logged: LoggedTransaction, _ caller: Caller) throws(SteleError) -> Bool {
        if let own = caller.actor.patientSubject { return logged.subject == own }
        guard try isMember(caller) else { return false }
        return caller.actor.isOfficer || logged.arguments != nil && logged.subject == nil
    }

    /// Whether the caller belongs to a member organisation of the network, as staff.
    func isMember(_ caller: Caller) throws(SteleError) -> Bool {
        guard !caller.isPatient, let name = OrganisationName(caller.actor.organisation) else { return false }
        return try custodian.ledger.value(for: StateKey.organisation(name)) != nil
    }

    static var transactionUnknown: SteleError {
        SteleError(
            .transactionUnknown, "this ledger has no such transaction that you may see",
            hint: "check the id; a transaction that was never acknowledged can be sent again")
    }
}

// MARK: - Receipts
extension Services {
    /// The answer to whoever sent a transaction: its receipt, or the contract's reason with the receipt's place.
    func response(
        to receipt: Receipt, of call: String, path: String, asCBOR: Bool
    ) throws(SteleError) -> HTTPResponse {
        metrics.count(receipt.isApplied ? .transactionsApplied : .transactionsRefused)
        var response: HTTPResponse
        if receipt.isApplied {
            response = asCBOR ? .cbor(Self.encoded(receipt)) : .json(try Self.json(receipt, of: call))
        } else {
            let error =
                Contract.refusal(status: receipt.status)?.asSteleError
                ?? SteleError(
                    .contractUnknownCall, "a contract refused the call for reason \(receipt.status)",
                    hint: "look the number up in docs/spec/contracts.md")
            response = errors.response(to: error, path: path, details: Self.place(receipt))
        }
        response.headers.add("Stele-Transaction", receipt.transactionID.hex)
        return response
    }

    /// `{transaction, height, log_index, status, time}`.
    static func place(_ receipt: Receipt) -> JSONValue {
        [
            "transaction": .string(receipt.transactionID.hex), "height": .number(String(receipt.height)),
            "log_index": .number(String(receipt.logIndex)), "status": .number(String(receipt.status)),
            "time": .string(receipt.time.description),
        ]
    }

    /// The place of a receipt with the call's name and its result.
    static func json(_ receipt: Receipt, of call: String) throws(SteleError) -> JSONValue {
        guard case .object(var members) = place(receipt) else { return place(receipt) }
        members.append(.init("call", .string(call)))
        if receipt.isApplied, let declaration = Contract.call(named: call) {
            members.append(.init("result", try declaration.json(ofResult: receipt.result)))
        }
        return .object(members)
    }

    /// `[transaction 32, height, log index, status, time (ms), result bstr]`. Source: `docs/spec/api.md` §4.
    private static func encoded(_ receipt: Receipt) -> [UInt8] {
        var writer = CBORWriter(capacity: 96 + receipt.result.count)
        writer.write(arrayCount: 6)
        writer.write(receipt.transactionID)
        writer.write(receipt.height)
        writer.write(receipt.logIndex)
        writer.write(UInt64(receipt.status))
        writer.write(receipt.time.milliseconds)
        writer.write(bytes: receipt.result)
        return writer.bytes
    }
}
