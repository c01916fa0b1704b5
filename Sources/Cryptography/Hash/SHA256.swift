// Cryptography · SHA-256 (FIPS 180-4), the only hash of the ledger.
internal import COpenSSL
public import Primitives

/// SHA-256 in one call. The context is reused by each thread: about 100 ns for two blocks.
public enum SHA256 {
    /// The digest of `bytes`.
    public static func hash(_ bytes: [UInt8]) -> Digest {
        unsafe bytes.withUnsafeBufferPointer { unsafe hash(loading: $0.baseAddress, count: $0.count) }
    }

    /// The digest of a slice.
    public static func hash(_ bytes: ArraySlice<UInt8>) -> Digest {
        unsafe bytes.withUnsafeBufferPointer { unsafe hash(loading: $0.baseAddress, count: $0.count) }
    }

    /// The digest of `prefix ‖ left ‖ right`: an inner node of the log (RFC 6962 §2.1).
    public static func hash(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65) { buffer in
            let start = buffer.baseAddress!
            unsafe start.pointee = prefix
            unsafe left.store(to: start + 1)
            unsafe right.store(to: start + 33)
            return unsafe hash(loading: start, count: 65)
        }
    }

    /// The digest of `prefix ‖ left ‖ right`, for the short ASCII prefixes of the state tree.
    public static func hash(prefix: StaticString, _ left: Digest, _ right: Digest) -> Digest {
        let prefixCount = prefix.utf8CodeUnitCount
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: prefixCount + 64) { buffer in
            let start = buffer.baseAddress!
            unsafe start.update(from: prefix.utf8Start, count: prefixCount)
            unsafe left.store(to: start + prefixCount)
            unsafe right.store(to: start + prefixCount + 32)
            return unsafe hash(loading: start, count: prefixCount + 64)
        }
    }

    /// The digest of `"stele/v1/" ‖ tag ‖ 0x00 ‖ bytes`: every hash that no outside standard defines.
    public static func hash(tag: StaticString, _ bytes: [UInt8]) -> Digest {
        unsafe bytes.withUnsafeBufferPointer { unsafe hash(tag: tag, $0) }
    }

    /// The digest of `"stele/v1/" ‖ tag ‖ 0x00 ‖ bytes`, of a slice.
    public static func hash(tag: StaticString, _ bytes: ArraySlice<UInt8>) -> Digest {
        unsafe bytes.withUnsafeBufferPointer { unsafe hash(tag: tag, $0) }
    }

    @unsafe
    private static func hash(tag: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) -> Digest {
        unsafe withTagged(tag, UnsafeBufferPointer(start: nil, count: 0)) { head in
            unsafe hash(joining: head, bytes)
        }
    }

    /// Calls `body` with `"stele/v1/" ‖ tag ‖ 0x00 ‖ bytes`, on the stack while that is at most 1 KiB.
    @unsafe
    static func withTagged<Result>(
        _ tag: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let prefix: StaticString = "stele/v1/"
        let tagStart = prefix.utf8CodeUnitCount
        let start = tagStart + tag.utf8CodeUnitCount + 1
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: start + bytes.count) { buffer in
            let base = buffer.baseAddress!
            unsafe base.update(from: prefix.utf8Start, count: tagStart)
            unsafe (base + tagStart).update(from: tag.utf8Start, count: tag.utf8CodeUnitCount)
            unsafe (base + start - 1).pointee = 0
            if let source = bytes.baseAddress { unsafe (base + start).update(from: source, count: bytes.count) }
            return unsafe body(UnsafeBufferPointer(buffer))
        }
    }

    /// The digest of `head ‖ bytes`, copying neither.
    @unsafe
    static func hash(joining head: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>) -> Digest {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
            let isDone = unsafe stele_sha256(
                head.baseAddress, head.count, bytes.baseAddress, bytes.count, digest.baseAddress!)
            precondition(isDone == 1, "SHA-256 is missing from this machine's OpenSSL")
            return unsafe Digest(loading: digest.baseAddress!)
        }
    }

    /// The digest of `count` bytes at `pointer`.
    @unsafe
    static func hash(loading pointer: UnsafePointer<UInt8>?, count: Int) -> Digest {
        unsafe hash(
            joining: UnsafeBufferPointer(start: nil, count: 0), UnsafeBufferPointer(start: pointer, count: count))
    }
}
