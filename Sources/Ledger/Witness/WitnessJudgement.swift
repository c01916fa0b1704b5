// Ledger · whether a witness may cosign: the rule that makes history final, without clock, disk or network.
public import Primitives

/// What a witness has cosigned last of one log.
public struct WitnessedTree: Hashable, Sendable {
    /// How many leaves it had.
    public let size: UInt64
    /// Its root.
    public let root: Digest

    /// A tree.
    public init(size: UInt64, root: Digest) {
        self.size = size
        self.root = root
    }
}

/// What a witness answers to one request. Source: C2SP tlog-witness, "add-checkpoint".
public enum WitnessJudgement: Hashable, Sendable {
    /// 200: make this the latest, durably, then cosign.
    case cosign(WitnessedTree)
    /// 400: the old size is above the new one.
    case malformed
    /// 403: the keys of the log did not sign it.
    case unsigned
    /// 409, with the size of the latest: the request starts from another size.
    case conflict(size: UInt64)
    /// 409, with the size of the latest: the same size with another root. The log has two histories.
    case fork(size: UInt64)
    /// 422: the new tree does not extend the latest. The log may have two histories.
    case inconsistent

    /// Judges `request` of a log that the keys in `trust` sign and of which `latest` was cosigned last.
    ///
    /// Never lets a tree be cosigned that is smaller than the latest, or that does not extend it.
    public static func of(
        _ request: WitnessRequest, trust: TrustedKeys, latest: WitnessedTree?
    ) -> WitnessJudgement {
        guard let checkpoint = try? trust.verify(request.note.encoded) else { return .unsigned }
        guard request.oldSize <= checkpoint.size else { return .malformed }
        let known = latest?.size ?? 0
        guard request.oldSize == known else { return .conflict(size: known) }
        let tree = WitnessedTree(size: checkpoint.size, root: checkpoint.root)
        guard let latest, latest.size > 0 else { return request.path.isEmpty ? .cosign(tree) : .inconsistent }
        if checkpoint.size == latest.size, checkpoint.root != latest.root { return .fork(size: latest.size) }
        let proof = ConsistencyProof(oldSize: latest.size, newSize: checkpoint.size, path: request.path)
        return proof.verify(oldRoot: latest.root, newRoot: checkpoint.root) ? .cosign(tree) : .inconsistent
    }
}
