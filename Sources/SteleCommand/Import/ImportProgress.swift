// SteleCommand · how far an import is.
internal import Synchronization

/// Says from time to time how many resources came in, how fast, and how long the rest will take.
final class ImportProgress: Sendable {
    /// Shortest time between two lines.
    static let interval = Duration.seconds(1)

    private let byteCount: Int
    private let fileCount: Int
    private let start = ContinuousClock.now
    private let lastLine = Mutex(ContinuousClock.now)
    private let say: @Sendable (String) -> Void

    /// Progress over `files`, said with `say`.
    init(_ files: [ImportFile], say: @escaping @Sendable (String) -> Void) {
        byteCount = max(1, files.reduce(0) { $0 + $1.byteCount })
        fileCount = files.count
        self.say = say
    }

    /// Notes that `sentByteCount` bytes are through.
    func note(_ tally: ImportTally, sentByteCount: Int) {
        let now = ContinuousClock.now
        let isDue = lastLine.withLock { last in
            guard now - last >= Self.interval, sentByteCount < byteCount else { return false }
            last = now
            return true
        }
        if isDue { say(line(tally, sentByteCount: sentByteCount, elapsed: now - start)) }
    }

    /// The line after `elapsed`.
    func line(_ tally: ImportTally, sentByteCount: Int, elapsed: Duration) -> String {
        let seconds = max(0.001, elapsed / .seconds(1))
        let rate = Int(Double(tally.resourceCount) / seconds)
        let left = Int(seconds * Double(byteCount - sentByteCount) / Double(max(1, sentByteCount))) + 1
        return "\(tally.fileCount) of \(fileCount) files, \(tally.resourceCount) resources, \(rate) a second, "
            + "about \(left) s left"
    }

    /// How long it has taken so far, in seconds.
    var elapsedSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
