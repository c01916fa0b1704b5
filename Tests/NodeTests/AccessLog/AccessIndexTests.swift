// NodeTests · the index of accesses: in order whatever comes when, each once, and exact by every question.
import Contracts
import Cryptography
import Node
import Primitives
import Testing

@Suite struct AccessIndexTests {
    private static let subjects = (UInt8(1)...3).map { Bytes32([UInt8](repeating: $0, count: 32), at: 0) }

    private static func access(_ place: UInt64) -> IndexedAccess {
        var access = IndexedAccess(
            logIndex: place, time: UnixSeconds(1000 + place), subject: subjects[Int(place % 3)], action: "read",
            outcome: place % 4 == 0 ? .refused : .released, isEmergency: place % 5 == 0, kept: nil)
        access.actorDID = "did:key:z\(place % 7)"
        access.organisation = "o\(place % 2)"
        access.purposes = place % 2 == 0 ? ["TREAT"] : ["HRESCH", "TREAT"]
        return access
    }

    private static func places(_ query: AccessQuery, _ index: AccessIndex) -> [UInt64] {
        index.find(query).page.map(\.logIndex)
    }

    @Test func keepsOrderWhateverComesWhen() {
        let index = AccessIndex()
        for place: UInt64 in [103, 101, 102, 110, 105, 104, 105] { index.add(Self.access(place)) }
        index.add(earlier: [5, 3, 4, 1].map(Self.access))
        index.add(earlier: [7].map(Self.access))
        #expect(Self.places(AccessQuery(), index) == [110, 105, 104, 103, 102, 101, 5, 4, 3, 1])
        #expect(index.find(AccessQuery()).total == 10)
    }

    /// Each question held against a plain filter over the same accesses.
    @Test func answersLikeAPlainFilter() {
        let index = AccessIndex()
        let all = (UInt64(0)..<500).map(Self.access)
        index.add(earlier: all.shuffled())
        let random = SeededRandom(5)
        func isDrawn() -> Bool { random.bytes(1)[0] < 90 }
        for _ in 0..<300 {
            var query = AccessQuery()
            query.count = 1000
            if isDrawn() { query.actorDID = "did:key:z\(random.bytes(1)[0] % 9)" }
            if isDrawn() { query.organisation = "o\(random.bytes(1)[0] % 3)" }
            if isDrawn() { query.subject = Self.subjects[Int(random.bytes(1)[0] % 3)] }
            if isDrawn() { query.purpose = ["TREAT", "HRESCH", "HPAYMT"][Int(random.bytes(1)[0] % 3)] }
            if isDrawn() { query.outcome = [.released, .refused, .opened][Int(random.bytes(1)[0] % 3)] }
            if isDrawn() { query.isEmergency = random.bytes(1)[0] < 128 }
            if isDrawn() { query.from = UnixSeconds(1000 + UInt64(random.bytes(1)[0]) * 2) }
            if isDrawn() { query.to = UnixSeconds(1000 + UInt64(random.bytes(1)[0]) * 2) }
            let wanted = all.filter { access in
                (query.actorDID.map { $0 == access.actorDID } ?? true)
                    && (query.organisation.map { $0 == access.organisation } ?? true)
                    && (query.subject.map { $0 == access.subject } ?? true)
                    && (query.purpose.map { access.purposes.contains($0) } ?? true)
                    && (query.outcome.map { $0 == access.outcome } ?? true)
                    && (query.isEmergency.map { $0 == access.isEmergency } ?? true)
                    && (query.from.map { access.time >= $0 } ?? true) && (query.to.map { access.time < $0 } ?? true)
            }
            #expect(Self.places(query, index) == wanted.map(\.logIndex).reversed())
            query.count = 3
            query.before = 250
            #expect(
                Self.places(query, index) == wanted.map(\.logIndex).filter { $0 < 250 }.reversed().prefix(3).map { $0 })
            #expect(index.find(query).total == wanted.count)
        }
    }
}
