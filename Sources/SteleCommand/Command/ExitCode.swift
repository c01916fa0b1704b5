// SteleCommand · what the shell is told. Source: `docs/spec/errors.json`.
public import Primitives

/// How a call ended. The numbers are a promise to scripts.
public enum ExitCode: Int32, Sendable, CaseIterable {
    /// Done.
    case success = 0
    /// Refused by a rule, or a proof that does not hold.
    case refused = 1
    /// The command line is not right.
    case usage = 2
    /// A file, a value or an answer is not what it must be.
    case badInput = 3
    /// The node, or a service it needs, does not answer or has no room for more.
    case unreachable = 4
    /// The data directory is damaged, locked, or of another format.
    case storeDamaged = 5
    /// No room on the disk.
    case storageFull = 6
    /// Stopped by a signal, 128 + SIGINT.
    case interrupted = 130

    /// How a call ends that fails with `code`, whether it was thrown here or came from a node.
    ///
    /// The reason decides if it means the same everywhere, else the noun; a few codes are of their own.
    /// `docs/spec/errors.json` lists the number of every code, and a test compares the two.
    public init(for code: ErrorCode) {
        let parts = code.name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let (noun, reason) = (parts[0], parts.count > 1 ? parts[1] : "")
        self = Self.exceptions[code.name] ?? Self.ofReason[reason] ?? Self.ofNoun[noun] ?? .badInput
    }

    private static let ofReason: [Substring: ExitCode] = [
        "malformed": .badInput, "busy": .unreachable, "timeout": .unreachable, "unreachable": .unreachable,
    ]

    private static let ofNoun: [Substring: ExitCode] = {
        let nouns: [ExitCode: [Substring]] = [
            .usage: ["usage"],
            .storeDamaged: ["files", "store", "storage", "signstate", "state", "log"],
            .refused: [
                "access", "actor", "consent_key", "criteria", "delegate", "emergency", "episode", "grant", "leak",
                "network_key", "note",
                "organisation",
                "erasure", "hold", "override", "policy_key", "profile", "proof", "record", "review", "role", "signer",
                "subject", "token",
            ],
        ]
        return Dictionary(uniqueKeysWithValues: nouns.flatMap { exit, nouns in nouns.map { ($0, exit) } })
    }()

    private static let exceptions: [String: ExitCode] = [
        "disk.full": .storageFull, "disk.reserved": .storageFull, "storage.full": .storageFull,
        "storage.exists": .badInput, "log.range_invalid": .badInput,
        "access.contended": .unreachable, "client.cancelled": .unreachable, "client.tls": .unreachable,
        "clock.skewed": .unreachable, "contract.reserved": .refused, "contract.result": .storeDamaged,
        "contract.row": .storeDamaged,
        "demo.unexpected": .refused, "emergency.unavailable": .unreachable, "events.limit": .unreachable,
        "idempotency.limit": .unreachable, "journal.damaged": .storeDamaged, "journal.full": .unreachable,
        "journal.out_of_order": .refused, "journal.waiting": .unreachable, "ledger.standstill": .unreachable,
        "token.limit": .unreachable, "token.throttled": .unreachable, "records.unsettled": .unreachable,
        "copy.changed": .unreachable, "copy.false": .refused, "copy.history_differs": .refused,
        "signstate.malformed": .storeDamaged, "keys.in_force": .refused, "keys.node_fixed": .refused,
        "keys.root_fixed": .refused,
        "transaction.erased": .refused,
        "vault.pending": .unreachable,
        "vault.damaged": .storeDamaged, "vault.missing": .storeDamaged, "vault.version_pending": .refused,
        "vault.wallet_claimed": .refused, "witness.damaged": .storeDamaged,
    ]
}
