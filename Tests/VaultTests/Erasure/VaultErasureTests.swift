// Tests · an erasure: the subject is gone, the others are as they were, and no old copy brings anything back.
import Cryptography
import FHIR
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct VaultErasureTests {
    /// Two subjects with records, one of them in a blob, an actor, and a keeper of the root.
    private struct House {
        let disk = VaultDisk(seed: 21)
        let keeper: MemoryRootKeeper

        init() { keeper = MemoryRootKeeper(disk.root) }

        func open() throws -> Vault {
            let vault = try Vault.open(in: disk.stores(), roots: keeper.candidates, random: disk.random)
            try keeper.settle(onEpoch: vault.epoch)
            return vault
        }

        func fill() async throws -> (vault: Vault, gone: SubjectID, stays: SubjectID) {
            let vault = try disk.create()
            let gone = try await vault.subject("gone").id
            let stays = try await vault.subject("stays").id
            let key = disk.random.bytes32()
            _ = try await vault.directory.nextPolicyKey(after: 1, of: gone, for: key)
            let kept = try await vault.directory.nextPolicyKey(after: 1, of: stays, for: key)
            #expect(kept.version == 2)
            try await vault.write(
                [Sample.draft("g"), Sample.draft("big", bytes: SeededRandom(1).bytes(300_000))], gone)
            try await vault.write([Sample.draft("s", "kept", labels: Sample.secretLabels)], stays)
            var patient = RecordDraft(
                ResourceName(type: "Patient", id: "stays"),
                content: Array(
                    #"{"resourceType":"Patient","id":"stays","identifier":[{"system":"urn:mrn","value":"7"}]}"#.utf8),
                labels: Sample.labels, lastUpdated: Sample.time)
            patient.identifiers = [.init(system: "urn:mrn", value: "7")]
            try await vault.write([patient], stays)
            try await vault.directory.registerActor(Sample.actor("ada", clientID: "ada"))
            var herself = Sample.actor("patient-gone")
            herself.patientSubject = gone
            try await vault.directory.registerActor(herself)
            try await vault.directory.noteAssertion(
                UsedAssertion(name: Digest(hex: "0d" * 32)!, expires: 99), forgetting: [])
            return (vault, gone, stays)
        }

        func erasure(_ subject: SubjectID) -> Erasure {
            Erasure(
                subject: subject, reason: "withdrawn", asked: Sample.time, recipients: [], unnamedRecipientCount: 0,
                hasWallet: true)
        }

        /// All steps in the vault, begun anew or gone on with.
        func erase(_ subject: SubjectID, in vault: Vault) async throws {
            let erasure = try await vault.directory.begin(erasure(subject))
            guard erasure.stage < .shredded else { return }
            try await vault.removeContent(of: subject)
            try await vault.endEpoch(erasing: erasure, keeper: keeper)
            try vault.compactErased(nil)
        }

        func expectErased(_ gone: SubjectID, but stays: SubjectID, in vault: Vault) async throws {
            #expect(try vault.directory.erasure(of: gone)?.stage == .shredded)
            #expect(await code { _ = try vault.directory.subject(gone) } == "vault.subject_unknown")
            #expect(await code { _ = try vault.compartment(of: gone) } == "vault.subject_unknown")
            #expect(try vault.directory.subject(patient: "gone") == nil)
            #expect(try vault.directory.subject(holding: Sample.name("g")) == nil)
            #expect(try vault.directory.actor(id: "patient-gone") == nil)
            #expect(disk.blobs.contents.isEmpty)
            #expect(try vault.text("s", stays) == "kept")
            #expect(try vault.directory.subject(patient: "stays")?.id == stays)
            // Of the one who stays both policy keys, the replaced one too; of the other neither.
            #expect(try vault.directory.subject(stays).policyKeys.map(\.version) == [1, 2])
            #expect(
                try vault.keyStore.store.scan(
                    prefix: [KeyStore.Tag.policy.rawValue] + vault.rowPrefix(of: stays), in: KeyStore.family
                ).count == 2)
            #expect(
                try vault.keyStore.store.scan(prefix: [KeyStore.Tag.policy.rawValue], in: KeyStore.family).count == 2)
            #expect(try vault.directory.subject(holding: Sample.name("s")) == stays)
            #expect(try vault.directory.subjects(identifiedBy: "7", system: "urn:mrn") == [stays])
            #expect(try vault.directory.subjects(identifiedBy: "7", system: nil) == [stays])
            #expect(try vault.directory.actor(clientID: "ada")?.displayName == "Dr ada")
            #expect(try vault.directory.usedAssertions().count == 1)
        }
    }

    @Test func destroysOneSubjectAndKeepsTheOthers() async throws {
        let house = House()
        let (vault, gone, stays) = try await house.fill()
        let oldRoot = house.disk.root
        try await house.erase(gone, in: vault)
        try await house.expectErased(gone, but: stays, in: vault)
        try await vault.write([Sample.draft("s2", "later")], stays)
        try vault.close()
        #expect(house.keeper.candidates.map(\.epoch) == [2] && house.keeper.candidates[0] != oldRoot)
        #expect(
            await code { _ = try Vault.open(in: house.disk.stores(), root: oldRoot, random: house.disk.random) }
                == "keys.epoch_retired")
        let again = try house.open()
        try await house.expectErased(gone, but: stays, in: again)
        #expect(try again.text("s2", stays) == "later")
        // The name is free again, for another patient.
        let next = try await again.subject("gone").id
        #expect(next != gone)
        try await again.write([Sample.draft("g", "another")], next)
    }

    @Test func anOldVaultOpensWithTheNewestKeysButForWhoWasErased() async throws {
        let house = House()
        let (vault, gone, stays) = try await house.fill()
        let pending = try await vault.stage([Sample.draft("waits")], stays)
        try vault.copyContent(to: "old-vault")
        try vault.copyKeys(to: "old-keys")
        let blobs = house.disk.blobs.contents
        try vault.confirm(pending)
        try await house.erase(gone, in: vault)
        try vault.close()

        func stores(keys: String) throws -> VaultStores {
            VaultStores(
                keys: try MemoryStore(path: keys, columnFamilies: Vault.keyFamilies, on: house.disk.disk),
                content: try MemoryStore(
                    path: "old-vault", columnFamilies: Vault.contentFamilies, on: house.disk.disk),
                blobs: house.disk.blobs)
        }
        #expect(!blobs.isEmpty)
        let root = house.keeper.candidates[0]
        #expect(
            await code { _ = try Vault.open(in: stores(keys: "old-keys"), root: root, random: house.disk.random) }
                == "keys.epoch_retired")
        let old = try Vault.open(in: stores(keys: "keystore"), root: root, random: house.disk.random)
        try await house.expectErased(gone, but: stays, in: old)
        // What waited for its anchor in the copy is settled by the ledger.
        let ledger = SetLedger()
        ledger.commit(pending)
        #expect(try old.reconcile(ledger).confirmedCount == 1)
        #expect(try old.text("waits", stays) == "content")
    }

    @Test func waitsForWhatIsStaged() async throws {
        let house = House()
        let (vault, gone, stays) = try await house.fill()
        let pending = try await vault.stage([Sample.draft("waits")], gone)
        #expect(await code { try await vault.removeContent(of: gone) } == "vault.pending")
        let erasure = house.erasure(gone)
        #expect(
            await code { try await vault.endEpoch(erasing: erasure, keeper: house.keeper) } == "vault.pending")
        try vault.discard(pending)
        try await house.erase(gone, in: vault)
        try await house.expectErased(gone, but: stays, in: vault)
    }

    @Test func renewsTheRootWithoutErasingAnybody() async throws {
        let house = House()
        let (vault, gone, stays) = try await house.fill()
        try await vault.renewKeys(of: stays)
        try await vault.endEpoch(keeper: house.keeper)
        try vault.close()
        let again = try house.open()
        #expect(again.epoch == 2)
        #expect(try again.text("s", stays) == "kept" && again.text("g", gone) == "content")
        #expect(try again.directory.subject(holding: Sample.name("big")) == gone)
        // What is written after the renewal is under the second key of its category, what was before under the first.
        try await again.write([Sample.draft("s2", "new", labels: Sample.secretLabels)], stays)
        let versions = try again.compartment(of: stays).entries.filter { $0.category.name == "sensitivity/PSY" }
        #expect(versions.map(\.keyVersion) == [1, 2])
        #expect(try again.text("s2", stays) == "new")
    }

    @Test(arguments: [true, false], Fault.Moment.allCases)
    func goesOnAfterACrashAtAnyStep(ofKeys: Bool, moment: Fault.Moment) async throws {
        for operation in 1...200 {
            let house = House()
            let (vault, gone, stays) = try await house.fill()
            try vault.close()
            var stores = try house.disk.stores()
            let failing = FaultInjectingStore(ofKeys ? stores.keys : stores.content)
            if ofKeys { stores.keys = failing } else { stores.content = failing }
            let opened = try Vault.open(in: stores, roots: house.keeper.candidates, random: house.disk.random)
            let fault = Fault(operation: failing.operationCount + operation, moment: moment, isSticky: true)
            failing.plan(fault)
            do {
                try await house.erase(gone, in: opened)
                #expect(operation > 3)
                break
            } catch {}
            house.disk.disk.crash()
            let again = try house.open()
            try await house.erase(gone, in: again)
            try await house.expectErased(gone, but: stays, in: again)
            #expect(operation < 200)
        }
    }
}
