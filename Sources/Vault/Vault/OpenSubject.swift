// Vault · a subject whose keys are unwrapped and whose compartment is open.
internal import Cryptography
internal import Primitives
internal import Storage
internal import Synchronization

/// The one object through which everything about a subject goes while anybody uses it.
///
/// There is never a second one for the same subject (``OpenSubjects``), so version numbers, delta sequences and
/// category keys are given out once.
final class OpenSubject: Sendable {
    let keys: PatientKeys
    private let store: any KeyValueStore
    // The category keys seen so far, oldest first. Only keys that are durable get in.
    private let categories = Mutex<[KeyCategory: [CategoryKey]]>([:])
    // The compartment, once somebody needed it. Held while rows are read and batches handed over, never during a sync.
    private let compartment = Mutex<(state: CompartmentState, rows: CompartmentRows)?>(nil)

    init(_ keys: PatientKeys, store: any KeyValueStore) {
        self.keys = keys
        self.store = store
    }

    /// Runs `body` with the compartment's state, which nobody else changes meanwhile.
    func withState<Value: Sendable>(
        _ body: (inout CompartmentState) throws(SteleError) -> Value
    ) throws(SteleError) -> Value {
        try compartment.withLock { (open) throws(SteleError) -> Value in
            if open == nil { open = try CompartmentRows.load(keys, from: store) }
            return try body(&open!.state)
        }
    }

    /// Applies `change` and hands its row to `committer`, in the order of the changes, with what `complete` adds.
    ///
    /// - Returns: How many entries there are now; nil, with nothing done, if the change does not apply.
    func apply(
        _ change: CompartmentChange, committer: GroupCommitter, random: any RandomSource, sync: Bool,
        completion: @escaping GroupCommitter.Completion = { _ in },
        adding complete: ([CompartmentEntry], inout WriteBatch) -> Void
    ) throws(SteleError) -> Int? {
        try compartment.withLock { (open) throws(SteleError) -> Int? in
            if open == nil { open = try CompartmentRows.load(keys, from: store) }
            guard let entries = open!.state.apply(change) else { return nil }
            var batch = WriteBatch()
            complete(entries, &batch)
            open!.rows.append(change, after: open!.state, to: &batch, random: random)
            // Inside the lock: deltas must reach the store in the order of their sequence. The completion holds on to
            // this object until the store has them, so that nobody reads the compartment without them meanwhile.
            committer.enqueue(batch, sync: sync) { result in withExtendedLifetime(self) { completion(result) } }
            return open!.state.entryCount
        }
    }

    /// Whether `changes` apply now, the first of each transaction alone. Opens the compartment.
    func accepts(_ changes: [CompartmentChange]) throws(SteleError) -> Bool {
        try withState { (state) throws(SteleError) in changes.allSatisfy { state.accepts($0) } }
    }

    /// Applies `changes`, adds their rows to `batch`, and runs `body` before anybody else sees them.
    ///
    /// - Precondition: ``accepts(_:)`` held and nobody settled one of them since.
    func applying(
        _ changes: [CompartmentChange], random: any RandomSource, to batch: inout WriteBatch,
        _ applied: (CompartmentChange, [CompartmentEntry], inout WriteBatch) -> Void,
        then body: (inout WriteBatch) throws(SteleError) -> Void
    ) throws(SteleError) {
        try compartment.withLock { (open) throws(SteleError) in
            if open == nil { open = try CompartmentRows.load(keys, from: store) }
            for change in changes {
                guard let entries = open!.state.apply(change) else {
                    preconditionFailure("a change that applied a moment ago applies no more")
                }
                applied(change, entries, &batch)
                open!.rows.append(change, after: open!.state, to: &batch, random: random)
            }
            try body(&batch)
        }
    }

    /// The keys of a category, oldest first.
    func categoryKeys(_ category: KeyCategory, in keyStore: KeyStore) throws(SteleError) -> [CategoryKey] {
        if let known = categories.withLock({ $0[category] }) { return known }
        let found = try keyStore.categoryKeys(category, of: keys)
        // Another thread may have added a key since; it knows more than what was read before.
        return categories.withLock { categories in
            if let known = categories[category], known.count >= found.count { return known }
            if !found.isEmpty { categories[category] = found }
            return found
        }
    }

    /// Notes keys that are durable now.
    func noteCategoryKeys(_ added: [KeyCategory: CategoryKey], after known: [KeyCategory: [CategoryKey]]) {
        categories.withLock { categories in
            for (category, key) in added { categories[category] = (known[category] ?? []) + [key] }
        }
    }
}

/// The open subjects: those in use, and those used lately as far as memory allows.
struct OpenSubjects: Sendable {
    /// What all kept subjects may cost together: about a million entries, some hundreds of megabytes.
    static let costMax = 1 << 20
    /// What a subject costs besides its entries: keys, tables, an empty index.
    static let subjectCost = 64

    private struct Reference: Sendable { weak var subject: OpenSubject? }

    private var kept = BoundedCache<SubjectID, OpenSubject>(costMax: costMax)
    // Finds a subject that was forgotten above and is still in use: a second object would give out the same numbers.
    private var inUse: [SubjectID: Reference] = [:]

    /// The bound in entries, with `subjectCost` for each subject.
    init(costMax: Int = costMax) { kept = BoundedCache(costMax: costMax) }

    /// How many subjects are kept.
    var count: Int { kept.count }

    mutating func find(_ subject: SubjectID) -> OpenSubject? {
        if let found = kept.value(for: subject) { return found }
        guard let found = inUse[subject]?.subject else { return nil }
        kept.insert(found, for: subject, cost: Self.subjectCost)
        return found
    }

    mutating func keep(_ subject: OpenSubject) {
        let id = subject.keys.subject
        kept.insert(subject, for: id, cost: Self.subjectCost)
        inUse[id] = Reference(subject: subject)
        if inUse.count > 2 * kept.count + 1024 { inUse = inUse.filter { $0.value.subject != nil } }
    }

    mutating func remove(_ id: SubjectID) {
        kept.remove(id)
        inUse[id] = nil
    }

    mutating func setCost(of subject: SubjectID, entryCount: Int) {
        kept.setCost(Self.subjectCost + entryCount, of: subject)
    }
}
