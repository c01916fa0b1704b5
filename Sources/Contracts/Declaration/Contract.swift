// Contracts · a contract as data: its calls, its rows, its reasons for refusal.

/// A row that a contract keeps in the state.
public struct RowDeclaration: Sendable {
    /// What it stands for, one phrase.
    public let summary: String
    /// Its key, as `"rs" ‖ subject 32`.
    public let key: String
    /// Its fields.
    public let fields: [FieldDescriptor]

    /// Rows at `key` holding a `Row`.
    init<Row: FieldRecord>(_ type: Row.Type, key: String, _ summary: String) {
        self.summary = summary
        self.key = key
        fields = Row.descriptors
    }
}

/// A contract: what it lets be done, what it keeps and why it refuses.
public struct Contract: Sendable {
    /// Its name, the first part of its calls' names.
    public let name: String
    /// What it is for, one sentence.
    public let summary: String
    /// Its calls.
    public let calls: [AnyCallDeclaration]
    /// The rows it keeps.
    public let rows: [RowDeclaration]

    /// Every reason for which one of its calls can be refused, in order of their numbers.
    public var refusals: [Refusal] {
        Set(calls.flatMap(\.refusals)).sorted { $0.status < $1.status }
    }
}
