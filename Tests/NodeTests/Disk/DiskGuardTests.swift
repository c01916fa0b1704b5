// What a disk that fills up is still taken for, and that it is taken for everything again when there is room.
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct DiskGuardTests {
    static let gigabyte: UInt64 = 1 << 30

    @Test func theReserveGrowsWithTheDiskUnlessTheOperatorChose() {
        func level(_ reserve: DiskReserve, of size: UInt64, free: UInt64) -> DiskReserve.Level {
            reserve.level(of: DiskSpace(byteCount: size, freeByteCount: free))
        }
        let own = DiskReserve()
        #expect(level(own, of: 10 * Self.gigabyte, free: 512 << 20) == .ample)
        #expect(level(own, of: 10 * Self.gigabyte, free: (512 << 20) - 1) == .reserved)
        #expect(level(own, of: 10 * Self.gigabyte, free: 128 << 20) == .reserved)
        #expect(level(own, of: 10 * Self.gigabyte, free: (128 << 20) - 1) == .full)
        #expect(level(own, of: 1000 * Self.gigabyte, free: 20 * Self.gigabyte) == .ample)
        #expect(level(own, of: 1000 * Self.gigabyte, free: 19 * Self.gigabyte) == .reserved)
        #expect(level(own, of: 1000 * Self.gigabyte, free: 4 * Self.gigabyte) == .full)
        let chosen = DiskReserve(byteCount: 64 << 20)
        #expect(level(chosen, of: 1000 * Self.gigabyte, free: 64 << 20) == .ample)
        #expect(level(chosen, of: 1000 * Self.gigabyte, free: 16 << 20) == .reserved)
        #expect(level(chosen, of: 1000 * Self.gigabyte, free: 0) == .full)
    }

    @Test func looksOnceASecondAndEndsByItself() {
        let (space, clock) = (TestDiskSpace(), TestClock())
        let disk = DiskGuard(space, reserve: DiskReserve(), time: clock)
        func refusals() -> (growth: ErrorCode?, submission: ErrorCode?) {
            (
                Self.code { () throws(SteleError) in try disk.checkGrowth() },
                Self.code { () throws(SteleError) in try disk.checkSubmission() }
            )
        }
        #expect(refusals() == (nil, nil))
        space.leave(200 << 20)
        clock.advance(milliseconds: 999)
        #expect(refusals() == (nil, nil))
        clock.advance(milliseconds: 1)
        #expect(refusals() == (.diskReserved, nil))
        #expect(disk.reading.level == .reserved && disk.reading.freeByteCount == 200 << 20)
        space.leave(100 << 20)
        clock.advance(milliseconds: 1000)
        #expect(refusals() == (.diskFull, .diskFull))
        space.leave(nil)
        clock.advance(milliseconds: 1000)
        #expect(refusals() == (.diskFull, .diskFull))
        space.leave(1 << 30)
        clock.advance(milliseconds: 1000)
        #expect(refusals() == (nil, nil))
    }

    @Test func theFullestFileSystemDecides() {
        struct Two: DiskSpaceSource {
            func spaces() throws(SteleError) -> [DiskSpace] {
                [
                    DiskSpace(byteCount: 8 << 30, freeByteCount: 4 << 30),
                    DiskSpace(byteCount: 8 << 30, freeByteCount: 300 << 20),
                ]
            }
        }
        let reading = DiskGuard(Two(), reserve: DiskReserve(), time: TestClock()).reading
        #expect(reading.level == .reserved && reading.freeByteCount == 300 << 20)
    }

    @Test func measuresTheFileSystemOfAFolder() throws {
        let here = FileSystems(of: ["/"])
        let space = try #require(try here.spaces().first)
        #expect(space.byteCount >= space.freeByteCount && space.byteCount > 0)
        #expect(try here.hold("/not/there/yet"))
        #expect(try !FileSystems(of: ["/proc"]).hold("/tmp"))
        #expect(throws: SteleError.self) { _ = try FileSystems(of: ["/not/there"]).spaces() }
    }

    static func code(_ body: () throws(SteleError) -> Void) -> ErrorCode? {
        do throws(SteleError) {
            try body()
            return nil
        } catch {
            return error.code
        }
    }
}
