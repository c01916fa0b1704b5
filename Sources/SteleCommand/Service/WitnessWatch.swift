// SteleCommand · what the log says of the witnesses.
internal import Node

/// Tells of a change in how the witnesses fare, once for each.
struct WitnessWatch {
    private var isFailing = false
    private var contradictionCount = 0

    /// What is new in `status`.
    mutating func events(_ status: WitnessStatus) -> [LogEvent] {
        var events: [LogEvent] = []
        if status.contradictionCount > contradictionCount {
            events.append(.witnessesContradict(count: status.contradictionCount))
        }
        contradictionCount = status.contradictionCount
        // Until the first round is over there is nothing to tell.
        guard status.cosignedCount > 0 || status.failureCount > 0, isFailing == status.hasQuorum else { return events }
        isFailing = !status.hasQuorum
        let (cosigned, asked) = (status.cosignedCount, status.peerCount)
        events.append(
            isFailing
                ? .witnessesFailing(cosigned: cosigned, asked: asked)
                : .witnessesRecovered(cosigned: cosigned, asked: asked))
        return events
    }
}
