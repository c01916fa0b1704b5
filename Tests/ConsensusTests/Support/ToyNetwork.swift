// A network of validators whose blocks hold nothing: what executing yields follows from the batch alone.
import Consensus
import Cryptography
import Ledger
import Primitives

/// Keys, genesis and the deterministic execution of an empty ledger.
struct ToyNetwork {
    let keys: [SigningKey]
    let genesis: Genesis
    let validators: ValidatorSet

    init(validatorCount: Int, seed: UInt64 = 1) {
        let random = SeededRandom(seed)
        keys = (0..<validatorCount).map { _ in SigningKey.random(from: random) }
        // Names, keys and weights are valid by construction.
        genesis = try! Genesis(
            name: "toy", time: Timestamp(seconds: 1_800_000_000), random: random.bytes32(),
            validators: keys.map { Validator(key: $0.publicKey, weight: 1) }, organisation: "toy",
            adminKey: keys[0].publicKey, nodeKey: keys[0].publicKey)
        validators = ValidatorSet(genesis.validators)
    }

    var chainID: Digest { genesis.chainID }

    func batch(_ height: UInt64, after previous: Digest, _ certificate: PrepareCertificate?, by index: Int = 0) -> Batch
    {
        Batch(
            chainID: chainID, epoch: 0, height: height, previousHash: previous, proposer: UInt64(index),
            certificate: certificate, envelopes: [], key: keys[index])
    }

    /// The header of `batch` on top of `parent`, and what certifies it. Another `salt` stands for computing wrong.
    func execute(_ batch: Batch, on parent: Header?, salt: UInt8 = 0) -> (header: Header, checkpoint: Checkpoint) {
        let root = SHA256.hash(batch.hash.bytes + [salt])
        let header = Header(
            chainID: chainID, height: batch.height, batchEpoch: batch.epoch,
            time: max(
                Timestamp(milliseconds: (parent ?? origin).time.milliseconds + 1),
                batch.certificate?.medianTime(validators) ?? Timestamp(milliseconds: 0)),
            previousHash: (parent ?? origin).hash, batchHash: batch.hash, transactionCount: 0, logSize: batch.height,
            logRoot: root, stateRoot: root, validatorsHash: validators.hash, nextValidatorsHash: validators.hash,
            parametersHash: .zero)
        return (header, checkpoint(of: header))
    }

    func checkpoint(of header: Header) -> Checkpoint {
        Checkpoint(
            origin: genesis.origin, size: header.logSize, root: header.logRoot,
            block: Checkpoint.Block(epoch: header.batchEpoch, height: header.height, headerHash: header.hash))
    }

    /// Header 0.
    var origin: Header {
        Header(
            chainID: chainID, height: 0, batchEpoch: 0, time: genesis.time, previousHash: .zero, batchHash: .zero,
            transactionCount: 0, logSize: 0, logRoot: LogTree.emptyRoot, stateRoot: .zero,
            validatorsHash: validators.hash, nextValidatorsHash: validators.hash, parametersHash: .zero)
    }

    func machine(
        _ index: Int, _ signState: SignState = SignState(), height: UInt64 = 0, batchHash: Digest = .zero,
        certificate: PrepareCertificate? = nil, committedHeight: UInt64 = 0
    ) -> ConsensusMachine {
        ConsensusMachine(
            chainID: chainID, origin: genesis.origin, validators: validators, ownIndex: UInt64(index),
            key: keys[index], signState: signState, height: height, batchHash: batchHash, certificate: certificate,
            committedHeight: committedHeight)
    }

    /// A PREPARE by validator `index`, as an honest one would make it.
    func prepare(_ index: Int, height: UInt64, _ batchHash: Digest, time: Timestamp, epoch: UInt64 = 0)
        -> ConsensusMessage
    {
        let message = PrepareVote.signedBytes(
            chainID: chainID, epoch: epoch, height: height, batchHash: batchHash, time: time)
        return .prepare(
            epoch: epoch, height: height, batchHash: batchHash,
            vote: PrepareVote(
                validator: UInt64(index), time: time, signature: keys[index].sign(tag: "prepare", message)))
    }

    /// A COMMIT by validator `index`.
    func commit(_ index: Int, _ checkpoint: Checkpoint) -> ConsensusMessage {
        .commit(checkpoint, validator: UInt64(index), signature: keys[index].sign(checkpoint.text))
    }
}

extension [ConsensusEffect] {
    var sent: [ConsensusMessage] { compactMap { if case .send(let message) = $0 { message } else { nil } } }
    var persisted: [SignState] { compactMap { if case .persist(let state) = $0 { state } else { nil } } }
    var accused: [Evidence] { compactMap { if case .accuse(let evidence) = $0 { evidence } else { nil } } }
    var finalHeights: [UInt64] { compactMap { if case .finalize(let height, _) = $0 { height } else { nil } } }
    var executed: [(batch: Batch, certificate: PrepareCertificate)] {
        compactMap { if case .execute(let batch, let certificate) = $0 { (batch, certificate) } else { nil } }
    }
}

/// SplitMix64: the same simulation on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
