// Tests · the process dies at every step, with any number of unsynced writes lost, and the vault agrees with the
// ledger.
//
// A script registers a subject and writes small and large records, committing each transaction to a ledger once it is
// staged. The nth operation on a store fails, having done nothing or having done its work; the process is gone; the
// disk loses its unsynced writes; the vault opens again and settles by the ledger. Then: every transaction of the
// ledger is shown in full, nothing else is, and no row or blob is left over.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct CrashTests {
    enum Part: CaseIterable { case keys, content, blobs }

    /// What a run left behind.
    private struct Run {
        let disk = VaultDisk()
        let ledger = SetLedger()
        /// Held until the crash: a store in memory that is let go closes in good order, which no dying process does.
        var stores: VaultStores?
        /// What was confirmed to a caller.
        var acknowledged: [String: String] = [:]
        /// What each committed transaction wrote.
        var committed: [TransactionID: [String: String]] = [:]
        var isComplete = false
    }

    private static let large = String(repeating: "large ", count: 50_000)

    private func run(_ part: Part, _ fault: Fault) async throws -> Run {
        var run = Run()
        var stores = try run.disk.stores()
        switch part {
        case .keys: stores.keys = FaultInjectingStore(stores.keys, fault: fault)
        case .content: stores.content = FaultInjectingStore(stores.content, fault: fault)
        case .blobs: run.disk.blobs.plan(fault)
        }
        run.stores = stores
        do throws(SteleError) {
            try await Self.play(&run, stores)
            run.isComplete = true
        } catch {
            #expect(error.code == .storageIO)  // The process died here.
        }
        run.disk.blobs.plan(nil)
        return run
    }

    private static func play(_ run: inout Run, _ stores: VaultStores) async throws(SteleError) {
        let vault = try Vault.create(in: stores, root: run.disk.root, random: run.disk.random)
        let subject = try await vault.subject().id
        let steps: [[String: String]] = [
            ["a": "a1", "b": "b1"], ["c": large, "d": "d1"], ["a": "a2"], ["e": large + "!"],
        ]
        for (index, contents) in steps.enumerated() {
            let drafts = contents.sorted { $0.key < $1.key }.map {
                Sample.draft($0.key, $0.value, labels: index == 2 ? Sample.secretLabels : Sample.labels)
            }
            let transaction = try await vault.stage(drafts, subject)
            if index == 3 {
                try vault.discard(transaction)  // Refused by the ledger.
                continue
            }
            run.ledger.commit(transaction)
            run.committed[transaction] = contents
            try vault.confirm(transaction)
            run.acknowledged.merge(contents) { _, new in new }
        }
        try vault.close()
    }

    private func check(_ run: Run, keepingUnsynced count: Int) async throws {
        run.disk.disk.crash(keepingUnsynced: count)
        guard let vault = try? run.disk.open() else {
            // The key store never got its first row: nothing was ever promised.
            #expect(run.acknowledged.isEmpty && run.committed.isEmpty)
            return
        }
        let pending = vault.pendingCount
        let outcome = try vault.reconcile(run.ledger)
        #expect(outcome.confirmedCount + outcome.discardedCount == pending && outcome.waitingCount == 0)
        #expect(vault.pendingCount == 0)
        vault.committer.finish()

        var entries: [CompartmentEntry] = []
        if let subject = try vault.directory.subject(patient: "p1") {
            let compartment = try vault.compartment(of: subject.id)
            entries = compartment.entries
            for (id, text) in run.acknowledged { #expect(try vault.text(id, subject.id) == text) }
            for (transaction, contents) in run.committed {
                let shown = entries.filter { $0.transaction == transaction }
                #expect(Set(shown.map(\.resource.id)) == Set(contents.keys))
                for entry in shown {
                    let content = try vault.open(entry, of: subject.id)
                    #expect(content == Array(contents[entry.resource.id]!.utf8))
                }
            }
        }
        #expect(entries.count == run.committed.values.reduce(0) { $0 + $1.count })
        #expect(try vault.store.scan(prefix: [], in: Vault.recordFamily).count == entries.count)
        #expect(try vault.store.scan(prefix: [], in: PendingRows.family).isEmpty)
        #expect(run.disk.blobs.contents.count == entries.count { $0.byteCount > RecordRow.inlineByteCountMax })

        // The subject can be written to as if nothing had happened.
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a", "after"), Sample.draft("z", "after")], subject)
        #expect(try vault.text("a", subject) == "after" && vault.text("z", subject) == "after")
        try vault.close()
    }

    @Test(arguments: Part.allCases, Fault.Moment.allCases)
    func agreesWithTheLedgerWhereverItDies(part: Part, moment: Fault.Moment) async throws {
        var operation = 1
        while true {
            let run = try await run(part, Fault(operation: operation, moment: moment, isSticky: true))
            try await check(run, keepingUnsynced: 0)
            if run.isComplete { break }
            operation += 1
        }
        #expect(operation > 3)
    }

    @Test(arguments: [1, 2, 3, 4, 5, .max])
    func agreesWithTheLedgerWhateverUnsyncedWritesSurvive(count: Int) async throws {
        var operation = 1
        while true {
            let run = try await run(.content, Fault(operation: operation, moment: .after, isSticky: true))
            try await check(run, keepingUnsynced: count)
            if run.isComplete { break }
            operation += 1
        }
    }
}

