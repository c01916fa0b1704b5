// Tests · a second reader, written from `docs/spec/vault.md` and using nothing of the vault's own code but its rows.
import Cryptography
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

@Suite struct SpecificationTests {
    // MARK: - The page's notation

    private func hkdf(_ key: SecretBytes, _ text: String) -> SecretBytes { HKDF.sha256.derive(from: key, info: text) }

    private func name(_ key: SecretBytes, _ kind: String, _ id: [UInt8]) -> [UInt8] {
        HMACSHA256.code(of: Array(kind.utf8) + [0] + id, key: key).bytes
    }

    private func u32(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    private func u64(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) } }

    private func binding(_ kind: String, _ fields: [UInt8]...) -> [UInt8] {
        Array("stele/v1/vault/\(kind)".utf8) + [0] + fields.joined()
    }

    private func open(_ sealed: [UInt8], _ key: SecretBytes, _ binding: [UInt8]) throws -> [UInt8] {
        try XChaCha20Poly1305.open(
            Array(sealed.dropFirst(24)), key: key, nonce: Array(sealed.prefix(24)), associated: binding)
    }

    // MARK: - Reading

    @Test(arguments: [5, 200_000, 400_000])
    func aRecordOpensByTheLetterOfThePage(byteCount: Int) async throws {
        let disk = VaultDisk(seed: 77)
        let vault = try disk.create()
        let registered = try await vault.subject("p1")
        let content = SeededRandom(78).bytes(byteCount)
        let transaction = try await vault.stage(
            [Sample.draft("a", bytes: content, labels: Sample.secretLabels)], registered.id)
        try vault.confirm(transaction)
        let kept = Sample.request(try vault.compartment(of: registered.id).entries)
        try await vault.keep(kept, for: transaction, of: registered.id)
        try vault.close()
        let stores = try disk.stores()
        let families = Dictionary(uniqueKeysWithValues: Vault.contentFamilies.map { ($0.name, $0) })
        func key(_ row: [UInt8]) throws -> [UInt8]? { try stores.keys.get(row, in: Vault.keyFamilies[0]) }
        func person(_ row: [UInt8]) throws -> [UInt8]? { try stores.keys.get(row, in: Vault.keyFamilies[1]) }
        func row(_ row: [UInt8], _ family: String) throws -> [UInt8]? {
            try stores.content.get(row, in: families[family]!)
        }

        // §3, §5: from the root to the patient. §10: the subject by the patient's id.
        let epoch = u32(1)
        let root = Dictionary(
            uniqueKeysWithValues: ["wrap", "seal", "name", "check"].map {
                ($0, hkdf(disk.root.secret, "stele/v1/vault/root/\($0)"))
            })
        let check = HMACSHA256.code(of: Array("stele/v1/vault/check".utf8) + [0] + epoch, key: root["check"]!)
        #expect(try key([0] + epoch) == check.bytes)
        let lookup = [2] + name(root["name"]!, "patient", Array("p1".utf8))
        let subject = try open(
            try #require(try person(lookup)), root["seal"]!, binding("directory", epoch, lookup))
        #expect(subject == registered.id.bytes)
        let slot = try #require(try key([1] + name(root["name"]!, "subject", subject)))
        #expect(slot.count == 72)
        let patientKey = SecretBytes(try open(slot, root["wrap"]!, binding("patient-key", epoch, subject)))
        let patient = Dictionary(
            uniqueKeysWithValues: ["wrap", "seal", "name"].map {
                ($0, hkdf(patientKey, "stele/v1/vault/patient/\($0)"))
            })
        let prefix = Array(name(patient["name"]!, "rows", subject).prefix(16))
        func patientRow(_ kind: String, _ id: [UInt8]) -> [UInt8] {
            prefix + name(patient["name"]!, kind, id).prefix(16)
        }

        // §5: the policy key. §3: the category's key.
        let policy = try #require(try key([3] + prefix + u32(1)))
        let policyKey = try open(policy, patient["wrap"]!, binding("policy-key", subject, u32(1)))
        #expect(policyKey == registered.newestPolicyKey.secret.exposedCopy())
        let category = Array("sensitivity/PSY".utf8)
        let wrapped = try #require(try key([2] + patientRow("category", category) + u32(1)))
        let categoryKey = SecretBytes(
            try open(wrapped, patient["wrap"]!, binding("category-key", subject, u32(1), category)))

        // §8: the compartment has two deltas, staged and confirmed.
        let staged = try open(
            try #require(try row(prefix + [1] + u64(0), "compartment")), patient["seal"]!,
            binding("delta", subject, u64(0)))
        let confirmed = try open(
            try #require(try row(prefix + [1] + u64(1), "compartment")), patient["seal"]!,
            binding("delta", subject, u64(1)))
        #expect(confirmed == [0x82, 0x01, 0x58, 32] + transaction.bytes)
        var reader = CBORReader(staged)
        _ = try reader.readArrayCount(3...3)
        #expect(try reader.readUInt() == 0 && reader.readBytes32() == transaction && reader.readArrayCount() == 1)
        _ = try reader.readArrayCount(14...14)
        let record = try reader.readBytes32()
        #expect(try reader.readText() == "Observation" && reader.readText() == "a" && reader.readUInt() == 1)
        #expect(try reader.readUInt() == Sample.time.milliseconds)
        #expect(try reader.readUInt() == UInt64(registered.profile(for: Sample.secretLabels)!.number))
        #expect(try reader.readText() == "sensitivity/PSY" && reader.readUInt() == 1)
        let salt = try reader.readBytes32()
        let anchor = try reader.readBytes32()
        #expect(try reader.readUInt() == UInt64(byteCount) && reader.readBool() == false)
        #expect(try reader.readBytes32() == transaction && reader.readBytes() == [0x80])

        // §7: the row and the anchor. §6: the chunks.
        let stored = try #require(try row(patientRow("record", record.bytes), "record"))
        let fields = [subject, record.bytes, u32(1), u32(1), category].flatMap { $0 }
        let recordKey = SecretBytes(try open(Array(stored[1..<73]), categoryKey, binding("record-key", fields)))
        func chunk(_ sealed: [UInt8], _ index: Int, role: UInt8) throws -> [UInt8] {
            try XChaCha20Poly1305.open(
                sealed, key: recordKey, nonce: [UInt8](repeating: 0, count: 15) + u64(UInt64(index)) + [role],
                associated: binding("content", fields))
        }
        var sealed = Array(stored[73...])
        if byteCount > 262_144 {
            #expect(stored[0] == 2 && stored.count == 73 + 56)
            let descriptor = try chunk(sealed, 0, role: 2)
            let blob = Bytes32(name(patient["name"]!, "blob", record.bytes))!
            sealed = try #require(disk.blobs.contents[blob])
            #expect(descriptor == u64(UInt64(byteCount)) + merkleRoot(sealed.chunks(65_552)).bytes)
        } else {
            #expect(stored[0] == 1)
        }
        var opened: [UInt8] = []
        let chunks = sealed.chunks(65_552)
        for (index, bytes) in chunks.enumerated() {
            opened += try chunk(bytes, index, role: index == chunks.count - 1 ? 1 : 0)
        }
        #expect(opened == content)
        #expect(HMACSHA256.code(of: SHA256.hash(opened), salt: salt) == anchor)

        // §9: the kept request, as far as its first field. §11: nothing is pending any more.
        let request = try open(
            try #require(try row(patientRow("request", transaction.bytes), "request")), patient["seal"]!,
            binding("request", subject, transaction.bytes))
        var requestReader = CBORReader(request)
        #expect(try requestReader.readArrayCount() == 12 && requestReader.readText() == kept.askerDID)
        #expect(try row([1] + name(root["name"]!, "pending", transaction.bytes), "pending") == nil)
        // §10: whose the resource is.
        let located = [6] + name(root["name"]!, "resource", Array("Observation/a".utf8))
        #expect(
            try open(try #require(try row(located, "directory")), root["seal"]!, binding("directory", epoch, located))
                == subject)
    }

    /// RFC 6962 §2.1.
    private func merkleRoot(_ entries: [[UInt8]]) -> Digest {
        guard entries.count > 1 else { return SHA256.hash([0] + entries[0]) }
        var split = 1
        while 2 * split < entries.count { split *= 2 }
        let (left, right) = (merkleRoot(Array(entries[..<split])), merkleRoot(Array(entries[split...])))
        return SHA256.hash([1] + left.bytes + right.bytes)
    }
}

extension [UInt8] {
    fileprivate func chunks(_ byteCount: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: byteCount).map { Array(self[$0..<Swift.min($0 + byteCount, count)]) }
    }
}
