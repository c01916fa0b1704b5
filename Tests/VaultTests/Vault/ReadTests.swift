// Tests · reading: the bytes that were written, whole or in part, and the limits of what is held in memory.
import Cryptography
import Primitives
import SteleTesting
import Testing

@testable import Vault

@Suite struct ReadTests {
    @Test func opensWholeAndInPart() async throws {
        let disk = VaultDisk()
        let vault = try disk.create()
        let subject = try await vault.subject().id
        let random = SeededRandom(21)
        let contents = [0, 1, 2048, 65_536, 200_000, 262_144, 262_145, 1_000_000].map { random.bytes($0) }
        let drafts = contents.enumerated().map { Sample.draft("r\($0)", bytes: $1) }
        try await vault.write(drafts, subject)
        #expect(disk.blobs.contents.count == 2)
        try vault.close()

        let again = try disk.open()
        let compartment = try again.compartment(of: subject)
        for (index, content) in contents.enumerated() {
            let entry = try #require(compartment.current(Sample.name("r\(index)")))
            #expect(try again.open(entry, of: subject) == content)
            #expect(try again.opening(of: entry, of: subject).salt == entry.salt)
            for bytes in (0..<5).map({ _ in random.bytes(8) }) {
                let a = Int(bytes.bigEndian(at: 0, as: UInt32.self)) % (content.count + 1)
                let b = Int(bytes.bigEndian(at: 4, as: UInt32.self)) % (content.count + 1)
                let range = min(a, b)..<max(a, b)
                #expect(try again.openRange(range, of: entry, of: subject) == Array(content[range]))
            }
            for range in [0..<content.count + 1, content.count + 1..<content.count + 2, -1..<0] {
                #expect(await code { _ = try again.openRange(range, of: entry, of: subject) } == "vault.range")
            }
        }
    }

    @Test func refusesContentThatIsNotWhatWasAnchored() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a", "one"), Sample.draft("b", "two")], subject)
        let compartment = try vault.compartment(of: subject)
        let (a, b) = (
            try #require(compartment.current(Sample.name("a"))), try #require(compartment.current(Sample.name("b")))
        )
        func changed(salt: Bytes32? = nil, anchor: Digest? = nil, record: Bytes32? = nil, byteCount: Int = 3)
            -> CompartmentEntry
        {
            CompartmentEntry(
                recordID: record ?? a.recordID, resource: a.resource, version: a.version, lastUpdated: a.lastUpdated,
                profile: a.profile, category: a.category, keyVersion: a.keyVersion, salt: salt ?? a.salt,
                anchor: anchor ?? a.anchor, byteCount: byteCount, isTombstone: false, transaction: a.transaction,
                facts: a.facts)
        }
        #expect(try vault.open(changed(), of: subject) == Array("one".utf8))
        for entry in [
            changed(salt: b.salt), changed(anchor: b.anchor), changed(record: b.recordID), changed(record: .zero),
            changed(byteCount: 2), changed(byteCount: 4),
        ] {
            #expect(await code { _ = try vault.open(entry, of: subject) } == "vault.damaged")
        }
    }

    @Test func keepsATombstoneAsAVersion() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a")], subject)
        var tombstone = Sample.draft("a", "")
        tombstone.isTombstone = true
        try await vault.write([tombstone], subject)
        let compartment = try vault.compartment(of: subject)
        let entry = try #require(compartment.current(Sample.name("a")))
        #expect(entry.isTombstone && entry.version == 2 && compartment.current().isEmpty)
        #expect(try vault.open(entry, of: subject).isEmpty)
    }

    @Test func readersKeepTheirSnapshot() async throws {
        let vault = try VaultDisk().create()
        let subject = try await vault.subject().id
        try await vault.write([Sample.draft("a", "one")], subject)
        let before = try vault.compartment(of: subject)
        try await vault.write([Sample.draft("a", "two"), Sample.draft("b")], subject)
        #expect(before.entries.count == 1 && before.current(Sample.name("a"))?.version == 1)
        #expect(try vault.compartment(of: subject).entries.count == 3)
    }
}

@Suite struct OpenSubjectsTests {
    @Test func forgetsWhatWasNotUsedAndReadsItAgain() async throws {
        let vault = try VaultDisk().create(openCostMax: 10 * OpenSubjects.subjectCost)
        var subjects: [SubjectID] = []
        for index in 0..<40 {
            subjects.append(try await vault.subject("p\(index)").id)
            try await vault.write([Sample.draft("a\(index)", "of \(index)")], subjects[index])
            #expect(vault.openSubjectCount <= 10)
        }
        for (index, subject) in subjects.enumerated() {
            #expect(try vault.text("a\(index)", subject) == "of \(index)")
            #expect(vault.openSubjectCount <= 10)
        }
    }

    @Test func countsWhatCompartmentsHold() async throws {
        let vault = try VaultDisk().create(openCostMax: 10 * OpenSubjects.subjectCost)
        for index in 0..<3 {
            let subject = try await vault.subject("p\(index)").id
            try await vault.write((0..<256).map { Sample.draft("r\($0)-\(index)") }, subject)
        }
        #expect(vault.openSubjectCount == 2)  // 64 + 256 each; the bound is 640.
    }

    @Test func writersAreNotForgottenUnderWay() async throws {
        // A bound of one subject: every access to another forgets the one before, in the middle of its writes.
        let vault = try VaultDisk().create(openCostMax: 1)
        var subjects: [SubjectID] = []
        for index in 0..<4 { subjects.append(try await vault.subject("p\(index)").id) }
        let ids = subjects
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<200 {
                group.addTask {
                    try await vault.write([Sample.draft("r\(writer)", "\(writer)")], ids[writer % 4])
                }
            }
            try await group.waitForAll()
        }
        for writer in 0..<200 { #expect(try vault.text("r\(writer)", ids[writer % 4]) == "\(writer)") }
        #expect(vault.openSubjectCount == 1)
    }
}
