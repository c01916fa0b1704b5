// Leaks · random bytes that no rule takes for text.
public import Primitives

/// Random bytes, drawn again where they happen to look like something to be read.
///
/// A custodian draws ids and salts all day long, and a rule of ``LeakDetector`` is met by chance once in four million
/// fields: what it draws from here passes. Not for keys: it looks at what it draws.
public struct UnremarkableRandom: RandomSource {
    /// The size of a field, in bytes.
    private static let fieldByteCount = 32
    /// A source that gives as many remarkable draws in a row is no source of randomness, and is not asked for ever.
    private static let drawCountMax = 8

    private let source: any RandomSource

    /// Draws from `source`.
    public init(_ source: any RandomSource) { self.source = source }

    /// `count` bytes nobody can predict. Fewer than sixteen are no field of their own and are given as drawn.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes = source.bytes(count)
        for _ in 1..<Self.drawCountMax where Self.isRemarkable(bytes) { bytes = source.bytes(count) }
        return bytes
    }

    private static func isRemarkable(_ bytes: [UInt8]) -> Bool {
        stride(from: 0, to: bytes.count, by: fieldByteCount)
            .contains { start in
                let field = start..<min(start + fieldByteCount, bytes.count)
                return field.count >= 16 && LeakDetector.isWritten(bytes, field, LeakIdentifiers.none)
            }
    }
}
