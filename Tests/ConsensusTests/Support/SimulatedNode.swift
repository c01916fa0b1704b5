// One honest validator of a simulation: a machine, a disk that survives it, and a driver that can die between effects.
import Consensus
import Ledger
import Primitives

struct SimulatedNode {
    /// What a crash leaves.
    struct Disk {
        var signState = SignState()
        var ordered: [(batch: Batch, certificate: PrepareCertificate)] = []
        var finalCount = 0
        /// Its own signatures on what is final: they are kept with the blocks.
        var finalCommits: [ConsensusMessage] = []
    }

    let index: Int
    let network: ToyNetwork
    /// How far its clock is off, in milliseconds.
    let skewMs: Int
    private(set) var disk = Disk()
    private(set) var machine: ConsensusMachine
    private(set) var isUp = true
    /// What it said since it was started and would say again.
    private(set) var outbox: [ConsensusMessage] = []
    private var parents: [Header] = []

    /// The votes on its disk, of certificates and of final blocks: whoever is behind can have them, as with the blocks
    /// they are for.
    var keptVotes: [ConsensusMessage] {
        disk.finalCommits
            + disk.ordered.flatMap { _, certificate in
                certificate.votes.map {
                    .prepare(
                        epoch: certificate.epoch, height: certificate.height, batchHash: certificate.batchHash, vote: $0
                    )
                }
            }
    }

    init(_ index: Int, in network: ToyNetwork, skewMs: Int) {
        self.index = index
        self.network = network
        self.skewMs = skewMs
        machine = network.machine(index)
    }

    /// Performs what `event` leads to, up to the effect numbered `crashAt` if that is reached; then the node is down.
    /// - Returns: what happened, in order; of an effect that was not performed nothing is returned.
    mutating func take(_ event: ConsensusEvent, crashAt: Int? = nil) -> [ConsensusEffect] {
        guard isUp else { return [] }
        var queue = machine.step(event)
        var performed: [ConsensusEffect] = []
        while !queue.isEmpty {
            if performed.count == crashAt {
                isUp = false
                return performed
            }
            let effect = queue.removeFirst()
            performed.append(effect)
            switch effect {
            case .persist(let state): disk.signState = state
            case .send(let message): outbox.append(message)
            case .execute(let batch, let certificate):
                disk.ordered.append((batch, certificate))
                queue += machine.step(executed(batch))
            case .finalize(let height, _):
                disk.finalCount = Int(height)
                disk.finalCommits += outbox.filter { $0.commitHeight == height }
            case .accuse: break
            }
        }
        return performed
    }

    /// Starts again from the disk and hands in what was executed and is not final.
    mutating func restart(isForgetful: Bool) -> [ConsensusEffect] {
        isUp = true
        if isForgetful { disk.signState = SignState() }
        outbox = []
        let newest = disk.ordered.last
        machine = network.machine(
            index, disk.signState, height: UInt64(disk.ordered.count), batchHash: newest?.batch.hash ?? .zero,
            certificate: newest?.certificate, committedHeight: UInt64(disk.finalCount))
        parents = []
        var performed: [ConsensusEffect] = []
        for (batch, _) in disk.ordered {
            let event = executed(batch)
            if batch.height > UInt64(disk.finalCount) { performed += take(event) }
        }
        return performed
    }

    private mutating func executed(_ batch: Batch) -> ConsensusEvent {
        let (header, checkpoint) = network.execute(batch, on: parents.last)
        parents.append(header)
        return .executed(header: header, checkpoint: checkpoint)
    }
}
