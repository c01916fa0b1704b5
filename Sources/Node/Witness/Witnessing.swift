// Node · brings the heads of a ledger to outside witnesses, and keeps what they cosign.
internal import Ledger
internal import Primitives
internal import Synchronization

/// Asks witnesses to cosign this ledger's checkpoints. Source: C2SP tlog-witness; `docs/spec/log.md` §7.
///
/// A witness that lies, stalls or refuses costs at most its time limit and is counted; nothing that a node accepts,
/// decides or releases waits for one. A proof waits for one round, unless the last round failed.
public actor Witnessing {
    /// How long after a round without a quorum nobody waits for another one.
    private static let discouragement = Duration.seconds(30)
    /// How often an unmoved head is cosigned again, so that its age stays small.
    private static let renewalSeconds: UInt64 = 60
    /// How many rounds may wait for the one under way.
    private static let waitingCountMax = 4

    private let policy: WitnessPolicy
    private let transport: any WitnessTransport
    private let time: any TimeSource
    private let heads: HeadBox
    private let source: @Sendable (Head) -> any TileSource
    private let box: CosignedBox
    private var knownSizes: [WitnessPeer: UInt64] = [:]
    private var tail: Task<CosignedHead?, Never>?
    private var waitingCount = 0
    private var discouragedUntil: ContinuousClock.Instant?

    init(
        _ policy: WitnessPolicy, transport: any WitnessTransport, time: any TimeSource, heads: HeadBox,
        box: CosignedBox, source: @escaping @Sendable (Head) -> any TileSource
    ) {
        self.policy = policy
        self.transport = transport
        self.time = time
        self.heads = heads
        self.box = box
        self.source = source
    }

    /// Brings each new head to the witnesses, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let head = heads.head
            if needsRound(head) { _ = await cosign(head) }
            guard (try? await Task.sleep(for: policy.interval)) != nil else { return }
        }
    }

    private func needsRound(_ head: Head) -> Bool {
        guard head.header.logSize > 0, let newest = box.newest else { return head.header.logSize > 0 }
        let status = box.status
        return head.header.height > newest.head.header.height || status.cosignedCount < status.peerCount
            || time.now().seconds >= (status.cosignedTime ?? 0) + Self.renewalSeconds
    }

    /// The cosigned checkpoint of exactly `head` if it can be had without a hopeless wait, or nil.
    func cosigned(_ head: Head) async -> CosignedHead? {
        if let newest = box.newest, newest.head.header.height == head.header.height { return newest }
        if let discouragedUntil, ContinuousClock.now < discouragedUntil { return nil }
        return await cosign(head)
    }

    /// Waits its turn, then asks every witness. Rounds have one order: a witness cosigns no smaller tree after a
    /// larger.
    private func cosign(_ head: Head) async -> CosignedHead? {
        guard waitingCount < Self.waitingCountMax else { return nil }
        waitingCount += 1
        defer { waitingCount -= 1 }
        let previous = tail
        let task = Task { [self] in
            _ = await previous?.value
            return await round(head)
        }
        tail = task
        return await task.value
    }

    private func round(_ head: Head) async -> CosignedHead? {
        // Another round may have been here meanwhile.
        if let newest = box.newest {
            if newest.head.header.height > head.header.height { return nil }
            let status = box.status
            if newest.head.header.height == head.header.height, status.cosignedCount == status.peerCount,
                time.now().seconds < (status.cosignedTime ?? 0) + Self.renewalSeconds
            {
                return newest
            }
        }
        guard let note = try? SignedNote(parsing: head.note) else { return nil }
        let outcomes = await withTaskGroup(of: (WitnessPeer, WitnessOutcome).self) { group in
            for peer in policy.peers {
                let conversation = WitnessConversation(
                    peer: peer, head: head, note: note, source: source(head), transport: transport,
                    timeout: policy.timeout, time: time)
                let known = knownSizes[peer]
                group.addTask { (peer, await conversation.run(from: known)) }
            }
            var outcomes: [WitnessPeer: WitnessOutcome] = [:]
            for await (peer, outcome) in group { outcomes[peer] = outcome }
            return outcomes
        }
        return settle(outcomes, head, note)
    }

    private func settle(_ outcomes: [WitnessPeer: WitnessOutcome], _ head: Head, _ note: SignedNote) -> CosignedHead? {
        var note = note
        var cosignatures: [Cosignature] = []
        var (failureCount, contradictionCount) = (0, 0)
        for peer in policy.peers {
            switch outcomes[peer] {
            case .cosigned(let lines, let cosignature):
                knownSizes[peer] = head.header.logSize
                guard let added = try? note.adding(cosignatureIn: lines, by: peer.key) else { continue }
                note = added.note
                cosignatures.append(cosignature)
            case .contradicted(let size):
                knownSizes[peer] = size
                contradictionCount += 1
                failureCount += 1
            case .failed, nil:
                knownSizes[peer] = nil
                failureCount += 1
            }
        }
        let cosigned = cosignatures.isEmpty ? nil : CosignedHead(head: head, note: note, cosignatures: cosignatures)
        box.state.withLock { state in
            state.status.cosignedCount = cosignatures.count
            state.status.failureCount += failureCount
            state.status.contradictionCount = contradictionCount
            guard let cosigned else { return }
            state.newest = cosigned
            state.status.cosignedSize = head.header.logSize
            state.status.cosignedTime = cosignatures.map(\.time).max()
        }
        discouragedUntil = cosignatures.count >= policy.quorum ? nil : .now + Self.discouragement
        return cosigned
    }
}
