// Cryptography · SHA-256 of content that comes in pieces.
public import Primitives

/// A SHA-256 digest being computed piece by piece, for content too long to hold.
public struct SHA256Stream: ~Copyable {
    private var context = DigestContext(.sha256)

    /// A digest of nothing yet.
    public init() {}

    /// Takes in the next piece.
    public mutating func update(_ piece: [UInt8]) {
        unsafe piece.withUnsafeBufferPointer { unsafe context.update($0) }
    }

    /// Takes in the next piece.
    public mutating func update(_ piece: ArraySlice<UInt8>) {
        unsafe piece.withUnsafeBufferPointer { unsafe context.update($0) }
    }

    /// The digest of all pieces in order.
    public consuming func finish() -> Digest {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
            unsafe context.finish(into: digest.baseAddress!)
            return unsafe Digest(loading: UnsafePointer(digest.baseAddress!))
        }
    }
}
