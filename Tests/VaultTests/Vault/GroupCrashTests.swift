// Tests · groups: the process dies at every step of one, and of its settling, and no part of a group is ever alone.
//
// A script stages groups over two subjects, one part with large content. Of the first group everything commits, of the
// second nothing, of the third one part does and the other is anchored anew, of the fourth one part does and the writer
// gives up. The nth operation on a store fails; the disk loses unsynced writes; the vault opens again, settles by the
// ledger, and anchors anew what it is told to.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct GroupCrashTests {
    enum Part: CaseIterable { case keys, content, blobs }

    private struct Run {
        let disk = VaultDisk()
        let ledger = SetLedger()
        var stores: VaultStores?  // Held until the crash, so that nothing closes in good order.
        /// The texts of each group by subject, and the transactions that its parts had at any time.
        var groups: [(texts: [String: String], transactions: [[TransactionID]])] = []
        var acknowledgedCount = 0
        var isComplete = false
    }

    private static let large = String(repeating: "large ", count: 50_000)
    private static let patients = ["p1", "p2"]

    private static func play(_ run: inout Run, _ stores: VaultStores) async throws(SteleError) {
        let vault = try Vault.create(in: stores, root: run.disk.root, random: run.disk.random)
        let subjects = [try await vault.subject("p1").id, try await vault.subject("p2").id]
        for number in 0..<4 {
            let texts = ["p1": "\(number) of p1", "p2": number == 2 ? large : "\(number) of p2"]
            let parts = zip(patients, subjects).map {
                GroupPart(
                    subject: $1, drafts: [Sample.draft("\($0)-shared", texts[$0]!), Sample.draft("\($0)-\(number)")])
            }
            run.groups.append((texts, [[], []]))
            var ids = try await vault.stage(group: parts) { (_, _) throws(SteleError) in
                StagedTransaction(SystemRandom().bytes32(), validUntil: 100)
            }.map(\.transaction.id)
            run.groups[number].transactions = ids.map { [$0] }
            if number == 1 {
                try vault.discard(group: ids)
                continue
            }
            run.ledger.commit(ids[0])
            if number == 3 { break }
            if number == 2 {
                let next = SystemRandom().bytes32()
                run.groups[number].transactions[1].append(next)
                try await vault.renew(ids[1], as: StagedTransaction(next, validUntil: 200))
                ids[1] = next
            }
            run.ledger.commit(ids[1])
            try vault.confirm(group: ids)
            run.acknowledgedCount = number + 1
        }
        try vault.close()
    }

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

    private func check(_ run: Run, keepingUnsynced count: Int, _ what: Comment) async throws {
        run.disk.disk.crash(keepingUnsynced: count)
        guard let vault = try? run.disk.open() else {
            #expect(run.acknowledgedCount == 0 && run.groups.isEmpty, what)
            return
        }
        var outcome = try vault.reconcile(run.ledger)
        for transaction in outcome.renewals {
            let next = SystemRandom().bytes32()
            let staged = try vault.staged(for: transaction)
            #expect(staged.records.count == 2, what)
            try await vault.renew(transaction, as: StagedTransaction(next, validUntil: 2000))
            run.ledger.commit(next)
        }
        outcome = try vault.reconcile(run.ledger)
        #expect(vault.pendingCount == 0 && outcome.renewals.isEmpty, what)
        vault.committer.finish()

        var entryCount = 0
        let subjects = try Self.patients.map { try vault.directory.subject(patient: $0) }
        for (number, group) in run.groups.enumerated() {
            let isAnchored = group.transactions.joined().contains { run.ledger.isCommitted($0) }
            for (patient, subject) in zip(Self.patients, subjects) {
                let subject = try #require(subject).id
                let compartment = try vault.compartment(of: subject)
                #expect((compartment.current(Sample.name("\(patient)-\(number)")) != nil) == isAnchored, what)
                let shared = try compartment.versions(of: Sample.name("\(patient)-shared")).map { entry in
                    String(decoding: try vault.open(entry, of: subject), as: UTF8.self)
                }
                #expect(shared.contains(group.texts[patient]!) == isAnchored, what)
                if isAnchored { entryCount += 2 }
            }
        }
        #expect(try vault.store.scan(prefix: [], in: Vault.recordFamily).count == entryCount, what)
        #expect(try vault.store.scan(prefix: [], in: PendingRows.family).isEmpty, what)
        let isLargeThere =
            run.groups.count > 2 && run.groups[2].transactions.joined().contains { run.ledger.isCommitted($0) }
        #expect(run.disk.blobs.contents.count == (isLargeThere ? 1 : 0), what)

        // Everything can be written again, and the vault opens once more as it was left.
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("p1-shared", "after")], subject)
        try vault.close()
        run.disk.disk.crash()
        #expect(try run.disk.open().text("p1-shared", subject) == "after", what)
    }

    @Test(arguments: Part.allCases, Fault.Moment.allCases)
    func noPartIsEverAloneWhereverItDies(part: Part, moment: Fault.Moment) async throws {
        var operation = 1
        while true {
            let run = try await run(part, Fault(operation: operation, moment: moment, isSticky: true))
            try await check(run, keepingUnsynced: 0, "operation \(operation)")
            if run.isComplete { break }
            operation += 1
        }
        #expect(operation > (part == .blobs ? 1 : 5))
    }

    @Test(arguments: [1, 2, 4, .max])
    func noPartIsEverAloneWhateverUnsyncedWritesSurvive(count: Int) async throws {
        var operation = 1
        while true {
            let run = try await run(.content, Fault(operation: operation, moment: .after, isSticky: true))
            try await check(run, keepingUnsynced: count, "operation \(operation)")
            if run.isComplete { break }
            operation += 1
        }
    }
}

