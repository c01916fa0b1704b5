// Contracts · rows of the state as records.
internal import Ledger
public import Primitives

extension StateView {
    /// The row at `key`, or nil.
    /// - Throws: ``SteleError`` with code `contract.row` if the bytes are not such a row, which a damaged store alone
    ///   causes.
    func row<Row: FieldRecord>(at key: [UInt8], as type: Row.Type = Row.self) throws(SteleError) -> Row? {
        guard let bytes = try value(for: key) else { return nil }
        return try Row(row: bytes)
    }

    /// Writes `row` at `key`.
    func set(_ key: [UInt8], to row: some FieldRecord) { set(key, to: row.encoded()) }
}

extension FieldRecord {
    /// The record that the state's `row` encodes.
    /// - Throws: if it is none: the state is damaged.
    public init(row: [UInt8]) throws(SteleError) {
        do {
            try self.init(decoding: row)
        } catch {
            throw .damagedRow
        }
    }
}

extension SteleError {
    /// A row is missing or is not what its contract writes.
    static var damagedRow: SteleError {
        SteleError(
            .contractRow, "a row of the state is not what its contract writes",
            hint: "stop this node and run `stele inspect --deep`")
    }
}

/// How the key of a row begins: a letter for the contract and one for the kind.
struct RowKind {
    private let contract: UInt8
    private let kind: UInt8

    init(_ contract: Character, _ kind: Character) {
        self.contract = contract.asciiValue ?? 0
        self.kind = kind.asciiValue ?? 0
    }

    /// The key of the only row of this kind.
    var key: [UInt8] { [contract, kind] }

    /// The key of the row for `identifier`: exactly the bytes that name a group.
    func key(_ identifier: Bytes32) -> [UInt8] { start(identifier, capacity: 34) }

    /// The key of the row for `identifier` under `group`.
    func key(_ group: Bytes32, _ identifier: Bytes32) -> [UInt8] {
        var key = start(group, capacity: 66)
        key.append(identifier)
        return key
    }

    /// The key of the row for `identifier` of sort `sort` under `group`.
    func key(_ group: Bytes32, _ sort: UInt8, _ identifier: Bytes32) -> [UInt8] {
        var key = start(group, capacity: 67)
        key.append(sort)
        key.append(identifier)
        return key
    }

    /// The key of the row for `number` of sort `sort` under `group`.
    func key(_ group: Bytes32, _ sort: UInt8, _ number: UInt8) -> [UInt8] {
        start(group, capacity: 36) + [sort, number]
    }

    /// The key of the row for `name`.
    func key(_ name: OrganisationName) -> [UInt8] { [contract, kind] + name.text.utf8 }

    private func start(_ group: Bytes32, capacity: Int) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(capacity)
        key.append(contract)
        key.append(kind)
        key.append(group)
        return key
    }
}
