// Tests · nothing in clear, anywhere under the data directory: every byte of every file is searched.
//
// Everything a vault is told carries a word that occurs nowhere else. The files are searched for each word as it is, in
// hexadecimal, and in base64 at each of its three alignments; while the vault is open (write-ahead logs, temporary
// files) and after it was closed.
import Cryptography
import FHIR
import Foundation
import Glibc
import Primitives
import Testing

@testable import Vault

@Suite struct CanaryTests {
    @Test func nothingIsFoundOnDisk() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stele-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let random = SystemRandom()
        let root = RootKey.random(from: random)
        let vault = try Vault.create(at: folder, root: root, random: random)
        var secrets = Secrets(random)
        secrets.add(root.secret.exposedCopy())
        try await fill(vault, &secrets)
        // The search itself works: a word written in clear is found.
        let probe = secrets.word("probe")
        let probePath = "\(folder)/tmp/probe"
        try "x\(probe)y".write(toFile: probePath, atomically: false, encoding: .utf8)
        #expect(try Self.find(Self.forms(Array(probe.utf8)), in: folder).count == 1)
        try FileManager.default.removeItem(atPath: probePath)

        let forms = secrets.values.flatMap(Self.forms) + Self.vocabulary
        #expect(forms.count > 100)
        #expect(try Self.find(forms, in: folder) == [])
        try vault.close()
        #expect(try Self.find(forms, in: folder) == [])
        let again = try Vault.open(at: folder, root: root, random: random)
        _ = try again.reconcile(isCommitted: { (_) throws(SteleError) in false }, now: Timestamp(seconds: 1000))
        try again.close()
        #expect(try Self.find(forms, in: folder) == [])
    }

    /// Writes something of every kind, and notes what must not be found.
    private func fill(_ vault: Vault, _ secrets: inout Secrets) async throws {
        let patient = secrets.word("patient")
        let seed = secrets.bytes()
        let subject = try await vault.directory.registerSubject(
            SubjectDraft(
                patient: patient, displayName: secrets.word("name"), birthDate: secrets.word("birth"),
                consentKey: secrets.bytes(), organisation: secrets.word("organisation")),
            unclaimedSeed: SecretBytes(seed.bytes))
        secrets.add(subject.id.bytes)
        secrets.add(subject.newestPolicyKey.secret.exposedCopy())
        let labels: Set<Label> = [.all, .category(secrets.word("category")), .sensitivity(secrets.word("sensitivity"))]
        let profiles = try await vault.directory.proposeProfiles(for: [labels], of: subject.id)
        try await vault.directory.confirmProfiles(profiles.map(\.number), of: subject.id)

        func draft(_ content: [UInt8]) -> RecordDraft {
            RecordDraft(
                ResourceName(type: secrets.word("type"), id: secrets.word("id")), content: content, labels: labels,
                lastUpdated: Sample.time,
                facts: SearchFacts(encoded: Array("\(secrets.word("system")) \(secrets.word("code"))".utf8)))
        }
        for round in 0..<20 {
            let transaction = secrets.bytes()
            let large = Array(String(repeating: secrets.word("large"), count: round == 0 ? 20_000 : 1).utf8)
            let drafts = [draft(Array(secrets.word("content").utf8)), draft(large)]
            let (_, records) = try await vault.stage(drafts, for: subject.id) { (_) throws(SteleError) in
                StagedTransaction(transaction, validUntil: 100)
            }
            for record in records { secrets.add(record.recordID.bytes) }
            switch round % 5 {
            case 3: try vault.discard(transaction)
            case 4: continue
            default: try vault.confirm(transaction)
            }
        }
        for entry in try vault.compartment(of: subject.id).entries {
            secrets.add(entry.salt.bytes)
            secrets.add(entry.anchor.bytes)
        }
        var actor = Sample.actor(secrets.word("actor"), did: secrets.word("did"), clientID: secrets.word("client"))
        actor.displayName = secrets.word("display")
        actor.roles = [secrets.word("role")]
        actor.didSalt = secrets.bytes()
        try await vault.directory.registerActor(actor)
        let request = KeptRequest(
            askerDID: secrets.word("asker"), askerDisplayName: secrets.word("doctor"),
            askerLabels: [.actor(secrets.word("label"))], purposes: [.purpose(secrets.word("purpose"))],
            action: secrets.word("action"), asked: secrets.word("asked"), withheld: secrets.word("withheld"),
            records: [], askerSignature: secrets.bytes().bytes,
            askerCommitmentSalt: secrets.bytes(), manifestSalt: secrets.bytes())
        try await vault.keep(request, for: secrets.bytes(), of: subject.id)
    }
}

// MARK: - Words and searching
extension CanaryTests {
    /// Words and random values that were given to the vault.
    private struct Secrets {
        let random: SystemRandom
        private(set) var values: [[UInt8]] = []

        init(_ random: SystemRandom) { self.random = random }

        mutating func word(_ kind: String) -> String {
            let word = "canary-\(kind)-\(Hex.encode(random.bytes(6)))"
            values.append(Array(word.utf8))
            return word
        }
        mutating func bytes() -> Bytes32 {
            let bytes = random.bytes32()
            values.append(bytes.bytes)
            return bytes
        }
        mutating func add(_ bytes: [UInt8]) { values.append(bytes) }
    }

    /// What every value has in common, and what the formats are made of.
    private static let vocabulary = ["canary", "did:", "Observation", "final"].map { Array($0.utf8) }

    /// `bytes` as they are, in hexadecimal of either case, and the middle of their base64 at each alignment.
    private static func forms(_ bytes: [UInt8]) -> [[UInt8]] {
        var forms = [bytes, Array(Hex.encode(bytes).utf8), Array(Hex.encode(bytes).uppercased().utf8)]
        for shift in 0..<3 {
            let padded = [UInt8](repeating: 0, count: shift) + bytes
            for variant in [Base64.Variant.standard, .url] {
                let text = Array(Base64.encode(padded, variant).utf8)
                // The first and last characters also depend on what stands around the value.
                forms.append(Array(text.dropFirst(4).dropLast(4)))
            }
        }
        return forms
    }

    /// The files under `folder` in which one of `forms` occurs.
    private static func find(_ forms: [[UInt8]], in folder: String) throws -> [String] {
        var found: [String] = []
        var fileCount = 0
        for case let name as String in FileManager.default.enumerator(atPath: folder)! {
            let path = "\(folder)/\(name)"
            guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { continue }
            fileCount += 1
            let bytes = [UInt8](data)
            for form in forms where Self.contains(form, bytes) {
                found.append("\(name): \(String(decoding: form, as: UTF8.self))")
            }
        }
        #expect(fileCount > 8)
        return found
    }

    private static func contains(_ form: [UInt8], _ bytes: [UInt8]) -> Bool {
        guard let first = form.first, bytes.count >= form.count else { return false }
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            let base = bytes.baseAddress!
            var place = 0
            while place <= bytes.count - form.count,
                let hit = unsafe memchr(base + place, Int32(first), bytes.count - form.count - place + 1)
            {
                place = unsafe base.distance(to: hit.assumingMemoryBound(to: UInt8.self))
                if unsafe memcmp(base + place, form, form.count) == 0 { return true }
                place += 1
            }
            return false
        }
    }
}
