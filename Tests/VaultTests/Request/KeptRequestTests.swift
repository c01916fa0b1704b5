// Tests · kept requests come back to the patient they concern, and to nobody else.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing

@testable import Vault

@Suite struct KeptRequestTests {
    @Test func comesBackAfterACrash() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a"), Sample.draft("b")], subject)
        let request = Sample.request(try vault.compartment(of: subject).entries)
        let transaction = SystemRandom().bytes32()
        try await vault.keep(request, for: transaction, of: subject)
        disk.disk.crash()

        let again = try disk.open()
        #expect(try again.keptRequest(for: transaction, of: subject) == request)
        #expect(try again.keptRequest(for: SystemRandom().bytes32(), of: subject) == nil)
        let other = try await again.subject("p2").id
        #expect(try again.keptRequest(for: transaction, of: other) == nil)
        #expect(await code { try await again.keep(request, for: transaction, of: .zero) } == "vault.subject_unknown")
    }

    @Test func isRefusedInAnotherPlace() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let (ada, bob) = (try await vault.subject("p1").id, try await vault.subject("p2").id)
        let first = SystemRandom().bytes32()
        let second = SystemRandom().bytes32()
        try await vault.keep(Sample.request([]), for: first, of: ada)
        try await vault.keep(Sample.request([], display: "Dr Other"), for: second, of: ada)
        try await vault.keep(Sample.request([]), for: first, of: bob)
        let store = vault.store
        let rows = try [(first, ada), (second, ada), (first, bob)].map { transaction, subject in
            try vault.openSubject(subject).keys.requestRow(transaction)
        }
        let values = try store.getMany(rows, in: Vault.requestFamily)
        var batch = WriteBatch()
        batch.put(rows[0], values[1]!, in: Vault.requestFamily)
        batch.put(rows[1], values[0]!, in: Vault.requestFamily)
        batch.put(rows[2], values[0]!, in: Vault.requestFamily)
        try store.write(batch, sync: true)
        for (transaction, subject) in [(first, ada), (second, ada), (first, bob)] {
            let thrown = await code { _ = try vault.keptRequest(for: transaction, of: subject) }
            #expect(thrown == "vault.damaged")
        }
    }

    @Test func sharesSyncsWithOthers() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    let id = SHA256.hash([UInt8(index)])
                    try await vault.keep(Sample.request([], display: "\(index)"), for: id, of: subject)
                }
            }
            try await group.waitForAll()
        }
        disk.disk.crash()
        let again = try disk.open()
        for index in 0..<200 {
            let kept = try again.keptRequest(for: SHA256.hash([UInt8(index)]), of: subject)
            #expect(kept?.askerDisplayName == "\(index)")
        }
    }
}

@Suite struct ManifestTests {
    @Test func isTheHashOfSaltAndSortedRecords() {
        let (salt, low, high) = (Bytes32(hex: "11" * 32)!, Bytes32(hex: "22" * 32)!, Bytes32(hex: "33" * 32)!)
        let encoded: [UInt8] = [0x82, 0x58, 32] + salt.bytes + [0x82, 0x58, 32] + low.bytes + [0x58, 32] + high.bytes
        let expected = SHA256.hash(Array("stele/v1/manifest\0".utf8) + encoded)
        #expect(Manifest.root(of: [high, low], salt: salt) == expected)
        #expect(Manifest.root(of: [low, high], salt: salt) == expected)
        #expect(Manifest.root(of: [low, high], salt: low) != expected)
        #expect(Manifest.root(of: [low], salt: salt) != expected)
        #expect(
            Manifest.root(of: [], salt: salt)
                == SHA256.hash(Array("stele/v1/manifest\0".utf8) + [0x82, 0x58, 32] + salt.bytes + [0x80]))
    }
}
