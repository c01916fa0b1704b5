// A chain of one validator in memory, driven by hand.
import Cryptography
import Ledger
import Primitives
import SteleTesting

/// Rows in memory that follow the chain's changes.
final class MemoryRows: StateReader {
    private(set) var rows: [[UInt8]: [UInt8]] = [:]

    func value(for key: [UInt8]) throws(SteleError) -> [UInt8]? { rows[key] }

    func rows(prefix: [UInt8]) throws(SteleError) -> [(key: [UInt8], value: [UInt8])] {
        rows.filter { $0.key.starts(with: prefix) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { ($0.key, $0.value) }
    }

    func apply(_ changes: [StateChange]) { for change in changes { rows[change.key] = change.value } }
}

/// A chain with toy contracts, and what is needed to go on with it.
final class ChainFixture {
    let network: TestNetwork
    let rows = MemoryRows()
    let chain: Chain
    let random = SeededRandom(71)
    private(set) var blocks: [ExecutedBlock] = []

    init(window: ReplayWindow = ReplayWindow()) throws {
        network = try TestNetwork(random: SeededRandom(70), time: Timestamp(seconds: 1_800_000_000))
        let pages = StoredPages()
        let tree = StateTree(source: pages)
        let start = try Chain.start(network.genesis, contracts: ToyContracts(), tree: tree, reader: rows)
        rows.apply(start.changes)
        chain = Chain(
            genesis: network.genesis, header: start.header, log: LogTiles(), tree: tree, reader: rows, window: window)
    }

    /// `toy.set`, admitted. `validUntil` in seconds after the genesis.
    func transaction(_ key: String, _ value: String, validUntil: UInt64 = 60) throws -> AdmittedTransaction {
        let envelope = network.envelope(
            "toy.set", ToyContracts.arguments(key: key, value: value), validUntil: 1_800_000_000 + validUntil,
            random: random)
        return try AdmittedTransaction(admitting: envelope, chainID: chain.chainID, contracts: ToyContracts())
    }

    /// Executes the next batch, certified as of `time` in milliseconds after the genesis.
    @discardableResult
    func execute(_ transactions: [AdmittedTransaction?], time: UInt64 = 0) throws -> ExecutedBlock {
        let previous = blocks.last?.batch
        let height = chain.header.height
        var certificate: PrepareCertificate?
        if let previous {
            let clock = Timestamp(milliseconds: 1_800_000_000_000 + time)
            certificate = PrepareCertificate(
                epoch: 0, height: height, batchHash: previous.hash,
                votes: [PrepareVote(validator: 0, time: clock, signature: [UInt8](repeating: 0, count: 64))])
        }
        let batch = Batch(
            chainID: chain.chainID, epoch: 0, height: height + 1, previousHash: previous?.hash ?? .zero, proposer: 0,
            certificate: certificate, envelopes: transactions.map { $0?.transaction.envelope ?? [0] },
            key: network.voteKey)
        let block = try chain.execute(batch, transactions: transactions)
        rows.apply(block.changes)
        blocks.append(block)
        return block
    }
}
