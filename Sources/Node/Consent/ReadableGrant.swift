// Node · a grant in force as far as its tokens can be read, and the same in tokens of another policy key.
public import Contracts
public import Cryptography
public import Primitives

/// A grant with the labels that are known to stand behind its tokens.
///
/// A token that no label is known for is padding, or a label of somebody whom nobody has heard of here. Which of the
/// two only those can tell who keep the words that the grant was made from.
public struct ReadableGrant: Hashable, Sendable {
    /// The grant.
    public var grant: Digest
    /// Whether it lets or forbids.
    public var kind: GrantKind
    /// What it says.
    public var tokens: GrantTokens
    /// Labels that may stand behind its tokens.
    public var labels: Set<Label>
    /// Whether the labels are all there are, so that every other token is padding.
    public var isWhole: Bool

    /// A grant.
    public init(grant: Digest, kind: GrantKind, tokens: GrantTokens, labels: Set<Label>, isWhole: Bool) {
        self.grant = grant
        self.kind = kind
        self.tokens = tokens
        self.labels = labels
        self.isWhole = isWhole
    }

    /// The same grant in tokens of the policy key `next`, its present ones being of `key`; nil if it cannot be said
    /// again without saying more, or forbidding less, than it does.
    ///
    /// What cannot be read becomes padding. In a permit without exceptions that takes away at most, and from nobody who
    /// is known; everywhere else it must be certain that it was padding before. Each set keeps its size.
    public func restated(from key: PolicyKey, to next: PolicyKey, random: some RandomSource) -> RestatedGrant? {
        guard isWhole || kind == .permit && tokens.except == nil else { return nil }
        let known = Dictionary(labels.map { (key.token(for: $0), $0) }, uniquingKeysWith: { first, _ in first })
        func set(_ old: TokenSet) -> TokenSet? {
            let read = old.tokens.compactMap { known[$0] }
            guard !read.isEmpty else { return nil }
            var new = Set(read.map { next.token(for: $0) })
            while new.count < old.tokens.count { new.insert(random.bytes32()) }
            return TokenSet(Array(new))
        }
        guard let grantees = set(tokens.grantees), let purposes = set(tokens.purposes),
            let classes = set(tokens.classes)
        else { return nil }
        var restated = GrantTokens(grantees: grantees, purposes: purposes, classes: classes)
        if let except = tokens.except {
            guard let new = set(except) else { return nil }
            restated.except = new
        }
        return RestatedGrant(grant: grant, tokens: restated)
    }
}

extension GrantTokens {
    /// The sets of `terms`.
    public init(_ terms: GrantTerms) {
        self.init(grantees: terms.grantees, purposes: terms.purposes, classes: terms.classes, except: terms.except)
    }

    /// Every token in them.
    public var all: Set<Token> {
        Set([grantees, purposes, classes, except].compactMap { $0?.tokens }.joined())
    }
}
