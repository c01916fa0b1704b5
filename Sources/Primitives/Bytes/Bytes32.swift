// Primitives · thirty-two bytes held inline: hashes, identifiers, tokens and public keys.

/// Thirty-two bytes without a heap allocation. Ordered and compared bytewise; equality is *not* constant time,
/// so secrets never live in one (they live in `Cryptography.SecretBytes`).
@frozen
public struct Bytes32: Sendable {
    // The bytes in memory order: word 0 holds bytes 0–7.
    @usableFromInline let word0: UInt64
    @usableFromInline let word1: UInt64
    @usableFromInline let word2: UInt64
    @usableFromInline let word3: UInt64

    @inlinable
    init(word0: UInt64, word1: UInt64, word2: UInt64, word3: UInt64) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    /// All zero bytes.
    public static let zero = Bytes32(word0: 0, word1: 0, word2: 0, word3: 0)
    /// How many bytes a value has.
    @inlinable public static var count: Int { 32 }

    /// The value with these bytes, or nil unless there are exactly 32.
    @inlinable
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        let loaded: Bytes32? = bytes.withContiguousStorageIfAvailable { unsafe Bytes32(loading: $0.baseAddress!) }
        if let loaded {
            self = loaded
        } else {
            let copy = Array(bytes)
            self = unsafe copy.withUnsafeBufferPointer { unsafe Bytes32(loading: $0.baseAddress!) }
        }
    }

    /// The 32 bytes of `bytes` that start at `offset`.
    /// - Precondition: `offset + 32 <= bytes.count`.
    @inlinable
    public init(_ bytes: [UInt8], at offset: Int) {
        precondition(offset >= 0 && offset + 32 <= bytes.count)
        self = unsafe bytes.withUnsafeBufferPointer { unsafe Bytes32(loading: $0.baseAddress! + offset) }
    }

    /// The 32 bytes at `pointer`, which needs no alignment.
    @unsafe @inlinable
    public init(loading pointer: UnsafePointer<UInt8>) {
        let raw = unsafe UnsafeRawPointer(pointer)
        unsafe self.init(
            word0: raw.loadUnaligned(as: UInt64.self), word1: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
            word2: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
            word3: raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// The value written as 64 hexadecimal digits of either case, or nil.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex), let value = Bytes32(bytes) else { return nil }
        self = value
    }

    /// The bytes as an array.
    @inlinable
    public var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            unsafe store(to: buffer.baseAddress!)
            count = 32
        }
    }

    /// The bytes as 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    /// Copies the bytes to `pointer`, which needs no alignment.
    @unsafe @inlinable
    public func store(to pointer: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(pointer)
        unsafe raw.storeBytes(of: word0, as: UInt64.self)
        unsafe raw.storeBytes(of: word1, toByteOffset: 8, as: UInt64.self)
        unsafe raw.storeBytes(of: word2, toByteOffset: 16, as: UInt64.self)
        unsafe raw.storeBytes(of: word3, toByteOffset: 24, as: UInt64.self)
    }

    /// Calls `body` with a pointer to the 32 bytes, valid only inside.
    @unsafe @inlinable
    public func withUnsafeBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        var copy = self
        return unsafe withUnsafePointer(to: &copy) { pointer in
            unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 32) { unsafe body($0) }
        }
    }

    /// Bit `index`, counted from the most significant bit of byte 0: the path of a key in the state tree.
    @inlinable
    public func bit(_ index: Int) -> Bool {
        (nibble(index >> 2) >> UInt8(3 - (index & 3))) & 1 == 1
    }

    /// Four bits, counted from the high half of byte 0.
    @inlinable
    public func nibble(_ index: Int) -> UInt8 {
        let word = index < 32 ? (index < 16 ? word0 : word1) : (index < 48 ? word2 : word3)
        return UInt8(truncatingIfNeeded: word.bigEndian >> UInt64(60 - 4 * (index & 15))) & 15
    }

    /// How many leading bits are equal, 0–256.
    @inlinable
    public func commonPrefixBitCount(with other: Bytes32) -> Int {
        if word0 != other.word0 { return (word0 ^ other.word0).bigEndian.leadingZeroBitCount }
        if word1 != other.word1 { return 64 + (word1 ^ other.word1).bigEndian.leadingZeroBitCount }
        if word2 != other.word2 { return 128 + (word2 ^ other.word2).bigEndian.leadingZeroBitCount }
        return 192 + (word3 ^ other.word3).bigEndian.leadingZeroBitCount
    }
}

// MARK: - Hashable
extension Bytes32: Hashable {
    @inlinable
    public static func == (left: Bytes32, right: Bytes32) -> Bool {
        left.word0 == right.word0 && left.word1 == right.word1 && left.word2 == right.word2
            && left.word3 == right.word3
    }
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(word0)
        hasher.combine(word1)
        hasher.combine(word2)
        hasher.combine(word3)
    }
}

// MARK: - Comparable
extension Bytes32: Comparable {
    @inlinable
    public static func < (left: Bytes32, right: Bytes32) -> Bool {
        if left.word0 != right.word0 { return left.word0.bigEndian < right.word0.bigEndian }
        if left.word1 != right.word1 { return left.word1.bigEndian < right.word1.bigEndian }
        if left.word2 != right.word2 { return left.word2.bigEndian < right.word2.bigEndian }
        return left.word3.bigEndian < right.word3.bigEndian
    }
}

// MARK: - CustomStringConvertible
extension Bytes32: CustomStringConvertible {
    public var description: String { hex }
}

/// A SHA-256 value.
public typealias Digest = Bytes32
/// `H("stele/v1/txid\0" ‖ body)`: names one transaction, whatever its signatures.
public typealias TransactionID = Bytes32
/// A patient at one custodian: random, unlinkable to the same patient elsewhere.
public typealias SubjectID = Bytes32
/// A label under a subject's policy key. Source: `docs/spec/consent.md` §2.
public typealias Token = Bytes32
/// An Ed25519 public key.
public typealias PublicKey = Bytes32

extension [UInt8] {
    /// Appends the 32 bytes of `value`.
    @inlinable
    public mutating func append(_ value: Bytes32) {
        unsafe value.withUnsafeBytes { pointer in
            unsafe append(contentsOf: UnsafeBufferPointer(start: pointer, count: 32))
        }
    }
}
