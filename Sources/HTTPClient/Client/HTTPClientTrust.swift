// HTTPClient · whom it believes, and who it says it is.

/// Which certificate authorities vouch for the other side.
public enum HTTPClientTrust: Sendable {
    /// Those of the system.
    case system
    /// Only those in this PEM text.
    case caPEM(String)
    /// Only those in this PEM file.
    case caFile(String)
}

/// A certificate with its private key, shown to servers that ask for one. Has no `description`.
public struct HTTPClientIdentity: Sendable {
    /// The certificate chain, as PEM.
    let certificatePEM: [UInt8]
    /// The private key, as PEM.
    let keyPEM: [UInt8]

    /// The certificate chain and the private key of its first certificate, both as PEM.
    public init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }
}
