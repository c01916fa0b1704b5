// Ledger · a proof's hashes as one CBOR byte string.
internal import Primitives

extension CBORWriter {
    /// Appends `hashes` as one byte string of 32 bytes a hash.
    mutating func write(hashes: [Digest]) {
        var joined: [UInt8] = []
        joined.reserveCapacity(32 * hashes.count)
        for hash in hashes { joined.append(hash) }
        write(bytes: joined)
    }
}

extension CBORReader {
    /// Reads a byte string of at most `countMax` hashes.
    mutating func readHashes(max countMax: Int) throws(CBORError) -> [Digest] {
        let start = position
        let range = try readByteRange(0...32 * countMax)
        guard range.count.isMultiple(of: 32) else { throw CBORError(.outOfRange, at: start) }
        return stride(from: range.lowerBound, to: range.upperBound, by: 32).map { Digest(bytes, at: $0) }
    }
}
