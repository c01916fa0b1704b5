// Cryptography · key material: shared by reference, wiped when the last reference goes.
internal import CSodium
public import Primitives

/// Bytes that must not leak: keys, seeds, passphrases.
///
/// Immutable and shared by reference, so that a dictionary or an actor holds the one copy there is. The memory is
/// overwritten with zeros when the last reference goes. Equality takes a time that depends on the length only. There is
/// no description but `<secret>`.
///
/// It lives on the ordinary heap, not in locked pages: a node holds a key for each of very many patients, and the
/// system allows few locked pages. Swap is to be encrypted or off; see `docs/threat-model.md`.
@safe
public final class SecretBytes: @unchecked Sendable {
    // Sendable: the buffer is written in the initializer only, and freed when nobody can read it any more.
    private let buffer: UnsafeMutableBufferPointer<UInt8>

    /// How many bytes there are.
    public var count: Int { unsafe buffer.count }

    /// A copy of `bytes`. The caller's own copy is not wiped; prefer ``init(wiping:)`` where that is possible.
    public convenience init(_ bytes: some Collection<UInt8>) {
        unsafe self.init(count: bytes.count) { unsafe _ = $0.update(fromContentsOf: bytes) }
    }

    /// Moves `bytes` in: the array is overwritten with zeros and emptied, unless others share its storage.
    public convenience init(wiping bytes: inout [UInt8]) {
        self.init(bytes)
        unsafe bytes.withUnsafeMutableBufferPointer { unsafe Sodium.wipe($0) }
        bytes = []
    }

    /// `count` unpredictable bytes.
    public static func random(count: Int = 32, from random: some RandomSource) -> SecretBytes {
        var bytes = random.bytes(count)
        return SecretBytes(wiping: &bytes)
    }

    /// `count` bytes written by `body`, which finds zeros.
    init<Failure>(
        count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        unsafe buffer = .allocate(capacity: count)
        unsafe buffer.initialize(repeating: 0)
        try unsafe body(buffer)
    }

    /// The bytes of `head`, then those of `tail`.
    convenience init(_ head: [UInt8], followedBy tail: SecretBytes) {
        unsafe self.init(count: head.count + tail.count) { bytes in
            let end = unsafe bytes.update(fromContentsOf: head)
            unsafe tail.withUnsafeBytes { tail in
                unsafe _ = UnsafeMutableBufferPointer(rebasing: bytes[end...]).update(fromContentsOf: tail)
            }
        }
    }

    deinit {
        unsafe Sodium.wipe(buffer)
        unsafe buffer.deallocate()
    }

    /// Calls `body` with the bytes, which are valid only inside.
    public func withSpan<Result, Failure>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe UnsafeBufferPointer(buffer).span)
    }

    /// A copy that nobody wipes: for writing a key to the file or device it belongs in, and for nothing else.
    public func exposedCopy() -> [UInt8] { unsafe Array(buffer) }

    /// The first 32 bytes where a 32-byte secret is about to become public, as when an opening is revealed.
    ///
    /// - Precondition: `count == 32`.
    public func exposedBytes32() -> Bytes32 {
        precondition(count == 32)
        return unsafe Bytes32(loading: UnsafePointer(buffer.baseAddress!))
    }

    /// Calls `body` with a pointer to the bytes, valid only inside.
    @unsafe
    func withUnsafeBytes<Result, Failure>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeBufferPointer(buffer))
    }
}

// MARK: - Equatable
extension SecretBytes: Equatable {
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        unsafe Sodium.isEqual(UnsafeBufferPointer(left.buffer), UnsafeBufferPointer(right.buffer))
    }
}

// MARK: - CustomStringConvertible
extension SecretBytes: CustomStringConvertible, CustomReflectable {
    public var description: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
