// The journal's file: torn at every sector, damaged at every byte, failing at every call, used again and again.
import Primitives
import SteleTesting
import Testing

@testable import Storage

@Suite struct PreallocatedLogTests {
    private static let byteCount = 64 * 512

    private static func piece(_ number: Int) -> [UInt8] {
        (0..<(400 * number)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
    }

    private static func make(_ path: String, pieces: ClosedRange<Int>) throws -> PreallocatedLog {
        try PreallocatedLog.create(path, byteCount: byteCount)
        let log = try PreallocatedLog.open(path).log
        for number in pieces { try log.append(piece(number), number: UInt64(number)) }
        return log
    }

    private static func numbers(_ path: String) throws -> [UInt64] {
        let pieces = try PreallocatedLog.read(path)
        for found in pieces { #expect(found.bytes == piece(Int(found.number))) }
        return pieces.map(\.number)
    }

    @Test func keepsWhatWasAppendedInOrderAndNeverGrows() throws {
        let directory = try TemporaryDirectory()
        let path = directory("j")
        let log = try Self.make(path, pieces: 3...6)
        #expect(try Self.numbers(path) == [3, 4, 5, 6])
        log.startOver()
        try log.append(Self.piece(7), number: 7)
        #expect(try Self.numbers(path) == [7])
        let again = try PreallocatedLog.open(path)
        #expect(again.pieces.map(\.number) == [7])
        try again.log.append(Self.piece(8), number: 8)
        #expect(try Self.numbers(path) == [7, 8])
        try again.log.wipe()
        #expect(try TemporaryDirectory.read(path) == [UInt8](repeating: 0, count: Self.byteCount))
        // What is there is not made anew.
        try again.log.append(Self.piece(9), number: 9)
        try PreallocatedLog.create(path, byteCount: Self.byteCount)
        #expect(try Self.numbers(path) == [9])
    }

    @Test func refusesWhatDoesNotFitAndTakesNothing() throws {
        let directory = try TemporaryDirectory()
        let log = try Self.make(directory("j"), pieces: 1...2)
        let rest = (64 - 3) * SlotSector.contentSize - 4
        for count in [rest + 1, PreallocatedLog.pieceByteCountMax + 1] {
            let error = #expect(throws: SteleError.self) {
                try log.append([UInt8](repeating: 1, count: count), number: 3)
            }
            #expect(error?.code == .journalFull)
        }
        try log.append([UInt8](repeating: 1, count: rest), number: 3)
        #expect(try PreallocatedLog.read(directory("j")).map(\.number) == [1, 2, 3])
    }

    /// Every set of sectors of the last piece may be missing, whether it was written behind others or over old ones.
    @Test(arguments: [false, true])
    func cutsAPieceThatWasTorn(overOld isOverOld: Bool) throws {
        let directory = try TemporaryDirectory()
        let log = try Self.make(directory("j"), pieces: 1...4)
        if isOverOld { log.startOver() }
        let before = try TemporaryDirectory.read(directory("j"))
        try log.append(Self.piece(5), number: 5)
        let after = try TemporaryDirectory.read(directory("j"))
        let place = isOverOld ? 0 : 1 + 2 + 3 + 4
        for written in 0..<32 {
            var torn = before
            for sector in 0..<5 where written >> sector & 1 == 1 {
                let range = ((place + sector) * 512)..<((place + sector + 1) * 512)
                torn.replaceSubrange(range, with: after[range])
            }
            let path = directory("t")
            try TemporaryDirectory.write(torn, to: path)
            let kept = try Self.numbers(path)
            if written == 31 {
                #expect(kept.last == 5)
            } else if isOverOld {
                #expect(kept.allSatisfy { $0 < 5 }, "sectors \(written)")
            } else {
                #expect(kept == [1, 2, 3, 4], "sectors \(written)")
            }
            // What is left of it can not be taken for a part of the piece that comes in its place.
            let mended = try PreallocatedLog.open(path).log
            if isOverOld { mended.startOver() }
            try mended.append(Self.piece(5), number: 5)
            #expect(try Self.numbers(path).last == 5)
        }
    }

    @Test func refusesEveryFlippedByte() throws {
        let directory = try TemporaryDirectory()
        _ = try Self.make(directory("j"), pieces: 1...4)
        let whole = try TemporaryDirectory.read(directory("j"))
        for place in stride(from: 0, to: 10 * 512, by: 13) {
            var flipped = whole
            flipped[place] ^= 0x40
            try TemporaryDirectory.write(flipped, to: directory("f"))
            let error = #expect(throws: SteleError.self, "byte \(place)") { try PreallocatedLog.read(directory("f")) }
            #expect(error?.code == .journalDamaged)
        }
        var gap = whole
        gap.replaceSubrange(512..<1536, with: [UInt8](repeating: 0, count: 1024))
        try TemporaryDirectory.write(gap, to: directory("f"))
        #expect(try PreallocatedLog.read(directory("f")).map(\.number) == [1], "the rest follows nothing")
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func keepsWhatWasAcknowledgedWhicheverCallFails(
        failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment
    ) throws {
        for operation in 1...12 {
            let directory = try TemporaryDirectory()
            let path = directory("j")
            try PreallocatedLog.create(path, byteCount: Self.byteCount)
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: moment), failure: failure)
            var acknowledged: [UInt64] = []
            if let log = try? PreallocatedLog.open(path, calls: calls).log {
                for number in 1...3 where (try? log.append(Self.piece(number), number: UInt64(number))) != nil {
                    acknowledged.append(UInt64(number))
                }
            }
            let found = try Self.numbers(path)
            #expect(found.starts(with: acknowledged), "operation \(operation)")
            #expect(acknowledged == Array(1...3).prefix(acknowledged.count).map { UInt64($0) })
        }
    }
}
