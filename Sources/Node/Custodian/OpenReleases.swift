// Node · answers with records in them, from before they are decided until they are out.
internal import Primitives
internal import Synchronization

/// One answer that is being made or sent. It is open for as long as anybody holds it.
///
/// Whoever serves a request lets it run in ``serving(_:)`` of a release of its own, and holds that until the last byte
/// of the answer has gone out. Source: `docs/spec/consent.md` §9.
public final class OpenRelease: Sendable {
    // Weak: tasks that a request starts may outlive it, and take its task-local values along.
    private struct Reference: Sendable { weak let release: OpenRelease? }
    @TaskLocal private static var reference: Reference?

    /// The release that the current task works for; nil where nothing leaves the process.
    public static var current: OpenRelease? { reference?.release }

    private struct State {
        var subjects: Set<SubjectID> = []
        var isWithdrawn = false
        var cut: (@Sendable () -> Void)?
    }
    private let state = Mutex(State())
    private let table: OpenReleases
    fileprivate let number: UInt64

    /// An answer of `custodian` that holds nobody's records yet.
    public init(_ custodian: Custodian) {
        table = custodian.openReleases
        number = table.nextNumber.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    deinit { table.close(number, state.withLock { $0.subjects }) }

    /// Runs `body`, which makes the answer.
    public func serving<Value>(_ body: () async -> Value) async -> Value {
        await Self.$reference.withValue(Reference(release: self), operation: body)
    }

    /// The answer may hold records of `subject`: called before the event is submitted that permits it.
    func cover(_ subject: SubjectID) {
        guard state.withLock({ $0.subjects.insert(subject).inserted }) else { return }
        table.open(self, subject)
    }

    /// Whether the answer may hold records of anybody.
    public var holdsRecords: Bool { state.withLock { !$0.subjects.isEmpty } }

    /// Whether the answer must not go out any more.
    public var isWithdrawn: Bool { state.withLock { $0.isWithdrawn } }

    /// The answer begins to go out; `cut` ends that.
    /// - Returns: false if it must not go out any more.
    public func beginSending(_ cut: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            state.cut = cut
            return !state.isWithdrawn
        }
    }

    /// What is not out yet stays here.
    fileprivate func withdraw() {
        let cut = state.withLock { state in
            state.isWithdrawn = true
            return state.cut
        }
        cut?()
    }
}

/// The open releases of one custodian, by the subject whose records they may hold.
final class OpenReleases: Sendable {
    /// How long whoever ends a consent waits for answers that were decided before; then they are cut.
    static let limit = Duration.seconds(1)
    /// How long it waits for what was cut to be closed.
    private static let closingLimit = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(2)

    private struct Entry { weak var release: OpenRelease? }
    private let entries = Mutex<[SubjectID: [UInt64: Entry]]>([:])
    fileprivate let nextNumber = Atomic<UInt64>(0)

    fileprivate func open(_ release: OpenRelease, _ subject: SubjectID) {
        entries.withLock { $0[subject, default: [:]][release.number] = Entry(release: release) }
    }

    fileprivate func close(_ number: UInt64, _ subjects: Set<SubjectID>) {
        guard !subjects.isEmpty else { return }
        entries.withLock { entries in
            for subject in subjects {
                entries[subject]?[number] = nil
                if entries[subject]?.isEmpty == true { entries[subject] = nil }
            }
        }
    }

    /// Returns once no answer decided before this call can still bring records of `subject` to anybody. The answer that
    /// the current task works for is not waited for.
    func end(of subject: SubjectID, within limit: Duration = limit) async {
        let own = OpenRelease.current?.number
        let open = Set(entries.withLock { $0[subject]?.keys.filter { $0 != own } ?? [] })
        guard !open.isEmpty else { return }
        await wait(for: open, subject, within: limit)
        let late = left(of: open, subject)
        guard !late.isEmpty else { return }
        for release in late { release.withdraw() }
        await wait(for: open, subject, within: Self.closingLimit)
    }

    private func wait(for open: Set<UInt64>, _ subject: SubjectID, within limit: Duration) async {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while !left(of: open, subject).isEmpty, clock.now < end {
            guard (try? await clock.sleep(for: Self.interval)) != nil else { return }
        }
    }

    private func left(of open: Set<UInt64>, _ subject: SubjectID) -> [OpenRelease] {
        entries.withLock { entries in
            (entries[subject] ?? [:]).compactMap { open.contains($0.key) ? $0.value.release : nil }
        }
    }
}
