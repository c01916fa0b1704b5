// Tests · a resource id names one record within a custodian, whoever writes first.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Synchronization
import Testing

@testable import Vault

@Suite struct ResourceLocationTests {
    @Test func isKnownOnceTheResourceIsStaged() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        #expect(try vault.directory.subject(holding: Sample.name("a")) == nil)
        _ = try await vault.stage([Sample.draft("a")], subject)
        #expect(try vault.directory.subject(holding: Sample.name("a")) == subject)
        disk.disk.crash()
        let again = try disk.open()
        #expect(try again.directory.subject(holding: Sample.name("a")) == subject)
        #expect(try again.directory.subject(holding: ResourceName(type: "Condition", id: "a")) == nil)
    }

    @Test func isOneSubjectsAlone() async throws {
        let vault = try VaultDisk().create()
        let (ada, bob) = (try await vault.subject("p1").id, try await vault.subject("p2").id)
        try await vault.write([Sample.draft("a")], ada)
        let thrown = await code { try await vault.write([Sample.draft("b"), Sample.draft("a")], bob) }
        #expect(thrown == "vault.resource_elsewhere")
        // Nothing was claimed by the attempt.
        #expect(try vault.directory.subject(holding: Sample.name("b")) == nil)
        try await vault.write([Sample.draft("b"), Sample.draft("a")], ada)
    }

    @Test func isClaimedWhileItIsWritten() async throws {
        let vault = try VaultDisk().create()
        let (ada, bob) = (try await vault.subject("p1").id, try await vault.subject("p2").id)
        let (a, b) = (Sample.name("a"), Sample.name("b"))
        let first = try vault.directory.claim([a], for: ada)
        let second = try vault.directory.claim([a, b], for: ada)
        #expect(await code { _ = try vault.directory.claim([a], for: bob) } == "vault.resource_elsewhere")
        vault.directory.release(first)
        #expect(await code { _ = try vault.directory.claim([a], for: bob) } == "vault.resource_elsewhere")
        vault.directory.release(second)
        vault.directory.release(try vault.directory.claim([a, b], for: bob))
    }

    @Test func isGivenToOneOfManyWhoTryAtOnce() async throws {
        let vault = try VaultDisk().create()
        var subjects: [SubjectID] = []
        for index in 0..<8 { subjects.append(try await vault.subject("p\(index)").id) }
        let ids = subjects
        let written = await withTaskGroup(of: Int.self) { group in
            for name in 0..<20 {
                for subject in ids {
                    group.addTask {
                        await code { try await vault.write([Sample.draft("r\(name)")], subject) } == nil ? 1 : 0
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(written == 20)
        let entries = try ids.flatMap { try vault.compartment(of: $0).entries }
        #expect(Set(entries.map(\.resource)).count == 20 && entries.count == 20)
        #expect(vault.directory.claims.withLock { $0.isEmpty })
    }
}
