// Ledger · the bytes of a key as a dictionary wants them.

/// A row's key, or a group's, to find something by. An array hashes its elements one at a time; this hashes all at
/// once, which the serial section does a dozen times for a transaction.
public struct RowName: Hashable, Sendable {
    /// The key.
    public let bytes: [UInt8]

    /// The name that is `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    }
}
