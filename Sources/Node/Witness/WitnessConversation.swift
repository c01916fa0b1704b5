// Node · one head brought to one witness.
internal import Ledger
internal import Primitives

/// What came of asking one witness.
enum WitnessOutcome: Sendable {
    /// It cosigned: its lines, and the size it has cosigned now.
    case cosigned([UInt8], Cosignature)
    /// It cosigned a longer log before, or another one of this size.
    case contradicted(size: UInt64)
    /// It did not answer, refused, or what it answered is not true.
    case failed
}

/// Asks one witness to cosign one head. Believes nothing that does not verify, and gives up after two requests.
struct WitnessConversation {
    /// How far a witness's clock may be from this node's, in seconds: a cosignature is also a statement of time.
    static let skewSecondsMax: UInt64 = 300

    let peer: WitnessPeer
    let head: Head
    let note: SignedNote
    let source: any TileSource
    let transport: any WitnessTransport
    let timeout: Duration
    let time: any TimeSource

    /// Asks, from the size that the witness is thought to have cosigned last; nil if nothing is known.
    func run(from knownSize: UInt64?) async -> WitnessOutcome {
        var oldSize = knownSize ?? 0
        for attempt in 0..<2 {
            guard let answer = await ask(from: oldSize) else { return .failed }
            switch answer.status {
            case 200: return verify(answer.body)
            case 409:
                guard let size = Self.size(in: answer) else { return .failed }
                // The same answer to the size it told: the roots differ.
                if size > head.header.logSize || (attempt > 0 && size == head.header.logSize) {
                    return .contradicted(size: size)
                }
                guard size != oldSize else {
                    return size == head.header.logSize ? .contradicted(size: size) : .failed
                }
                oldSize = size
            // The proof leads from this node's tree of that size, so the witness has another one.
            case 422: return oldSize > 0 ? .contradicted(size: oldSize) : .failed
            default: return .failed
            }
        }
        return .failed
    }

    private func ask(from oldSize: UInt64) async -> WitnessAnswer? {
        do throws(SteleError) {
            var path: [Digest] = []
            if oldSize > 0 {
                guard oldSize <= head.header.logSize else { return nil }
                path = try source.consistencyProof(from: oldSize, to: head.header.logSize).path
            }
            return try await transport.post(
                WitnessRequest(oldSize: oldSize, path: path, note: note).encoded, to: peer.url + "/add-checkpoint",
                within: timeout)
        } catch {
            return nil
        }
    }

    private func verify(_ lines: [UInt8]) -> WitnessOutcome {
        guard let (_, cosignature) = try? note.adding(cosignatureIn: lines, by: peer.key) else { return .failed }
        let now = time.now().seconds
        guard max(now, cosignature.time) - min(now, cosignature.time) <= Self.skewSecondsMax else { return .failed }
        return .cosigned(lines, cosignature)
    }

    private static func size(in answer: WitnessAnswer) -> UInt64? {
        guard answer.contentType?.hasPrefix("text/x.tlog.size") == true, answer.body.count <= 21,
            answer.body.last == 0x0a
        else { return nil }
        return UInt64(String(decoding: answer.body.dropLast(), as: UTF8.self))
    }
}
