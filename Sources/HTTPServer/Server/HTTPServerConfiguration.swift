// HTTPServer · where a server listens, and how.

/// Where a server listens, and how.
public struct HTTPServerConfiguration: Sendable {
    /// A numeric address or a host name of this machine.
    public var address: String
    /// The port; 0 for any free one.
    public var port: UInt16
    /// The certificate to serve under; nil for plain HTTP.
    public var tls: HTTPServerCertificate?
    /// What clients can take.
    public var limits: HTTPLimits
    /// Threads that move bytes and encrypt. Handlers run on Swift's own.
    public var threadCount: Int

    /// A server on `address` and `port`.
    public init(
        address: String = "127.0.0.1", port: UInt16 = 0, tls: HTTPServerCertificate? = nil,
        limits: HTTPLimits = HTTPLimits(), threadCount: Int = 2
    ) {
        self.address = address
        self.port = port
        self.tls = tls
        self.limits = limits
        self.threadCount = threadCount
    }
}

/// A certificate with its private key. Has no `description`.
public struct HTTPServerCertificate: Sendable {
    /// The certificate, followed by those that vouch for it, as PEM.
    let certificatePEM: [UInt8]
    /// The private key, as PEM.
    let keyPEM: [UInt8]

    /// The certificate chain and the private key of its first certificate, both as PEM.
    public init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }
}
