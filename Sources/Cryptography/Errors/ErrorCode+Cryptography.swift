// Cryptography · the codes of its faults, each declared once.
public import Primitives

extension ErrorCode {
    /// Key material of the wrong length, form or curve.
    public static let keyMalformed = ErrorCode("key.malformed")
    /// Sealed bytes that do not open under this key, nonce and associated data.
    public static let sealedRejected = ErrorCode("sealed.rejected")
    /// A key agreement whose result would be known to everybody.
    public static let agreementRejected = ErrorCode("agreement.rejected")
    /// A certificate that cannot be read, or a name that cannot stand in one.
    public static let certificateMalformed = ErrorCode("certificate.malformed")
    /// The cryptographic library refused work that should always succeed.
    public static let cryptographyFailed = ErrorCode("cryptography.failed")
}
