// Vault · a subject's index as its writers see it: what is anchored, what waits for its anchor, what is being made.
internal import Primitives

/// Everything about one compartment that is decided under its lock. Pure: it reads and writes no row.
struct CompartmentState: Sendable {
    /// What readers see.
    var compartment: Compartment
    /// What is staged and waits for its transaction.
    private(set) var pending: [TransactionID: [CompartmentEntry]] = [:]
    // The resources of which versions are being made, or wait for their anchor.
    private var open: Set<ResourceName> = []

    init(_ subject: SubjectID) { compartment = Compartment(subject) }

    /// How many entries there are, anchored or waiting: what it costs to keep.
    var entryCount: Int { pending.values.reduce(compartment.entries.count) { $0 + $1.count } }

    /// Begins a new version of `resource`, and returns the newest anchored one, if any.
    ///
    /// A resource has one writer at a time: the ledger accepts one successor of a version, so a second could only fail.
    ///
    /// - Parameter expected: The version that must be the newest, 0 for none yet; nil for whatever it is.
    /// - Throws: ``SteleError`` with code `vault.version_conflict` or `vault.version_pending`; nothing is begun.
    mutating func beginVersion(
        of resource: ResourceName, expecting expected: UInt32?
    ) throws(SteleError) -> CompartmentEntry? {
        let newest = compartment.current(resource)
        guard expected == nil || expected == newest?.version ?? 0 else { throw .versionConflict }
        guard !open.contains(resource) else { throw .versionPending }
        open.insert(resource)
        return newest
    }

    /// Ends the making of new versions of `resource`.
    mutating func endVersion(of resource: ResourceName) { open.remove(resource) }

    /// Applies a change. The resources of what is staged have been begun.
    ///
    /// - Returns: The entries concerned; nil, with nothing changed, if nothing is staged for the transaction, or
    ///   already is.
    mutating func apply(_ change: CompartmentChange) -> [CompartmentEntry]? {
        switch change {
        case .stage(let transaction, let entries):
            guard pending[transaction] == nil else { return nil }
            pending[transaction] = entries
            return entries
        case .confirm(let transaction):
            guard let entries = pending.removeValue(forKey: transaction) else { return nil }
            compartment.expect(entries.count)
            for entry in entries {
                compartment.append(entry)
                endVersion(of: entry.resource)
            }
            return entries
        case .discard(let transaction):
            guard let entries = pending.removeValue(forKey: transaction) else { return nil }
            for entry in entries { endVersion(of: entry.resource) }
            return entries
        case .renew(let transaction, let next):
            guard pending[next] == nil, let entries = pending.removeValue(forKey: transaction) else { return nil }
            pending[next] = entries.map { $0.anchored(by: next) }
            return entries
        }
    }

    /// Whether ``apply(_:)`` would.
    func accepts(_ change: CompartmentChange) -> Bool {
        switch change {
        case .stage(let transaction, _): pending[transaction] == nil
        case .confirm(let transaction), .discard(let transaction): pending[transaction] != nil
        case .renew(let transaction, let next): pending[transaction] != nil && pending[next] == nil
        }
    }

    /// Notes, after changes were read back, that the resources of what is pending are being written.
    mutating func openPending() { open = Set(pending.values.joined().map(\.resource)) }
}

extension SteleError {
    static var versionConflict: SteleError {
        SteleError(
            .vaultVersionConflict, "the resource is not at the version expected",
            hint: "read the resource again and repeat the change on its newest version")
    }

    static var versionPending: SteleError {
        SteleError(
            .vaultVersionPending, "another version of the resource waits for its anchor",
            hint: "send the change again; an anchor that never comes is given up after two minutes")
    }
}

// MARK: - Encoding
extension CompartmentState {
    /// `[[entry …], [[transaction, [entry …]] …]]`: what is anchored, and what is pending in the order of transaction
    /// ids.
    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 64 + 512 * entryCount)
        writer.write(arrayCount: 2)
        writer.write(entries: compartment.entries)
        writer.write(arrayCount: pending.count)
        for (transaction, entries) in pending.sorted(by: { $0.key < $1.key }) {
            writer.write(arrayCount: 2)
            writer.write(transaction)
            writer.write(entries: entries)
        }
        return writer.bytes
    }

    /// The state that was encoded in `bytes`.
    init(_ bytes: [UInt8], of subject: SubjectID) throws(CBORError) {
        self.init(subject)
        var reader = CBORReader(bytes)
        _ = try reader.readArrayCount(2...2)
        let count = try reader.readArrayCount()
        compartment.expect(count)
        for _ in 0..<count { compartment.append(try CompartmentEntry(from: &reader)) }
        for _ in 0..<(try reader.readArrayCount()) {
            _ = try reader.readArrayCount(2...2)
            let transaction = try reader.readBytes32()
            pending[transaction] = try reader.readEntries()
        }
        try reader.finish()
        openPending()
    }
}

/// One step in the life of what is staged: the content of a delta.
enum CompartmentChange: Equatable, Sendable {
    case stage(TransactionID, [CompartmentEntry])
    case confirm(TransactionID)
    case discard(TransactionID)
    /// What was staged for the first will be anchored by the second.
    case renew(TransactionID, TransactionID)

    /// The transaction concerned.
    var transaction: TransactionID {
        switch self {
        case .stage(let transaction, _), .confirm(let transaction), .discard(let transaction),
            .renew(let transaction, _):
            transaction
        }
    }

    /// `[0, transaction, [entry …]]`, `[1, transaction]`, `[2, transaction]` or `[3, transaction, next]`.
    var encoded: [UInt8] {
        switch self {
        case .stage(let transaction, let entries):
            var writer = CBORWriter(capacity: 64 + 512 * entries.count)
            writer.write(arrayCount: 3)
            writer.write(0)
            writer.write(transaction)
            writer.write(entries: entries)
            return writer.bytes
        case .confirm(let transaction): return Self.encode(1, transaction)
        case .discard(let transaction): return Self.encode(2, transaction)
        case .renew(let transaction, let next):
            var writer = CBORWriter(capacity: 80)
            writer.write(arrayCount: 3)
            writer.write(3)
            writer.write(transaction)
            writer.write(next)
            return writer.bytes
        }
    }

    private static func encode(_ kind: UInt64, _ transaction: TransactionID) -> [UInt8] {
        var writer = CBORWriter(capacity: 40)
        writer.write(arrayCount: 2)
        writer.write(kind)
        writer.write(transaction)
        return writer.bytes
    }

    init(_ bytes: [UInt8]) throws(CBORError) {
        var reader = CBORReader(bytes)
        let count = try reader.readArrayCount(2...3)
        let kind = try reader.readUInt(max: 3)
        guard (kind == 0 || kind == 3) == (count == 3) else { throw CBORError(.outOfRange, at: 0) }
        let transaction = try reader.readBytes32()
        switch kind {
        case 0: self = .stage(transaction, try reader.readEntries())
        case 1: self = .confirm(transaction)
        case 2: self = .discard(transaction)
        default: self = .renew(transaction, try reader.readBytes32())
        }
        try reader.finish()
    }
}

extension CBORWriter {
    fileprivate mutating func write(entries: [CompartmentEntry]) {
        write(arrayCount: entries.count)
        for entry in entries { entry.encode(into: &self) }
    }
}

extension CBORReader {
    fileprivate mutating func readEntries() throws(CBORError) -> [CompartmentEntry] {
        var entries: [CompartmentEntry] = []
        let count = try readArrayCount()
        entries.reserveCapacity(count)
        for _ in 0..<count { entries.append(try CompartmentEntry(from: &self)) }
        return entries
    }
}
