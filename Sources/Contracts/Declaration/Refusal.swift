// Contracts · why a call was refused: a number in the leaf, a code for people.
internal import Ledger
public import Primitives

/// One reason for which a contract refuses a call that was well formed.
///
/// The number is byte 1 of the transaction's leaf. It is unique across all contracts, so that a leaf says why without
/// its body, and once given it keeps its meaning for ever.
public struct Refusal: Hashable, Sendable {
    /// The status of the leaf, 1–239. Ranges: network 16–31, identity 32–47, records 48–63, consent 64–79, access
    /// 80–95.
    public let status: UInt8
    /// The code that people and programs see.
    public let code: ErrorCode
    /// What happened, one sentence.
    public let message: String
    /// What to do next, one sentence.
    public let hint: String

    init(_ status: UInt8, _ code: ErrorCode, _ message: String, hint: String) {
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The refusal as an error, for whoever sent the transaction.
    public var asSteleError: SteleError { SteleError(code, message, hint: hint) }
}

extension Outcome {
    /// Refused for this reason. The result is an empty map: a refusal tells nothing beyond its status.
    static func refused(_ refusal: Refusal) -> Outcome { .refused(refusal.status) }

    /// Applied, with a result.
    static func applied(_ result: some FieldRecord, indexKeys: [[UInt8]] = []) -> Outcome {
        .applied(result.encoded(), indexKeys: indexKeys)
    }
}

extension ErrorCode {
    /// A key that may not make the call.
    public static let signerNotAllowed = ErrorCode("signer.not_allowed")
}

extension Refusal {
    /// The signer's key is unknown, revoked, expired, of another kind or of another organisation.
    public static let signerNotAllowed = Refusal(
        1, .signerNotAllowed, "the key that signed may not make this call",
        hint: "sign with the key that the call's entry in docs/spec/contracts.md names")
}
