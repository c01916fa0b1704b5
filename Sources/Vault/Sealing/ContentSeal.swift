// Vault · content in chunks that open and verify alone.
internal import Cryptography
internal import Primitives

/// Content sealed under a key used for it alone, in chunks of 64 KiB of plaintext.
///
/// ```
/// nonce of a chunk: 15 zero bytes ‖ index u64 ‖ role      role 00 a chunk follows, 01 the last, 02 a blob's descriptor
/// sealed chunk:     ciphertext ‖ tag 16                   16 bytes longer than the plaintext
/// ```
/// Content has at least one chunk; only the last is shorter than 64 KiB, and it is empty only if the content is. The
/// index and the role in the nonce refuse chunks reordered, repeated, dropped or cut off at the end: STREAM (Hoang,
/// Reyhanitabar, Rogaway and Vizár 2015, "Online authenticated-encryption and its nonce-reuse misuse-resistance").
struct ContentSeal {
    /// Plaintext bytes of every chunk but the last.
    static let chunkByteCount = 64 << 10
    /// Sealed bytes of every chunk but the last.
    static let sealedChunkByteCount = chunkByteCount + XChaCha20Poly1305.tagByteCount

    /// What a nonce is for.
    enum Role: UInt8 { case more, last, descriptor }

    let key: SecretBytes
    let binding: [UInt8]

    /// How many chunks content of `byteCount` bytes has.
    static func chunkCount(_ byteCount: Int) -> Int { max(1, (byteCount + chunkByteCount - 1) / chunkByteCount) }

    /// How many bytes content of `byteCount` bytes has when sealed.
    static func sealedByteCount(_ byteCount: Int) -> Int {
        byteCount + chunkCount(byteCount) * XChaCha20Poly1305.tagByteCount
    }

    /// How many bytes the content of `sealedByteCount` sealed bytes has, or nil if no content has that many.
    static func byteCount(sealed sealedByteCount: Int) -> Int? {
        let chunkCount = (sealedByteCount + sealedChunkByteCount - 1) / sealedChunkByteCount
        let byteCount = sealedByteCount - chunkCount * XChaCha20Poly1305.tagByteCount
        return byteCount >= 0 && Self.sealedByteCount(byteCount) == sealedByteCount ? byteCount : nil
    }

    /// The plaintext range of chunk `index`.
    static func range(ofChunk index: Int, in byteCount: Int) -> Range<Int> {
        index * chunkByteCount..<min((index + 1) * chunkByteCount, byteCount)
    }

    /// Chunk `index` of `content`, sealed.
    func chunk(_ index: Int, of content: [UInt8]) -> [UInt8] {
        let role = index == Self.chunkCount(content.count) - 1 ? Role.last : .more
        return XChaCha20Poly1305.seal(
            content[Self.range(ofChunk: index, in: content.count)], key: key, nonce: Self.nonce(index, role),
            associated: binding)
    }

    /// The plaintext of a sealed chunk, `index` of `chunkCount`.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    func open(_ sealed: ArraySlice<UInt8>, chunk index: Int, of chunkCount: Int) throws(SteleError) -> [UInt8] {
        try XChaCha20Poly1305.open(
            sealed, key: key, nonce: Self.nonce(index, index == chunkCount - 1 ? .last : .more), associated: binding)
    }

    /// All of `content`, sealed chunk after chunk.
    func seal(_ content: [UInt8]) -> [UInt8] {
        let chunkCount = Self.chunkCount(content.count)
        if chunkCount == 1 { return chunk(0, of: content) }
        var sealed: [UInt8] = []
        sealed.reserveCapacity(Self.sealedByteCount(content.count))
        for index in 0..<chunkCount { sealed += chunk(index, of: content) }
        return sealed
    }

    /// The plaintext in `range` of content sealed in `sealed`, of which only the chunks that hold it are opened.
    ///
    /// - Throws: ``SteleError`` with code `sealed.rejected`.
    func open(_ sealed: ArraySlice<UInt8>, byteCount: Int, in range: Range<Int>) throws(SteleError) -> [UInt8] {
        let chunkCount = Self.chunkCount(byteCount)
        if chunkCount == 1, range == 0..<byteCount { return try open(sealed, chunk: 0, of: 1) }
        return try open(range, of: byteCount) { (index) throws(SteleError) in
            sealed[sealed.startIndex...].dropFirst(index * Self.sealedChunkByteCount).prefix(Self.sealedChunkByteCount)
        }
    }

    /// The plaintext in `range`, where `chunk` gives each sealed chunk that holds some of it.
    func open(
        _ range: Range<Int>, of byteCount: Int, chunk: (Int) throws(SteleError) -> ArraySlice<UInt8>
    ) throws(SteleError) -> [UInt8] {
        let chunkCount = Self.chunkCount(byteCount)
        let first = range.lowerBound / Self.chunkByteCount
        let last = range.isEmpty ? first : (range.upperBound - 1) / Self.chunkByteCount
        var content: [UInt8] = []
        content.reserveCapacity(range.count)
        for index in first...min(last, chunkCount - 1) {
            let plain = try open(chunk(index), chunk: index, of: chunkCount)
            let place = Self.range(ofChunk: index, in: byteCount)
            guard plain.count == place.count else { throw .damaged("record") }
            let wanted = place.clamped(to: range)
            content += plain[(wanted.lowerBound - place.lowerBound)..<(wanted.upperBound - place.lowerBound)]
        }
        return content
    }

    static func nonce(_ index: Int, _ role: Role) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: 15)
        nonce.reserveCapacity(XChaCha20Poly1305.nonceByteCount)
        nonce.append(bigEndian: UInt64(index))
        nonce.append(role.rawValue)
        return nonce
    }
}
