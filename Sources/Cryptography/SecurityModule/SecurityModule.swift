// Cryptography · a key that never leaves a hardware security module, asked through PKCS #11.
internal import CPKCS11
public import Primitives
internal import Synchronization

extension ErrorCode {
    /// A security module that cannot be loaded, or has no such token, or does not let us in.
    public static let moduleUnavailable = ErrorCode("module.unavailable")
    /// A security module without the key that something was sealed with.
    public static let moduleKeyMissing = ErrorCode("module.key_missing")
    /// A security module that did not do what it was asked.
    public static let moduleFailed = ErrorCode("module.failed")
}

/// One token of a security module. Source: PKCS #11 v2.40.
///
/// **What it protects.** Each secret is sealed with AES-256-GCM under a key of its own that is made in the token and
/// marked sensitive and not extractable. Without the token, what was sealed is noise; once the key is destroyed there,
/// it is noise for everybody. **What it does not protect.** A secret that was opened is in this process's memory.
///
/// What is sealed looks like this, in bytes: `name of the key 16 ‖ nonce 12 ‖ ciphertext ‖ tag 16`.
public struct SecurityModule: Sendable {
    /// The module's shared library.
    public let path: String
    /// The token's label.
    public let token: String
    private let pin: SecretBytes
    // PKCS #11 logs in a process, not a session: one at a time is enough for what happens a few times a year.
    private static let turn = Mutex(())

    private static let idByteCount = Int(STELE_P11_ID_BYTES)
    private static let nonceByteCount = Int(STELE_P11_IV_BYTES)
    private static let tagByteCount = Int(STELE_P11_TAG_BYTES)
    private static let overheadByteCount = idByteCount + nonceByteCount + tagByteCount

    /// The token `token` of the module at `path`, whose user's PIN is `pin`. Nothing is loaded yet.
    public init(path: String, token: String, pin: SecretBytes) {
        self.path = path
        self.token = token
        self.pin = pin
    }

    /// Seals `secret` under a new key. Whoever opens it must give the same `associated` bytes.
    /// - Throws: `module.unavailable` or `module.failed`.
    public func seal(
        _ secret: SecretBytes, associated: [UInt8], random: some RandomSource
    ) throws(SteleError) -> [UInt8] {
        let head = random.bytes(Self.idByteCount + Self.nonceByteCount)
        var sealed = [UInt8](repeating: 0, count: secret.count + Self.tagByteCount)
        unsafe try session { session in
            let made = unsafe head.withUnsafeBufferPointer { unsafe stele_p11_make_key(session, $0.baseAddress) }
            guard made == 0 else { return made }
            return unsafe secret.withUnsafeBytes { secret in
                unsafe sealed.withUnsafeMutableBufferPointer { output in
                    unsafe Self.crypt(session, true, head, associated, secret, output)
                }
            }
        }
        return head + sealed
    }

    /// What was sealed.
    /// - Throws: `module.unavailable`, `module.key_missing`, or `module.failed`, also if anything of it was changed.
    public func open(_ sealed: [UInt8], associated: [UInt8]) throws(SteleError) -> SecretBytes {
        guard sealed.count > Self.overheadByteCount else { throw Self.missing }
        let head = Array(sealed[..<(Self.idByteCount + Self.nonceByteCount)])
        let rest = Array(sealed[head.count...])
        var secret = [UInt8](repeating: 0, count: rest.count - Self.tagByteCount)
        unsafe try session { session in
            unsafe rest.withUnsafeBufferPointer { input in
                unsafe secret.withUnsafeMutableBufferPointer { output in
                    unsafe Self.crypt(session, false, head, associated, input, output)
                }
            }
        }
        return SecretBytes(wiping: &secret)
    }

    /// Destroys the key that `sealed` was sealed with, for ever; nothing happens if it is not there.
    /// - Throws: `module.unavailable` or `module.failed`.
    public func destroyKey(of sealed: [UInt8]) throws(SteleError) {
        guard sealed.count > Self.overheadByteCount else { return }
        unsafe try session { session in
            let code = unsafe sealed.withUnsafeBufferPointer { unsafe stele_p11_destroy_key(session, $0.baseAddress) }
            return code == stele_p11_no_key ? 0 : code
        }
    }

    // MARK: - Calls

    private static func crypt(
        _ session: UnsafeMutablePointer<stele_p11_session>, _ encrypts: Bool, _ head: [UInt8], _ associated: [UInt8],
        _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>
    ) -> UInt64 {
        unsafe head.withUnsafeBufferPointer { head in
            unsafe associated.withUnsafeBufferPointer { associated in
                unsafe stele_p11_crypt(
                    session, encrypts ? 1 : 0, head.baseAddress!, head.baseAddress! + idByteCount,
                    associated.baseAddress, associated.count, input.baseAddress, input.count, output.baseAddress,
                    output.count)
            }
        }
    }

    /// Logs in, runs `body`, and logs out. What `body` returns is 0 or a code.
    @unsafe private func session(
        _ body: (UnsafeMutablePointer<stele_p11_session>) -> UInt64
    ) throws(SteleError) {
        let code: (isOpen: Bool, code: UInt64) = Self.turn.withLock { _ in
            var session = unsafe stele_p11_session()
            let opened = unsafe pin.withUnsafeBytes { pin in
                unsafe stele_p11_open(
                    path, token, pin.baseAddress, pin.count, &session)
            }
            guard opened == 0 else { return (false, opened) }
            defer { unsafe stele_p11_close(&session) }
            return unsafe (true, body(&session))
        }
        guard code.code != 0 else { return }
        guard code.isOpen else { throw Self.unavailable(code.code) }
        if code.code == stele_p11_no_key { throw Self.missing }
        throw SteleError(
            .moduleFailed, "the security module did not do what it was asked",
            hint: "look the code up in PKCS #11 and in the module's own log; check that its token takes new keys",
            cause: Self.name(code.code))
    }

    private static func unavailable(_ code: UInt64) -> SteleError {
        let what =
            switch code {
            case stele_p11_no_module: "cannot be loaded"
            case stele_p11_no_token: "has no token with the label of the configuration"
            default: "does not let this node in"
            }
        return SteleError(
            .moduleUnavailable, "the security module \(what)",
            hint: "check module, module_token and module_pin in [keys], and that the module is plugged in",
            cause: name(code))
    }

    private static var missing: SteleError {
        SteleError(
            .moduleKeyMissing, "the security module does not have the key that this was sealed with",
            hint: "use the root key file that was written last with this token; older ones are sealed for ever")
    }

    private static func name(_ code: UInt64) -> String { "CKR 0x" + String(code, radix: 16) }
}
