// The sign-state: torn at every sector, damaged at every kind of place, and failing at every call.
import Primitives
import SteleTesting
import Testing

@testable import Storage

@Suite struct SyncedSlotFileTests {
    private static let slotSize = 4096

    private static func payload(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 600 * number) }

    private static func read(_ path: String) throws -> SyncedSlotFile.Value { try SyncedSlotFile.open(path).read() }

    @Test func returnsTheNewestValue() throws {
        let directory = try TemporaryDirectory()
        let file = try SyncedSlotFile.create(directory("s"), payload: [])
        #expect(file.read() == .init(payload: [], sequence: 1))
        for number in 1...6 {
            #expect(try file.write(Self.payload(number)) == UInt64(number + 1))
            #expect(file.read().payload == Self.payload(number))
            #expect(try Self.read(directory("s")) == file.read())
        }
        let largest = [UInt8](repeating: 0xee, count: SyncedSlotFile.payloadSizeMax)
        try file.write(largest)
        #expect(try Self.read(directory("s")).payload == largest)
        #expect(try TemporaryDirectory.read(directory("s")).count == 2 * Self.slotSize)
    }

    @Test func refusesToCreateOverAFile() throws {
        let directory = try TemporaryDirectory()
        _ = try SyncedSlotFile.create(directory("s"), payload: [1])
        let error = #expect(throws: SteleError.self) { try SyncedSlotFile.create(directory("s"), payload: [2]) }
        #expect(error?.code == .storageExists)
        #expect(try Self.read(directory("s")).payload == [1])
        #expect(#expect(throws: SteleError.self) { try SyncedSlotFile.open(directory("none")) }?.code == .storageIO)
    }

    /// Every set of sectors of the last write may be missing; then the value before it counts.
    @Test(arguments: 2...3)
    func fallsBackWhenAWriteWasTorn(writeCount: Int) throws {
        let directory = try TemporaryDirectory()
        let file = try SyncedSlotFile.create(directory("s"), payload: [9])
        for number in 1..<writeCount { try file.write(Self.payload(number)) }
        let before = try TemporaryDirectory.read(directory("s"))
        try file.write(Self.payload(writeCount))
        let after = try TemporaryDirectory.read(directory("s"))
        let slot = (writeCount + 1) % 2 * Self.slotSize
        for written in 0..<256 {
            var torn = before
            for sector in 0..<8 where written >> sector & 1 == 1 {
                let range = (slot + sector * 512)..<(slot + sector * 512 + 512)
                torn.replaceSubrange(range, with: after[range])
            }
            try TemporaryDirectory.write(torn, to: directory("t"))
            let expected = written == 255 ? writeCount : writeCount - 1
            #expect(try Self.read(directory("t")).payload == Self.payload(expected), "sectors \(written)")
        }
    }

    /// The next write after a torn one goes over the torn slot, not over the good one.
    @Test func writesOverTheTornSlot() throws {
        let directory = try TemporaryDirectory()
        let file = try SyncedSlotFile.create(directory("s"), payload: [9])
        try file.write([1])
        let before = try TemporaryDirectory.read(directory("s"))
        try file.write([2])
        let after = try TemporaryDirectory.read(directory("s"))
        let tornSlot = Array(after[4096..<(4096 + 1024)] + before[(4096 + 1024)...])
        try TemporaryDirectory.write(before[..<4096] + tornSlot, to: directory("s"))
        let reopened = try SyncedSlotFile.open(directory("s"))
        #expect(reopened.read() == .init(payload: [1], sequence: 2))
        try reopened.write([3])
        #expect(try Self.read(directory("s")) == .init(payload: [3], sequence: 3))
    }

    @Test func refusesDamageInEitherSlot() throws {
        let directory = try TemporaryDirectory()
        let file = try SyncedSlotFile.create(directory("s"), payload: [9])
        try file.write(Self.payload(2))
        let good = try TemporaryDirectory.read(directory("s"))
        for offset in stride(from: 0, to: good.count, by: 37) {
            var bad = good
            bad[offset] ^= 1
            try expectDamaged(bad, in: directory, "offset \(offset)")
        }
    }

    @Test func refusesFilesOfOtherShapes() throws {
        let directory = try TemporaryDirectory()
        let file = try SyncedSlotFile.create(directory("s"), payload: [9])
        let first = try TemporaryDirectory.read(directory("s"))
        try file.write([1])
        try file.write([2])
        try file.write([3])
        let last = try TemporaryDirectory.read(directory("s"))
        try expectDamaged([], in: directory, "empty")
        try expectDamaged(Array(last.dropLast()), in: directory, "short")
        try expectDamaged(last + [0], in: directory, "long")
        try expectDamaged([UInt8](repeating: 0, count: 8192), in: directory, "zeros")
        try expectDamaged(Array(last[4096...] + last[..<4096]), in: directory, "slots exchanged")
        try expectDamaged(Array(first[..<4096] + last[4096...]), in: directory, "slots of different times")
        // Sectors of a write that does not follow the other slot: both whole, so not torn but put together.
        try expectDamaged(Array(first[..<512] + last[512...]), in: directory, "sector of an older write")
        #expect(try Self.read(directory("s")).payload == [3])
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func failsAtEveryCallWithoutLosingAnAcknowledgedValue(
        failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment
    ) throws {
        for operation in 1... {
            let directory = try TemporaryDirectory()
            let calls = FaultInjectingSystemCalls(
                fault: Fault(operation: operation, moment: moment), failure: failure)
            var acknowledged: UInt8?
            var attempted: UInt8 = 0
            do {
                let file = try SyncedSlotFile.create(directory("s"), payload: [0], calls: calls)
                acknowledged = 0
                for number in UInt8(1)...3 {
                    attempted = number
                    do {
                        try file.write([number])
                        acknowledged = number
                    } catch {
                        let again = #expect(throws: SteleError.self) { try file.write([77]) }
                        #expect(again?.code == (failure == .full ? .storageFull : .storageIO))
                        break
                    }
                }
            } catch {}
            let stored = (try? SyncedSlotFile.open(directory("s")))?.read().payload.first
            #expect(stored == acknowledged || stored == attempted || acknowledged == nil, "call \(operation)")
            if calls.calls.count < operation {
                #expect(stored == 3)
                break
            }
        }
    }

    @Test(arguments: [Failpoint.slotWriteBefore, .slotSyncBefore, .slotSyncAfter])
    func stopsAtFailpoints(point: Failpoint) throws {
        let directory = try TemporaryDirectory()
        let failpoints = Failpoints()
        let file = try SyncedSlotFile.create(directory("s"), payload: [0], failpoints: failpoints)
        try file.write([1])
        failpoints.set(point, .fail)
        #expect(throws: SteleError.self) { try file.write([2]) }
        #expect(throws: SteleError.self) { try file.write([3]) }
        #expect(try Self.read(directory("s")).payload == (point == .slotWriteBefore ? [1] : [2]))
    }

    private func expectDamaged(_ bytes: [UInt8], in directory: TemporaryDirectory, _ what: Comment) throws {
        try TemporaryDirectory.write(bytes, to: directory("bad"))
        let error = #expect(throws: SteleError.self, what) { try SyncedSlotFile.open(directory("bad")) }
        #expect(error?.code == .signStateDamaged, what)
    }
}
