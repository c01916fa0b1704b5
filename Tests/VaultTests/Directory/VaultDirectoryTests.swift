// Tests · the directory finds who it was told of, and tells nobody else.
import Cryptography
import Dispatch
import Primitives
import SteleTesting
import Storage
import Synchronization
import Testing

@testable import Vault

@Suite struct VaultDirectoryTests {
    @Test func findsASubjectByIdAndByPatient() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.directory.registerSubject(Sample.subject("p1"))
        let other = try await vault.directory.registerSubject(Sample.subject("p2"))
        #expect(subject.newestPolicyKey != other.newestPolicyKey && subject.id != other.id && !subject.isOnLedger)
        #expect(try vault.directory.subject(subject.id) == subject)
        #expect(try vault.directory.subject(patient: "p2") == other)
        #expect(try vault.directory.subject(patient: "p3") == nil)
        #expect(await code { _ = try vault.directory.subject(Bytes32.zero) } == "vault.subject_unknown")

        try await vault.directory.updateSubject(subject.id) { subject in
            subject.isOnLedger = true
            subject.displayName = "Ada Renamed"
        }
        try vault.close()
        let again = try disk.open()
        let found = try again.directory.subject(subject.id)
        #expect(
            found.isOnLedger && found.displayName == "Ada Renamed" && found.newestPolicyKey == subject.newestPolicyKey)
        var all: Set<SubjectID> = []
        try again.directory.forEachSubject { (subject) in all.insert(subject.id) }
        #expect(all == [subject.id, other.id])
    }

    /// A closure kept in a generic place can grow a layer with each look at it: this many would take hours.
    @Test(.timeLimit(.minutes(1))) func tellsTheListenerTheHundredThousandthTimeAsFastAsTheFirst() throws {
        let vault = try VaultDisk().create()
        let count = Mutex(0)
        try vault.directory.watchIdentifying { texts in count.withLock { $0 += texts.count } }
        for _ in 0..<100_000 { vault.directory.noteIdentifying(["p1"]) }
        #expect(count.withLock { $0 } == 100_000)
    }

    @Test func registersAPatientOnce() async throws {
        let vault = try VaultDisk().create()
        let registered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await code { _ = try await vault.directory.registerSubject(Sample.subject()) } == nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(registered == 1)
        #expect(
            await code { _ = try await vault.directory.registerSubject(Sample.subject()) } == "vault.subject_exists")
    }

    @Test func losesNoConcurrentChange() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.directory.registerSubject(Sample.subject())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask { try await vault.directory.updateSubject(subject.id) { $0.displayName += "x" } }
            }
            try await group.waitForAll()
        }
        #expect(try vault.directory.subject(subject.id).displayName == "Ada Example" + "x" * 100)
    }

    @Test func keepsNothingThatWasReadBeforeAChange() async throws {
        let disk = VaultDisk()
        let subject = try await disk.create().directory.registerSubject(Sample.subject())
        disk.disk.crash()
        let vault = try disk.open()
        let key = vault.directory.row(.subject, subject.id.bytes)
        // While a reader decodes what it read, the subject is changed.
        let found: VaultDirectory.Entry? = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                let result = Result { () throws(SteleError) in
                    try vault.directory.find(key) { (_) throws(SteleError) in
                        let changed = DispatchSemaphore(value: 0)
                        Task {
                            _ = try await vault.directory.updateSubject(subject.id) { $0.displayName = "new" }
                            changed.signal()
                        }
                        changed.wait()
                        return .subject(subject)
                    }
                }
                continuation.resume(with: result)
            }
        }
        guard case .subject(subject)? = found else {
            Issue.record("the reader got something else")
            return
        }
        #expect(try vault.directory.subject(subject.id).displayName == "new")
    }

    @Test func changesNothingWhenTheChangeThrows() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.directory.registerSubject(Sample.subject())
        let thrown = await code {
            try await vault.directory.updateSubject(subject.id) { (subject) throws(SteleError) in
                subject.displayName = "other"
                throw SteleError.damaged("test")
            }
        }
        #expect(thrown == "vault.damaged")
        #expect(try vault.directory.subject(subject.id) == subject)
    }
}

@Suite struct RecordProfileTests {
    @Test func numbersLabelSetsOnceAndForGood() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let id = try await vault.directory.registerSubject(Sample.subject()).id
        let first = try await vault.directory.proposeProfiles(for: [Sample.labels], of: id)
        #expect(first.map(\.number) == [0] && first[0].labels == Sample.labels && !first[0].isOnLedger)
        // Registration failed; proposing again gives the same number.
        let both = try await vault.directory.proposeProfiles(for: [Sample.secretLabels, Sample.labels], of: id)
        #expect(both.map(\.number) == [0, 1])
        try await vault.directory.confirmProfiles([0], of: id)
        try vault.close()

