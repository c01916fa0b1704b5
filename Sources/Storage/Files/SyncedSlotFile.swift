// Storage · the smallest durable thing: one value, two places, one sync per change.
public import Primitives
import Synchronization

/// A value of at most 3,966 bytes that survives a crash in every write: the sign-state of a validator.
///
/// The file has two slots of 4 KiB, each eight sectors (`SlotSector`), whose content together is
/// `length u16 ‖ payload ‖ zeros`. Write number *n* goes to slot *n* mod 2 with one `pwrite` and one `fdatasync`, and
/// never touches the slot of the last acknowledged write; the file never grows, so no metadata is written.
///
/// Reading returns the newest whole slot. A write cut short leaves whole sectors of two sequences, and the value before
/// it is returned: the cut write was never acknowledged. A sector that fails its own checksum is damage, and the file
/// is refused even if the other slot is whole, because the damaged slot may have been the newest and a validator that
/// falls back would sign the same step twice. What no single file can show is a whole file put back from a backup, or
/// a disk that acknowledges writes it drops.
///
/// After a failed write or sync the file refuses every later write (``FailStop``).
public final class SyncedSlotFile: Sendable {
    /// The most bytes a payload may have.
    public static let payloadSizeMax = sectorsPerSlot * SlotSector.contentSize - 2
    private static let sectorsPerSlot = 8
    private static let slotSize = sectorsPerSlot * SlotSector.size

    /// A value and how many writes came before it.
    public struct Value: Hashable, Sendable {
        /// What was written.
        public let payload: [UInt8]
        /// The number of the write; creation is 1, and it grows by one each time.
        public let sequence: UInt64
    }

    private let file: OpenFile
    private let failpoints: Failpoints?
    private let failStop = FailStop()
    private let newest: Mutex<Value>  // What `read` returns; held during a write, so writes have one order.

    private init(file: consuming OpenFile, newest: Value, failpoints: Failpoints?) {
        self.file = file
        self.newest = Mutex(newest)
        self.failpoints = failpoints
    }

    /// Creates the file with `payload` in both slots; it is durable when this returns, and a crash before leaves no
    /// file.
    /// - Throws: `storage.exists` when there is a file: it may bind this node, so it is never overwritten.
    public static func create(
        _ path: String, payload: [UInt8], calls: any SystemCalls = LinuxSystemCalls(), failpoints: Failpoints? = nil
    ) throws(SteleError) -> SyncedSlotFile {
        let exists = try doing("creating a slot file") { () throws(SystemError) in try calls.exists(path) }
        guard !exists else {
            throw SteleError(
                .storageExists, "the slot file exists", hint: "keep it: it says what this node has already signed")
        }
        try AtomicFile(path, calls: calls).write(slot(sequence: 0, payload) + slot(sequence: 1, payload))
        return try SyncedSlotFile.open(path, calls: calls, failpoints: failpoints)
    }

    /// Opens the file and reads the newest value.
    /// - Throws: `signstate.damaged` when the newest value cannot be told for certain; `storage.io` when there is no
    ///   file.
    public static func open(
        _ path: String, calls: any SystemCalls = LinuxSystemCalls(), failpoints: Failpoints? = nil
    ) throws(SteleError) -> SyncedSlotFile {
        let file = try doing("opening a slot file") { () throws(SystemError) in
            try OpenFile(path, .update, calls: calls)
        }
        // One byte more than there should be, so that a longer file is noticed.
        let bytes = try doing("reading a slot file") { () throws(SystemError) in
            try file.read(count: 2 * slotSize + 1, at: 0)
        }
        return SyncedSlotFile(file: file, newest: try newestValue(in: bytes), failpoints: failpoints)
    }

    /// The newest value.
    public func read() -> Value { newest.withLock { $0 } }

