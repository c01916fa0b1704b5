// Node · what the log says about a subject, removed from this node's files.
internal import Ledger
public import Primitives
internal import Storage

extension LedgerNode {
    /// How many bytes of entries are replaced with one write.
    private static let erasingByteCount = 4 << 20

    /// Removes the bodies of every transaction that names `subject`, applied or not, but for `kept`, and the lists that
    /// lead to them. The 80 bytes of their leaves stay, so the log and every proof of other transactions hold.
    ///
    /// Call it when the ledger has the erasure: from then on no call about the subject looks at what goes here. Durable
    /// when this returns, and may be done again. It reads the whole log; blocks go on being made meanwhile.
    ///
    /// - Returns: How many bodies were removed now.
    public func removeBodies(about subject: SubjectID, keeping kept: TransactionID) throws(SteleError) -> Int {
        let size = heads.head.header.logSize
        let needle = subject.bytes
        var batch = WriteBatch()
        var removedCount = 0
        var (first, last): (UInt64?, UInt64) = (nil, 0)
        func flush(sync: Bool) throws(SteleError) {
            guard batch.byteCount > Self.erasingByteCount || sync else { return }
            try store.store.write(batch, sync: sync)
            batch.removeAll()
        }
        try store.store.forEach(
            KeyRange(from: LedgerStore.key(0), to: LedgerStore.key(size)), in: LedgerStore.entry, reverse: false
        ) { (key, value) throws(SteleError) in
            guard value.count > Leaf.byteCount, value.holds(needle, from: Leaf.byteCount) else { return true }
            guard let leaf = Leaf(decoding: Array(value[..<Leaf.byteCount])), leaf.kind == .transaction, leaf.id != kept
            else { return true }
            batch.put(key, Array(value[..<Leaf.byteCount]), in: LedgerStore.entry)
            // Emergencies and reviews are listed by time as well: a notice of what is gone would find nothing to tell.
            batch.delete(
                [UInt8(ascii: "e")] + LedgerStore.key(leaf.height) + leaf.id.bytes, in: LedgerStore.index)
            removedCount += 1
            last = key.bigEndian(at: 0)
            first = first ?? last
            try flush(sync: false)
            return true
        }
        let blocks = try removeDropped(naming: needle, into: &batch)
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") where letter != UInt8(ascii: "e") {
            batch.deleteAll(prefix: [letter] + needle, in: LedgerStore.index)
        }
        try flush(sync: true)
        try compact(needle, entries: first.map { ($0, last) }, blocks: blocks)
        return removedCount
    }

    /// Removes envelopes that name the subject from the lists of those that never got into the log.
    /// - Returns: The first and the last block concerned.
    private func removeDropped(
        naming needle: [UInt8], into batch: inout WriteBatch
    ) throws(SteleError) -> (UInt64, UInt64)? {
        var range: (UInt64, UInt64)?
        var replaced: [(key: [UInt8], value: [UInt8])] = []
        try store.store.forEach(.all, in: LedgerStore.block, reverse: false) { (key, value) throws(SteleError) in
            guard value.holds(needle, from: 0) else { return true }
            replaced.append((key, try BlockRow(decoding: value).withoutDropped { $0.holds(needle, from: 0) }.encoded))
            let height: UInt64 = key.bigEndian(at: 0)
            range = (range?.0 ?? height, height)
            return true
        }
        for row in replaced { batch.put(row.key, row.value, in: LedgerStore.block) }
        return range
    }

    /// Rewrites the files in which something was removed: by this, or as rows of the state by the contract.
    private func compact(
        _ subject: [UInt8], entries: (UInt64, UInt64)?, blocks: (UInt64, UInt64)?
    ) throws(SteleError) {
        var ranges: [(family: ColumnFamily, range: KeyRange)] = []
        for (family, found) in [(LedgerStore.entry, entries), (LedgerStore.block, blocks)] {
            guard let found else { continue }
            ranges.append((family, KeyRange(from: LedgerStore.key(found.0), to: LedgerStore.key(found.1 + 1))))
        }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        ranges += letters.map { (LedgerStore.index, .prefix([$0] + subject)) }
        for contract in "rca".utf8 {
            ranges += letters.map { (LedgerStore.state, .prefix([contract, $0] + subject)) }
        }
        // Files without any such key are left alone, so most of these cost nothing.
        try store.store.compact(ranges)
    }
}

extension [UInt8] {
    /// Whether `needle`, which is not empty, is there at `start` or after it.
    fileprivate func holds(_ needle: [UInt8], from start: Int) -> Bool {
        guard count - start >= needle.count else { return false }
        let (bytes, needle) = (span, needle.span)
        var place = start
        while place <= count - needle.count {
            if bytes[place] == needle[0] {
                var length = 1
                while length < needle.count, bytes[place + length] == needle[length] { length += 1 }
                if length == needle.count { return true }
            }
            place += 1
        }
        return false
    }
}
