// ContractsTests · committed rows in memory.
import Ledger
import Primitives

/// Committed rows in a dictionary. Counts what is read, so that tests can bound it.
final class MemoryState: StateReader {
    private(set) var rows: [[UInt8]: [UInt8]] = [:]
    private(set) var readCount = 0

    func value(for key: [UInt8]) -> [UInt8]? {
        readCount += 1
        return rows[key]
    }

    func rows(prefix: [UInt8]) -> [(key: [UInt8], value: [UInt8])] {
        readCount += 1
        return rows.filter { $0.key.starts(with: prefix) }.map { ($0.key, $0.value) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    func apply(_ changes: [StateChange]) {
        for change in changes { rows[change.key] = change.value }
    }
}
