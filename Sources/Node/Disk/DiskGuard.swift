// Node · looks at the disk about once a second, and refuses what it has no room for.
public import Primitives
public import Storage
internal import Synchronization

extension ErrorCode {
    /// Room is left only for what must go on; records are not among it.
    public static let diskReserved = ErrorCode("disk.reserved")
    /// So little room is left that nothing new is accepted.
    public static let diskFull = ErrorCode("disk.full")
}

/// Refuses work before the disk does, and takes it again by itself once there is room.
///
/// A store that meets a full disk is done until a restart; one that is told beforehand is not. See ``DiskReserve``.
public final class DiskGuard: Sendable {
    /// What was found when the disk was looked at last.
    public struct Reading: Hashable, Sendable {
        /// What may be written.
        public let level: DiskReserve.Level
        /// The room on the file system that has least of it, in bytes.
        public let freeByteCount: UInt64
    }

    /// How old a reading may be, in milliseconds: the reserve is far larger than what a second can write.
    static let readingAgeMsMax: UInt64 = 1000

    private let source: any DiskSpaceSource
    private let reserve: DiskReserve
    private let time: any TimeSource
    private let newest = Mutex<(reading: Reading, time: UInt64)?>(nil)  // Held while the disk is looked at.

    /// A guard of the file systems of `source`.
    public init(_ source: any DiskSpaceSource, reserve: DiskReserve, time: any TimeSource) {
        self.source = source
        self.reserve = reserve
        self.time = time
    }

    /// How the disk is, as of a second ago at most. A disk that cannot be looked at has no room.
    public var reading: Reading {
        newest.withLock { newest in
            let now = time.now().milliseconds
            if let (reading, then) = newest, max(now, then) - min(now, then) < Self.readingAgeMsMax { return reading }
            let reading = look()
            newest = (reading, now)
            return reading
        }
    }

    private func look() -> Reading {
        guard let spaces = try? source.spaces() else { return Reading(level: .full, freeByteCount: 0) }
        return Reading(
            level: spaces.map(reserve.level).max() ?? .ample, freeByteCount: spaces.map(\.freeByteCount).min() ?? .max)
    }

    /// Throws unless there is room for more records.
    /// - Throws: `disk.reserved` or `disk.full`.
    public func checkGrowth() throws(SteleError) {
        try checkSubmission()
        guard reading.level < .reserved else {
            throw SteleError(
                .diskReserved, "what room the disk has left is kept for reading, consent, emergencies and erasure",
                hint: "make room on the disk of the data directory; writing goes on by itself, without a restart")
        }
    }

    /// Throws unless there is room for a transaction.
    /// - Throws: `disk.full`.
    public func checkSubmission() throws(SteleError) {
        guard reading.level < .full else {
            throw SteleError(
                .diskFull, "the disk has no room left for anything new",
                hint: "make room on the disk of the data directory; the node goes on by itself, without a restart")
        }
    }
}
