// CrashWorker · the rows of a ledger, as `Sources/Node/Ledger/LedgerStore.swift` draws them, read without its code.
import Ledger
import Node
import Primitives
import Storage

/// One block's row, with the batch put together again from the entries.
struct StoredBlock {
    let header: Header
    let batch: Batch?
    let certificate: PrepareCertificate?
    let firstIndex: UInt64

    /// - Parameter envelopes: those of the block's entries, in order.
    init(_ row: [UInt8], envelopes: [[UInt8]]) throws {
        var reader = CBORReader(row)
        _ = try reader.readArrayCount(6...6)
        header = try Header(decoding: reader.readBytes())
        let head = try reader.readBytes()
        let signature = try reader.readBytes()
        var all = envelopes
        for _ in 0..<(try reader.readArrayCount()) {
            _ = try reader.readArrayCount(2...2)
            let place = Int(try reader.readUInt())
            let envelope = try reader.readBytes()
            // Places are those in the whole batch, ascending, so each insertion leaves the later ones right.
            all.insert(envelope, at: min(place, all.count))
        }
        certificate = reader.readNullIfPresent() ? nil : try PrepareCertificate(from: &reader)
        firstIndex = try reader.readUInt()
        try reader.finish()
        batch = header.height == 0 ? nil : try Batch(head: head, envelopes: all, signature: signature)
    }
}

/// One entry's row.
struct StoredEntry {
    let leaf: Leaf
    let leafBytes: [UInt8]
    let envelope: [UInt8]
    let result: [UInt8]

    init?(_ row: [UInt8]) {
        guard row.count >= 80, let leaf = Leaf(decoding: Array(row[..<80])) else { return nil }
        self.leaf = leaf
        leafBytes = Array(row[..<80])
        if leaf.kind == .seal {
            (envelope, result) = ([], [])
            return
        }
        guard row.count >= 84 else { return nil }
        let end = 84 + Int(row.bigEndian(at: 80, as: UInt32.self))
        guard end <= row.count else { return nil }
        envelope = Array(row[84..<end])
        result = Array(row[end...])
    }
}

extension KeyValueStore {
    /// Every row of the family called `name`, in key order.
    func rows(_ name: String) throws -> [(key: [UInt8], value: [UInt8])] {
        try scan(prefix: [], in: LedgerStore.columnFamilies.first { $0.name == name }!)
    }

    /// The row at `key` of the family called `name`.
    func row(_ key: [UInt8], _ name: String) throws -> [UInt8]? {
        try get(key, in: LedgerStore.columnFamilies.first { $0.name == name }!)
    }

    /// The height of the newest block, nil in a store never started.
    func headHeight() throws -> UInt64? {
        try row(Array("head".utf8), "meta").map { $0.bigEndian(at: 0) }
    }
}
