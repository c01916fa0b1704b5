// Ledger · flat memory for the nodes of the state tree.

/// Elements at fixed indices in chunks that never move: growing copies nothing, and no element is counted by reference.
@safe
struct NodeStore<Element: BitwiseCopyable>: ~Copyable {
    private static var chunkShift: UInt32 { 12 }
    private static var chunkCount: Int { 1 << Int(chunkShift) }
    /// Most elements: what ``StateReference`` can tell apart, some 40 GB of inner nodes.
    private static var countMax: UInt32 { 1 << 29 }

    private var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
    private var chunkCapacity = 16
    /// How many indices are in use or were.
    private(set) var count: UInt32 = 0

    init() {
        unsafe chunks = .allocate(capacity: 16)
    }

    deinit {
        let used = (Int(count) + Self.chunkCount - 1) / Self.chunkCount
        for index in 0..<used { unsafe chunks[index].deallocate() }
        unsafe chunks.deallocate()
    }

    /// Stores `element` at the next index, which is returned.
    mutating func append(_ element: Element) -> UInt32 {
        let index = count
        precondition(index < Self.countMax, "the state tree has more nodes in memory than it can count")
        if Int(index) & (Self.chunkCount - 1) == 0 { addChunk() }
        count += 1
        unsafe pointer(index).initialize(to: element)
        return index
    }

    subscript(index: UInt32) -> Element {
        get { unsafe pointer(index).pointee }
        nonmutating _modify { yield unsafe &pointer(index).pointee }
    }

    // Indices come only from references made by `append`, so the check is for tests.
    @unsafe @inline(__always)
    private func pointer(_ index: UInt32) -> UnsafeMutablePointer<Element> {
        assert(index < count)
        return unsafe chunks[Int(index >> Self.chunkShift)] + Int(index) & (Self.chunkCount - 1)
    }

    private mutating func addChunk() {
        let used = Int(count >> Self.chunkShift)
        if used == chunkCapacity {
            let larger = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(capacity: 2 * used)
            unsafe larger.moveInitialize(from: chunks, count: used)
            unsafe chunks.deallocate()
            unsafe chunks = larger
            chunkCapacity = 2 * used
        }
        unsafe (chunks + used).initialize(to: .allocate(capacity: Self.chunkCount))
    }
}
