// A ledger whose store or sign-state fails at every operation in turn: before or after its work, once or for good.
//
// Invariant: the node stops by itself, acknowledges nothing that is not durable, and finds everything acknowledged when
// it starts again; whatever was not answered can be sent again and is in the log once.
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing

@Suite struct LedgerFaultTests {
    @Test(arguments: Fault.Moment.allCases, [false, true])
    func stopsAndLosesNothingWhenTheStoreFails(moment: Fault.Moment, isSticky: Bool) async throws {
        var (faultCount, next, isOver) = (0, 1, false)
        while !isOver {
            // As many operations at once as there are cores: each has a site of its own.
            try await withThrowingTaskGroup(of: (hasFault: Bool, isPastTheLast: Bool).self) { group in
                for operation in next..<next + 2 {
                    group.addTask { try await self.fail(at: operation, moment, isSticky: isSticky) }
                }
                for try await (hasFault, isPastTheLast) in group {
                    if hasFault { faultCount += 1 }
                    isOver = isOver || isPastTheLast
                }
            }
            next += 2
        }
        #expect(faultCount > 10)
    }

    /// One life of a node whose store fails at `operation`, and the next start.
    private func fail(
        at operation: Int, _ moment: Fault.Moment, isSticky: Bool
    ) async throws -> (hasFault: Bool, isPastTheLast: Bool) {
        let site = try ToySite()
        let envelopes = (0..<6).map { site.envelope($0) }
        let store = FaultInjectingStore(
            try site.store(), fault: Fault(operation: operation, moment: moment, isSticky: isSticky))
        var (receipts, hasFault) = ([Receipt](), false)
        if let node = try? site.node(store) {
            let (given, fault) = await site.submit(envelopes, to: node)
            (receipts, hasFault) = (given, fault != nil)
            // What failed was a write if the node says so; then it takes nothing more.
            if node.fault != nil {
                await #expect(throws: SteleError.self) { try await node.submit(site.envelope(9)) }
            }
            await node.settle()
        }
        try await site.expectWhole(receipts, envelopes, "operation \(operation), \(moment), sticky \(isSticky)")
        return (hasFault, store.operationCount < operation)
    }

    @Test func aFullDiskIsCalledByItsName() async throws {
        let site = try ToySite()
        let envelopes = (0..<4).map { site.envelope($0) }
        let store = FaultInjectingStore(try site.store())
        let node = try site.node(store)
        let (receipts, none) = await site.submit(Array(envelopes[..<2]), to: node)
        #expect(receipts.count == 2 && none == nil)
        // Reads of the look-up come first; the write of the block is the next write.
        for ahead in 1...40 where node.fault == nil {
            store.plan(
                Fault(operation: store.operationCount + ahead, isSticky: true), error: FaultInjectingStore.fullError)
            let (_, fault) = await site.submit([envelopes[2]], to: node)
            #expect(fault?.code == .storageFull)
        }
        try await site.expectWhole(receipts, envelopes, "full disk")
    }

    @Test(arguments: FaultInjectingSystemCalls.Failure.allCases, Fault.Moment.allCases)
    func stopsAndLosesNothingWhenTheSignStateFails(
        failure: FaultInjectingSystemCalls.Failure, moment: Fault.Moment
    ) async throws {
        for operation in 1...40 {
            let site = try ToySite()
            let envelopes = (0..<5).map { site.envelope($0) }
            let calls = FaultInjectingSystemCalls(
                fault: Fault(operation: operation, moment: moment), failure: failure)
            var receipts: [Receipt] = []
            if let node = try? site.node(try site.store(), calls: calls) {
                receipts = await site.submit(envelopes, to: node).receipts
                await node.settle()
            }
            try await site.expectWhole(receipts, envelopes, "call \(operation), \(failure), \(moment)")
            if calls.calls.count < operation { break }
        }
    }

    /// A crowd shares blocks: those whose block failed all learn it, and nobody waits for ever.
    @Test(arguments: [20, 120, 195, 201, 205])
    func everybodyWhoWaitsLearnsOfTheFault(operation: Int) async throws {
        let site = try ToySite()
        let envelopes = (0..<200).map { site.envelope($0) }
        let store = FaultInjectingStore(try site.store())
        let node = try site.node(store)
        store.plan(Fault(operation: store.operationCount + operation, isSticky: true))
        let receipts = await withTaskGroup(of: Receipt?.self) { group in
            for envelope in envelopes { group.addTask { try? await node.submit(envelope) } }
            return await group.reduce(into: [Receipt]()) { receipts, receipt in
                if let receipt { receipts.append(receipt) }
            }
        }
        #expect(receipts.count < envelopes.count)
        await node.settle()
        try await site.expectWhole(receipts, envelopes, "operation \(operation)")
    }

    /// Nothing acknowledged is unsynced: power may be lost right after any answer.
    @Test func everyAnswerSurvivesLossOfPower() async throws {
        let site = try ToySite()
        var (receipts, envelopes) = ([Receipt](), [[UInt8]]())
        for number in 0..<20 {
            let node = try site.node(site.store())
            envelopes.append(site.envelope(number))
            receipts.append(try await node.submit(envelopes[number]))
            #expect(site.disk.unsyncedCount(at: "ledger") == 0)
            site.disk.crash()
        }
        try await site.expectWhole(receipts, envelopes, "loss of power")
    }
}
