// Contracts · a padded set of tokens: what the ledger tests without being able to read it.
public import Primitives

/// Four, eight or sixteen tokens in ascending order. Source: `docs/spec/consent.md` §3.
///
/// Whoever sees the ledger learns only which of the three sizes a set has. The tokens that are no labels, its
/// *padding*, must be unpredictable and occur in no other set: a padding token shared by two sets would count as a
/// match.
public struct TokenSet: Sendable {
    /// The sizes a set can have.
    public static let counts = [4, 8, 16]
    /// Most labels in a set.
    public static let countMax = 16

    /// The tokens, ascending.
    public let tokens: [Token]
    // One bit for each token, so that most disjoint pairs are told apart by one instruction.
    private let fingerprint: UInt64

    /// The set of exactly these tokens, in any order, or nil unless they are 4, 8 or 16 different ones.
    public init?(_ tokens: [Token]) {
        let sorted = tokens.sorted()
        guard Self.counts.contains(sorted.count), zip(sorted, sorted.dropFirst()).allSatisfy(<) else { return nil }
        self.init(ascending: sorted)
    }

    /// The set of `tokens` padded to the next size with fresh random bytes, or nil if they are more than sixteen.
    ///
    /// Fresh padding differs each time; who keeps the labels can tell it from them, nobody else can.
    public init?(padding tokens: some Sequence<Token>, random: some RandomSource) {
        var distinct = Set(tokens)
        guard let count = Self.counts.first(where: { $0 >= distinct.count }) else { return nil }
        while distinct.count < count {
            // Drawn together: each draw is a system call.
            let padding = random.bytes(32 * (count - distinct.count))
            for offset in stride(from: 0, to: padding.count, by: 32) { distinct.insert(Token(padding, at: offset)) }
        }
        self.init(ascending: distinct.sorted())
    }

    /// The set of `tokens`, which are of a valid count and ascending.
    fileprivate init(ascending tokens: [Token]) {
        self.tokens = tokens
        var bits: UInt64 = 0
        for token in tokens { bits |= Self.bit(of: token) }
        fingerprint = bits
    }

    // Tokens are hashes or random, so their last six bits are as good as any.
    private static func bit(of token: Token) -> UInt64 {
        1 << UInt64((token.nibble(62) & 3) << 4 | token.nibble(63))
    }

    /// Whether both sets hold some token.
    public func intersects(_ other: TokenSet) -> Bool {
        guard fingerprint & other.fingerprint != 0 else { return false }
        var index = 0
        var otherIndex = 0
        while index < tokens.count, otherIndex < other.tokens.count {
            let token = tokens[index]
            let otherToken = other.tokens[otherIndex]
            if token == otherToken { return true }
            if token < otherToken { index += 1 } else { otherIndex += 1 }
        }
        return false
    }
}

// MARK: - Hashable
extension TokenSet: Hashable {
    public static func == (left: TokenSet, right: TokenSet) -> Bool { left.tokens == right.tokens }
    public func hash(into hasher: inout Hasher) { hasher.combine(tokens) }
}

// MARK: - FieldValue
extension TokenSet: FieldValue {
    /// A set to decode into; its tokens mean nothing.
    static let placeholder = TokenSet(ascending: [])

    public static func type(within limits: NoLimits) -> FieldType { .tokens }

    public static func decode(from reader: inout CBORReader, within limits: NoLimits) throws(FieldFault) -> TokenSet {
        let start = reader.position
        do throws(CBORError) {
            let count = try reader.readArrayCount(4...countMax)
            guard counts.contains(count) else { throw CBORError(.outOfRange, at: start) }
            var tokens: [Token] = []
            tokens.reserveCapacity(count)
            for _ in 0..<count {
                let offset = reader.position
                let token = try reader.readBytes32()
                if let last = tokens.last, last >= token { throw CBORError(.keyOrder, at: offset) }
                tokens.append(token)
            }
            return TokenSet(ascending: tokens)
        } catch {
            throw FieldFault(error)
        }
    }

    public func encode(into writer: inout CBORWriter) {
        writer.write(arrayCount: tokens.count)
        for token in tokens { writer.write(token) }
    }
}
