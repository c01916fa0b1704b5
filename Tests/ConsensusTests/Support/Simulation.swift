// Several validators in one thread: a seed decides what is delivered, lost, repeated, forged, and who dies when.
import Consensus
import Cryptography
import Ledger
import Primitives

/// A whole network run from one seed. First anything may happen, and safety is watched; then the network heals, and
/// progress is demanded.
struct Simulation {
    struct Options {
        var validatorCount = 4
        /// The last so many validators lie.
        var liarCount = 1
        var stepCount = 300
        var dropPercent = 20
        var repeatPercent = 10
        var crashPercent = 3
        /// Whether a restart finds an empty sign-state: what the simulation must notice.
        var isForgetful = false
    }

    let network: ToyNetwork
    let options: Options
    private var random: SeededGenerator
    private var nodes: [SimulatedNode]
    /// What the ordering engine has, one batch a height.
    private var batches: [Batch] = []
    private var inFlight: [(to: Int, message: ConsensusMessage)] = []
    /// What reached anybody: it can be had again from whoever it reached.
    private var heard: [ConsensusMessage] = []
    private var clockMs: UInt64 = 1_800_000_000_000
    /// The header that is final at each height, for whoever finalised it first.
    private(set) var finals: [UInt64: Digest] = [:]
    /// Each statement an honest validator ever made, by validator, kind and height.
    private var statements: [Place: ConsensusMessage] = [:]
    private(set) var accused: Set<UInt64> = []
    /// What went wrong; empty if nothing did.
    private(set) var faults: [String] = []
    private(set) var trace = Digest.zero

    private struct Place: Hashable {
        let node: Int
        let isCommit: Bool
        let epoch: UInt64
        let height: UInt64
    }

    init(seed: UInt64, _ options: Options) {
        self.options = options
        network = ToyNetwork(validatorCount: options.validatorCount, seed: seed)
        var random = SeededGenerator(seed: seed)
        let honestCount = options.validatorCount - options.liarCount
        nodes = (0..<honestCount).map { [network] in
            SimulatedNode($0, in: network, skewMs: Int.random(in: -500...500, using: &random))
        }
        self.random = random
    }

    /// The lowest height that every honest validator has final.
    var finalHeight: Int { nodes.map(\.disk.finalCount).min() ?? 0 }

    mutating func run() {
        for _ in 0..<options.stepCount { step() }
        heal()
    }

    // MARK: - Anything may happen

    private mutating func step() {
        clockMs += UInt64.random(in: 0...40, using: &random)
        let index = Int.random(in: 0..<nodes.count, using: &random)
        if !nodes[index].isUp {
            if random.chance(20) { observe(nodes[index].restart(isForgetful: options.isForgetful), by: index) }
            return
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...1: propose(by: index)
        case 2...3: deliverBatch(to: index)
        case 4 where options.liarCount > 0: lie()
        default: deliverMessage()
        }
    }

    /// The engine takes the first batch offered for a height.
    private mutating func propose(by index: Int) {
        let machine = nodes[index].machine
        guard machine.height == UInt64(batches.count), batches.count < 64 else { return }
        batches.append(
            network.batch(machine.height + 1, after: machine.batchHash, machine.certificate, by: index))
    }

    private mutating func deliverBatch(to index: Int) {
        let next = Int(nodes[index].machine.height)
        guard next < batches.count else { return }
        let now = Timestamp(milliseconds: UInt64(Int(clockMs) + nodes[index].skewMs))
        take(.batch(batches[next], now: now), at: index)
    }

    private mutating func deliverMessage() {
        guard !inFlight.isEmpty else { return }
        let (to, message) = inFlight.remove(at: Int.random(in: 0..<inFlight.count, using: &random))
        if random.chance(options.dropPercent) { return }
        if random.chance(options.repeatPercent) { inFlight.append((to, message)) }
        guard nodes[to].isUp else { return }
        heard.append(message)
        take(.message(message), at: to)
    }

    private mutating func take(_ event: ConsensusEvent, at index: Int) {
        let crashAt = random.chance(options.crashPercent) ? Int.random(in: 0...4, using: &random) : nil
        observe(nodes[index].take(event, crashAt: crashAt), by: index)
    }

    // MARK: - Liars

    private mutating func lie() {
        let liar = Int.random(in: nodes.count..<options.validatorCount, using: &random)
        let height = UInt64(Int.random(in: 1...(batches.count + 2), using: &random))
        let known = batches.first { $0.height == height }
        let batchHash = random.chance(40) ? known?.hash ?? .zero : SHA256.hash([UInt8(random.next() & 3)])
        let time = Timestamp(milliseconds: random.chance(10) ? .max : clockMs + random.next() % 100_000)
        let message: ConsensusMessage
        switch Int.random(in: 0..<5, using: &random) {
        case 0...1: message = network.prepare(liar, height: height, batchHash, time: time)
        case 2: message = network.commit(liar, forgedCheckpoint(height, batchHash))
        case 3:
            // In another's name, with a key of its own.
            let victim = Int.random(in: 0..<nodes.count, using: &random)
            let checkpoint = forgedCheckpoint(height, batchHash)
            message = .commit(
                checkpoint, validator: UInt64(victim), signature: network.keys[liar].sign(checkpoint.text))
        default:
            message = network.prepare(
                liar, height: height, known?.hash ?? .zero, time: Timestamp(milliseconds: clockMs))
        }
        for to in nodes.indices where random.chance(60) { inFlight.append((to, message)) }
    }

