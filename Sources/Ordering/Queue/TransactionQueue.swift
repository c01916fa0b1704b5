// Ordering · transactions that wait for their batch, and when the batch is cut.
internal import Ledger
public import Primitives

extension ErrorCode {
    /// The node has as much waiting as it will hold.
    public static let nodeBusy = ErrorCode("node.busy")
    /// A transaction id that was accepted before.
    public static let transactionRepeated = ErrorCode("transaction.repeated")
}

/// A bounded queue in front of the engine. Pure: the node around it holds the lock and the clock.
///
/// Group commit is adaptive by construction: whoever commits takes all that waits, so a lone client is never kept
/// waiting and a crowd shares a sync.
public struct TransactionQueue<Element>: Sendable where Element: Sendable {
    /// Most transactions waiting.
    public static var transactionCountMax: Int { 16_384 }
    /// Most bytes waiting.
    public static var byteCountMax: Int { 64 << 20 }

    private var waiting: [(element: Element, byteCount: Int)] = []
    private var head = 0
    private var byteCount = 0

    /// An empty queue.
    public init() {}

    /// How many transactions wait.
    public var count: Int { waiting.count - head }

    /// Adds a transaction of `byteCount` bytes at the end.
    /// - Throws: `node.busy` when the queue is full; nothing was added.
    public mutating func append(_ element: Element, byteCount: Int) throws(SteleError) {
        guard count < Self.transactionCountMax, self.byteCount + byteCount <= Self.byteCountMax else {
            throw SteleError(
                .nodeBusy, "the node has \(count) transactions waiting",
                hint: "send the same transaction again in a second; it can be accepted only once")
        }
        waiting.append((element, byteCount))
        self.byteCount += byteCount
    }

    /// Takes the oldest transactions that fit one batch; empty if none wait.
    public mutating func cut() -> [Element] {
        var taken: [Element] = []
        var bytes = 0
        while head < waiting.count, taken.count < Batch.transactionCountMax {
            let next = waiting[head]
            // Each envelope costs up to three bytes more inside the batch.
            guard taken.isEmpty || bytes + next.byteCount + 3 <= Batch.byteCountMax else { break }
            bytes += next.byteCount + 3
            taken.append(next.element)
            byteCount -= next.byteCount
            head += 1
        }
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
        } else if head > Self.transactionCountMax {
            waiting.removeFirst(head)
            head = 0
        }
        return taken
    }
}