@Suite struct ReconcileTests {
    @Test func removesAtOnceWhatWasNeverHandedOut() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        // A writer that died between the first blob and the end.
        let (transaction, blob) = (SystemRandom().bytes32(), SystemRandom().bytes32())
        try disk.blobs.write(blob) { (append) throws(SteleError) in try append([1, 2, 3]) }
        var batch = WriteBatch()
        let pending = PendingTransaction(subject: subject, validUntil: .max, isStaged: false, blobs: [blob])
        vault.pendingRows.put(transaction, pending, into: &batch)
        try await vault.committer.commit(batch, sync: true)
        disk.disk.crash()

        let again = try disk.open()
        #expect(await code { try again.confirm(transaction) } == "vault.transaction_unknown")
        let asked = try again.reconcile(
            isCommitted: { (_) throws(SteleError) -> Bool in throw FaultInjectingStore.ioError },
            now: Timestamp(seconds: 0))
        #expect(asked.discardedCount == 1 && again.pendingCount == 0 && disk.blobs.contents.isEmpty)
    }

    @Test func keepsOthersFromAResourceThatWaitsAfterACrash() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let transaction = try await vault.stage([Sample.draft("a", "first")], subject)
        disk.disk.crash()
        let again = try disk.open()
        #expect(await code { try await again.write([Sample.draft("a")], subject) } == "vault.version_pending")
        try again.confirm(transaction)
        try await again.write([Sample.draft("a", expecting: 1)], subject)
    }

    @Test func settlesByTheLedger() async throws {
        let disk = VaultDisk()
        let ledger = SetLedger()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let committed = try await vault.stage([Sample.draft("a", "committed")], subject, validUntil: 50)
        let expired = try await vault.stage([Sample.draft("b")], subject, validUntil: 99)
        let live = try await vault.stage([Sample.draft("c")], subject, validUntil: 100)
        ledger.commit(committed)
        disk.disk.crash()

        let again = try disk.open()
        var outcome = Reconciliation()
        outcome.confirmedCount = 1
        outcome.discardedCount = 1
        outcome.waitingCount = 1
        #expect(try again.reconcile(ledger, now: 100) == outcome)
        #expect(try again.text("a", subject) == "committed")
        #expect(try again.compartment(of: subject).entries.count == 1 && again.pendingCount == 1)
        #expect(await code { try again.confirm(expired) } == "vault.transaction_unknown")
        // The one that waits is settled by its writer, or by a later sweep.
        try again.confirm(live)
        #expect(try again.text("c", subject) == "content")
        #expect(try again.reconcile(ledger, now: 1000) == Reconciliation())
    }

    @Test func removesTheBlobsOfAWriterThatDied() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let content = [UInt8](repeating: 1, count: RecordRow.inlineByteCountMax + 1)
        let transaction = try await vault.stage([Sample.draft("a", bytes: content)], subject)
        #expect(disk.blobs.contents.count == 1)
        try vault.discard(transaction)
        #expect(disk.blobs.contents.isEmpty)

        // The second blob cannot be written: neither stays.
        disk.blobs.plan(Fault(operation: 2))
        let drafts = [Sample.draft("a", bytes: content), Sample.draft("b", bytes: content)]
        #expect(await code { _ = try await vault.stage(drafts, subject) } == "storage.io")
        #expect(disk.blobs.contents.isEmpty && vault.pendingCount == 0)
        vault.committer.finish()
        #expect(try vault.store.scan(prefix: [], in: PendingRows.family).isEmpty)
        try await vault.write(drafts, subject)
        #expect(disk.blobs.contents.count == 2)
    }

    @Test func doesNotGetInTheWayOfWriters() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        let ledger = SetLedger()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<50 {
                group.addTask {
                    let transaction = try await vault.stage([Sample.draft("r\(writer)")], subject, validUntil: .max)
                    ledger.commit(transaction)
                    do {
                        try vault.confirm(transaction)
                    } catch let error as SteleError where error.code == .vaultTransactionUnknown {
                        // A sweep was faster.
                    }
                }
                group.addTask { try vault.reconcile(ledger) }
            }
            try await group.waitForAll()
        }
        #expect(try vault.compartment(of: subject).entries.count == 50 && vault.pendingCount == 0)
    }

    @Test func leavesATransactionPendingWhenTheLedgerCannotBeAsked() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        _ = try await vault.stage([Sample.draft("a")], subject)
        let thrown = await code {
            _ = try vault.reconcile(
                isCommitted: { (_) throws(SteleError) -> Bool in throw FaultInjectingStore.ioError },
                now: Timestamp(seconds: 1000))
        }
        #expect(thrown == "storage.io" && vault.pendingCount == 1)
    }
}
