// Node · when which part of the state tree goes to disk.
internal import Ledger

/// Deals the regions of the state tree out over the blocks, so that each block takes a few pages along and none takes
/// them all: writing a large tree at once held up everybody for tenths of a second.
///
/// A *round* is each region once. It lasts ``blockCount`` blocks or ``entryCount`` entries of the log, whichever is
/// over first: the seldomer a region is written, the fewer pages there are for each change.
struct FlushRound: Sendable {
    /// How many log entries a round lasts at most.
    static let entryCount: UInt64 = 65_536
    /// How many regions go by between writes of the log's tiles.
    static let tileRegionCount = 16

    // At which each region was written last: later changes of it are in the deltas alone.
    private var heights: [UInt64]
    private let blockCount: UInt64  // How many blocks a round lasts at most.
    private var begin: (height: UInt64, logSize: UInt64)
    private var takenCount = 0  // In this round.
    private var next: UInt8
    private var deltaHeight: UInt64  // The deltas up to here are gone.

    /// The round that begins when the newest block is that of `header`; the region written longest ago is first.
    init(heights: [UInt64], blockCount: UInt64, header: Header) {
        precondition(heights.count == StateRegion.count)
        self.heights = heights
        self.blockCount = max(1, blockCount)
        begin = (header.height, header.logSize)
        deltaHeight = heights.min() ?? 0
        next = UInt8(heights.firstIndex(of: deltaHeight) ?? 0)
    }

    /// Takes from `chain` what goes to disk with the block it executed last, if anything.
    mutating func take(from chain: Chain) -> CommitJob.Flush? {
        let header = chain.header
        let dueCount = dueCount(at: header)
        guard takenCount < dueCount else { return nil }
        var flush = CommitJob.Flush()
        var mustTakeTiles = false
        while takenCount < dueCount {
            let (region, pages) = chain.tree.takeRegion(next)
            flush.regions.append((next, region))
            flush.pages += pages
            heights[Int(next)] = header.height
            next &+= 1
            takenCount += 1
            mustTakeTiles = mustTakeTiles || takenCount.isMultiple(of: Self.tileRegionCount)
        }
        if mustTakeTiles { flush.tiles = chain.takeChangedTiles() }
        if takenCount == StateRegion.count {
            let oldest = heights.min() ?? 0
            flush.deltas = deltaHeight..<oldest
            deltaHeight = oldest
            takenCount = 0
            begin = (header.height, header.logSize)
        }
        return flush
    }

    /// Whether a round has just ended.
    var isComplete: Bool { takenCount == 0 }

    /// How many regions of this round should be on disk with the block of `header`.
    private func dueCount(at header: Header) -> Int {
        let count = UInt64(StateRegion.count)
        let byBlocks = (header.height - begin.height) * count / blockCount
        let byEntries = (header.logSize - begin.logSize) * count / Self.entryCount
        return Int(min(count, max(byBlocks, byEntries)))
    }
}
