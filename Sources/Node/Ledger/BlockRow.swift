// Node · one block and one entry as they lie in the store.
internal import Ledger
internal import Primitives

/// A block without its entries.
///
/// `[header bstr, batch head bstr, batch signature bstr, [[place, envelope bstr] …], prepare certificate or null,
/// first log index]`
struct BlockRow {
    let header: Header
    let batchHead: [UInt8]
    let batchSignature: [UInt8]
    /// Envelopes of the batch that have no leaf, with their place in it.
    let dropped: [(place: UInt64, envelope: [UInt8])]
    let certificate: PrepareCertificate?
    let firstIndex: UInt64

    init(
        header: Header, batchHead: [UInt8], batchSignature: [UInt8], dropped: [(place: UInt64, envelope: [UInt8])],
        certificate: PrepareCertificate?, firstIndex: UInt64
    ) {
        self.header = header
        self.batchHead = batchHead
        self.batchSignature = batchSignature
        self.dropped = dropped
        self.certificate = certificate
        self.firstIndex = firstIndex
    }

    /// The same with the envelopes that `isErased` picks replaced by nothing.
    func withoutDropped(_ isErased: ([UInt8]) -> Bool) -> BlockRow {
        BlockRow(
            header: header, batchHead: batchHead, batchSignature: batchSignature,
            dropped: dropped.map { ($0.place, isErased($0.envelope) ? [] : $0.envelope) }, certificate: certificate,
            firstIndex: firstIndex)
    }

    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 1024)
        writer.write(arrayCount: 6)
        writer.write(bytes: header.encoded)
        writer.write(bytes: batchHead)
        writer.write(bytes: batchSignature)
        writer.write(arrayCount: dropped.count)
        for (place, envelope) in dropped {
            writer.write(arrayCount: 2)
            writer.write(place)
            writer.write(bytes: envelope)
        }
        if let certificate { certificate.encode(into: &writer) } else { writer.writeNull() }
        writer.write(firstIndex)
        return writer.bytes
    }

    init(decoding bytes: [UInt8]) throws(SteleError) {
        var headerBytes: [UInt8] = []
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readArrayCount(6...6)
            headerBytes = try reader.readBytes()
            batchHead = try reader.readBytes()
            batchSignature = try reader.readBytes()
            var dropped: [(place: UInt64, envelope: [UInt8])] = []
            for _ in 0..<(try reader.readArrayCount()) {
                _ = try reader.readArrayCount(2...2)
                let place = try reader.readUInt()
                dropped.append((place, try reader.readBytes()))
            }
            self.dropped = dropped
            certificate = reader.readNullIfPresent() ? nil : try PrepareCertificate(from: &reader)
            firstIndex = try reader.readUInt()
            try reader.finish()
        } catch {
            throw LedgerStore.damaged("a block row is malformed at byte \(error.offset)")
        }
        header = try Header(decoding: headerBytes)
    }
}

/// One entry of the log with what it stands for.
struct EntryRow {
    let leaf: Leaf
    /// Nil for a seal, and for a transaction whose body was removed because it was about a subject that was erased.
    let content: (envelope: [UInt8], result: [UInt8])?

    /// Whether the leaf is all that is left of a transaction.
    var isErased: Bool { leaf.kind == .transaction && content == nil }

    static func encode(leaf: Leaf, envelope: [UInt8], result: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Leaf.byteCount + 4 + envelope.count + result.count)
        leaf.append(to: &bytes)
        bytes.append(bigEndian: UInt32(envelope.count))
        bytes.append(contentsOf: envelope)
        bytes.append(contentsOf: result)
        return bytes
    }

    init(decoding bytes: [UInt8]) throws(SteleError) {
        guard bytes.count >= Leaf.byteCount, let leaf = Leaf(decoding: Array(bytes[..<Leaf.byteCount])) else {
            throw LedgerStore.damaged("an entry row holds no leaf")
        }
        self.leaf = leaf
        guard leaf.kind == .transaction, bytes.count > Leaf.byteCount else {
            content = nil
            return
        }
        let start = Leaf.byteCount + 4
        guard bytes.count >= start else { throw LedgerStore.damaged("an entry row is cut short") }
        let end = start + Int(bytes.bigEndian(at: Leaf.byteCount, as: UInt32.self))
        guard end <= bytes.count else { throw LedgerStore.damaged("an entry row is cut short") }
        content = (Array(bytes[start..<end]), Array(bytes[end...]))
    }
}
