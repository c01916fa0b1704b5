// Tests · many writers share a sync, order is kept, and nothing is written after a failure.
import Primitives
import SteleTesting
import Storage
import Synchronization
import Testing

@testable import Vault

/// Counts syncs, and holds each write until it is let through.
private final class GatedStore: KeyValueStore {
    private let base: MemoryStore
    private let counts = Mutex((writes: 0, syncs: 0, isHeld: false))

    init(_ base: MemoryStore) { self.base = base }

    var syncCount: Int { counts.withLock { $0.syncs } }
    var writeCount: Int { counts.withLock { $0.writes } }
    func hold(_ isHeld: Bool) { counts.withLock { $0.isHeld = isHeld } }

    func write(_ batch: WriteBatch, sync: Bool) throws(SteleError) {
        counts.withLock { counts in
            counts.writes += 1
            counts.syncs += sync ? 1 : 0
        }
        while counts.withLock({ $0.isHeld }) {}
        try base.write(batch, sync: sync)
    }

    func get(_ key: [UInt8], in family: ColumnFamily) throws(SteleError) -> [UInt8]? { try base.get(key, in: family) }
    func getMany(_ keys: [[UInt8]], in family: ColumnFamily) throws(SteleError) -> [[UInt8]?] {
        try base.getMany(keys, in: family)
    }
    func forEach(
        _ range: KeyRange, in family: ColumnFamily, reverse: Bool,
        _ body: (_ key: [UInt8], _ value: [UInt8]) throws(SteleError) -> Bool
    ) throws(SteleError) {
        try base.forEach(range, in: family, reverse: reverse, body)
    }
    func flush() throws(SteleError) { try base.flush() }
    func compact(_ ranges: [(family: ColumnFamily, range: KeyRange)]) throws(SteleError) { try base.compact(ranges) }
    func checkpoint(to path: String) throws(SteleError) { try base.checkpoint(to: path) }
    func approximateByteCount() throws(SteleError) -> Int { try base.approximateByteCount() }
    func close() throws(SteleError) { try base.close() }
}

/// Counts, by key.
private final class Tally: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    @discardableResult
    func add(_ key: Int, _ change: Int) -> Int {
        counts.withLock { counts in
            counts[key, default: 0] += change
            return counts[key]!
        }
    }
    func count(_ key: Int) -> Int { counts.withLock { $0[key] ?? 0 } }
}

@Suite struct GroupCommitterTests {
    private static let family = ColumnFamily("rows", index: 0)

    private func batch(_ key: UInt8, _ value: Int) -> WriteBatch {
        var batch = WriteBatch()
        batch.put([key], Array("\(value)".utf8), in: Self.family)
        return batch
    }

    @Test func sharesOneSyncAmongThoseWhoWait() async throws {
        let store = GatedStore(try MemoryStore(columnFamilies: [Self.family]))
        let committer = GroupCommitter(store, name: "test")
        store.hold(true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await committer.commit(self.batch(0, 0), sync: true) }
            while store.writeCount == 0 { await Task.yield() }
            let arrived = Tally()
            for key in 1...100 {
                committer.enqueue(batch(UInt8(key), key), sync: key == 50) { _ in arrived.add(0, 1) }
            }
            store.hold(false)
            try await group.waitForAll()
            committer.finish()
            #expect(arrived.count(0) == 100)
        }
        #expect(store.writeCount == 2 && store.syncCount == 2)
        #expect(try store.scan(prefix: [], in: Self.family).count == 101)
    }

    @Test func refusesNewWorkWhileTooMuchWaits() async throws {
        let store = GatedStore(try MemoryStore(columnFamilies: [Self.family]))
        let one = batch(1, 1).byteCount
        let committer = GroupCommitter(store, name: "test", waitingByteCountMax: 3 * one, groupByteCountMax: 2 * one)
        store.hold(true)
        committer.enqueue(batch(0, 0), sync: true)
        while store.writeCount == 0 { await Task.yield() }
        for key in 1...3 {
            #expect(throws: Never.self) { try committer.checkRoom() }
            committer.enqueue(batch(UInt8(key), key), sync: true)
        }
        #expect(await code { try committer.checkRoom() } == "vault.busy")
        committer.enqueue(batch(4, 4), sync: true)  // Work begun is finished all the same.
        store.hold(false)
        committer.finish()
        #expect(throws: Never.self) { try committer.checkRoom() }
        // One alone, then what fits: two and two.
        #expect(store.writeCount == 3)
    }

    @Test func writesInTheOrderOfHandingOver() async throws {
        let store = try MemoryStore(columnFamilies: [Self.family])
        let committer = GroupCommitter(store, name: "test")
        for value in 0..<1000 { committer.enqueue(batch(1, value), sync: false) }
        try await committer.commit(WriteBatch(), sync: true)
        #expect(try store.get([1], in: Self.family) == Array("999".utf8))
    }

    @Test func writesNothingAfterAFailure() async throws {
        let base = try MemoryStore(columnFamilies: [Self.family])
        let store = FaultInjectingStore(base, fault: Fault(operation: 2))
        let committer = GroupCommitter(store, name: "test")
        try await committer.commit(batch(1, 1), sync: true)
        for value in 2...3 {
            #expect(await code { try await committer.commit(batch(1, value), sync: true) } == "storage.io")
        }
        #expect(try base.get([1], in: Self.family) == Array("1".utf8))
    }
}

@Suite struct KeyedLockTests {
    @Test func letsOneInAtATimeForEachKey() async throws {
        let lock = KeyedLock<Int>()
        let inside = Tally()
        let total = Tally()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<300 {
                group.addTask {
                    try? await lock.withLock(index % 3) { () async throws(SteleError) in
                        #expect(inside.add(index % 3, 1) == 1)
                        await Task.yield()
                        inside.add(index % 3, -1)
                        total.add(0, 1)
                    }
                }
            }
        }
        #expect(total.count(0) == 300)
    }

    @Test func isFreeAgainAfterAThrow() async throws {
        let lock = KeyedLock<Int>()
        for _ in 0..<3 {
            let thrown = await code {
                try await lock.withLock(1) { () async throws(SteleError) in throw SteleError.damaged("test") }
            }
            #expect(thrown == "vault.damaged")
        }
    }
}