        let again = try disk.open()
        let left = try await again.directory.proposeProfiles(for: [Sample.secretLabels, Sample.labels], of: id)
        #expect(left.map(\.number) == [1] && left[0].labels == Sample.secretLabels)
        #expect(try again.directory.subject(id).profile(for: Sample.labels)?.isOnLedger == true)
    }

    @Test func areAtMostSixtyFour() async throws {
        let vault = try VaultDisk().create()
        let id = try await vault.directory.registerSubject(Sample.subject()).id
        func set(_ number: Int) -> Set<Label> { [.all, .category("c\(number)")] }
        let all = try await vault.directory.proposeProfiles(for: Set((0..<60).map(set)), of: id)
        #expect(all.map(\.number) == Array(0..<60))
        let thrown = await code { _ = try await vault.directory.proposeProfiles(for: Set((60..<65).map(set)), of: id) }
        #expect(thrown == "vault.profiles_full")
        #expect(try vault.directory.subject(id).profiles.count == 60)
        #expect(try await vault.directory.proposeProfiles(for: Set((60..<64).map(set)), of: id).count == 64 - 60)
        #expect(try await vault.directory.proposeProfiles(for: [set(3)], of: id).map(\.number) == [3])
    }

    @Test func areSharedByConcurrentWriters() async throws {
        let vault = try VaultDisk().create()
        let id = try await vault.directory.registerSubject(Sample.subject()).id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let labels: Set<Label> = [.all, .category("c\(index % 4)")]
                    _ = try await vault.directory.proposeProfiles(for: [labels], of: id)
                }
            }
            try await group.waitForAll()
        }
        #expect(try vault.directory.subject(id).profiles.count == 4)
    }
}

@Suite struct RegisteredActorTests {
    @Test func isFoundByIdDIDAndClient() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let ada = Sample.actor("ada", clientID: "client-ada")
        var bob = Sample.actor("bob")
        bob.isOfficer = true
        bob.kind = .system
        bob.clientKey = .rsa(n: [1, 2, 3], e: [1, 0, 1])
        bob.patientSubject = Bytes32(hex: "07" * 32)
        try await vault.directory.registerActor(ada)
        try await vault.directory.registerActor(bob)
        try vault.close()

        let again = try disk.open()
        #expect(try again.directory.actor(id: "ada") == ada)
        #expect(try again.directory.actor(did: ada.did) == ada)
        #expect(try again.directory.actor(clientID: "client-ada") == ada)
        #expect(try again.directory.actor(did: bob.did) == bob)
        #expect(try again.directory.actor(id: "eve") == nil && again.directory.actor(clientID: "bob") == nil)
        #expect(try again.directory.actors() == [ada, bob])
    }

    @Test func sharesNoIdentifier() async throws {
        let vault = try VaultDisk().create()
        try await vault.directory.registerActor(Sample.actor("ada", clientID: "client"))
        for other in [
            Sample.actor("ada", did: "did:web:other"), Sample.actor("eve", did: "did:web:example.org:ada"),
            Sample.actor("eve", clientID: "client"),
        ] {
            #expect(await code { try await vault.directory.registerActor(other) } == "vault.actor_exists")
        }
        try await vault.directory.registerActor(Sample.actor("eve"))
        let taking = await code { try await vault.directory.updateActor(id: "eve") { $0.clientID = "client" } }
        #expect(taking == "vault.actor_exists")
        #expect(await code { try await vault.directory.updateActor(id: "who") { _ in } } == "vault.actor_unknown")
    }

    @Test func leavesItsOldNamesBehind() async throws {
        let vault = try VaultDisk().create()
        try await vault.directory.registerActor(Sample.actor("ada", clientID: "old"))
        let changed = try await vault.directory.updateActor(id: "ada") { actor in
            actor.clientID = "new"
            actor.clientKey = .okp(Bytes32(hex: "08" * 32)!)
            actor.isRevoked = true
        }
        #expect(try vault.directory.actor(clientID: "old") == nil)
        #expect(try vault.directory.actor(clientID: "new") == changed && changed.isRevoked)
        try await vault.directory.registerActor(Sample.actor("eve", clientID: "old"))
    }
}
