// What is left after loss of power: the synced writes, then a run of the others in order.
import Primitives
import Testing

@testable import Storage

@Suite struct MemoryDiskTests {
    @Test(arguments: 0...4)
    func keepsSyncedWritesAndARunOfTheOthers(kept: Int) throws {
        let disk = MemoryDisk()
        let store = try MemoryStore(columnFamilies: .test, on: disk)
        try store.put([1], [1])
        try store.put([2], [2], sync: true)
        for byte in UInt8(3)...5 { try store.put([byte], [byte]) }
        #expect(disk.unsyncedCount(at: "store") == 3)
        disk.crash(keepingUnsynced: kept)
        #expect(#expect(throws: SteleError.self) { try store.keys() }?.code == .storageClosed)
        let reopened = try MemoryStore(columnFamilies: .test, on: disk)
        #expect(try reopened.keys() == (1...UInt8(min(2 + kept, 5))).map { [$0] })
        try reopened.put([9], [9], sync: true)
        disk.crash()
        #expect(try MemoryStore(columnFamilies: .test, on: disk).get([9], in: .state) == [9])
    }

    @Test func losesWholeBatches() throws {
        let disk = MemoryDisk()
        let store = try MemoryStore(columnFamilies: .test, on: disk)
        var batch = WriteBatch()
        batch.put([1], [1], in: .state)
        batch.put([1], [1], in: .leaf)
        try store.write(batch, sync: false)
        disk.crash()
        let reopened = try MemoryStore(columnFamilies: .test, on: disk)
        #expect(try reopened.keys().isEmpty && reopened.keys(in: .leaf).isEmpty)
    }

    @Test func syncedWritesCarryEarlierOnes() throws {
        let disk = MemoryDisk()
        let store = try MemoryStore(columnFamilies: .test, on: disk)
        try store.put([1], [1])
        try store.put([1], [2], sync: true)
        try store.put([1], [3])
        try store.flush()
        disk.crash()
        #expect(try MemoryStore(columnFamilies: .test, on: disk).get([1], in: .state) == [3])
    }

    @Test func mapAgreesWithADictionaryOverManyLeaves() {
        var map = OrderedByteMap()
        var model: [[UInt8]: [UInt8]] = [:]
        var random = SeededGenerator(seed: 3)
        for _ in 0..<6_000 {
            let key = random.bytes(2)
            if UInt8.random(in: 0..<4, using: &random) == 0 {
                map.remove(key)
                model[key] = nil
            } else {
                map.set(key, to: [key[0]])
                model[key] = [key[0]]
            }
        }
        let sorted = model.keys.sorted { $0.lexicographicallyPrecedes($1) }
        func keys(_ range: KeyRange, reverse: Bool) -> [[UInt8]] {
            var keys: [[UInt8]] = []
            map.forEach(range, reverse: reverse) { entry in
                keys.append(entry.key)
                return true
            }
            return keys
        }
        #expect(keys(.all, reverse: false) == sorted)
        #expect(keys(.all, reverse: true) == sorted.reversed())
        #expect(map.byteCount == model.count * 3)
        for _ in 0..<50 {
            let range = KeyRange(from: random.bytes(2), to: random.bytes(2))
            let inside = sorted.filter { range.contains($0) }
            #expect(keys(range, reverse: false) == inside)
            #expect(keys(range, reverse: true) == inside.reversed())
        }
        map.remove(.all)
        #expect(keys(.all, reverse: true).isEmpty && map.byteCount == 0)
    }
}
