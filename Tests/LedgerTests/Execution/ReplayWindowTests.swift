// The window that accepts a transaction once, against a memory that never forgets.
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct ReplayWindowTests {
    @Test func acceptsExactlyWhatAMemoryWithoutEndWouldAccept() {
        var random = TestRandom(state: 81)
        var window = ReplayWindow()
        var seen: Set<TransactionID> = []
        var now: UInt64 = 1_800_000_000
        var offered: [(id: TransactionID, validUntil: UInt64)] = []
        var (acceptedCount, repeatedCount) = (0, 0)
        for number in UInt64(0)..<20_000 {
            now += [0, 0, 0, 1, 7, 59].randomElement(using: &random)!
            window.forget(before: now)
            if offered.isEmpty || Bool.random(using: &random) {
                var bytes: [UInt8] = []
                bytes.append(bigEndian: number)
                offered.append((SHA256.hash(bytes), now + UInt64.random(in: 0...700, using: &random)))
            }
            let (id, validUntil) = offered.suffix(20).randomElement(using: &random)!
            guard validUntil >= now else { continue }
            let isNew = seen.insert(id).inserted
            #expect(window.contains(id, validUntil: validUntil) == !isNew)
            let isAccepted = window.insert(id, validUntil: validUntil)
            #expect(isAccepted == isNew)
            if isNew { acceptedCount += 1 } else { repeatedCount += 1 }
        }
        #expect(acceptedCount > 1000 && repeatedCount > 300)
        #expect(window.count < acceptedCount, "what has expired is forgotten")
    }

    @Test(arguments: [UInt64(59), 60, 61, 119, 120])
    func remembersToTheLastSecondAndThenForgets(validUntil: UInt64) {
        var window = ReplayWindow()
        let id = SHA256.hash([1])
        let isAccepted = window.insert(id, validUntil: validUntil)
        window.forget(before: validUntil)
        let isAcceptedAgain = window.insert(id, validUntil: validUntil)
        #expect(isAccepted && !isAcceptedAgain, "it could still be accepted in this second")
        window.forget(before: validUntil + 60)
        #expect(window.count == 0)
    }
}
