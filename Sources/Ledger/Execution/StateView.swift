// Ledger · what one transaction sees of the state, and what it changes.
public import Primitives

/// Committed rows, read by key. The flat rows are the state; the tree only certifies them.
public protocol StateReader: AnyObject {
    /// The row at `key`, or nil.
    func value(for key: [UInt8]) throws(SteleError) -> [UInt8]?
    /// Every row whose key starts with `prefix`, in key order.
    func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])]
    /// What another view made of the rows of `group`, as this reader shows them, or nil if that is not at hand.
    func decoded(group: [UInt8]) -> (any AnyObject & Sendable)?
}

extension StateReader {
    /// Nil: every view decodes for itself.
    public func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? { nil }
}

/// The state as the running transaction sees it: committed rows under the block's changes under its own.
///
/// A transaction's writes become the block's when it is applied and vanish when it is refused. Used by one thread at a
/// time. Keys are never empty and start with two bytes, contract and kind, followed, wherever rows belong to one
/// subject, by the 32 bytes of its id: those 34 bytes name a *group*, the unit in which decoded rows are cached.
public final class StateView {
    /// How many leading bytes of a key name its group.
    public static let groupByteCount = 34
    /// How many groups are kept decoded unless said otherwise: some gigabytes if every one is a policy of 100 grants.
    public static let cachedGroupCountMax = 1 << 16

    private let reader: any StateReader
    private var block: [RowName: [UInt8]?] = [:]
    // The groups that the block changed: most scans are of others and need not look through the block.
    private var changedGroups: Set<RowName> = []
    private var transaction: [(key: [UInt8], value: [UInt8]?)] = []
    private var groups: GroupCache
    private var recent = RecentRows(countMax: 1 << 15)

    /// A view of what `reader` has committed.
    /// - Parameter cachedGroupCountMax: when more groups are wanted the oldest go, which costs only time.
    public init(reader: any StateReader, cachedGroupCountMax: Int = cachedGroupCountMax) {
        self.reader = reader
        groups = GroupCache(countMax: cachedGroupCountMax)
    }

    /// The row at `key`, or nil.
    public func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? {
        for change in transaction.reversed() where change.key == key { return change.value }
        let name = RowName(key)
        if let change = block[name] { return change }
        if let row = recent.row(name) { return row }
        return try reader.value(for: key)
    }

    /// Writes the row at `key`.
    public func set(_ key: [UInt8], to value: [UInt8]) { transaction.append((key, value)) }

    /// Removes the row at `key`.
    public func remove(_ key: [UInt8]) { transaction.append((key, nil)) }

    /// Every row whose key starts with `prefix`, in key order.
    public func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])] {
        let committed = try reader.rows(prefix: prefix)
        var changes: [[UInt8]: [UInt8]?] = [:]
        let isChanged =
            prefix.count < Self.groupByteCount || changedGroups.contains(RowName(Array(prefix[..<Self.groupByteCount])))
        if isChanged {
            for (name, value) in block where name.bytes.starts(with: prefix) {
                changes.updateValue(value, forKey: name.bytes)
            }
        }
        for (key, value) in transaction where key.starts(with: prefix) { changes.updateValue(value, forKey: key) }
        guard !changes.isEmpty else { return committed }
        var merged = committed.filter { changes[$0.key] == nil }
        for (key, value) in changes { if let value { merged.append((key, value)) } }
        return merged.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// Decoded rows of one group, built once and kept until a row of the group changes.
    ///
    /// The object shows the state before the running transaction, whose own writes it does not contain.
    /// - Parameter group: exactly ``groupByteCount`` bytes.
    public func cached<Object: AnyObject & Sendable>(
        group: [UInt8], as type: Object.Type = Object.self, build: () throws(SteleError) -> Object
    ) throws(SteleError) -> Object {
        precondition(group.count == Self.groupByteCount)
        if let object = groups[group] { return unsafe unsafeDowncast(object, to: Object.self) }
        if !changedGroups.contains(RowName(group)), let object = reader.decoded(group: group) {
            groups.insert(object, for: group)
            return unsafe unsafeDowncast(object, to: Object.self)
        }
        // Set aside, so that a decoded group never depends on when in a transaction it was built.
        let own = transaction
        transaction = []
        defer { transaction = own }
        let object = try build()
        groups.insert(object, for: group)
        return object
    }

    /// The decoded rows of `group` if they are kept.
    public func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? { groups[group] }

    /// Forgets the decoded rows of the group that `change` touches: for a view that follows blocks executed elsewhere.
    public func forget(_ change: StateChange) {
        guard change.key.count >= Self.groupByteCount else { return }
        groups.remove(Array(change.key[..<Self.groupByteCount]))
    }

    // MARK: - Transactions and blocks

    /// Keeps what the running transaction wrote.
    package func applyTransaction() {
        for (key, value) in transaction {
            if key.count >= Self.groupByteCount {
                let group = Array(key[..<Self.groupByteCount])
                groups.remove(group)
                changedGroups.insert(RowName(group))
            }
            block.updateValue(value, forKey: RowName(key))
        }
        transaction.removeAll(keepingCapacity: true)
    }

    /// Forgets what the running transaction wrote.
    package func refuseTransaction() { transaction.removeAll(keepingCapacity: true) }

    /// The block's changes in key order; nil marks a row that went. The reader must show them from now on.
    func takeBlock() -> [StateChange] {
        // Only rows that stand for their group: of those below there are many, and most are written once.
        for (name, row) in block where name.bytes.count <= Self.groupByteCount { recent.insert(row, for: name) }
        defer {
            block.removeAll(keepingCapacity: true)
            changedGroups.removeAll(keepingCapacity: true)
        }
        return block.map { StateChange(key: $0.key.bytes, value: $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}

/// One row that a block wrote, or removed if `value` is nil.
public struct StateChange: Hashable, Sendable {
    /// The row's key.
    public let key: [UInt8]
    /// Its new value.
    public let value: [UInt8]?

    /// A change of the row at `key`.
    public init(key: [UInt8], value: [UInt8]?) {
        self.key = key
        self.value = value
    }
}
