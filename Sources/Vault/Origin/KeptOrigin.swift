// Vault · what another ledger showed of a record before it came here.
public import Primitives

/// The proof that a record version was anchored on a ledger elsewhere, kept with the version it came in as.
///
/// The proof's openings are kept without their bytes: those are the content of the record, which is here anyway and is
/// byte for byte the same, or the proof would not hold.
public struct KeptOrigin: Hashable, Sendable {
    /// Most origins of one version: how many ledgers it can have come through.
    public static let countMax = 16
    /// Largest proof without the record's bytes, and largest trust text, in bytes.
    public static let proofByteCountMax = 256 << 10
    public static let trustByteCountMax = 64 << 10

    /// The checkpoint keys of that ledger, as whoever brought the record named them. Nobody here vouches for them.
    public var trust: String
    /// A proof file whose opening has no bytes.
    public var proof: [UInt8]

    /// The origin that `proof` shows to whoever trusts the keys of `trust`.
    public init(trust: String, proof: [UInt8]) {
        self.trust = trust
        self.proof = proof
    }
}

// MARK: - Encoding
extension KeptOrigin {
    /// `[trust text, proof bstr]`.
    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: 2)
        writer.write(text: trust)
        writer.write(bytes: proof)
    }

    /// Reads one origin.
    public init(from reader: inout CBORReader) throws(CBORError) {
        _ = try reader.readArrayCount(2...2)
        trust = try reader.readText(1...Self.trustByteCountMax)
        proof = try reader.readBytes(1...Self.proofByteCountMax)
    }

    /// `[origin …]`, oldest first.
    public static func encode(_ origins: [KeptOrigin], into writer: inout CBORWriter) {
        writer.write(arrayCount: origins.count)
        for origin in origins { origin.encode(into: &writer) }
    }

    /// Reads a list of origins.
    public static func list(from reader: inout CBORReader) throws(CBORError) -> [KeptOrigin] {
        var origins: [KeptOrigin] = []
        for _ in 0..<(try reader.readArrayCount(0...countMax)) { origins.append(try KeptOrigin(from: &reader)) }
        return origins
    }
}
