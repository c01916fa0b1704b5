// API · a patient's looks at their own log, each an event once for a token.
internal import Contracts
internal import Node
internal import Primitives
internal import Synchronization
internal import Vault

/// Which tokens have looked already. Asking for the log is logged itself; one event for a token is enough to say so,
/// and it lets whoever reads the log page by page come to its end.
final class LookTable: Sendable {
    private let ends = Mutex<[Digest: UInt64]>([:])  // When a session that looked ends, by its id. Held for a moment.

    /// Whether the session `id` looks for the first time.
    func isFirst(_ id: Digest, until end: UInt64, now: UInt64) -> Bool {
        ends.withLock { ends in
            if ends.count >= TokenTable.countMax { ends = ends.filter { $0.value > now } }
            return ends.updateValue(end, forKey: id) == nil
        }
    }

    /// Forgets that the session `id` looked: its event could not be recorded.
    func forget(_ id: Digest) { ends.withLock { _ = $0.removeValue(forKey: id) } }
}

extension Services {
    /// Records that the patient `caller` looks at their own log, before it is shown.
    func noteLook(_ caller: Caller) async throws(SteleError) {
        guard let subject = caller.actor.patientSubject else { return }
        let session = caller.session
        guard looks.isFirst(session.id, until: session.expires, now: time.now().seconds) else { return }
        do throws(SteleError) {
            try await custodian.recordLook(at: subject, by: Asker(caller))
        } catch {
            looks.forget(session.id)
            throw error
        }
    }
}
