// Cryptography · an X.509 certificate held by OpenSSL.
internal import COpenSSL
internal import Primitives

/// A certificate of OpenSSL. Owns its handle; `deinit` frees it exactly once.
@safe
struct X509Handle: ~Copyable {
    let handle: OpaquePointer

    /// An empty certificate of version 3.
    init() throws(SteleError) {
        guard let handle = unsafe X509_new() else { preconditionFailure("out of memory") }
        unsafe self.handle = handle
        guard unsafe X509_set_version(handle, 2) == 1 else { throw .openSSL("OpenSSL cannot begin a certificate") }
    }

    /// The first certificate in PEM text, or nil.
    init?(pem: String) {
        let bytes = Array(pem.utf8)
        let buffer = unsafe BIO_new_mem_buf(bytes, CInt(clamping: bytes.count))
        defer { unsafe BIO_free(buffer) }
        guard let handle = unsafe PEM_read_bio_X509(buffer, nil, nil, nil) else {
            ERR_clear_error()
            return nil
        }
        unsafe self.handle = handle
    }

    deinit { unsafe X509_free(handle) }

    /// Adds the extension `identifier` with `value` in OpenSSL's configuration syntax.
    borrowing func add(
        extension identifier: CInt, _ value: String, issuer: borrowing X509Handle
    ) throws(SteleError) {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, issuer.handle, handle, nil, nil, 0)
        let made = unsafe X509V3_EXT_conf_nid(nil, &context, identifier, value)
        defer { unsafe X509_EXTENSION_free(made) }
        guard let made = unsafe made, unsafe X509_add_ext(handle, made, -1) == 1 else {
            throw .openSSL("OpenSSL refuses an extension of a certificate")
        }
    }

    /// The certificate as PEM text.
    borrowing func pem() throws(SteleError) -> String {
        let bytes = try unsafe MemoryBuffer.write { unsafe PEM_write_bio_X509($0, handle) }
        return String(decoding: bytes.exposedCopy(), as: UTF8.self)
    }
}

/// Bytes that OpenSSL writes, kept in memory that is wiped.
enum MemoryBuffer {
    /// What `body` writes to the buffer it is given; its result is 1 when that went well.
    static func write(_ body: (OpaquePointer) -> CInt) throws(SteleError) -> SecretBytes {
        guard let buffer = unsafe BIO_new(BIO_s_mem()) else { preconditionFailure("out of memory") }
        defer { unsafe BIO_free(buffer) }
        guard unsafe body(buffer) == 1 else { throw .openSSL("OpenSSL cannot write a key or certificate") }
        let count = unsafe BIO_ctrl(buffer, BIO_CTRL_PENDING, 0, nil)
        var readCount: CInt = 0
        let bytes = unsafe SecretBytes(count: count) { bytes in
            unsafe readCount = BIO_read(buffer, bytes.baseAddress!, CInt(count))
        }
        guard Int(readCount) == count else { throw .openSSL("OpenSSL cannot write a key or certificate") }
        return bytes
    }
}
