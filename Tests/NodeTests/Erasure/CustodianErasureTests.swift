// A patient erased at a custodian: who decides, what goes, what still holds, and what is said of it.
import Contracts
import Cryptography
import Foundation
import Ledger
@testable import Node
import Primitives
import SteleTesting
import Storage
import Synchronization
import Testing
import Vault

/// Tells the others to stop.
private final class End: Sendable {
    let isReached = Mutex(false)  // Held to read or set it.
}

@Suite struct CustodianErasureTests {
    /// Two patients with a result each, both shown to the laboratory.
    final class Fixture: Sendable {
        let directory = NSTemporaryDirectory() + "stele-erasure-" + UUID().uuidString
        let house: TestCustodian
        let gone: TestCustodian.Wallet
        let stays: TestCustodian.Wallet
        let laboratory: RegisteredActor

        init(retention: Retention = .none, clock: any TimeSource = SystemTime()) async throws {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            house = try await TestCustodian(directory, clock: clock, retention: retention)
            gone = try await house.enrol("p1", name: "Pat One")
            stays = try await house.enrol("p2", name: "Pat Two")
            laboratory = try await house.person("laboratory", role: "laboratory")
            for wallet in [gone, stays] {
                let text = CustodianTests.Fixture.result
                    .replacing("\"hb\"", with: "\"hb-\(wallet.patient)\"")
                    .replacing("Patient/p1", with: "Patient/\(wallet.patient)")
                _ = try await house.custodian.write(
                    [Submission(try TestCustodian.resource(text))], patient: wallet.patient)
                let terms = house.permit(
                    wallet, to: [.role(code: "laboratory", organisation: house.custodian.organisation)],
                    classes: [.category("laboratory")])
                try await house.submit(ConsentGrant(subject: wallet.subject, grants: [terms]), by: wallet)
                guard case .released = try await read(wallet) else {
                    Issue.record("a permitted record was not released")
                    return
                }
            }
        }

        func read(_ wallet: TestCustodian.Wallet) async throws -> Answer {
            let name = ResourceName(type: "Observation", id: "hb-" + wallet.patient)
            return try await house.custodian.read(
                Question(.read(name, version: nil), action: .read),
                by: house.asker(laboratory, patient: wallet.patient))
        }

        /// Everything there is, read from end to end; two of the three subjects are left after an erasure.
        func inspect(subjectCount: Int = 2) async throws -> LedgerInspection {
            try await house.stop()
            let store = try RocksDBStore(path: directory + "/ledger", columnFamilies: LedgerStore.columnFamilies)
            defer { try? store.close() }
            let signState = try SyncedSlotFile.open(directory + "/signstate").read().payload
            let ledger = try LedgerInspection(
                of: store, genesis: house.network.genesis, signState: signState, isDeep: true)
            let vault = try Vault.open(at: directory, roots: house.rootFile.candidates(), random: SystemRandom())
            defer { try? vault.close() }
            let found = try VaultInspection(of: vault, store: store, ledger: ledger, isDeep: true)
            #expect(found.subjectCount == subjectCount)  // The organisation's own is one.
            return ledger
        }

