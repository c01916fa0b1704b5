// Ledger · where the pages of the state tree come from.
public import Primitives

/// The stored pages of a state tree, as ``StateTree/takeRegion(_:)`` gave them.
///
/// Asked only for pages that are not in memory. They need no trust: each is checked against the hash in the page above.
public protocol StateNodeSource: AnyObject {
    /// The page stored at `key` (`u8 nibble count ‖ packed nibbles`), or nil.
    func page(_ key: [UInt8]) throws(SteleError) -> [UInt8]?
}