    private func forgedCheckpoint(_ height: UInt64, _ hash: Digest) -> Checkpoint {
        Checkpoint(
            origin: network.genesis.origin, size: height, root: hash,
            block: Checkpoint.Block(epoch: 0, height: height, headerHash: hash))
    }

    // MARK: - What must hold

    private mutating func observe(_ effects: [ConsensusEffect], by index: Int) {
        for effect in effects {
            note("\(index) \(effect.words)")
            switch effect {
            case .send(let message):
                checkSpokenOnce(message, by: index)
                for to in nodes.indices where to != index { inFlight.append((to, message)) }
            case .finalize(let height, let note): checkFinal(height, note)
            case .accuse(let evidence):
                if evidence.validator < UInt64(nodes.count) {
                    faults.append("honest \(evidence.validator) was accused")
                }
                accused.insert(evidence.validator)
            case .persist, .execute: break
            }
        }
    }

    private mutating func checkSpokenOnce(_ message: ConsensusMessage, by index: Int) {
        let place: Place
        switch message {
        case .prepare(let epoch, let height, _, let vote):
            place = Place(node: Int(vote.validator), isCommit: false, epoch: epoch, height: height)
        case .commit(let checkpoint, let validator, _):
            let block = checkpoint.block!
            place = Place(node: Int(validator), isCommit: true, epoch: block.epoch, height: block.height)
        }
        if place.node != index { faults.append("\(index) spoke for \(place.node)") }
        if let earlier = statements.updateValue(message, forKey: place), earlier != message {
            faults.append("\(index) signed twice at \(place.height)")
        }
    }

    private mutating func checkFinal(_ height: UInt64, _ note: SignedNote) {
        let trust = TrustedKeys(origin: network.genesis.origin, validators: network.validators)
        guard let block = try? trust.verify(note.encoded).block, block.height == height else {
            faults.append("what finalised \(height) does not verify")
            return
        }
        if let earlier = finals.updateValue(block.headerHash, forKey: height), earlier != block.headerHash {
            faults.append("two headers are final at \(height)")
        }
    }

    private mutating func note(_ text: String) { trace = SHA256.hash(trace.bytes + Array(text.utf8)) }

    // MARK: - Progress

    /// Everybody honest is up and hears everything in the end; three more heights must become final.
    private mutating func heal() {
        let target = (nodes.map(\.disk.finalCount).max() ?? 0) + 3
        for index in nodes.indices where !nodes[index].isUp {
            observe(nodes[index].restart(isForgetful: options.isForgetful), by: index)
        }
        for _ in 0..<30 where finalHeight < target {
            clockMs += 10
            for index in nodes.indices {
                propose(by: index)
                deliverBatch(to: index, isHealed: true)
            }
            let said = heard + nodes.flatMap(\.outbox) + nodes.flatMap(\.keptVotes)
            let all = Set(said).sorted { $0.words < $1.words }
            for index in nodes.indices {
                for message in all { observe(nodes[index].take(.message(message)), by: index) }
            }
            heard = all
            inFlight = []
        }
        if finalHeight < target { faults.append("no progress beyond \(finalHeight), \(target) was demanded") }
    }

    private mutating func deliverBatch(to index: Int, isHealed: Bool) {
        let next = Int(nodes[index].machine.height)
        guard next < batches.count else { return }
        let now = Timestamp(milliseconds: UInt64(Int(clockMs) + nodes[index].skewMs))
        observe(nodes[index].take(.batch(batches[next], now: now)), by: index)
    }
}

// MARK: - Words
extension ConsensusMessage {
    /// The height of the block that a COMMIT is for.
    var commitHeight: UInt64? { if case .commit(let checkpoint, _, _) = self { checkpoint.block?.height } else { nil } }

    /// The message in words that differ for different messages.
    var words: String {
        switch self {
        case .prepare(let epoch, let height, let hash, let vote):
            "prepare \(epoch) \(height) \(hash) \(vote.time.milliseconds) \(Hex.encode(vote.signature))"
        case .commit(let checkpoint, let validator, let signature):
            "commit \(checkpoint.size) \(checkpoint.root) \(validator) \(Hex.encode(signature))"
        }
    }
}

extension ConsensusEffect {
    fileprivate var words: String {
        switch self {
        case .persist(let state): "persist \(Hex.encode(state.encoded))"
        case .send(let message): message.words
        case .execute(let batch, _): "execute \(batch.hash)"
        case .finalize(let height, let note): "finalize \(height) \(SHA256.hash(note.text))"
        case .accuse(let evidence): "accuse \(evidence.validator)"
        }
    }
}
