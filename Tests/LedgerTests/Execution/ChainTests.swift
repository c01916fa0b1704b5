// The serial section: which transactions get a leaf, what time a block has, and roots that anybody can work out again.
import Cryptography
import Ledger
import Primitives
import SteleTesting
import Testing

@Suite struct ChainTests {
    // MARK: - Time

    @Test func timeIsTheCertificatesButAlwaysGrows() throws {
        let fixture = try ChainFixture()
        let start = fixture.chain.header.time.milliseconds
        // The first batch carries no certificate.
        #expect(try fixture.execute([]).header.time.milliseconds == start + 1)
        #expect(try fixture.execute([], time: 5000).header.time.milliseconds == start + 5000)
        // A clock put back, a clock that stands still: one millisecond more.
        #expect(try fixture.execute([], time: 10).header.time.milliseconds == start + 5001)
        #expect(try fixture.execute([], time: 5001).header.time.milliseconds == start + 5002)
        #expect(try fixture.execute([], time: 5003).header.time.milliseconds == start + 5003)
    }

    // MARK: - What is dropped

    @Test func aTransactionIsAcceptedOnce() throws {
        let fixture = try ChainFixture()
        let (first, second) = (try fixture.transaction("a", "1"), try fixture.transaction("a", "1"))
        let block = try fixture.execute([first, first, second, first])
        #expect(block.dropped == [1, 3] && block.entries.count == 2 && block.header.transactionCount == 2)
        let next = try fixture.execute([second, first])
        #expect(next.dropped == [0, 1] && next.entries.isEmpty && next.changes.isEmpty)
        #expect(next.header.logSize == 4, "a seal for each block, a leaf for each transaction")
    }

    @Test func aTransactionIsAcceptedInItsTimeOnly() throws {
        let fixture = try ChainFixture()
        try fixture.execute([])
        let slack = Chain.clockSlackSeconds
        let cases = [
            (UInt64(99), false), (100, true), (100 + Transaction.validitySecondsMax + slack, true),
            (100 + Transaction.validitySecondsMax + slack + 1, false),
        ]
        for (place, (validUntil, isAccepted)) in cases.enumerated() {
            // Four blocks of one and the same second.
            let block = try fixture.execute(
                [try fixture.transaction("t", "\(validUntil)", validUntil: validUntil)], time: 100_990 + UInt64(place))
            #expect(block.dropped.isEmpty == isAccepted, "valid until \(validUntil)")
        }
    }

    @Test func whatIsNotAdmissibleGetsNoLeaf() throws {
        let fixture = try ChainFixture()
        let block = try fixture.execute([nil, try fixture.transaction("a", "1"), nil])
        #expect(block.dropped == [0, 2] && block.entries.map(\.leaf.index) == [1])
    }

    // MARK: - Refusals

    @Test func aRefusalIsRecordedAndWritesNothing() throws {
        let fixture = try ChainFixture()
        let before = fixture.chain.header.stateRoot
        let block = try fixture.execute([try fixture.transaction("a", "no")])
        #expect(block.entries[0].leaf.status == 7 && block.entries[0].outcome.result == [0xa0])
        #expect(block.changes.isEmpty && block.header.stateRoot == before)
    }

    @Test func aTransactionSeesWhatTheOnesBeforeItWrote() throws {
        let fixture = try ChainFixture()
        let block = try fixture.execute([
            try fixture.transaction("a", "1"), try fixture.transaction("a", "no"), try fixture.transaction("a", "2"),
            try fixture.transaction("a", ""), try fixture.transaction("a", "3"),
        ])
        #expect(block.entries.map(\.outcome.result) == [[0xf6], [0xa0], [0x41, 0x31], [0x41, 0x32], [0xf6]])
        #expect(block.changes == [StateChange(key: Array("a".utf8), value: Array("3".utf8))])
    }

    // MARK: - Roots

    /// Random histories against the roots as their specifications word them, block by block.
    @Test func rootsAreThoseOfAllLeavesAndAllRows() throws {
        let fixture = try ChainFixture()
        var random = TestRandom(state: 72)
        var leaves: [[UInt8]] = []
        var previous = fixture.chain.headerHash
        for height in UInt64(1)...60 {
            let transactions = try (0..<Int.random(in: 0...12, using: &random)).map { _ in
                try fixture.transaction(
                    "k\(Int.random(in: 0..<40, using: &random))",
                    ["", "no", "1", "22"].randomElement(using: &random)!)
            }
            let block = try fixture.execute(transactions, time: height * 10)
            leaves.append(block.seal.encoded)
            leaves += block.entries.map(\.leaf.encoded)
            #expect(block.seal.id == previous && block.header.previousHash == previous)
            #expect(block.header.logSize == UInt64(leaves.count))
            #expect(block.header.logRoot == MerkleReference.root(leaves.map { LogTree.leafHash(of: $0) }[...]))
            let rows = fixture.rows.rows.map { (SHA256.hash($0.key), SHA256.hash($0.value)) }
            #expect(block.header.stateRoot == StateReference.root(Dictionary(uniqueKeysWithValues: rows)))
            #expect(block.checkpoint.block?.headerHash == block.header.hash)
            previous = block.header.hash
        }
    }

    @Test func equalBatchesGiveEqualHeadersEverywhere() throws {
        let (one, other) = (try ChainFixture(), try ChainFixture())
        for height in 0..<20 {
            let transactions = try (0..<height).map { try one.transaction("k\($0 % 7)", "\(height)") }
            let header = try one.execute(transactions, time: UInt64(height) * 7).header
            #expect(try other.execute(transactions, time: UInt64(height) * 7).header == header)
        }
    }

    // MARK: - Admission

    @Test func admitsOnlyWhatIsForThisNetworkAndSigned() throws {
        let fixture = try ChainFixture()
        let valid = fixture.network.envelope(
            "toy.set", ToyContracts.arguments(key: "a", value: "1"), validUntil: 1_800_000_060, random: fixture.random)
        func code(_ envelope: [UInt8], chainID: Digest? = nil) -> ErrorCode? {
            do {
                _ = try AdmittedTransaction(
                    admitting: envelope, chainID: chainID ?? fixture.chain.chainID, contracts: ToyContracts())
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(valid) == nil)
        #expect(code(valid, chainID: SHA256.hash([1])) == .transactionNetwork)
        var forged = valid
        forged[forged.count - 1] ^= 1
        #expect(code(forged) == .transactionSignature)
        for (call, arguments) in [("toy.get", [UInt8](arrayLiteral: 0x80)), ("toy.set", [0x80]), ("toy.set", [])] {
            let wrong = fixture.network.envelope(call, arguments, validUntil: 1_800_000_060, random: fixture.random)
            #expect(code(wrong) == .cborMalformed)
        }
    }
}
