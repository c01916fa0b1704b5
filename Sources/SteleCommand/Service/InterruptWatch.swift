// SteleCommand · whether a person pressed Ctrl-C.
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Notes SIGINT, so that a verb that a signal cancelled can tell an interrupt from an order to stop.
///
/// The process ignores the signal's own effect already: `CommandTool` turns it into the verb's cancellation.
final class InterruptWatch {
    private final class Flag: Sendable { let isSet = Atomic<Bool>(false) }

    private let flag: Flag
    private let source: any DispatchSourceSignal

    init() {
        let flag = Flag()
        self.flag = flag
        source = DispatchSource.makeSignalSource(signal: SIGINT)
        source.setEventHandler { flag.isSet.store(true, ordering: .relaxed) }
        source.resume()
    }

    deinit { source.cancel() }

    /// Whether SIGINT came.
    var isInterrupted: Bool { flag.isSet.load(ordering: .relaxed) }
}
