// Cryptography · what an operator asks of a certificate file.
internal import COpenSSL
public import Primitives

/// The fingerprint and the time of the first certificate in a PEM file. Says nothing about whether to trust it.
public struct CertificateSummary: Hashable, Sendable {
    /// SHA-256 of the certificate's DER form, as browsers show it.
    public let fingerprint: Digest
    /// The first second it is good for.
    public let notBefore: Timestamp
    /// The last second it is good for.
    public let notAfter: Timestamp

    /// Reads the first certificate in `pem`.
    ///
    /// - Throws: ``SteleError`` with code `certificate.malformed` if there is none.
    public init(pem: String) throws(SteleError) {
        guard let certificate = X509Handle(pem: pem),
            let notBefore = unsafe Self.timestamp(X509_get0_notBefore(certificate.handle)),
            let notAfter = unsafe Self.timestamp(X509_get0_notAfter(certificate.handle))
        else {
            throw .malformedCertificate(
                "the file holds no certificate in PEM form", hint: "give the file that the server's operator made")
        }
        self.notBefore = notBefore
        self.notAfter = notAfter
        fingerprint = try certificate.fingerprint()
    }

    /// The instant `time` stands for, or nil if it is none since 1970.
    @unsafe
    private static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
        let epoch = unsafe ASN1_TIME_set(nil, 0)
        defer { unsafe ASN1_STRING_free(epoch) }
        var days: CInt = 0
        var seconds: CInt = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1, days >= 0, seconds >= 0 else {
            ERR_clear_error()
            return nil
        }
        return Timestamp(seconds: UInt64(days) * 86_400 + UInt64(seconds))
    }
}

extension X509Handle {
    /// SHA-256 of the certificate's DER form.
    fileprivate borrowing func fingerprint() throws(SteleError) -> Digest {
        var bytes = [UInt8](repeating: 0, count: Digest.count)
        guard unsafe X509_digest(handle, EVP_sha256(), &bytes, nil) == 1 else {
            throw .openSSL("OpenSSL cannot hash a certificate")
        }
        return Digest(bytes, at: 0)
    }
}
