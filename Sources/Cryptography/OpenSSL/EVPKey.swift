// Cryptography · an asymmetric key held by OpenSSL.
internal import COpenSSL
internal import Primitives

extension SteleError {
    /// A key whose parameters make none.
    static func malformedKey(_ message: String) -> SteleError {
        SteleError(.keyMalformed, message, hint: "ask the key's owner for the JSON Web Key it generated")
    }

    /// The library's newest complaint; its queue is emptied, so that a later call does not find this one's.
    static func openSSL(_ message: String) -> SteleError {
        let number = ERR_peek_last_error()
        ERR_clear_error()
        let cause: String? = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard number != 0 else { return nil }
            unsafe ERR_error_string_n(number, text.baseAddress!, text.count)
            return unsafe String(cString: text.baseAddress!)
        }
        return SteleError(
            .cryptographyFailed, message, hint: "check that OpenSSL 3 and its default provider are installed",
            cause: cause)
    }
}

/// A key of OpenSSL. Owns its handle; `deinit` wipes and frees it exactly once.
@safe
struct EVPKey: ~Copyable {
    let handle: OpaquePointer

    /// Takes over `handle`.
    @unsafe
    init(owning handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// The public key at `point` (uncompressed, SEC 1 §2.3.3), which OpenSSL checks to be on the curve.
    init(_ curve: JWKCurve, point: [UInt8]) throws(SteleError) {
        let handle = unsafe Self.publicKey("EC", .text("group", curve.groupName), .bytes("pub", point))
        guard let handle = unsafe handle else {
            ERR_clear_error()
            throw .malformedKey("a point is not on \(curve.rawValue)")
        }
        unsafe self.init(owning: handle)
    }

    /// The RSA public key with this modulus and exponent, most significant byte first.
    init(modulus: [UInt8], exponent: [UInt8]) throws(SteleError) {
        let handle = unsafe Self.publicKey("RSA", .integer("n", modulus), .integer("e", exponent))
        guard let handle = unsafe handle else {
            ERR_clear_error()
            throw .malformedKey("OpenSSL refuses an RSA key")
        }
        unsafe self.init(owning: handle)
    }

    /// A new key on `curve`.
    static func generate(_ curve: JWKCurve) throws(SteleError) -> EVPKey {
        try unsafe generate("EC") { context in
            unsafe EVP_PKEY_CTX_set_group_name(context, curve.groupName) == 1
        }
    }

    /// A new RSA key of `bitCount` bits with the exponent 65,537.
    static func generateRSA(bitCount: Int) throws(SteleError) -> EVPKey {
        try unsafe generate("RSA") { context in
            unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, CInt(bitCount)) == 1
        }
    }

    private static func generate(
        _ type: String, _ configure: (OpaquePointer) -> Bool
    ) throws(SteleError) -> EVPKey {
        let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var handle: OpaquePointer?
        guard let context = unsafe context, unsafe EVP_PKEY_keygen_init(context) == 1, unsafe configure(context),
            unsafe EVP_PKEY_generate(context, &handle) == 1, let handle = unsafe handle
        else { throw .openSSL("OpenSSL cannot make a key of type \(type)") }
        return unsafe EVPKey(owning: handle)
    }
}

// MARK: - Signatures
extension EVPKey {
    /// Whether `signature`, in OpenSSL's own form, is one of `message`.
    borrowing func isValid(signature: [UInt8], of message: [UInt8], digest: DigestAlgorithm) -> Bool {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        // RSA keys get PKCS #1 v1.5 padding unless another is asked for.
        guard unsafe EVP_DigestVerifyInit(context, nil, digest.handle, nil, handle) == 1 else {
            ERR_clear_error()
            return false
        }
        let isValid =
            unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// The signature of `message`, in OpenSSL's own form.
    borrowing func sign(_ message: [UInt8], digest: DigestAlgorithm) throws(SteleError) -> [UInt8] {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        var count = 0
        guard unsafe EVP_DigestSignInit(context, nil, digest.handle, nil, handle) == 1,
            unsafe EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw .openSSL("OpenSSL cannot sign") }
        var signature = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw .openSSL("OpenSSL cannot sign")
        }
        return Array(signature.prefix(count))
    }
}

// MARK: - Parts
extension EVPKey {
    /// The integer parameter `name`, most significant byte first, padded with zeros to `width` bytes if that is given.
    borrowing func integer(_ name: String, width: Int? = nil) throws(SteleError) -> [UInt8] {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(handle, name, &number) == 1 else {
            throw .openSSL("OpenSSL does not give the key's parameter \(name)")
        }
        defer { unsafe BN_clear_free(number) }
        let count = width ?? (Int(unsafe BN_num_bits(number)) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe BN_bn2binpad(number, &bytes, CInt(count)) == CInt(count) else {
            throw .openSSL("the key's parameter \(name) is too long")
        }
        return bytes
    }
}

// MARK: - Loading
/// One named parameter of a key, as OpenSSL takes them. The name outlives every call.
private struct KeyParameter {
    var name: StaticString
    var type: UInt32
    /// The value, and after it a zero that does not count: OpenSSL reads the name of a group to its zero.
    var bytes: [UInt8]

    private init(_ name: StaticString, _ type: CInt, _ bytes: [UInt8]) {
        self.name = name
        self.type = UInt32(type)
        self.bytes = bytes + [0]
    }

    /// Text.
    static func text(_ name: StaticString, _ text: String) -> KeyParameter {
        KeyParameter(name, OSSL_PARAM_UTF8_STRING, Array(text.utf8))
    }

    /// Bytes as they are.
    static func bytes(_ name: StaticString, _ bytes: [UInt8]) -> KeyParameter {
        KeyParameter(name, OSSL_PARAM_OCTET_STRING, bytes)
    }

    /// An unsigned integer, most significant byte first. OpenSSL takes the machine's order, which is the other one on
    /// every machine Swift runs on.
    static func integer(_ name: StaticString, _ bytes: [UInt8]) -> KeyParameter {
        KeyParameter(name, OSSL_PARAM_UNSIGNED_INTEGER, bytes.reversed())
    }

    /// Calls `body` with the parameter, which is valid only inside.
    @unsafe
    mutating func withParameter<Result>(_ body: (OSSL_PARAM) -> Result) -> Result {
        let (name, type) = (name, type)
        return unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount + 1) { name in
                unsafe body(
                    OSSL_PARAM(
                        key: name, data_type: type, data: bytes.baseAddress, data_size: bytes.count - 1, return_size: 0)
                )
            }
        }
    }
}

extension EVPKey {
    /// A public key of type `type` with two parameters, or nil if they make none.
    @unsafe
    private static func publicKey(_ type: String, _ first: KeyParameter, _ second: KeyParameter) -> OpaquePointer? {
        var (first, second) = (first, second)
        let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_fromdata_init(context) == 1 else { return nil }
        return unsafe first.withParameter { first in
            unsafe second.withParameter { second in
                var list = unsafe [first, second, OSSL_PARAM_construct_end()]
                var key: OpaquePointer?
                let code = unsafe EVP_PKEY_fromdata(context, &key, stele_public_key_selection, &list)
                return unsafe code == 1 ? key : nil
            }
        }
    }
}
