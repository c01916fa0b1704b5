// Node · keeps personal data out of what is ordered.
internal import Dispatch
public import Leaks
internal import Ledger
public import Primitives
internal import Synchronization
public import Vault

extension ErrorCode {
    /// A transaction with personal data in a field of bytes.
    public static let leakRefused = ErrorCode("leak.refused")
}

/// Refuses transactions that hold personal data in their byte fields, before they enter a batch.
///
/// Stands at the one door of the ledger: whatever is submitted to this node passes, signed by whomever. Blocks of other
/// nodes are theirs to answer for and are not inspected, since whether a batch is valid depends on its bytes alone.
///
/// The dictionary is read or made on a thread of its own from the start; what is submitted before waits for it.
public final class LeakGuard: Sendable {
    private struct State {
        var detector: LeakDetector?
        var identifiers = LeakIdentifiers()
        var isFixed: (@Sendable (Bytes32, Transaction) -> Bool)?
        var refusedCount = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())  // Held while one transaction's fields are looked at, about a microsecond.

    /// A guard against what `coverage` covers.
    public convenience init(_ coverage: LeakCoverage) { self.init { LeakDictionary(coverage) } }

    /// A guard against what ``LeakCoverage/standard`` covers, with the dictionary that `cache` keeps.
    public convenience init(_ cache: LeakCache?) { self.init { cache?.dictionary() ?? LeakDictionary(.standard) } }

    private init(_ dictionary: @escaping @Sendable () -> LeakDictionary) {
        DispatchQueue(label: "stele.leaks", qos: .utility).async { [self] in
            let detector = LeakDetector(dictionary())
            let waiting = state.withLock { state in
                state.detector = detector
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    /// How many transactions were refused since the start.
    public var refusedCount: Int { state.withLock { $0.refusedCount } }

    /// Guards what identifies the people of `directory`, those known now and whoever comes.
    public func watch(_ directory: VaultDirectory) throws(SteleError) {
        try directory.watchIdentifying { [self] texts in
            let forms = LeakIdentifiers(texts)  // Hashed before anybody has to wait for it.
            state.withLock { $0.identifiers.formUnion(forms) }
        }
    }

    /// Lets pass what `isFixed` says of a field and its transaction: something that could be nothing else, and so is
    /// what it is by chance. Asked of a field that a rule finds, so hardly ever.
    func pass(_ isFixed: @escaping @Sendable (Bytes32, Transaction) -> Bool) {
        state.withLock { $0.isFixed = isFixed }
    }

    /// Throws `leak.refused` if a byte field of `transaction` holds personal data.
    func check(_ transaction: Transaction) async throws(SteleError) {
        var leaks = find(transaction)
        if leaks == nil {
            await ready()
            leaks = find(transaction)
        }
        guard let leaks, !leaks.isEmpty else { return }
        let isFixed = state.withLock { $0.isFixed }
        for range in leaks {
            let field = Bytes32(transaction.body.encoded[range])
            if let isFixed, let field, isFixed(field, transaction) { continue }
            state.withLock { $0.refusedCount += 1 }
            throw Self.refusal
        }
    }

    /// Where `transaction` holds personal data; nil while the dictionary is not ready.
    private func find(_ transaction: Transaction) -> [Range<Int>]? {
        state.withLock { $0.detector?.leaks(in: transaction, $0.identifiers) }
    }

    private func ready() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.detector == nil { state.waiting.append(continuation) }
                return state.detector != nil
            }
            if isReady { continuation.resume() }
        }
    }

    // One answer for every kind of find: it must not tell what is known here.
    private static var refusal: SteleError {
        SteleError(
            .leakRefused,
            "a field of bytes does not look random, or is the plain hash of something that can be guessed",
            hint: "put random ids and salted commitments there (docs/spec/leaks.md), then sign a new transaction")
    }
}