@Suite struct GroupTests {
    /// Whoever sees one part sees, a moment later, the others: the parts are shown in one step.
    @Test func readersNeverSeeAPart() async throws {
        let vault = try VaultDisk().create()
        let subjects = [try await vault.subject("p1").id, try await vault.subject("p2").id]
        let roundCount = 200
        func version(_ subject: SubjectID) throws -> UInt32 {
            try vault.compartment(of: subject).entries.map(\.version).max() ?? 0
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<roundCount {
                    let parts = zip(["a", "b"], subjects).map {
                        GroupPart(subject: $1, drafts: [Sample.draft($0, "\(round)")])
                    }
                    let staged = try await vault.stage(group: parts) { (_, _) throws(SteleError) in
                        StagedTransaction(SystemRandom().bytes32(), validUntil: 100)
                    }
                    try vault.confirm(group: staged.map(\.transaction.id))
                }
            }
            for pair in [subjects, subjects.reversed()] {
                group.addTask {
                    var seen: UInt32 = 0
                    while seen < roundCount {
                        seen = try version(pair[0])
                        #expect(try version(pair[1]) >= seen)
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aGroupIsSettledWholeAndOnce() async throws {
        let vault = try VaultDisk().create()
        let subjects = [try await vault.subject("p1").id, try await vault.subject("p2").id]
        let staged = try await vault.stage(
            group: subjects.map { GroupPart(subject: $0, drafts: [Sample.draft("\($0)")]) }
        ) {
            (_, _) throws(SteleError) in StagedTransaction(SystemRandom().bytes32(), validUntil: 100)
        }
        let ids = staged.map(\.transaction.id)
        #expect(
            await code { try vault.confirm(group: ids + [SystemRandom().bytes32()]) } == "vault.transaction_unknown")
        #expect(try subjects.allSatisfy { try vault.compartment(of: $0).entries.isEmpty })
        try vault.confirm(group: ids)
        #expect(await code { try vault.discard(group: ids) } == "vault.transaction_unknown")
        #expect(try subjects.allSatisfy { try vault.compartment(of: $0).entries.count == 1 })
    }

    @Test func nothingOfAGroupIsStagedIfOnePartCannotBe() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subjects = [try await vault.subject("p1").id, try await vault.subject("p2").id]
        try await vault.write([Sample.draft("taken")], subjects[1])
        for last in [Sample.draft("taken"), Sample.draft("new", expecting: 4), Sample.draft("new", labels: [.all])] {
            let parts = [
                GroupPart(
                    subject: subjects[0], drafts: [Sample.draft("first", bytes: [UInt8](repeating: 1, count: 300_000))]),
                GroupPart(subject: subjects[0], drafts: [last]),
            ]
            #expect(
                await code {
                    _ = try await vault.stage(group: parts) { (_, _) throws(SteleError) in
                        StagedTransaction(SystemRandom().bytes32(), validUntil: 100)
                    }
                } != nil)
        }
        #expect(vault.pendingCount == 0 && disk.blobs.contents.isEmpty)
        // Names and versions are free again.
        try await vault.write([Sample.draft("first"), Sample.draft("new")], subjects[1])
    }
}
