// The encoded form of a batch, which RocksDB reads as its own.
import Testing

@testable import Storage

@Suite struct WriteBatchTests {
    @Test func hasTheDrawnLayout() {
        var batch = WriteBatch()
        batch.put([0xaa], [], in: .state)
        batch.delete([0xbb, 0xcc], in: .leaf)
        batch.deleteRange(from: [1], to: [2], in: .index)
        #expect(
            batch.bytes == [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0]
                + [5, 1, 1, 0xaa, 0] + [4, 2, 2, 0xbb, 0xcc] + [0x0e, 3, 1, 1, 1, 2])
        #expect(batch.count == 3)
    }

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 2_097_152])
    func returnsOperationsOfEverySize(size: Int) {
        let bytes = [UInt8](repeating: 9, count: size)
        var batch = WriteBatch(capacity: 16)
        batch.put(bytes + [1], bytes, in: .leaf)
        batch.delete([1] + bytes, in: .index)
        #expect(
            batch.operations == [
                .put(key: bytes + [1], value: bytes, family: 1), .delete(key: [1] + bytes, family: 2),
            ])
    }

    @Test func countsPastOneByte() {
        var batch = WriteBatch()
        for _ in 0..<300 { batch.put([1], [2], in: .state) }
        #expect(Array(batch.bytes[8..<12]) == [44, 1, 0, 0])
        #expect(batch.operations.count == 300)
    }

    @Test func joinsAndEmpties() {
        var first = WriteBatch()
        first.put([1], [1], in: .state)
        var second = WriteBatch()
        second.delete([2], in: .state)
        first.append(contentsOf: second)
        #expect(first.count == 2 && first.bytes[8] == 2)
        #expect(first.operations.last == .delete(key: [2], family: 0))
        first.removeAll()
        #expect(first == WriteBatch() && first.isEmpty)
    }

    @Test func prefixRangesEndAtTheSuccessor() {
        #expect(KeyRange.prefix([1, 2]).upper == [1, 3])
        #expect(KeyRange.prefix([1, 0xff]).upper == [2])
        #expect(KeyRange.prefix([0xff, 0xff]).upper == nil)
        #expect(KeyRange.prefix([]) == .all)
        #expect(KeyRange(from: [2], to: [2]).isEmpty && !KeyRange.all.isEmpty)
        #expect(KeyRange.prefix([7]).contains([7, 0xff, 0xff]) && !KeyRange.prefix([7]).contains([8]))
    }
}
