// A custodian each of whose stores fails at each of its operations, before or after the work, for good.
//
// Invariant: after loss of power, recovery and the same requests again, everything acknowledged at any time is there,
// vault and ledger agree, and nothing half-done is left.
import SteleTesting
import Storage
import Testing

@Suite struct CustodianFaultTests {
    /// `STELE_OPERATIONS=1` fails every operation; the usual stride takes a part of them, another part each time.
    static let stride = Extent.count("STELE_OPERATIONS", usual: 12)

    /// Which of `count` operations fail: one at least.
    static func operations(of count: Int) -> StrideThrough<Int> {
        let first = 1 + Int(Extent.seed % UInt64(min(stride, count)))
        return Swift.stride(from: first, through: count, by: stride)
    }

    @Test(arguments: MemoryHouse.Part.allCases, Fault.Moment.allCases)
    func losesNothingAcknowledged(part: MemoryHouse.Part, moment: Fault.Moment) async throws {
        let operationCount = try await Self.operationCount(part)
        try #require(operationCount > 5)
        for operation in Self.operations(of: operationCount) {
            let house = try MemoryHouse()
            try house.open(part, Fault(operation: operation, moment: moment, isSticky: true))
            try? await house.day()
            try house.recover()
            try await house.day()
            try await house.expectWhole("operation \(operation) of \(part), \(moment)")
        }
    }

    private static func operationCount(_ part: MemoryHouse.Part) async throws -> Int {
        let house = try MemoryHouse()
        let store = try house.open(part)
        try await house.day()
        try await house.expectWhole("no fault")
        return store?.operationCount ?? 0
    }
}
