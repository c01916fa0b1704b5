// The view of one transaction: what is decoded and kept never depends on when it was decoded.
import Primitives
import Testing

@testable import Ledger

@Suite struct StateViewTests {
    private final class Rows: StateReader {
        var others: [[UInt8]: Count] = [:]
        func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? { others[group] }
        func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? { nil }
        func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])] { [] }
    }
    private final class Count: Sendable {
        let count: Int
        init(_ count: Int) { self.count = count }
    }

    @Test func aGroupDecodedAfterAWriteIsThatBeforeTheTransaction() throws {
        let view = StateView(reader: Rows())
        let group = [UInt8](repeating: 1, count: StateView.groupByteCount)
        func count() throws -> Int {
            try view.cached(group: group, as: Count.self) { () throws(SteleError) in
                Count(try view.rows(prefix: group).count)
            }.count
        }
        view.set(group + [1], to: [1])
        #expect(try count() == 0)
        #expect(try view.rows(prefix: group).count == 1)
        view.refuseTransaction()
        #expect(try count() == 0)
        view.set(group + [1], to: [1])
        view.applyTransaction()
        #expect(try count() == 1)
    }

    @Test func takesOverWhatAnotherViewDecodedUnlessTheBlockChangedIt() throws {
        let rows = Rows()
        let view = StateView(reader: rows)
        let group = [UInt8](repeating: 1, count: StateView.groupByteCount)
        func count() throws -> Int {
            try view.cached(group: group, as: Count.self) { () throws(SteleError) in
                Count(try view.rows(prefix: group).count)
            }.count
        }
        rows.others[group] = Count(7)
        #expect(try count() == 7)
        // Another's object shows the state before this block.
        view.set(group + [1], to: [1])
        view.applyTransaction()
        #expect(try count() == 1)
        _ = view.takeBlock()
        #expect(try count() == 1, "kept")
    }
}
