// Ledger · the eighty bytes that the log keeps for ever about one transaction.
internal import Cryptography
public import Primitives

/// One entry of the log. Source: `docs/spec/ledger.md` §4.
///
/// ```
/// 0  u8   type       1 transaction · 2 seal of the previous header
/// 1  u8   status     0 applied, else the contract's reason
/// 2  u16  0
/// 4  u32  index in the block
/// 8  u64  height
/// 16 32B  transaction id          (seal: hash of the header at height - 1)
/// 48 32B  SHA-256 of the result   (seal: zeros)
/// ```
public struct Leaf: Hashable, Sendable {
    /// What an entry stands for.
    public enum Kind: UInt8, Sendable { case transaction = 1, seal = 2 }
    /// How many bytes a leaf has.
    public static let byteCount = 80

    /// What it stands for.
    public let kind: Kind
    /// 0 if the transaction was applied, else why not.
    public let status: UInt8
    /// Its place in the block; the seal is 0.
    public let index: UInt32
    /// The block's height.
    public let height: UInt64
    /// The transaction, or the previous header's hash.
    public let id: Digest
    /// SHA-256 of the result, or zeros.
    public let resultHash: Digest

    /// A leaf with these fields.
    public init(kind: Kind, status: UInt8, index: UInt32, height: UInt64, id: Digest, resultHash: Digest) {
        self.kind = kind
        self.status = status
        self.index = index
        self.height = height
        self.id = id
        self.resultHash = resultHash
    }

    /// The leaf in `bytes`, or nil if they are not exactly one.
    public init?(decoding bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, let kind = Kind(rawValue: bytes[0]), bytes[2] == 0, bytes[3] == 0 else {
            return nil
        }
        self.init(
            kind: kind, status: bytes[1], index: bytes.bigEndian(at: 4), height: bytes.bigEndian(at: 8),
            id: Digest(bytes, at: 16), resultHash: Digest(bytes, at: 48))
        if kind == .seal {
            guard status == 0, index == 0, resultHash == .zero else { return nil }
        }
    }

    /// The eighty bytes.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the eighty bytes.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(kind.rawValue)
        bytes.append(status)
        bytes.append(bigEndian: UInt16(0))
        bytes.append(bigEndian: index)
        bytes.append(bigEndian: height)
        bytes.append(id)
        bytes.append(resultHash)
    }
}
