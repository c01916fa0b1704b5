// ContractsTests · the chain of access events: nothing can be left out, added, changed or moved unnoticed.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct AccessChainTests {
    private let subject: SubjectID
    private let events: [[UInt8]]
    private let row: AccessChainRow

    init() {
        let random = SeededRandom(9)
        subject = random.bytes32()
        var row = AccessChainRow(of: subject)
        events = (1...40).map { number in
            var event = AccessEvent()
            event.number = UInt64(number)
            event.transaction = random.bytes32()
            event.askerCommitment = random.bytes32()
            event.permitted = ProfileSet(bits: UInt64(number % 3))
            let encoded = event.encoded()
            row.append(encoded: encoded)
            return encoded
        }
        self.row = row
    }

    private func fault(_ events: [[UInt8]], of subject: SubjectID? = nil) -> AccessChain.Fault? {
        do {
            try AccessChain.verify(events, of: subject ?? self.subject, against: row)
            return nil
        } catch { return error }
    }

    @Test func acceptsTheWholeLog() {
        #expect(fault(events) == nil)
        #expect(throws: Never.self) { try AccessChain.verify([], of: subject, against: AccessChainRow(of: subject)) }
    }

    @Test func noticesOmission() {
        for index in events.indices {
            var fewer = events
            fewer.remove(at: index)
            #expect(fault(fewer) == (index == events.count - 1 ? .count(expected: 40) : .event(index: index)))
        }
        #expect(fault([]) == .count(expected: 40))
    }

    @Test func noticesOmissionThatWasRenumbered() throws {
        var fewer: [[UInt8]] = []
        for event in events.enumerated() where event.offset != 5 {
            var copy = try AccessEvent(decoding: event.element)
            copy.number = UInt64(fewer.count) + 1
            fewer.append(copy.encoded())
        }
        #expect(fault(fewer) == .count(expected: 40))
        fewer.append(fewer[0])
        #expect(fault(fewer) == .event(index: 39))
    }

    @Test func noticesReorderingAdditionAndChange() throws {
        var moved = events
        moved.swapAt(3, 4)
        #expect(fault(moved) == .event(index: 3))
        #expect(fault(events + [events[39]]) == .event(index: 40))
        for index in [0, 20, 39] {
            var event = try AccessEvent(decoding: events[index])
            event.permitted = ProfileSet(63)
            var changed = events
            changed[index] = event.encoded()
            #expect(fault(changed) == .head)
            changed[index] = [0xa0]
            #expect(fault(changed) == .event(index: index))
        }
    }

    @Test func belongsToOneSubject() {
        #expect(fault(events, of: .zero) == .head)
    }

    @Test func theLedgersEventsVerify() throws {
        let network = try ContractNetwork()
        let subject = try network.subject(profiles: [["all"]])
        var events: [[UInt8]] = []
        for index in 0..<20 {
            network.time = UnixSeconds(ContractNetwork.start + UInt64(index))
            let outcome = try network.run(try network.request(subject, by: ["doctor"]), by: network.node)
            let body = try #require(network.lastBody)
            let event = try #require(AccessEvent(of: body, result: outcome.result, time: network.time))
            #expect(AccessEvent(of: body, result: [0xa0], time: network.time) == nil)
            events.append(event.encoded())
        }
        try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        #expect(AccessEvent(of: try #require(network.lastBody), result: [0xa0], time: network.time) == nil)
        let row = try network.state.accessChain(of: subject.id)
        try AccessChain.verify(events, of: subject.id, against: row)
        let dropped = Array(events.dropLast())
        #expect(throws: AccessChain.Fault.count(expected: 20)) {
            try AccessChain.verify(dropped, of: subject.id, against: row)
        }
    }
}
