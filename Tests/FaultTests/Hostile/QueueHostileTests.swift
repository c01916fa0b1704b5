// The queue in front of the ledger at its limits.
import Ledger
import Ordering
import Primitives
import Testing

@Suite struct QueueHostileTests {
    @Test func holdsSoManyTransactionsAndSaysWhenItIsFull() throws {
        var queue = TransactionQueue<Int>()
        let most = TransactionQueue<Int>.transactionCountMax
        for number in 0..<most { try queue.append(number, byteCount: 300) }
        #expect { try queue.append(most, byteCount: 300) } throws: { ($0 as? SteleError)?.code == .nodeBusy }
        #expect(queue.count == most, "what was refused is not in it")
        var taken: [Int] = []
        while case let batch = queue.cut(), !batch.isEmpty {
            #expect(batch.count <= Batch.transactionCountMax)
            taken += batch
            if taken.count < most { try queue.append(0, byteCount: 300) }
            if taken.count > 3 * most { break }
        }
        #expect(Array(taken.prefix(most)) == Array(0..<most), "first come, first served")
    }

    @Test func holdsSoManyBytes() throws {
        var queue = TransactionQueue<Int>()
        let large = Transaction.envelopeByteCountMax
        var count = 0
        while (try? queue.append(count, byteCount: large)) != nil { count += 1 }
        #expect(count == TransactionQueue<Int>.byteCountMax / large)
        // Each batch fits what a decoder accepts, and the room comes back.
        while case let batch = queue.cut(), !batch.isEmpty {
            #expect(batch.count * (large + 3) <= Batch.byteCountMax)
            count -= batch.count
        }
        #expect(count == 0)
        #expect(throws: Never.self) { try queue.append(0, byteCount: large) }
    }
}
