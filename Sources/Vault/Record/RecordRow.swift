// Vault · the row of one record: its wrapped key, and its content or where that is.
internal import Cryptography
internal import Primitives

/// ```
/// form u8 ‖ wrapped key 72 ‖ sealed content               form 1, up to 256 KiB of content
/// form u8 ‖ wrapped key 72 ‖ sealed descriptor 56         form 2, the sealed content is a blob
/// descriptor = content bytes u64 ‖ root over the sealed chunks 32
/// ```
/// The wrapped key is nonce 24 ‖ ciphertext 32 ‖ tag 16 under the category's key. Source: `docs/spec/vault.md` §7.
struct RecordRow {
    /// Content longer than this, in bytes, lies in a blob.
    static let inlineByteCountMax = 256 << 10

    private enum Form: UInt8 { case inline = 1, blob = 2 }
    private static let keyRange =
        1..<(1 + XChaCha20Poly1305.nonceByteCount + RootKey.byteCount + XChaCha20Poly1305.tagByteCount)

    /// What the content of a blob is.
    struct Descriptor: Equatable {
        let byteCount: Int
        let root: Digest
    }

    /// Where the content is.
    enum Body {
        case inline(sealed: ArraySlice<UInt8>, byteCount: Int)
        case blob(Descriptor)
    }

    /// Opens the content's chunks.
    let seal: ContentSeal
    let body: Body

    /// Whether `content` goes into a blob.
    static func needsBlob(_ content: [UInt8]) -> Bool { content.count > inlineByteCountMax }

    /// The row of `content` under a fresh key, and nothing anywhere else.
    static func inline(
        _ content: [UInt8], _ binding: RecordBinding, under category: CategoryKey, random: any RandomSource
    ) -> [UInt8] {
        var row = head(.inline, binding, category, random, bodyByteCount: ContentSeal.sealedByteCount(content.count))
        row.bytes += row.seal.seal(content)
        return row.bytes
    }

    /// The row of `content` under a fresh key; the sealed chunks go to `append`.
    static func blob(
        _ content: [UInt8], _ binding: RecordBinding, under category: CategoryKey, random: any RandomSource,
        append: ([UInt8]) throws(SteleError) -> Void
    ) throws(SteleError) -> [UInt8] {
        var row = head(.blob, binding, category, random, bodyByteCount: 56)
        var tree = ChunkTree()
        for index in 0..<ContentSeal.chunkCount(content.count) {
            let sealed = row.seal.chunk(index, of: content)
            tree.append(sealed[...])
            try append(sealed)
        }
        var descriptor: [UInt8] = []
        descriptor.append(bigEndian: UInt64(content.count))
        descriptor.append(tree.root)
        row.bytes += XChaCha20Poly1305.seal(
            descriptor, key: row.seal.key, nonce: ContentSeal.nonce(0, .descriptor), associated: row.seal.binding)
        return row.bytes
    }

    private static func head(
        _ form: Form, _ binding: RecordBinding, _ category: CategoryKey, _ random: any RandomSource, bodyByteCount: Int
    ) -> (bytes: [UInt8], seal: ContentSeal) {
        let key = SecretBytes.random(from: random)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(keyRange.upperBound + bodyByteCount)
        bytes.append(form.rawValue)
        bytes += XChaCha20Poly1305.sealWithNonce(
            key, key: category.secret, associated: binding.bytes(.recordKey), random: random)
        return (bytes, ContentSeal(key: key, binding: binding.bytes(.content)))
    }

    /// The row in `bytes`, its key unwrapped.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected` or `vault.damaged`.
    init(_ bytes: [UInt8], _ binding: RecordBinding, under category: CategoryKey) throws(SteleError) {
        guard bytes.count >= Self.keyRange.upperBound, let form = Form(rawValue: bytes[0]) else {
            throw .damaged("record")
        }
        let key = try XChaCha20Poly1305.openSecretWithNonce(
            Array(bytes[Self.keyRange]), key: category.secret, associated: binding.bytes(.recordKey))
        let seal = ContentSeal(key: key, binding: binding.bytes(.content))
        let rest = bytes[Self.keyRange.upperBound...]
        switch form {
        case .inline:
            guard let byteCount = ContentSeal.byteCount(sealed: rest.count) else { throw .damaged("record") }
            body = .inline(sealed: rest, byteCount: byteCount)
        case .blob:
            let descriptor = try XChaCha20Poly1305.open(
                rest, key: key, nonce: ContentSeal.nonce(0, .descriptor), associated: seal.binding)
            guard descriptor.count == 40 else { throw .damaged("record") }
            let byteCount = descriptor.bigEndian(at: 0, as: UInt64.self)
            guard byteCount <= UInt64(Int32.max) << 16 else { throw .damaged("record") }
            body = .blob(Descriptor(byteCount: Int(byteCount), root: Digest(descriptor, at: 8)))
        }
        self.seal = seal
    }

    /// How many bytes the content has.
    var byteCount: Int {
        switch body {
        case .inline(_, let byteCount): byteCount
        case .blob(let descriptor): descriptor.byteCount
        }
    }

    /// The content in `range`, which lies inside it. Opening all of a blob also checks the root over its chunks.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`, `vault.damaged`, `blob.unknown` or `blob.range`.
    func open(_ range: Range<Int>, blob id: @autoclosure () -> Bytes32, in blobs: any BlobStore) throws(SteleError)
        -> [UInt8]
    {
        switch body {
        case .inline(let sealed, let byteCount):
            return try seal.open(sealed, byteCount: byteCount, in: range)
        case .blob(let descriptor):
            let id = id()
            let sealedByteCount = ContentSeal.sealedByteCount(descriptor.byteCount)
            guard try blobs.byteCount(of: id) == sealedByteCount else { throw .damaged("record") }
            var tree = ChunkTree()
            let content = try seal.open(range, of: descriptor.byteCount) { (index) throws(SteleError) in
                let start = index * ContentSeal.sealedChunkByteCount
                let end = min(start + ContentSeal.sealedChunkByteCount, sealedByteCount)
                let sealed = try blobs.read(id, in: start..<end)[...]
                tree.append(sealed)
                return sealed
            }
            if tree.count == ContentSeal.chunkCount(descriptor.byteCount), tree.root != descriptor.root {
                throw .damaged("record")
            }
            return content
        }
    }
}
