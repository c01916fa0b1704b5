// HTTPServer · libmicrohttpd itself.
internal import CMicrohttpd
internal import Glibc
internal import Primitives

/// A running daemon: the threads that read, write and encrypt.
@safe
final class Daemon: @unchecked Sendable {
    // Unchecked: the library takes connections from any thread, and `stop` is called once, by the server's owner.
    private let handle: OpaquePointer
    // Kept alive because every callback comes with it.
    private let service: NetworkService

    /// TLS 1.3 and 1.2 with forward secrecy and authenticated encryption only, the server's order deciding.
    ///
    /// This is the one policy there is: it is tested, and not configurable. SHA-1 signatures, static RSA, finite-field
    /// Diffie-Hellman and renegotiation are out.
    static let tlsPriorities =
        "NONE:+VERS-TLS1.3:+VERS-TLS1.2:+ECDHE-ECDSA:+ECDHE-RSA:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:+AEAD"
        + ":+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1:+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-ECDSA-SECP384R1-SHA384"
        + ":+SIGN-ECDSA-SHA256:+SIGN-ECDSA-SHA384:+SIGN-EDDSA-ED25519:+SIGN-RSA-PSS-RSAE-SHA256"
        + ":+SIGN-RSA-PSS-RSAE-SHA384:+SIGN-RSA-SHA256:+SIGN-RSA-SHA384:+CTYPE-X509:%SERVER_PRECEDENCE"

    /// Memory of one connection: the longest header section and target, its parsed form, and room to answer.
    private static func connectionMemory(_ limits: HTTPLimits) -> Int {
        max(32 << 10, 2 * limits.headerByteCountMax + limits.targetByteCountMax + (8 << 10))
    }

    /// Starts the threads of `service`.
    init(_ service: NetworkService, _ configuration: HTTPServerConfiguration) throws(SteleError) {
        var callbacks = unsafe Callbacks.table(of: service)
        let limits = service.limits
        let threadCount = max(1, configuration.threadCount)
        // The table refuses first; the daemon's own limit, shared out among its threads, must never be met.
        let countMax = (limits.connectionCountMax + 64) * threadCount
        let stallTimeoutS = max(1, (limits.idleTimeout.milliseconds + 999) / 1000)
        var handle: OpaquePointer?
        if let tls = configuration.tls {
            var key = tls.keyPEM + [0]
            unsafe handle = unsafe stele_http_start(
                &callbacks, CUnsignedInt(threadCount), CUnsignedInt(countMax), Self.connectionMemory(limits),
                CUnsignedInt(stallTimeoutS), tls.certificatePEM + [0], key, Self.tlsPriorities)
            unsafe explicit_bzero(&key, key.count)
        } else {
            unsafe handle = unsafe stele_http_start(
                &callbacks, CUnsignedInt(threadCount), CUnsignedInt(countMax), Self.connectionMemory(limits),
                CUnsignedInt(stallTimeoutS), nil, nil, nil)
        }
        guard let handle = unsafe handle else {
            throw configuration.tls == nil
                ? SteleError(
                    .httpAddressUnavailable, "the threads of the server cannot be started",
                    hint: "allow the process more threads and memory")
                : SteleError(
                    .httpCertificateRejected, "the certificate and its key cannot be used for TLS",
                    hint: "give the certificate chain and the unencrypted key of its first certificate, both as PEM")
        }
        unsafe self.handle = handle
        self.service = service
    }

    /// Hands over the accepted socket `descriptor`, which is closed whatever happens; returns whether it was taken up.
    func add(_ descriptor: CInt, from peer: PeerAddress) -> Bool {
        unsafe peer.withPointer { address in
            unsafe MHD_add_connection(handle, descriptor, address, peer.byteCount) == .YES
        }
    }

    /// Closes all connections and ends the threads. Once only, with no connection suspended and none being added.
    func stop() { unsafe MHD_stop_daemon(handle) }
}
