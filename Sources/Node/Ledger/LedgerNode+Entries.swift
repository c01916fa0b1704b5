// Node · the leaves of the log, as bundles that whoever reads the log takes and keeps.
public import Ledger
public import Primitives
internal import Storage

extension LedgerNode {
    /// The bytes of a bundle of entries of the final log: before each leaf its size in two bytes. Nil if the log does
    /// not have as many yet. Every leaf is there, also that of a transaction whose body was erased.
    ///
    /// Leaves are checked against the hashes of the log: whoever gets a bundle keeps it for good.
    /// - Throws: `store.damaged` if a leaf is missing or another one.
    /// - SeeAlso: C2SP `tlog-tiles`, "Log entries".
    public func entryBundle(_ bundle: EntryBundleCoordinate) throws(SteleError) -> [UInt8]? {
        guard let hashes = try tile(TileCoordinate(level: 0, index: bundle.index, width: bundle.width)) else {
            return nil
        }
        let first = bundle.index * UInt64(TileCoordinate.widthMax)
        let range = KeyRange(from: LedgerStore.key(first), to: LedgerStore.key(first + UInt64(bundle.width)))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bundle.width * (2 + Leaf.byteCount))
        var count = 0
        try store.store.forEach(range, in: LedgerStore.entry, reverse: false) { (key, value) throws(SteleError) in
            let leaf = Array(value.prefix(Leaf.byteCount))
            guard key == LedgerStore.key(first + UInt64(count)),
                LogTree.leafHash(of: leaf) == Digest(hashes, at: 32 * count)
            else { return false }
            bytes.append(bigEndian: UInt16(leaf.count))
            bytes.append(contentsOf: leaf)
            count += 1
            return true
        }
        guard count == bundle.width else {
            throw LedgerStore.damaged(
                "entry \(first + UInt64(count)) of the log is missing or not the one that was logged")
        }
        return bytes
    }
}
