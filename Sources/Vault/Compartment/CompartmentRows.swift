// Vault · a compartment on disk: a base and the deltas since.
internal import Cryptography
internal import Primitives
internal import Storage

/// Reads and writes the rows of one compartment.
///
/// ```
/// row prefix 16 ‖ 00                 → next sequence u64 ‖ nonce 24 ‖ sealed state
/// row prefix 16 ‖ 01 ‖ sequence u64  → nonce 24 ‖ sealed change
/// ```
/// A delta is small, so that a change costs what it says and not what the compartment holds. When deltas pile up they
/// are merged into a new base: after 16 of them once they are as large as the base, after 256 in any case, which keeps
/// opening quick and rewriting within a small factor of what was written. Source: `docs/spec/vault.md` §8.
struct CompartmentRows: Sendable {
    static let family = ColumnFamily("compartment", index: 1, access: .ordered)
    /// Fewest and most deltas when they are merged.
    static let deltaCountMin = 16, deltaCountMax = 256

    private let keys: PatientKeys
    private var firstSequence: UInt64 = 0
    private var nextSequence: UInt64 = 0
    private var baseByteCount = 0
    private var deltaByteCount = 0

    /// Reads what is stored of a compartment; an empty state when nothing is.
    ///
    /// - Throws: ``SteleError`` with code `vault.damaged` unless every row opens and no delta is missing between
    ///   others.
    static func load(
        _ keys: PatientKeys, from store: any KeyValueStore
    ) throws(SteleError) -> (state: CompartmentState, rows: CompartmentRows) {
        var rows = CompartmentRows(keys)
        var state = CompartmentState(keys.subject)
        try store.forEach(prefix: keys.rowPrefix, in: family) { (key, value) throws(SteleError) in
            try reading("compartment") { () throws(SteleError) in
                if key == rows.baseRow {
                    state = try rows.openBase(value)
                } else {
                    try rows.openDelta(key, value, into: &state)
                }
            }
            return true
        }
        state.openPending()
        return (state, rows)
    }

    private init(_ keys: PatientKeys) { self.keys = keys }

    /// Adds the row of `change`, which `state` holds already, to `batch`, and a new base if it is time.
    mutating func append(
        _ change: CompartmentChange, after state: CompartmentState, to batch: inout WriteBatch, random: any RandomSource
    ) {
        let sealed = XChaCha20Poly1305.sealWithNonce(
            change.encoded, key: keys.sealing,
            associated: Binding.delta(keys.subject, sequence: nextSequence), random: random)
        batch.put(deltaRow(nextSequence), sealed, in: Self.family)
        nextSequence += 1
        deltaByteCount += sealed.count
        let deltaCount = Int(nextSequence - firstSequence)
        if deltaCount >= Self.deltaCountMax || deltaCount >= Self.deltaCountMin && deltaByteCount >= baseByteCount {
            merge(state, into: &batch, random: random)
        }
    }

    private mutating func merge(_ state: CompartmentState, into batch: inout WriteBatch, random: any RandomSource) {
        var base: [UInt8] = []
        base.append(bigEndian: nextSequence)
        base += XChaCha20Poly1305.sealWithNonce(
            state.encoded, key: keys.sealing, associated: Binding.base(keys.subject, next: nextSequence), random: random
        )
        batch.put(baseRow, base, in: Self.family)
        for sequence in firstSequence..<nextSequence { batch.delete(deltaRow(sequence), in: Self.family) }
        firstSequence = nextSequence
        deltaByteCount = 0
        baseByteCount = base.count
    }

    private mutating func openBase(_ value: [UInt8]) throws(SteleError) -> CompartmentState {
        guard value.count > 8 else { throw .damaged("compartment") }
        firstSequence = value.bigEndian(at: 0)
        nextSequence = firstSequence
        baseByteCount = value.count
        let plain = try XChaCha20Poly1305.openWithNonce(
            Array(value[8...]), key: keys.sealing, associated: Binding.base(keys.subject, next: firstSequence))
        return try decoding("compartment") { () throws(CBORError) in try CompartmentState(plain, of: keys.subject) }
    }

    private mutating func openDelta(
        _ key: [UInt8], _ value: [UInt8], into state: inout CompartmentState
    ) throws(SteleError) {
        guard key == deltaRow(nextSequence) else { throw .damaged("compartment") }
        let plain = try XChaCha20Poly1305.openWithNonce(
            value, key: keys.sealing, associated: Binding.delta(keys.subject, sequence: nextSequence))
        let change = try decoding("compartment") { () throws(CBORError) in try CompartmentChange(plain) }
        guard state.apply(change) != nil else { throw .damaged("compartment") }
        nextSequence += 1
        deltaByteCount += value.count
    }

    private var baseRow: [UInt8] { keys.rowPrefix + [0] }

    private func deltaRow(_ sequence: UInt64) -> [UInt8] {
        var row = keys.rowPrefix + [1]
        row.append(bigEndian: sequence)
        return row
    }
}
