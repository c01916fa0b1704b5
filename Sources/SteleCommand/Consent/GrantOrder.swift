// SteleCommand · what a patient decides at once: some scopes for one purpose and time.
internal import Contracts
internal import Cryptography
internal import Primitives

/// Scopes with everything they share. It becomes the terms of grants under the subject's policy key.
struct GrantOrder: Sendable {
    /// Longest time, in days.
    static let dayCountMax = 3653

    /// Whom and what it speaks about.
    var scopes: [GrantScope]
    /// For what, ActReason codes.
    var purposes: [String]
    /// Doing what.
    var actions: Actions
    /// For how long.
    var dayCount: Int
    /// Whether it lets or forbids.
    var kind = GrantKind.permit

    /// A grant to be made, with the words that its commitment is to.
    struct Prepared {
        let terms: GrantTerms
        /// What the patient agreed to.
        let words: String
        /// The salt of the commitment to the words.
        let salt: Bytes32
    }

    /// The grants, beginning at `now`, under the policy key of `subject`.
    ///
    /// Bounds are whole minutes, or whole days of UTC for more than 90 days: `docs/spec/consent.md` §4.
    func prepared(for subject: Wallet.Subject, now: Timestamp, random: any RandomSource) -> [Prepared] {
        let unit: UInt64 = dayCount > 90 ? 86_400 : 60
        let start = now.seconds / unit * unit
        let end = start + UInt64(dayCount) * 86_400
        let key = subject.policyKey
        func tokens(_ labels: [Label]) -> TokenSet {
            guard let set = TokenSet(padding: labels.map { key.token(for: $0) }, random: random) else {
                preconditionFailure("a scope has at most sixteen labels of a kind")
            }
            return set
        }
        return scopes.map { scope in
            let words = words(of: scope, from: UnixSeconds(start), until: UnixSeconds(end))
            let salt = random.bytes32()
            let terms = GrantTerms(
                kind: kind, grantees: tokens(scope.grantees), actions: actions,
                purposes: tokens(purposes.map(Label.purpose)), classes: tokens(scope.classes),
                except: scope.except.isEmpty ? nil : tokens(scope.except), notBefore: UnixSeconds(start),
                notAfter: UnixSeconds(end),
                termsCommitment: HMACSHA256.code(of: SHA256.hash(Array(words.utf8)), salt: salt),
                policyKeyVersion: key.version)
            return Prepared(terms: terms, words: words, salt: salt)
        }
    }

    private func words(of scope: GrantScope, from start: UnixSeconds, until end: UnixSeconds) -> String {
        "\(kind.name) \(scope.text) purposes=\(purposes.joined(separator: ",")) "
            + "actions=\(actions.names.joined(separator: ",")) from=\(start.text) until=\(end.text)"
    }
}
