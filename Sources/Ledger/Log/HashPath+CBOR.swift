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
    /// Reads a byte string of `counts` hashes.
    mutating func readHashes(_ counts: ClosedRange<Int>) throws(CBORError) -> [Digest] {
        let start = position
        let range = try readByteRange(32 * counts.lowerBound...32 * counts.upperBound)
        guard range.count.isMultiple(of: 32) else { throw CBORError(.outOfRange, at: start) }
        return stride(from: range.lowerBound, to: range.upperBound, by: 32).map { Digest(bytes, at: $0) }
    }
}