        deinit {
            try? FileManager.default.removeItem(atPath: directory)
            try? FileManager.default.removeItem(atPath: directory + ".root")
        }
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? SteleError)?.code.name ?? "\(error)"
        }
    }

    /// What `body` is refused with, or nil.
    private func refusal(_ body: () async throws -> Void) async -> SteleError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? SteleError
        }
    }

    @Test func everythingOfThePatientGoesAndEverythingElseHolds() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let custodian = house.custodian
        let before = try await custodian.accessLogProof(of: fixture.gone.subject)
        let anchored = try #require(
            try custodian.vault.compartment(of: fixture.gone.subject).entries.first)
        let logged = EntryBundleCoordinate(index: 0, width: Int(custodian.ledger.head.header.logSize))
        let leaves = try #require(try custodian.ledger.entryBundle(logged))
        let erasure = try await custodian.erase("p1", because: .withdrawn)
        #expect(erasure.stage == .finished && erasure.recordCount == 1 && erasure.retiredEpoch == 1)
        #expect(erasure.bodyCount >= 5)
        #expect(try custodian.ledger.entryBundle(logged) == leaves)

        // Gone here, in vault and ledger.
        #expect(await code { _ = try custodian.enrolled("p1") } == "subject.not_enrolled")
        #expect(await code { _ = try await custodian.erase("p1", because: .withdrawn) } == "subject.not_enrolled")
        #expect(await code { _ = try custodian.ledger.receipt(of: anchored.transaction) } == "transaction.erased")
        #expect(
            await code { _ = try await custodian.ledger.proof(of: [anchored.transaction]) } == "transaction.erased")
        #expect(try custodian.accessLog(of: fixture.gone.subject).isEmpty)
        guard case .refused = try await fixture.read(fixture.gone) else {
            Issue.record("a record of an erased patient was not refused")
            return
        }
        let refused = try await house.submit(
            ConsentRevoke(subject: fixture.gone.subject, grants: [SystemRandom().bytes32()]), by: fixture.gone)
        #expect(!refused.isApplied)

        // The other patient is as before, and so is what was proven before.
        guard case .released(let release) = try await fixture.read(fixture.stays) else {
            Issue.record("the other patient's record was not released")
            return
        }
        #expect(release.records.count == 1)
        let name = ResourceName(type: "Observation", id: "hb-p2")
        let proof = try await custodian.recordProof(name, of: fixture.stays.subject)
        let log = try await custodian.accessLogProof(of: fixture.stays.subject)
        for file in [before, proof, log] {
            #expect(throws: Never.self) { try ProofVerifier.verify(file.encoded, trust: house.network.trust) }
        }
        // The patient may come again, as somebody new.
        #expect(try await house.enrol("p1").subject != fixture.gone.subject)
        try await house.restart()
        guard case .released = try await fixture.read(fixture.stays) else {
            Issue.record("after a restart the other patient's record was not released")
            return
        }
        #expect(try house.custodian.erasure(of: fixture.gone.subject) == erasure)
    }

    @Test func theStoreIsWholeAfterwards() async throws {
        let fixture = try await Fixture()
        let erasure = try await fixture.house.custodian.erase("p1", because: .noLongerNeeded)
        let found = try await fixture.inspect()
        #expect(found.erasedCount == UInt64(erasure.bodyCount) && found.erasedSubjectCount == 1)
    }

    @Test func theStatementIsCheckedOfflineAndNamesWhoMayHoldCopies() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let erasure = try await house.custodian.erase("p1", because: .legalObligation)
        let verdict = try ProofVerifier.verify(erasure.statement, trust: house.network.trust)
        guard case .destroyed(let subject, let custodian, let reason, _, let holderCount) = verdict.statements.first
        else {
            Issue.record("the file does not show a destruction")
            return
        }
        #expect(subject == fixture.gone.subject && custodian == house.custodian.organisation)
        #expect(reason == "legal_obligation" && holderCount == 2)
        let file = try ProofFile(decoding: erasure.statement)
        let text = String(decoding: try #require(file.statement), as: UTF8.self)
        #expect(text.contains("copies with the wallet\n"))
        #expect(text.contains("copies with \(fixture.laboratory.did) 1 records last "))

        // Not another's word, not another time, not without the ledger's record of it.
        var forged = file
        let note = Array(text.replacing("legal_obligation", with: "withdrawn").utf8)
        forged.statement = note
        var silent = file
        silent.entries = []
        var foreign = file
        let lines = try SignedNote(parsing: file.statement!).text
        foreign.statement =
            NoteSigner(name: house.network.genesis.origin, key: .random(from: SystemRandom())).sign(lines).encoded
        var signedOtherwise = file
        signedOtherwise.statement =
            NoteSigner(name: house.network.genesis.origin, key: house.network.nodeKey)
            .sign(Array(String(decoding: lines, as: UTF8.self).replacing("legal_obligation", with: "withdrawn").utf8))
            .encoded
        var still = file
        still.rows.removeFirst()
        for changed in [forged, silent, foreign, signedOtherwise, still] {
            #expect(
                await code { _ = try ProofVerifier.verify(changed.encoded, trust: house.network.trust) }
                    == "proof.false")
        }
    }

    /// Readers and writers, each as the API lets them in, while the root key is renewed and a patient erased.
    @Test func nobodyIsWronglyServedWhileKeysAreReplaced() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let custodian = house.custodian
        let end = End()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group -> [Int] in
            for reader in 0..<4 {
                group.addTask {
                    var count = 0
                    while !end.isReached.withLock({ $0 }) {
                        let answer = try await custodian.admission.shared { try await fixture.read(fixture.stays) }
                        guard case .released(let release) = answer else {
                            Issue.record("a permitted record was not released")
                            break
                        }
                        #expect(release.records.count == 1)
                        count += 1
                        guard reader == 0 else { continue }
                        let text = CustodianTests.Fixture.result
                            .replacing("\"hb\"", with: "\"w-\(count)\"").replacing("Patient/p1", with: "Patient/p2")
                        _ = try await custodian.admission.shared {
                            try await custodian.write([Submission(try TestCustodian.resource(text))], patient: "p2")
                        }
                    }
                    return count
                }
            }
            for _ in 0..<3 { _ = try await custodian.renewRoot() }
            let erasure = try await custodian.erase("p1", because: .withdrawn)
            #expect(erasure.retiredEpoch == 4)
            _ = try await custodian.renewKeys(of: "p2")
            end.isReached.withLock { $0 = true }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.allSatisfy { $0 > 0 })
        #expect(custodian.vault.epoch == 5)
        let found = try await fixture.inspect()
        #expect(found.erasedSubjectCount == 1)
    }

    // MARK: - Who decides

    @Test func aLegalHoldBeatsEveryReason() async throws {
        let clock = TestClock()
        let fixture = try await Fixture(clock: clock)
        let custodian = fixture.house.custodian
        let now = clock.now().seconds
        try await custodian.hold("p1", LegalHold(.litigation, since: now, until: now + 40 * 86_400))
        let held = await refusal { _ = try await custodian.erase("p1", because: .unlawful) }
        #expect(held?.code == .erasureHeld && held?.message.contains("litigation") == true)
        #expect(held?.message.firstMatch(of: /until \d{4}-\d{2}-\d{2}/) != nil)
        try await fixture.house.restart()
        #expect(
            await code { _ = try await fixture.house.custodian.erase("p1", because: .unlawful) } == "erasure.held")
        try await fixture.house.custodian.releaseHold(of: "p1")
        #expect(await code { try await fixture.house.custodian.releaseHold(of: "p1") } == "hold.unknown")
        #expect(try await fixture.house.custodian.erase("p1", because: .unlawful).stage == .finished)
    }

    @Test func retentionSaysUntilWhen() async throws {
        let clock = TestClock()
        let fixture = try await Fixture(retention: Retention(), clock: clock)
        let custodian = fixture.house.custodian
        let expected = Retention().end(newest: clock.now(), birthDate: nil)!
        let retained = await refusal { _ = try await custodian.erase("p1", because: .withdrawn) }
        #expect(retained?.code == .erasureRetained)
        #expect(retained?.message.contains(date(expected)) == true)
        #expect(try custodian.vault.directory.subject(patient: "p1")?.isShredding == false)
        // What must not have been kept goes at once; whoever has nothing too.
        #expect(try await custodian.erase("p1", because: .unlawful).stage == .finished)
        _ = try await fixture.house.enrol("p3")
        #expect(try await custodian.erase("p3", because: .withdrawn).stage == .finished)
    }

    private func date(_ seconds: UInt64) -> String {
        String(Timestamp(seconds: seconds).description.prefix(10))
    }

    @Test func anUnknownPatientIsRefused() async throws {
        let fixture = try await Fixture()
        #expect(
            await code { _ = try await fixture.house.custodian.erase("nobody", because: .withdrawn) }
                == "subject.not_enrolled")
        #expect(
            await code { _ = try await fixture.house.custodian.erase("commons", because: .withdrawn) }
                == "subject.not_enrolled")
        #expect(await code { _ = try fixture.house.custodian.erasure(of: .zero) } == "erasure.unknown")
    }

    // MARK: - Emergencies

    @Test func anOpenReviewComesFirst() async throws {
        let fixture = try await Fixture()
        let custodian = fixture.house.custodian
        let (ward, officer) = (
            try await fixture.house.person("ward", role: "physician"),
            try await custodian.addActor(
                ActorDraft(
                    id: "officer", kind: .person, displayName: "Officer", roles: [],
                    key: .okp(SigningKey.random(from: SystemRandom()).publicKey), isOfficer: true))
        )
        let opened = try await custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .disaster, seconds: 60),
            by: fixture.house.asker(ward, purposes: ["ETREAT"]))
        let refused = await refusal { _ = try await custodian.erase("p1", because: .unlawful) }
        #expect(refused?.code.name == "review.open" && refused?.hint.isEmpty == false)
        // Nothing is half done, and nobody else waits.
        #expect(try custodian.vault.directory.subject(patient: "p1")?.isShredding == false)
        guard case .released = try await fixture.read(fixture.gone) else {
            Issue.record("a record was not released after an erasure that was refused")
            return
        }
        #expect(try await custodian.erase("p2", because: .unlawful).stage == .finished)
        // The ledger asks the same of whoever goes around the node.
        let direct = try await custodian.ledger.submit(
            custodian.transaction(RecordsErase(subject: fixture.gone.subject, reason: .unlawful)))
        #expect(direct.status == Refusal.reviewOpen.status)
        _ = try await custodian.closeReview(
            of: opened.transaction, finding: .justified, by: fixture.house.asker(officer, purposes: ["HOPERAT"]))
        #expect(try await custodian.erase("p1", because: .unlawful).stage == .finished)
        #expect(try custodian.openReviews().isEmpty)
    }
}
