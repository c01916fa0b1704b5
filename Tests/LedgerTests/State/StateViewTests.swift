// The view of one transaction: what is decoded and kept never depends on when it was decoded.
import Primitives
import Testing

@testable import Ledger

@Suite struct StateViewTests {
    private final class Rows: StateReader {
        var others: [[UInt8]: Count] = [:]
        var values: [[UInt8]: [UInt8]] = [:]
        var readCount = 0
        func decoded(group: [UInt8]) -> (any AnyObject & Sendable)? { others[group] }
        func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? {
            readCount += 1
            return values[key]
        }
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

    /// What a view keeps of rows it wrote is what the store has, whatever was forgotten meanwhile.
    @Test func aRowWrittenLatelyIsNotReadAgain() throws {
        let rows = Rows()
        let view = StateView(reader: rows)
        let key = [UInt8](repeating: 1, count: StateView.groupByteCount)
        #expect(try view.value(for: key) == nil)
        func write(_ value: [UInt8]?) {
            if let value { view.set(key, to: value) } else { view.remove(key) }
            view.applyTransaction()
            for change in view.takeBlock() { rows.values[change.key] = change.value }
        }
        write([1])
        let readCount = rows.readCount
        #expect(try view.value(for: key) == [1])
        write(nil)
        #expect(try view.value(for: key) == nil)
        view.set(key, to: [2])
        view.refuseTransaction()
        #expect(try view.value(for: key) == nil)
        #expect(rows.readCount == readCount)
    }

    @Test func recentRowsAreBoundedAndNeverOld() throws {
        var recent = RecentRows(countMax: 8)
        var model: [UInt8: [UInt8]?] = [:]
        var random = TestRandom(state: 3)
        for step in 0..<2_000 {
            let name = UInt8.random(in: 0..<40, using: &random)
            let row: [UInt8]? = step % 5 == 0 ? nil : [UInt8(step & 255)]
            recent.insert(row, for: RowName([name]))
            model.updateValue(row, forKey: name)
            #expect(recent.row(RowName([name])) == .some(row))
            var knownCount = 0
            for (name, row) in model {
                guard let known = recent.row(RowName([name])) else { continue }
                #expect(known == row)
                knownCount += 1
            }
            #expect(knownCount <= 16)
        }
    }
}
