// A small ledger on a store that fails at every operation in turn, before and after its work, once and for good.
//
// Invariant: after reopening, the counter equals the number of entries, and no acknowledged entry is missing.
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct FaultInjectionTests {
    /// Appends entries, reading before and after each, until the store fails; returns how many were acknowledged.
    private static func work(on store: any KeyValueStore) -> UInt8 {
        var acknowledged: UInt8 = 0
        do {
            for number in UInt8(1)...6 {
                let count = try store.get([0], in: .state)?.first ?? 0
                var batch = WriteBatch()
                batch.put([0], [count + 1], in: .state)
                batch.put([count + 1], [number], in: .leaf)
                try store.write(batch, sync: true)
                acknowledged = count + 1
                _ = try store.getMany([[0], [1]], in: .state)
                if number == 3 { try store.flush() }
            }
        } catch {}
        return acknowledged
    }

    @Test(arguments: Fault.Moment.allCases, [false, true])
    func losesNothingAcknowledgedInMemory(moment: Fault.Moment, isSticky: Bool) throws {
        for operation in 1... {
            let disk = MemoryDisk()
            let store = FaultInjectingStore(
                try MemoryStore(columnFamilies: .test, on: disk),
                fault: Fault(operation: operation, moment: moment, isSticky: isSticky))
            let acknowledged = Self.work(on: store)
            disk.crash()
            try expectWhole(MemoryStore(columnFamilies: .test, on: disk), acknowledged, "operation \(operation)")
            if store.operationCount < operation { break }
        }
    }

    @Test(arguments: Fault.Moment.allCases)
    func losesNothingAcknowledgedOnDisk(moment: Fault.Moment) throws {
        for operation in 1... {
            let directory = try TemporaryDirectory()
            let base = try RocksDBStore(path: directory("store"), columnFamilies: .test)
            let store = FaultInjectingStore(base, fault: Fault(operation: operation, moment: moment))
            let acknowledged = Self.work(on: store)
            _ = try directory.copy(directory("store"), as: "crashed")
            try base.close()
            let reopened = try RocksDBStore(path: directory("crashed"), columnFamilies: .test)
            try expectWhole(reopened, acknowledged, "operation \(operation)")
            if store.operationCount < operation { break }
        }
    }

    private func expectWhole(_ store: any KeyValueStore, _ acknowledged: UInt8, _ what: Comment) throws {
        let count = try store.get([0], in: .state)?.first ?? 0
        #expect(try store.keys(in: .leaf).count == Int(count), what)
        #expect(count == acknowledged || count == acknowledged + 1, what)
    }

    @Test func refusesEveryWriteAfterAFailedOne() throws {
        let store = FaultInjectingStore(
            try MemoryStore(columnFamilies: .test), fault: Fault(operation: 2), error: FaultInjectingStore.fullError)
        try store.put([1], [1])
        for _ in 0..<3 {
            #expect(#expect(throws: SteleError.self) { try store.put([2], [2]) }?.code == .storageFull)
            #expect(#expect(throws: SteleError.self) { try store.flush() }?.code == .storageFull)
        }
        #expect(try store.keys() == [[1]])
        #expect(store.operationCount == 3)
    }

    @Test func aFailedReadStopsNothing() throws {
        let store = FaultInjectingStore(try MemoryStore(columnFamilies: .test), fault: Fault(operation: 1))
        #expect(throws: SteleError.self) { try store.get([1], in: .state) }
        try store.put([1], [1])
        #expect(try store.get([1], in: .state) == [1])
    }

    @Test(arguments: [Failpoint.storeWriteBefore, .storeWriteAfter])
    func storesStopAtFailpoints(point: Failpoint) throws {
        let directory = try TemporaryDirectory()
        let failpoints = Failpoints()
        failpoints.set(point, .fail, atArrival: 2)
        let store = try RocksDBStore(path: directory("store"), columnFamilies: .test, failpoints: failpoints)
        try store.put([1], [1])
        #expect(throws: SteleError.self) { try store.put([2], [2]) }
        let later = #expect(throws: SteleError.self) { try store.put([3], [3]) }
        #expect(later?.message.contains("earlier failure") == true)
        #expect(try store.keys() == (point == .storeWriteBefore ? [[1]] : [[1], [2]]))
    }

    /// `exit` ends the process as a kill does: what was synced is there afterwards.
    @Test func exitsAtAFailpoint() async throws {
        await #expect(processExitsWith: .exitCode(137)) {
            let directory = try TemporaryDirectory()
            let failpoints = try #require(Failpoints(parsing: "store.write.after=exit@2"))
            let store = try RocksDBStore(path: directory("store"), columnFamilies: .test, failpoints: failpoints)
            try store.put([1], [1])
            directory.remove("")  // The process will not come back to do it.
            try store.put([2], [2])
        }
    }

    @Test func parsesPlans() {
        for text in ["a=exit", "a=fail@3,b=sleep:10", "store.write.after=sleep:0@12"] {
            #expect(Failpoints(parsing: text) != nil, "\(text)")
        }
        for text in [
            "", "a", "a=", "=exit", "a=exit@0", "a=exit@", "a=sleep", "a=sleep:-1", "a=exit,", "a=b=c", "a=exit@1@2",
        ] {
            #expect(Failpoints(parsing: text) == nil, "\(text)")
        }
    }
}
