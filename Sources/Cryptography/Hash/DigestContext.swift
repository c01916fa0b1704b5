// Cryptography · a running SHA-2 digest of OpenSSL.
internal import COpenSSL

/// The SHA-2 functions reached through ``DigestContext``.
enum DigestAlgorithm {
    case sha256, sha384, sha512

    /// How many bytes the function hashes at a time: HMAC pads its key to this.
    var blockByteCount: Int { self == .sha256 ? 64 : 128 }

    /// How many bytes a digest has.
    var digestByteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// OpenSSL's description of the function, which lives as long as the process.
    @unsafe
    var handle: OpaquePointer {
        switch self {
        case .sha256: unsafe EVP_sha256()
        case .sha384: unsafe EVP_sha384()
        case .sha512: unsafe EVP_sha512()
        }
    }
}

/// One digest being computed. Owns its OpenSSL context; `deinit` wipes and frees it exactly once.
@safe
struct DigestContext: ~Copyable {
    private let handle: OpaquePointer
    let algorithm: DigestAlgorithm

    /// An empty digest.
    init(_ algorithm: DigestAlgorithm) {
        guard let handle = unsafe EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        unsafe self.handle = handle
        self.algorithm = algorithm
        let code = unsafe EVP_DigestInit_ex(handle, algorithm.handle, nil)
        precondition(code == 1, "SHA-2 is missing from this machine's OpenSSL")
    }

    deinit { unsafe EVP_MD_CTX_free(handle) }

    /// Takes in `bytes`.
    @unsafe
    mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count > 0 else { return }
        let code = unsafe EVP_DigestUpdate(handle, bytes.baseAddress, bytes.count)
        precondition(code == 1, "OpenSSL cannot hash")
    }

    /// Writes the digest to `digest`, which has room for it. Nothing is taken in after that.
    @unsafe
    mutating func finish(into digest: UnsafeMutablePointer<UInt8>) {
        let code = unsafe EVP_DigestFinal_ex(handle, digest, nil)
        precondition(code == 1, "OpenSSL cannot hash")
    }
}
