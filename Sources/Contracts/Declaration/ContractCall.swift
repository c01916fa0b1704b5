// Contracts · a call of a contract: a struct whose one declaration yields codec, route, verb, schema and page.
public import Ledger
public import Primitives

/// What a call says about itself besides its fields.
public struct CallDeclaration: Sendable {
    /// `contract.call`, lower case, words joined by underscores.
    public let name: String
    /// What it does, one sentence.
    public let summary: String
    /// Whose key must sign.
    public let signer: CallSigner
    /// When a node leaves the call to a verb of its own; nil if never.
    public let reservation: CallReservation?
    /// Under which keys the node lists the applied transaction, as `"r" ‖ subject ‖ …`; nil if under none.
    public let index: String?
    /// Why it can be refused, apart from ``Refusal/signerNotAllowed``, which every call can give.
    public let refusals: [Refusal]

    /// What the call `name` says about itself.
    init(
        _ name: String, summary: String, signer: CallSigner, reservation: CallReservation? = nil, index: String? = nil,
        refusals: [Refusal] = []
    ) {
        self.name = name
        self.summary = summary
        self.signer = signer
        self.reservation = reservation
        self.index = index
        self.refusals = refusals
    }
}

/// A call: its arguments are the fields of the struct, its effect is ``PreparedCall/execute(in:)``.
///
/// Everything about it is declared once, here and in ``FieldRecord/fields(_:)``; ``AnyCallDeclaration`` carries that to
/// the REST route, the command line, OpenAPI and the reference page.
public protocol ContractCall: FieldRecord, PreparedCall {
    /// The record that an applied call returns.
    associatedtype Result: FieldRecord = NoResult

    /// What the call says about itself.
    static var declaration: CallDeclaration { get }
}

extension ContractCall {
    /// The arguments as a transaction carries them.
    public func encodedArguments() -> [UInt8] { encoded() }
}

/// The result of a call that has nothing to tell but that it was applied: an empty map.
public struct NoResult: FieldRecord {
    /// The only value.
    public init() {}
    public mutating func fields(_ list: inout some FieldList) {}
}

/// A call without its Swift type.
public struct AnyCallDeclaration: Sendable {
    /// `contract.call`.
    public let name: String
    /// What it does, one sentence.
    public let summary: String
    /// Whose key must sign.
    public let signer: CallSigner
    /// When a node leaves the call to a verb of its own; nil if never.
    public let reservation: CallReservation?
    /// Under which keys the node lists the applied transaction; nil if under none.
    public let index: String?
    /// The arguments.
    public let arguments: [FieldDescriptor]
    /// The fields of the result.
    public let result: [FieldDescriptor]
    /// Why it can be refused.
    public let refusals: [Refusal]

    private let decodeCall: @Sendable ([UInt8], Range<Int>) throws(FieldFault) -> any PreparedCall
    private let checkResult: @Sendable ([UInt8]) throws(FieldFault) -> Void

    /// The declaration of `Call`.
    init<Call: ContractCall>(_ type: Call.Type) {
        let declaration = Call.declaration
        name = declaration.name
        summary = declaration.summary
        signer = declaration.signer
        reservation = declaration.reservation
        index = declaration.index
        arguments = Call.descriptors
        result = Call.Result.descriptors
        refusals = [.signerNotAllowed] + declaration.refusals
        decodeCall = { bytes, range throws(FieldFault) in try Call(decoding: bytes, in: range) }
        checkResult = { bytes throws(FieldFault) in _ = try Call.Result(decoding: bytes) }
    }

    /// The contract's part of the name.
    public var contractName: String { String(name.prefix { $0 != "." }) }
    /// The call's part of the name.
    public var callName: String { String(name.drop { $0 != "." }.dropFirst()) }

    /// Decodes the arguments at `range`, strictly.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func decode(_ bytes: [UInt8], in range: Range<Int>) throws(SteleError) -> any PreparedCall {
        do { return try decodeCall(bytes, range) } catch { throw error.asArgumentError(of: name) }
    }

    /// Checks that `arguments` are a valid whole.
    /// - Throws: ``SteleError`` with code `contract.arguments`, naming the field.
    public func check(arguments: [UInt8]) throws(SteleError) {
        _ = try decode(arguments, in: 0..<arguments.count)
    }

    /// Checks that `result` is a valid result of the call.
    func check(result: [UInt8]) throws(FieldFault) { try checkResult(result) }
}
