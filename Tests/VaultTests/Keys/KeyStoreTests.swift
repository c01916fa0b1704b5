// Tests · the key store: the right root, the right epoch, and keys that open only where they belong.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct KeyStoreTests {
    private let random = SeededRandom(3)

    private func store(_ disk: MemoryDisk) throws -> MemoryStore {
        try MemoryStore(path: "keystore", columnFamilies: Vault.keyFamilies, on: disk)
    }

    @Test func tellsAWrongRootFromARetiredOne() async throws {
        let disk = MemoryDisk()
        let first = RootKey.random(from: random)
        let second = RootKey.random(epoch: 2, from: random)
        try KeyStore(creating: first, in: store(disk), random: random).close()

        #expect(throws: Never.self) { try KeyStore(opening: store(disk), root: first, random: random).close() }
        let wrong = RootKey.random(from: random)
        #expect(await code { _ = try KeyStore(opening: store(disk), root: wrong, random: random) } == "keys.root_wrong")
        // A newer root with this key store: the store is an old copy.
        #expect(
            await code { _ = try KeyStore(opening: store(disk), root: second, random: random) } == "keys.epoch_retired")

        // The key store of epoch 2 keeps the check of epoch 1, so that the old root is recognised.
        let newer = MemoryDisk()
        try KeyStore(creating: second, in: store(newer), random: random).close()
        let old = try #require(try store(disk).scan(prefix: [0], in: KeyStore.family).first)
        let target = try store(newer)
        var batch = WriteBatch()
        batch.put(old.key, old.value, in: KeyStore.family)
        try target.write(batch, sync: true)
        try target.close()
        #expect(
            await code { _ = try KeyStore(opening: store(newer), root: first, random: random) } == "keys.epoch_retired")
        #expect(
            await code { _ = try KeyStore(opening: store(newer), root: wrong, random: random) } == "keys.root_wrong")
    }

    @Test func isBegunOnce() async throws {
        let disk = MemoryDisk()
        let root = RootKey.random(from: random)
        #expect(await code { _ = try KeyStore(opening: store(disk), root: root, random: random) } == "vault.missing")
        try KeyStore(creating: root, in: store(disk), random: random).close()
        #expect(await code { _ = try KeyStore(creating: root, in: store(disk), random: random) } == "vault.exists")
    }

    @Test func handsOutAWalletOnce() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let seed = SecretBytes.random(from: random)
        let subject = try await vault.directory.registerSubject(Sample.subject(), unclaimedSeed: seed).id
        let other = try await vault.directory.registerSubject(Sample.subject("p2")).id
        disk.disk.crash()
        let keys = try store(disk.disk)
        let rows = try keys.scan(prefix: [4], in: KeyStore.family)
        #expect(rows.count == 1 && rows[0].value.count == 72 && rows[0].key.count == 17)
        try keys.close()
        let again = try disk.open()
        let claims = await withTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<8 {
                group.addTask { try? await again.directory.claimConsentSeed(of: subject).exposedCopy() }
            }
            return await group.reduce(into: [[UInt8]]()) { claims, claim in if let claim { claims.append(claim) } }
        }
        #expect(claims == [seed.exposedCopy()])
        #expect(await code { _ = try await again.directory.claimConsentSeed(of: other) } == "vault.wallet_claimed")
        // Durable before it is handed out: no loss of power brings it back.
        disk.disk.crash()
        let last = try disk.open()
        #expect(try last.directory.unclaimedConsentSeed(of: subject) == nil)
        #expect(try last.directory.subject(subject).newestPolicyKey.version == 1)
        try last.close()
        #expect(try store(disk.disk).scan(prefix: [4], in: KeyStore.family).isEmpty)
    }

    @Test func keepsAPatientsKeys() async throws {
        let disk = MemoryDisk()
        let root = RootKey.random(from: random)
        let subject = random.bytes32()
        let policyKey = PolicyKey.random(version: 1, from: random)
        let category = KeyCategory(name: "category/laboratory")

        let made = try KeyStore(creating: root, in: store(disk), random: random)
        let keys = try await made.addPatient(subject, policyKey: policyKey)
        let first = try await made.addCategoryKeys([category: 1], of: keys)
        let second = try await made.addCategoryKeys([category: 2], of: keys)
        try made.close()

        let opened = try KeyStore(opening: store(disk), root: root, random: random)
        let again = try #require(try opened.patientKeys(subject))
        #expect(again.rowPrefix == keys.rowPrefix && again.sealing == keys.sealing && again.wrapping == keys.wrapping)
        #expect(try opened.policyKey(1, of: again) == policyKey)
        let found = try opened.categoryKeys(category, of: again)
        #expect(found.map(\.version) == [1, 2])
        #expect(found.map(\.secret) == [first[category]!.secret, second[category]!.secret])
        #expect(try opened.categoryKeys(KeyCategory(name: "general"), of: again).isEmpty)
        #expect(try opened.patientKeys(random.bytes32()) == nil)
        #expect(await code { _ = try opened.policyKey(2, of: again) } == "vault.damaged")
    }

    @Test func makesTheNextPolicyKeyOnceAndKeepsTheFormerOnes() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.directory.registerSubject(Sample.subject())
        let first = subject.newestPolicyKey
        let key = subject.consentKey
        let made = await withTaskGroup(of: PolicyKey?.self) { group in
            for _ in 0..<8 {
                group.addTask { try? await vault.directory.nextPolicyKey(after: 1, of: subject.id, for: key) }
            }
            return await group.reduce(into: [PolicyKey?]()) { $0.append($1) }
        }
        let second = try #require(made[0])
        #expect(made.allSatisfy { $0 == second } && second.version == 2 && second.secret != first.secret)
        // Durable before it was told to anybody.
        disk.disk.crash()
        var again = try disk.open()
        #expect(try again.directory.subject(subject.id).policyKeys == [first, second])
        #expect(try await again.directory.nextPolicyKey(after: 1, of: subject.id, for: key) == second)
        // To another consent key another is told, and the one before is over.
        let other = SeededRandom(77).bytes32()
        let replaced = try await again.directory.nextPolicyKey(after: 1, of: subject.id, for: other)
        #expect(replaced.version == 2 && replaced.secret != second.secret)
        disk.disk.crash()
        again = try disk.open()
        #expect(try again.directory.subject(subject.id).policyKeys == [first, replaced])
        #expect(try await again.directory.nextPolicyKey(after: 1, of: subject.id, for: other) == replaced)
        #expect(
            await code { _ = try await again.directory.nextPolicyKey(after: 3, of: subject.id, for: key) }
                == "vault.damaged")
        let third = try await again.directory.nextPolicyKey(after: 2, of: subject.id, for: key)
        #expect(
            await code { _ = try await again.directory.nextPolicyKey(after: 1, of: subject.id, for: key) }
                == "vault.damaged")
        let known = try again.directory.subject(subject.id)
        #expect(known.policyKeys == [replaced, third] && known.newestPolicyKey == third)
        for key in [first, replaced, third] { #expect(try again.directory.policyKey(key.version, of: known) == key) }
        #expect(await code { _ = try again.directory.policyKey(4, of: known) } == "vault.damaged")
        #expect(await code { _ = try again.directory.policyKey(0, of: known) } == "vault.damaged")
        try again.close()
    }

    @Test func givesEachUseItsOwnKey() throws {
        let root = RootKeys(RootKey.random(from: random))
        let patient = PatientKeys(.random(from: random), of: random.bytes32())
        let secrets = [
            root.wrapping, root.sealing, root.naming, root.checking, patient.wrapping, patient.sealing, patient.naming,
        ].map { $0.exposedCopy() }
        #expect(Set(secrets).count == secrets.count)
        let record = random.bytes32()
        let rows = [patient.recordRow(record), patient.requestRow(record), patient.blob(record).bytes]
        #expect(Set(rows).count == rows.count && rows.allSatisfy { $0.count == 32 })
    }
}

@Suite struct KeyCategoryTests {
    @Test func goesByTheMostTellingLabel() {
        let plain: [Label] = [.all, .type("Observation"), .typeInCategory(type: "Observation", category: "a")]
        #expect(KeyCategory(labels: plain).name == "general")
        #expect(
            KeyCategory(labels: plain + [.category("notes"), .category("laboratory")]).name == "category/laboratory")
        #expect(
            KeyCategory(labels: plain + [.category("a"), .sensitivity("STD"), .sensitivity("PSY")]).name
                == "sensitivity/PSY")
        #expect(KeyCategory(labels: [.category("é"), .category("z")]).name == "category/z")
    }
}
