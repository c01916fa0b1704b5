// SteleCommand · the logs a witness knows, and what it does with a request.
internal import Ledger
internal import Primitives
internal import Storage

/// What a witness answers, before it is HTTP.
enum WitnessReply: Hashable, Sendable {
    /// The signature line.
    case cosigned([UInt8])
    /// The latest size.
    case conflict(size: UInt64)
    /// The request is not well formed.
    case malformed
    /// The keys known for the log did not sign.
    case unsigned
    /// No such log is known.
    case unknown
    /// The proof does not lead from the latest tree.
    case inconsistent
    /// The disk failed: nothing more is cosigned until the witness is started again.
    case faulted
}

/// Cosigns one request after the other: each tree is durable before its cosignature leaves.
actor WitnessedLogs {
    private let folder: WitnessFolder
    private let cosigner: Cosigner
    private let trust: [String: TrustedKeys]
    private let time: any TimeSource
    private var latest: [String: WitnessedTree] = [:]
    // Set by a failed write, after which what is on disk is not known.
    private var isFaulted = false

    /// The logs that `trust` names, as the folder knows them.
    init(
        _ folder: WitnessFolder, cosigner: Cosigner, trust: [String: TrustedKeys], time: any TimeSource
    ) throws(SteleError) {
        self.folder = folder
        self.cosigner = cosigner
        self.trust = trust
        self.time = time
        for origin in trust.keys {
            guard let note = try folder.note(of: origin) else { continue }
            let checkpoint = try Checkpoint(parsing: note.text)
            latest[origin] = WitnessedTree(size: checkpoint.size, root: checkpoint.root)
        }
    }

    /// Answers the body of one `add-checkpoint`.
    func add(_ body: [UInt8]) -> WitnessReply {
        guard let request = try? WitnessRequest(parsing: body),
            let checkpoint = try? Checkpoint(parsing: request.note.text)
        else { return .malformed }
        let origin = checkpoint.origin
        guard let keys = trust[origin] else { return .unknown }
        if isFaulted { return .faulted }
        switch WitnessJudgement.of(request, trust: keys, latest: latest[origin]) {
        case .cosign(let tree):
            do throws(SteleError) {
                if tree != latest[origin] { try folder.keep(request.note, of: origin) }
            } catch {
                isFaulted = true
                return .faulted
            }
            latest[origin] = tree
            return .cosigned(cosigner.line(for: request.note.text, time: time.now().seconds))
        case .malformed: return .malformed
        case .unsigned: return .unsigned
        case .conflict(let size): return .conflict(size: size)
        case .fork(let size):
            try? folder.keepEvidence(request.note, of: origin)
            return .conflict(size: size)
        case .inconsistent: return .inconsistent
        }
    }

    /// Reads trust files put together: the keys of each log by its origin.
    /// - Throws: `trust.malformed`.
    static func parseTrust(_ text: String) throws(SteleError) -> [String: TrustedKeys] {
        var lines: [String: [Substring]] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let word = line.split(separator: " ").first, !word.hasPrefix("#") else { continue }
            // What is no key is told by its own line's number there.
            let name = (try? NoteVerifierKey(parsing: String(word)))?.name ?? ""
            lines[name, default: []].append(line)
        }
        var trust: [String: TrustedKeys] = [:]
        for (origin, lines) in lines { trust[origin] = try TrustedKeys(parsing: lines.joined(separator: "\n")) }
        guard !trust.isEmpty else { _ = try TrustedKeys(parsing: ""); return [:] }
        return trust
    }
}
