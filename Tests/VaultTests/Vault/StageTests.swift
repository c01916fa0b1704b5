// Tests · writing: what is staged is durable, numbered, and invisible until its anchor commits.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct StageTests {
    @Test func showsRecordsOnceTheyAreConfirmed() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let transaction = try await vault.stage([Sample.draft("a", "one"), Sample.draft("b", "two")], subject)
        #expect(try vault.compartment(of: subject).entries.isEmpty && vault.pendingCount == 1)
        try vault.confirm(transaction)
        #expect(try vault.text("a", subject) == "one" && vault.text("b", subject) == "two" && vault.pendingCount == 0)
        let entry = try #require(try vault.compartment(of: subject).current(Sample.name("a")))
        #expect(entry.transaction == transaction && entry.byteCount == 3 && entry.version == 1)
        #expect(entry.anchor == HMACSHA256.code(of: SHA256.hash(Array("one".utf8)), salt: entry.salt))
        try vault.close()
        #expect(try disk.open().text("b", subject) == "two")
    }

    @Test func tellsTheTransactionEverythingItAnchors() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject()
        try await vault.write([Sample.draft("a", "one")], subject.id)
        let before = try #require(try vault.compartment(of: subject.id).current(Sample.name("a")))
        let drafts = [
            Sample.draft("a", "two"), Sample.draft("b", "x", labels: Sample.secretLabels), Sample.draft("a", "three"),
        ]
        let id = SystemRandom().bytes32()
        let (staged, records) = try await vault.stage(drafts, for: subject.id) { (records) throws(SteleError) in
            #expect(records.map(\.version) == [2, 1, 3])
            return StagedTransaction(id, validUntil: 5)
        }
        #expect(staged.id == id)
        #expect(records.map(\.supersedes) == [before.recordID, nil, records[0].recordID])
        #expect(records[1].profile == subject.profile(for: Sample.secretLabels)?.number)
        #expect(Set(records.map(\.recordID)).count == 3 && Set(records.map(\.anchor)).count == 3)
        try vault.confirm(id)
        let compartment = try vault.compartment(of: subject.id)
        #expect(compartment.versions(of: Sample.name("a")).map(\.version) == [1, 2, 3])
        #expect(compartment.current(Sample.name("b"))?.category.name == "sensitivity/PSY")
        #expect(try vault.text("a", subject.id) == "three")
    }

    @Test func leavesNothingWhenTheTransactionIsNotMade() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let thrown = await code {
            _ = try await vault.stage([Sample.draft("a")], for: subject) {
                (_) throws(SteleError) -> StagedTransaction in
                throw SteleError.damaged("test")
            }
        }
        #expect(thrown == "vault.damaged" && vault.pendingCount == 0)
        // The resource is free again.
        try await vault.write([Sample.draft("a", "later", expecting: 0)], subject)
        #expect(try vault.text("a", subject) == "later")
    }

    @Test func refusesLabelsWithoutARegisteredProfile() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        let labels: Set<Label> = [.all, .category("other")]
        for _ in 0..<2 {
            #expect(
                await code { _ = try await vault.stage([Sample.draft("a", labels: labels)], subject) }
                    == "vault.profile_unregistered")
            _ = try await vault.directory.proposeProfiles(for: [labels], of: subject)  // Proposed is not registered.
        }
        try await vault.directory.confirmProfiles([2], of: subject)
        try await vault.write([Sample.draft("a", labels: labels)], subject)
        #expect(try vault.compartment(of: subject).current(Sample.name("a"))?.profile == 2)
        #expect(await code { _ = try await vault.stage([Sample.draft("a")], .zero) } == "vault.subject_unknown")
    }

    @Test func refusesTheWrongVersion() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        func attempt(_ drafts: RecordDraft...) async -> String? {
            await code { try await vault.write(drafts, subject) }
        }
        #expect(await attempt(Sample.draft("a", expecting: 1)) == "vault.version_conflict")
        #expect(await attempt(Sample.draft("a", expecting: 0)) == nil)
        #expect(await attempt(Sample.draft("a", expecting: 0)) == "vault.version_conflict")
        #expect(await attempt(Sample.draft("b"), Sample.draft("a", expecting: 2)) == "vault.version_conflict")
        #expect(await attempt(Sample.draft("b", expecting: 0), Sample.draft("a", expecting: 1)) == nil)
        #expect(await attempt(Sample.draft("c", expecting: 0), Sample.draft("c", expecting: 1)) == nil)
        #expect(
            await attempt(Sample.draft("d", expecting: 0), Sample.draft("d", expecting: 0)) == "vault.version_conflict")

        // While a version waits for its anchor, nobody else writes the resource; afterwards anybody may.
        let open = try await vault.stage([Sample.draft("a")], subject)
        #expect(await attempt(Sample.draft("a")) == "vault.version_pending")
        try vault.discard(open)
        #expect(await attempt(Sample.draft("a", expecting: 2)) == nil)
    }

    @Test func losesNothingAmongConcurrentWriters() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let ledger = SetLedger()
        let written = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<100 {
                group.addTask {
                    // Half write a resource of their own, half fight for the same one.
                    let id = writer.isMultiple(of: 2) ? "own-\(writer)" : "shared"
                    do {
                        let drafts = [Sample.draft(id, "\(writer)"), Sample.draft("extra-\(writer)")]
                        let transaction = try await vault.stage(drafts, subject)
                        ledger.commit(transaction)
                        try vault.confirm(transaction)
                        return id == "shared" ? 1 : 0
                    } catch let error as SteleError where error.code == .vaultVersionPending {
                        return 0
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        disk.disk.crash()
        let again = try disk.open()
        try again.reconcile(ledger)
        let compartment = try again.compartment(of: subject)
        for writer in stride(from: 0, to: 100, by: 2) {
            #expect(try again.text("own-\(writer)", subject) == "\(writer)")
        }
        #expect(written >= 1)
        let shared = compartment.versions(of: Sample.name("shared"))
        #expect(shared.map(\.version) == (1...UInt32(written)).map { $0 })
        #expect(compartment.entries.count == 100 + 2 * written)
        #expect(Set(compartment.entries.map(\.recordID)).count == compartment.entries.count)
    }

    @Test func retriesUntilEveryVersionIsWritten() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<30 {
                group.addTask {
                    while await code({ try await vault.write([Sample.draft("a", "\(writer)")], subject) }) != nil {
                        await Task.yield()
                    }
                }
            }
        }
        let versions = try vault.compartment(of: subject).versions(of: Sample.name("a"))
        #expect(versions.map(\.version) == Array(1...30))
        let texts = try versions.map { String(decoding: try vault.open($0, of: subject), as: UTF8.self) }
        #expect(Set(texts) == Set((0..<30).map { "\($0)" }))
    }

    @Test func settlesEachTransactionOnce() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        let transaction = try await vault.stage([Sample.draft("a")], subject)
        try vault.confirm(transaction)
        let settlers: [(TransactionID) throws -> Void] = [{ try vault.confirm($0) }, { try vault.discard($0) }]
        for settle in settlers {
            #expect(await code { try settle(transaction) } == "vault.transaction_unknown")
            #expect(await code { try settle(.zero) } == "vault.transaction_unknown")
        }
        #expect(try vault.compartment(of: subject).entries.count == 1)
    }

    @Test func sealsUnderTheNewestCategoryKey() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a", "old")], subject)
        try await vault.renewKey(of: KeyCategory(labels: Sample.labels), of: subject)
        try await vault.write([Sample.draft("b", "new")], subject)
        try await vault.renewKey(of: KeyCategory(name: "category/unused"), of: subject)
        try vault.close()
        let again = try disk.open()
        #expect(try again.compartment(of: subject).entries.map(\.keyVersion) == [1, 2])
        #expect(try again.text("a", subject) == "old" && again.text("b", subject) == "new")
    }
}
