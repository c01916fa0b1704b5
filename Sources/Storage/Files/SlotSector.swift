// Storage · the sectors of a slot, which tell a write cut short from damage.
import Primitives

/// One 512-byte sector, the unit a disk writes whole or not at all:
/// ```
/// sequence u64 ‖ slot u8 ‖ sector u8 ‖ zero u16 ‖ CRC-32C u32 of all the rest ‖ 496 bytes of content
/// ```
/// Every sector carries its own sequence and checksum. A write cut short by loss of power leaves whole sectors of two
/// sequences; a sector that fails its own checksum was not cut short but damaged.
struct SlotSector {
    static let size = 512
    static let headerSize = 16
    static let contentSize = size - headerSize

    let sequence: UInt64
    let content: ArraySlice<UInt8>

    /// The sector `sector` of slot `slot` as bytes. `content` has exactly ``contentSize`` bytes.
    static func encode(sequence: UInt64, slot: Int, sector: Int, content: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        bytes.append(bigEndian: sequence)
        bytes += [UInt8(slot), UInt8(sector), 0, 0]
        bytes.append(bigEndian: checksum(header: bytes[...], content: content))
        bytes += content
        return bytes
    }

    /// The sector in `bytes`, or `nil` when its checksum or its place is wrong.
    init?(_ bytes: ArraySlice<UInt8>, slot: Int, sector: Int) {
        guard bytes.count == Self.size else { return nil }
        let bytes = Array(bytes)
        let header = bytes[..<12]
        content = bytes[Self.headerSize...]
        sequence = bytes.bigEndian(at: 0)
        guard bytes[8] == UInt8(slot), bytes[9] == UInt8(sector), bytes[10] == 0, bytes[11] == 0,
            bytes.bigEndian(at: 12) == Self.checksum(header: header, content: content)
        else { return nil }
    }

    private static func checksum(header: ArraySlice<UInt8>, content: ArraySlice<UInt8>) -> UInt32 {
        CRC32C.checksum(content, continuing: CRC32C.checksum(header))
    }
}
