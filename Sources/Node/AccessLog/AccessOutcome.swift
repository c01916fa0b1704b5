// Node · what came of an access, in one word that can be searched for.
internal import Contracts
internal import Primitives
internal import Vault

/// What came of an access.
public enum AccessOutcome: UInt8, Sendable, CaseIterable {
    /// Something was released.
    case released = 1
    /// Nothing was found among what the asker may see.
    case empty = 2
    /// What was asked for by name was withheld, or is not there.
    case withheld = 3
    /// No grant permits the asker anything.
    case refused = 4
    /// An emergency was opened.
    case opened = 5

    /// The word for it.
    public var name: String {
        switch self {
        case .released: "released"
        case .empty: "empty"
        case .withheld: "withheld"
        case .refused: "refused"
        case .opened: "opened"
        }
    }

    /// What came of a request that permitted `profiles`, kept as `request`.
    init(of request: KeptRequest?, permitted profiles: ProfileSet) {
        // The log itself is what a patient gets who looks at it, and an officer who gives an account of it.
        if let asked = request?.asked, [KeptRequest.ownLog, KeptRequest.account].contains(asked) {
            self = .released
            return
        }
        switch (request?.records.isEmpty ?? true, request?.withheld.isEmpty ?? true, profiles.isEmpty) {
        case (false, _, _): self = .released
        case (true, false, _): self = .withheld
        case (true, true, true): self = .refused
        case (true, true, false): self = .empty
        }
    }
}