    /// Replaces the value and returns its sequence once it is durable.
    ///
    /// After a throw the stored value is the old one or the new one; assume the new one may bind.
    /// - Precondition: `payload` has at most ``payloadSizeMax`` bytes.
    /// - Complexity: 4 KiB written, one `fdatasync`.
    @discardableResult
    public func write(_ payload: [UInt8]) throws(SteleError) -> UInt64 {
        precondition(payload.count <= Self.payloadSizeMax, "a slot holds at most \(Self.payloadSizeMax) bytes")
        let outcome = newest.withLock { newest in
            Result { () throws(SteleError) in
                try failStop.guarding { () throws(SteleError) in
                    let sequence = newest.sequence + 1
                    try store(Self.slot(sequence: sequence, payload), at: Int(sequence % 2) * Self.slotSize)
                    newest = Value(payload: payload, sequence: sequence)
                    return sequence
                }
            }
        }
        return try outcome.get()
    }

    private func store(_ slot: [UInt8], at offset: Int) throws(SteleError) {
        try failpoints?.reach(.slotWriteBefore)
        try doing("writing a slot") { () throws(SystemError) in try file.write(slot, at: offset) }
        try failpoints?.reach(.slotSyncBefore)
        try doing("syncing a slot") { () throws(SystemError) in try file.syncData() }
        try failpoints?.reach(.slotSyncAfter)
    }
}

// MARK: - Format
extension SyncedSlotFile {
    private enum Slot {
        case whole(Value)
        /// Undamaged sectors of more than one sequence.
        case cutShort(Set<UInt64>)
    }

    private static func slot(sequence: UInt64, _ payload: [UInt8]) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(sectorsPerSlot * SlotSector.contentSize)
        content.append(bigEndian: UInt16(payload.count))
        content += payload
        content += repeatElement(0, count: sectorsPerSlot * SlotSector.contentSize - content.count)
        return (0..<sectorsPerSlot).flatMap { sector in
            SlotSector.encode(
                sequence: sequence, slot: Int(sequence % 2), sector: sector,
                content: content[(sector * SlotSector.contentSize)...].prefix(SlotSector.contentSize))
        }
    }

    private static func newestValue(in bytes: [UInt8]) throws(SteleError) -> Value {
        guard bytes.count == 2 * slotSize,
            let even = parse(bytes[..<slotSize], slot: 0), let odd = parse(bytes[slotSize...], slot: 1)
        else { throw damaged }
        switch (even, odd) {
        case (.whole(let first), .whole(let second)):
            let (older, newer) = first.sequence < second.sequence ? (first, second) : (second, first)
            guard older.sequence + 1 == newer.sequence else { throw damaged }
            return newer
        case (.whole(let value), .cutShort(let sequences)), (.cutShort(let sequences), .whole(let value)):
            // The write after `value` was cut short: its slot held the write before `value`.
            guard sequences == [value.sequence &- 1, value.sequence + 1] else { throw damaged }
            return value
        case (.cutShort, .cutShort):
            throw damaged
        }
    }

    /// The slot in `bytes`, or `nil` when it is damaged.
    private static func parse(_ bytes: ArraySlice<UInt8>, slot: Int) -> Slot? {
        var content: [UInt8] = []
        var sequences: Set<UInt64> = []
        for index in 0..<sectorsPerSlot {
            let start = bytes.startIndex + index * SlotSector.size
            guard let sector = SlotSector(bytes[start..<(start + SlotSector.size)], slot: slot, sector: index),
                sector.sequence % 2 == UInt64(slot)
            else { return nil }
            sequences.insert(sector.sequence)
            content += sector.content
        }
        guard sequences.count == 1, let sequence = sequences.first else { return .cutShort(sequences) }
        let length = Int(content.bigEndian(at: 0, as: UInt16.self))
        guard length <= payloadSizeMax else { return nil }
        return .whole(Value(payload: Array(content[2..<(2 + length)]), sequence: sequence))
    }

    private static var damaged: SteleError {
        SteleError(
            .signStateDamaged, "the sign-state file is damaged, so what this node has signed is not known",
            hint: "do not restore an old copy; join again with a new validator key")
    }
}
