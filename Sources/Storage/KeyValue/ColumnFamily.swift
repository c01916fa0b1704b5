// Storage · the named parts of a store.

/// One ordered key space inside a store; a batch may span several and is applied to all of them at once.
///
/// Families are declared as constants and numbered 0, 1, 2, … in the order in which they were ever added. The number is
/// written into every batch, so it never changes; a new family goes at the end.
public struct ColumnFamily: Hashable, Sendable {
    /// How a family is read and written, which decides its filters, block size and compression.
    public enum Access: Hashable, Sendable {
        /// Random reads of single keys, such as state: filters in memory and on disk, hashed blocks.
        case pointLookup
        /// Keys that only grow and are mostly read in runs, such as leaves: large blocks, denser compression.
        case appendOnly
        /// Range scans with some point reads, such as indexes.
        case ordered
    }

    /// The most families one store may have.
    public static let countMax = 100

    /// The name on disk.
    public let name: String
    /// The position in the store's list, from 0.
    public let index: Int
    /// How the family is used.
    public let access: Access

    /// The family `name` at position `index`.
    public init(_ name: String, index: Int, access: Access = .ordered) {
        precondition((0..<Self.countMax).contains(index), "a store has at most \(Self.countMax) families")
        precondition(!name.isEmpty && name != "default", "the name must not be empty or `default`")
        self.name = name
        self.index = index
        self.access = access
    }
}

extension [ColumnFamily] {
    /// Stops the process unless the families are numbered 0, 1, 2, … and named differently.
    func checkDeclaration() {
        precondition(!isEmpty, "a store needs a column family")
        precondition(enumerated().allSatisfy { $0.offset == $0.element.index }, "families must be listed by index")
        precondition(Set(map(\.name)).count == count, "families must have different names")
    }
}
