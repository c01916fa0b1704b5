// CrashWorker · what a check found wrong.

/// The broken invariants of one check; none if all hold.
struct Findings {
    private(set) var texts: [String] = []

    mutating func expect(_ holds: Bool, _ otherwise: @autoclosure () -> String) {
        if !holds { texts.append(otherwise()) }
    }
}
