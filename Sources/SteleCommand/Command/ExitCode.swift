// SteleCommand · what the shell is told. Source: `docs/spec/errors.json`.
public import Primitives
internal import Storage

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
    /// The node or a service it needs does not answer.
    case unreachable = 4
    /// The data directory is damaged, locked, or of another format.
    case storeDamaged = 5
    /// No room on the disk.
    case storageFull = 6
    /// Stopped by a signal, 128 + SIGINT.
    case interrupted = 130

    /// How a call ends that fails with `code`, whether it was thrown here or came from a node.
    ///
    /// `docs/spec/errors.json` lists the number for each code, and a test compares the two.
    public init(for code: ErrorCode) {
        if code == .storageFull {
            self = .storageFull
            return
        }
        let parts = code.name.split(separator: ".", maxSplits: 1)
        let (noun, reason) = (parts.first ?? "", parts.last ?? "")
        switch (noun, reason) {
        case ("usage", _): self = .usage
        case ("store", _), ("storage", _), ("signstate", _): self = .storeDamaged
        case (_, "unreachable"), (_, "unavailable_now"), (_, "overloaded"): self = .unreachable
        case (_, "refused"), (_, "false"), (_, "unavailable"), (_, "denied"): self = .refused
        default: self = .badInput
        }
    }
}
