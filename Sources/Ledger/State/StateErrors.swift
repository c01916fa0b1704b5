// Ledger · what can be wrong with a stored state tree.
public import Primitives

extension ErrorCode {
    /// A page that the state root requires is not stored.
    public static let statePageMissing = ErrorCode("state.page_missing")
    /// A stored page is malformed, or does not hash to what the page above it says.
    public static let statePageCorrupt = ErrorCode("state.page_corrupt")
}
