// Node · a grant in force as far as its tokens can be read, and the same in tokens of another policy key.
public import Contracts
public import Cryptography
public import Primitives

/// The labels behind the sets of a grant.
public struct GrantLabels: Hashable, Sendable {
    /// Whom it speaks about.
    public var grantees: Set<Label>
    /// For what.
    public var purposes: Set<Label>
    /// On which records.
    public var classes: Set<Label>
    /// Save which records.
    public var except: Set<Label>

    /// These labels.
    public init(grantees: Set<Label>, purposes: Set<Label>, classes: Set<Label>, except: Set<Label> = []) {
        self.grantees = grantees
        self.purposes = purposes
        self.classes = classes
        self.except = except
    }
}

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
    /// Labels that are known to stand behind them.
    public var labels: GrantLabels
    /// Whether the labels are all there are, so that every other token is padding.
    public var isWhole: Bool

    /// A grant.
    public init(grant: Digest, kind: GrantKind, tokens: GrantTokens, labels: GrantLabels, isWhole: Bool) {
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
    /// is known; everywhere else it must be certain that it was padding before. Of the tokens it has now a set keeps
    /// the number alone: what it says is what ``labels`` say, all of which must be in it.
    public func restated(from key: PolicyKey, to next: PolicyKey, random: some RandomSource) -> RestatedGrant? {
        guard isWhole || kind == .permit && tokens.except == nil, isSaid(in: key) else { return nil }
        func set(_ labels: Set<Label>, _ old: TokenSet) -> TokenSet? {
            var new = Set(labels.map { next.token(for: $0) })
            while new.count < old.tokens.count { new.insert(random.bytes32()) }
            return TokenSet(Array(new))
        }
        guard let grantees = set(labels.grantees, tokens.grantees),
            let purposes = set(labels.purposes, tokens.purposes), let classes = set(labels.classes, tokens.classes)
        else { return nil }
        let except = tokens.except.flatMap { set(labels.except, $0) }
        return RestatedGrant(
            grant: grant,
            tokens: GrantTokens(grantees: grantees, purposes: purposes, classes: classes, except: except))
    }

    /// Whether each set has the tokens, under `key`, of all its labels, of which there is one at least, and none is
    /// said that there is no set for.
    public func isSaid(in key: PolicyKey) -> Bool {
        func isSaid(_ labels: Set<Label>, _ set: TokenSet) -> Bool {
            !labels.isEmpty && labels.allSatisfy { set.tokens.contains(key.token(for: $0)) }
        }
        return isSaid(labels.grantees, tokens.grantees) && isSaid(labels.purposes, tokens.purposes)
            && isSaid(labels.classes, tokens.classes)
            && tokens.except.map { isSaid(labels.except, $0) } ?? labels.except.isEmpty
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
