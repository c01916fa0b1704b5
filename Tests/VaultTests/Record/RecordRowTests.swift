// Tests · a record's row opens as what it was sealed as, and as nothing else.
import Cryptography
import Primitives
import SteleTesting
import Testing

@testable import Vault

@Suite struct RecordRowTests {
    private let random = SeededRandom(7)
    private let category = CategoryKey(version: 1, secret: SecretBytes([UInt8](repeating: 9, count: 32)))
    private let binding = RecordBinding(
        subject: Bytes32(hex: "01" * 32)!, record: Bytes32(hex: "02" * 32)!, version: 3, keyVersion: 1,
        category: KeyCategory(name: "category/laboratory"))
    private let blobs = MemoryBlobs()
    private let blobID = Bytes32(hex: "05" * 32)!

    private func open(_ row: [UInt8], _ binding: RecordBinding) throws -> [UInt8] {
        let row = try RecordRow(row, binding, under: category)
        return try row.open(0..<row.byteCount, blob: blobID, in: blobs)
    }

    private func sealBlob(_ content: [UInt8]) throws -> [UInt8] {
        var row: [UInt8] = []
        try blobs.write(blobID) { (append) throws(SteleError) in
            row = try RecordRow.blob(content, binding, under: category, random: random, append: append)
        }
        return row
    }

    @Test func keepsSmallContentInside() throws {
        for count in [0, 1, 2048, 70_000, RecordRow.inlineByteCountMax] {
            let content = random.bytes(count)
            #expect(!RecordRow.needsBlob(content))
            let row = RecordRow.inline(content, binding, under: category, random: random)
            #expect(row.count == 73 + ContentSeal.sealedByteCount(count))
            #expect(try open(row, binding) == content)
        }
        #expect(RecordRow.needsBlob([UInt8](repeating: 0, count: RecordRow.inlineByteCountMax + 1)))
    }

    @Test func keepsLargeContentInABlob() throws {
        let content = random.bytes(5 * ContentSeal.chunkByteCount + 1)
        let row = try sealBlob(content)
        #expect(row.count == 73 + 56)
        #expect(blobs.contents[blobID]?.count == ContentSeal.sealedByteCount(content.count))
        #expect(try open(row, binding) == content)
        let opened = try RecordRow(row, binding, under: category)
        #expect(try opened.open(70_000..<200_000, blob: blobID, in: blobs) == Array(content[70_000..<200_000]))
    }

    @Test func comparesABlobWithItsRoot() throws {
        let content = random.bytes(2 * ContentSeal.chunkByteCount)
        let row = try sealBlob(content)
        // A descriptor with another root, sealed by somebody who has the record's key.
        let seal = try RecordRow(row, binding, under: category).seal
        var descriptor: [UInt8] = []
        descriptor.append(bigEndian: UInt64(content.count))
        descriptor.append(Bytes32.zero)
        let forged =
            row.prefix(73)
            + XChaCha20Poly1305.seal(
                descriptor, key: seal.key, nonce: ContentSeal.nonce(0, .descriptor), associated: seal.binding)
        let opened = try RecordRow(Array(forged), binding, under: category)
        #expect(throws: SteleError.self) { try opened.open(0..<content.count, blob: blobID, in: blobs) }
        #expect(try opened.open(0..<9, blob: blobID, in: blobs) == Array(content[..<9]))
    }

    @Test func isBoundToItsPlace() throws {
        let row = RecordRow.inline([1, 2, 3], binding, under: category, random: random)
        func changed(
            subject: Bytes32? = nil, record: Bytes32? = nil, version: UInt32 = 3, keyVersion: UInt32 = 1,
            category: String = "category/laboratory"
        ) -> RecordBinding {
            RecordBinding(
                subject: subject ?? binding.subject, record: record ?? binding.record, version: version,
                keyVersion: keyVersion, category: KeyCategory(name: category))
        }
        #expect(throws: Never.self) { try open(row, changed()) }
        for other in [
            changed(subject: .zero), changed(record: .zero), changed(version: 4), changed(keyVersion: 2),
            changed(category: "category/laborator"), changed(category: "general"),
        ] {
            #expect(throws: SteleError.self) { try open(row, other) }
        }
    }

    @Test func refusesEveryFlippedBit() throws {
        let content = random.bytes(40)
        let row = RecordRow.inline(content, binding, under: category, random: random)
        let large = random.bytes(ContentSeal.chunkByteCount + 9)
        let blobRow = try sealBlob(large)
        for index in row.indices {
            var flipped = row
            flipped[index] ^= 1 << UInt8(index & 7)
            #expect(throws: SteleError.self) { try open(flipped, binding) }
        }
        for index in blobRow.indices {
            var flipped = blobRow
            flipped[index] ^= 1 << UInt8(index & 7)
            #expect(throws: SteleError.self) { try open(flipped, binding) }
        }
        for count in 0..<row.count { #expect(throws: SteleError.self) { try open(Array(row[..<count]), binding) } }
        for count in 0..<blobRow.count {
            #expect(throws: SteleError.self) { try open(Array(blobRow[..<count]), binding) }
        }
        let blob = blobs.contents[blobID]!
        for index in stride(from: 0, to: blob.count, by: 997) {
            blobs.contents[blobID]![index] ^= 1
            #expect(throws: SteleError.self) { try open(blobRow, binding) }
            blobs.contents[blobID]![index] ^= 1
        }
        for count in [0, 1, ContentSeal.sealedChunkByteCount, blob.count - 1] {
            blobs.contents[blobID] = Array(blob[..<count])
            #expect(throws: SteleError.self) { try open(blobRow, binding) }
        }
        blobs.contents[blobID] = blob + [0]
        #expect(throws: SteleError.self) { try open(blobRow, binding) }
    }
}
