// Tests · chunks open alone, and nothing else opens.
import Cryptography
import Primitives
import Testing

@testable import Vault

@Suite struct ContentSealTests {
    private static let chunk = ContentSeal.chunkByteCount
    private static let sealedChunk = ContentSeal.sealedChunkByteCount
    private let random = SeededRandom(5)
    private var seal: ContentSeal {
        ContentSeal(key: SecretBytes([UInt8](repeating: 7, count: 32)), binding: [1, 2, 3])
    }

    @Test(arguments: [0, 1, 100, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 17])
    func opensAsItWasSealed(byteCount: Int) throws {
        let content = random.bytes(byteCount)
        let sealed = seal.seal(content)
        #expect(sealed.count == ContentSeal.sealedByteCount(byteCount))
        #expect(ContentSeal.byteCount(sealed: sealed.count) == byteCount)
        #expect(try seal.open(sealed[...], byteCount: byteCount, in: 0..<byteCount) == content)
    }

    @Test func knowsWhichLengthsAreNone() {
        for byteCount in 0..<16 { #expect(ContentSeal.byteCount(sealed: byteCount) == nil) }
        #expect(ContentSeal.byteCount(sealed: 16) == 0)
        // A last chunk that is only a tag, after a full one.
        #expect(ContentSeal.byteCount(sealed: Self.sealedChunk + 16) == nil)
        #expect(ContentSeal.byteCount(sealed: Self.sealedChunk + 17) == Self.chunk + 1)
    }

    @Test func opensRangesByThemselves() throws {
        let content = random.bytes(3 * Self.chunk + 100)
        let sealed = seal.seal(content)
        var ranges = [
            0..<0, 0..<1, content.count..<content.count, Self.chunk..<Self.chunk, Self.chunk - 1..<Self.chunk + 1,
        ]
        for bytes in (0..<40).map({ _ in random.bytes(8) }) {
            let a = Int(bytes.bigEndian(at: 0, as: UInt32.self)) % (content.count + 1)
            let b = Int(bytes.bigEndian(at: 4, as: UInt32.self)) % (content.count + 1)
            ranges.append(min(a, b)..<max(a, b))
        }
        for range in ranges {
            #expect(try seal.open(sealed[...], byteCount: content.count, in: range) == Array(content[range]))
        }
        // Damage in one chunk is seen only by those who read it.
        var damaged = sealed
        damaged[Self.sealedChunk + 5] ^= 1
        #expect(
            try seal.open(damaged[...], byteCount: content.count, in: 0..<Self.chunk) == Array(content[..<Self.chunk]))
        #expect(throws: SteleError.self) {
            try seal.open(damaged[...], byteCount: content.count, in: Self.chunk - 1..<Self.chunk + 1)
        }
    }

    @Test func refusesChunksCutSwappedOrRepeated() {
        let content = random.bytes(3 * Self.chunk)
        let sealed = seal.seal(content)
        func chunk(_ index: Int) -> [UInt8] { Array(sealed[index * Self.sealedChunk..<(index + 1) * Self.sealedChunk]) }
        let forgeries: [(bytes: [UInt8], byteCount: Int)] = [
            (chunk(0) + chunk(1), 2 * Self.chunk), (chunk(0), Self.chunk), (chunk(1) + chunk(2), 2 * Self.chunk),
            (chunk(1) + chunk(0) + chunk(2), 3 * Self.chunk), (chunk(0) + chunk(0) + chunk(2), 3 * Self.chunk),
            (chunk(0) + chunk(2), 2 * Self.chunk), (sealed + chunk(2), 4 * Self.chunk),
        ]
        for forgery in forgeries {
            #expect(throws: SteleError.self) {
                try seal.open(forgery.bytes[...], byteCount: forgery.byteCount, in: 0..<forgery.byteCount)
            }
        }
    }

    @Test func refusesAnotherKeyOrBinding() {
        let sealed = seal.seal([1, 2, 3])
        let others = [
            ContentSeal(key: seal.key, binding: [1, 2, 4]), ContentSeal(key: seal.key, binding: []),
            ContentSeal(key: SecretBytes([UInt8](repeating: 8, count: 32)), binding: [1, 2, 3]),
        ]
        for other in others {
            #expect(throws: SteleError.self) { try other.open(sealed[...], byteCount: 3, in: 0..<3) }
        }
    }

    @Test func givesEachPartItsOwnNonce() {
        #expect(ContentSeal.nonce(0, .more) == [UInt8](repeating: 0, count: 24))
        #expect(ContentSeal.nonce(258, .last) == [UInt8](repeating: 0, count: 21) + [1, 2, 1])
        let nonces = (0..<300).flatMap { index in
            [ContentSeal.nonce(index, .more), ContentSeal.nonce(index, .last), ContentSeal.nonce(index, .descriptor)]
        }
        #expect(Set(nonces).count == nonces.count)
    }
}

@Suite struct ChunkTreeTests {
    /// RFC 6962 §2.1, as it is written there.
    private func root(_ chunks: ArraySlice<[UInt8]>) -> Digest {
        guard chunks.count > 1 else { return SHA256.hash([0] + chunks.first!) }
        var split = 1
        while 2 * split < chunks.count { split *= 2 }
        let middle = chunks.startIndex + split
        return SHA256.hash([1] + root(chunks[..<middle]).bytes + root(chunks[middle...]).bytes)
    }

    @Test func agreesWithTheDefinition() {
        let random = SeededRandom(6)
        let chunks = (0..<70).map { random.bytes($0) }
        var tree = ChunkTree()
        for count in 1...chunks.count {
            tree.append(chunks[count - 1][...])
            #expect(tree.count == count && tree.root == root(chunks[..<count]))
        }
    }
}
