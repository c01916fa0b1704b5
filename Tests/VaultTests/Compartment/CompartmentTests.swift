// Tests · the index of a subject: what readers see, how it is stored, and when it is merged.
import Cryptography
import FHIR
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

/// Those of `{"resourceType":"Observation","status":"final"}`.
private let facts = try! SearchFacts(
    of: Resource(parsing: Array(#"{"resourceType":"Observation","status":"final"}"#.utf8)))

private func entry(
    _ id: String, version: UInt32 = 1, profile: UInt8 = 0, type: String = "Observation", isTombstone: Bool = false
)
    -> CompartmentEntry
{
    CompartmentEntry(
        recordID: SHA256.hash(Array("\(type)\(id)\(version)".utf8)), resource: ResourceName(type: type, id: id),
        version: version, lastUpdated: Sample.time, profile: profile, category: KeyCategory(name: "general"),
        keyVersion: 1,
        salt: .zero, anchor: .zero, byteCount: 7, isTombstone: isTombstone, transaction: .zero,
        facts: facts)
}

@Suite struct CompartmentTests {
    private func compartment(_ entries: [CompartmentEntry]) -> Compartment {
        var compartment = Compartment(.zero)
        for entry in entries { compartment.append(entry) }
        return compartment
    }

    @Test func knowsTheNewestVersionAndTheOthers() {
        let compartment = compartment([entry("a"), entry("b"), entry("a", version: 2), entry("a", type: "Condition")])
        #expect(compartment.current(Sample.name("a"))?.version == 2)
        #expect(compartment.versions(of: Sample.name("a")).map(\.version) == [1, 2])
        #expect(compartment.version(1, of: Sample.name("a"))?.version == 1)
        #expect(compartment.version(3, of: Sample.name("a")) == nil && compartment.current(Sample.name("c")) == nil)
        #expect(compartment.entry(recordID: entry("b").recordID) == entry("b"))
        #expect(compartment.entry(recordID: .zero) == nil)
    }

    @Test func showsOnlyWhatIsPermittedAndNotDeleted() {
        let compartment = compartment([
            entry("a", profile: 0), entry("b", profile: 63), entry("c", profile: 1), entry("d", profile: 0),
            entry("d", version: 2, profile: 0, isTombstone: true), entry("e", profile: 0),
            entry("e", version: 2, profile: 1), entry("f", profile: 0, type: "Condition"),
        ])
        func ids(_ type: String?, _ permitted: UInt64) -> [String] {
            compartment.current(type: type, permitted: permitted).map(\.resource.id)
        }
        #expect(ids(nil, .max) == ["a", "b", "c", "e", "f"])
        #expect(ids(nil, 0) == [])
        #expect(ids("Observation", 1) == ["a"])  // `e` was permitted once; its newest version is not.
        #expect(ids(nil, 1 << 63) == ["b"])
        #expect(ids(nil, 0b10) == ["c", "e"])
    }
}

@Suite struct CompartmentStateTests {
    @Test func survivesItsEncoding() throws {
        var state = CompartmentState(.zero)
        for index in 0..<5 {
            let transaction = Bytes32(hex: "0\(index)" * 32)!
            let entries = [entry("a\(index)"), entry("b\(index)")]
            #expect(state.apply(.stage(transaction, entries)) == entries)
            if index < 3 { #expect(state.apply(.confirm(transaction)) == entries) }
        }
        let copy = try CompartmentState(state.encoded, of: .zero)
        #expect(copy.compartment.entries == state.compartment.entries && copy.pending == state.pending)
        #expect(copy.encoded == state.encoded && copy.entryCount == 10)
        #expect(throws: CBORError.self) { try CompartmentState(state.encoded + [0], of: .zero) }
        #expect(throws: CBORError.self) { try CompartmentState(state.encoded.dropLast(), of: .zero) }
    }

    @Test func letsOneWriterAtAResource() throws {
        var state = CompartmentState(.zero)
        let name = Sample.name("a")
        #expect(try state.beginVersion(of: name, expecting: nil) == nil)
        #expect(throws: SteleError.self) { try state.beginVersion(of: name, expecting: nil) }
        _ = state.apply(.stage(.zero, [entry("a")]))
        #expect(throws: SteleError.self) { try state.beginVersion(of: name, expecting: nil) }
        _ = state.apply(.confirm(.zero))
        #expect(throws: SteleError.self) { try state.beginVersion(of: name, expecting: 0) }
        #expect(throws: SteleError.self) { try state.beginVersion(of: name, expecting: 2) }
        #expect(try state.beginVersion(of: name, expecting: 1) == entry("a"))
        state.endVersion(of: name)
        #expect(try state.beginVersion(of: name, expecting: nil) == entry("a"))
    }

    @Test func refusesWhatDoesNotFollow() {
        var state = CompartmentState(.zero)
        #expect(state.apply(.confirm(.zero)) == nil && state.apply(.discard(.zero)) == nil)
        #expect(state.apply(.stage(.zero, [entry("a")])) != nil)
        #expect(state.apply(.stage(.zero, [entry("b")])) == nil)
        #expect(state.apply(.discard(.zero)) == [entry("a")])
        #expect(state.compartment.entries.isEmpty && state.pending.isEmpty)
    }

    @Test func encodesChangesStrictly() throws {
        let changes: [CompartmentChange] = [.stage(.zero, [entry("a"), entry("b")]), .confirm(.zero), .discard(.zero)]
        for change in changes {
            #expect(try CompartmentChange(change.encoded) == change)
            for count in 0..<change.encoded.count {
                #expect(throws: CBORError.self) { try CompartmentChange(Array(change.encoded[..<count])) }
            }
        }
    }
}

@Suite struct CompartmentRowsTests {
    private let random = SeededRandom(9)
    private let keys = PatientKeys(SecretBytes([UInt8](repeating: 4, count: 32)), of: Bytes32(hex: "0d" * 32)!)

    /// A store that holds `count` confirmed transactions of one entry each, and how many rows it took at most.
    private func filled(_ count: Int) throws -> (store: MemoryStore, rowCountMax: Int) {
        let store = try MemoryStore(columnFamilies: Vault.contentFamilies)
        var (state, rows) = try CompartmentRows.load(keys, from: store)
        var rowCountMax = 0
        for index in 0..<count {
            let transaction = random.bytes32()
            for change in [CompartmentChange.stage(transaction, [entry("\(index)")]), .confirm(transaction)] {
                var batch = WriteBatch()
                #expect(state.apply(change) != nil)
                rows.append(change, after: state, to: &batch, random: random)
                try store.write(batch, sync: false)
            }
            rowCountMax = max(rowCountMax, try store.scan(prefix: [], in: CompartmentRows.family).count)
        }
        return (store, rowCountMax)
    }

    @Test func mergesDeltasIntoABase() throws {
        let (store, rowCountMax) = try filled(600)
        #expect(rowCountMax <= CompartmentRows.deltaCountMax + 1)
        #expect(try store.get(keys.rowPrefix + [0], in: CompartmentRows.family) != nil)
        let (state, _) = try CompartmentRows.load(keys, from: store)
        #expect(state.compartment.entries.map(\.resource.id) == (0..<600).map { "\($0)" })
    }

    @Test func refusesDeltasMissingMovedOrSwapped() throws {
        let (store, _) = try filled(6)
        let deltas = try store.scan(prefix: keys.rowPrefix + [1], in: CompartmentRows.family)
        #expect(deltas.count == 12)
        func check(_ change: (inout WriteBatch) -> Void) throws {
            let copy = try MemoryStore(columnFamilies: Vault.contentFamilies)
            var batch = WriteBatch()
            for delta in deltas { batch.put(delta.key, delta.value, in: CompartmentRows.family) }
            change(&batch)
            try copy.write(batch, sync: true)
            #expect(throws: SteleError.self) { try CompartmentRows.load(keys, from: copy) }
        }
        for index in 0..<11 { try check { $0.delete(deltas[index].key, in: CompartmentRows.family) } }
        try check { batch in
            batch.put(deltas[0].key, deltas[2].value, in: CompartmentRows.family)
            batch.put(deltas[2].key, deltas[0].value, in: CompartmentRows.family)
        }
        try check { $0.put(deltas[11].key.dropLast() + [12], deltas[11].value, in: CompartmentRows.family) }
        try check { $0.put(keys.rowPrefix + [2], deltas[0].value, in: CompartmentRows.family) }
    }
}
