// Decoded rows taken over by the chain are always those of the newest executed block.
import Primitives
import Storage
import SteleTesting
import Testing

@testable import Ledger
@testable import Node

@Suite struct ReadingsTests {
    private final class Value: Sendable {
        let bytes: [UInt8]?
        init(_ bytes: [UInt8]?) { self.bytes = bytes }
    }
    private let store: MemoryStore
    private let subject = Bytes32([UInt8](repeating: 0xab, count: 32), at: 0)
    init() throws { store = try MemoryStore(columnFamilies: LedgerStore.columnFamilies) }

    private var group: [UInt8] { [1, 2] + subject.bytes }

    private func write(_ value: [UInt8]) throws {
        var batch = WriteBatch()
        batch.put(group, value, in: LedgerStore.state)
        try store.write(batch, sync: true)
    }

    private func read(_ readings: Readings) throws -> [UInt8]? {
        let group = group
        return try readings.withView(about: subject) { view throws(SteleError) in
            try view.cached(group: group, as: Value.self) { () throws(SteleError) in
                Value(try view.value(for: group))
            }.bytes
        }
    }

    @Test func theChainTakesOverWhatAPreviewDecoded() throws {
        try write([1])
        let readings = Readings(store)
        let pending = PendingState(store, readings: readings)
        #expect(pending.decoded(group: group) == nil)
        #expect(try read(readings) == [1])
        #expect((pending.decoded(group: group) as? Value)?.bytes == [1])
    }

    @Test func nothingIsTakenOverWhileABlockThatChangesItIsUnderWay() throws {
        try write([1])
        let readings = Readings(store)
        let pending = PendingState(store, readings: readings)
        #expect(try read(readings) == [1])
        let change = StateChange(key: group, value: [2])
        pending.push([change], height: 1)
        #expect(pending.decoded(group: group) == nil)
        // On disk, but not yet forgotten by the preview.
        try write([2])
        #expect(pending.decoded(group: group) == nil)
        readings.forget([change])
        pending.durable(1)
        #expect(pending.decoded(group: group) == nil)
        #expect(try read(readings) == [2])
        #expect((pending.decoded(group: group) as? Value)?.bytes == [2])
    }

    @Test func aViewInUseIsNotWaitedFor() throws {
        try write([1])
        let readings = Readings(store)
        #expect(try read(readings) == [1])
        let isNil = try readings.withView(about: subject) { [group] _ throws(SteleError) in
            readings.decoded(group: group) == nil
        }
        #expect(isNil)
    }
}
