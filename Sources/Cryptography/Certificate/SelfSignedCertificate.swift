// Cryptography · a first TLS certificate, for a node that was given none.
internal import COpenSSL
public import Primitives

/// An authority of this node's own, and a server certificate under it: enough to begin with, for whoever is given the
/// authority's certificate by hand. Both keys are ECDSA P-256. The profile is that of RFC 5280 §4.2.
public struct SelfSignedCertificate: Sendable {
    /// The authority's certificate, PEM: what clients are given to trust.
    public let authority: String
    /// The authority's private key, PEM.
    public let authorityKey: SecretBytes
    /// The server's certificate, PEM.
    public let server: String
    /// The server's private key, PEM.
    public let serverKey: SecretBytes

    /// Makes both.
    ///
    /// - Parameters:
    ///   - dnsNames: Names the server answers to, 64 at most; a leading `*.` is allowed.
    ///   - addresses: IP addresses it answers at, IPv4 or IPv6, 64 at most.
    ///   - validFrom: The first moment of both certificates; the second it falls in.
    ///   - validUntil: The last moment of both.
    /// - Throws: ``SteleError`` with code `certificate.malformed` for a name or address that is none, for none at all,
    ///   and for an empty time; `cryptography.failed` if OpenSSL refuses.
    public static func make(
        dnsNames: [String], addresses: [String] = [], validFrom: Timestamp, validUntil: Timestamp,
        random: some RandomSource = SystemRandom()
    ) throws(SteleError) -> SelfSignedCertificate {
        let names = try alternativeNames(dnsNames, addresses)
        guard validFrom.seconds < validUntil.seconds, validUntil < Timestamp(seconds: 253_402_300_800) else {
            throw .malformedCertificate(
                "a certificate would end before it begins, or after the year 9999", hint: "give a later end")
        }
        let validity = validFrom.seconds...validUntil.seconds

        let authorityKey = try EVPKey.generate(.p256)
        let authority = try X509Handle()
        try authority.fill(commonName: "Stele local authority", key: authorityKey, validity, serial: random.bytes(16))
        try authority.name(issuer: authority)
        try authority.add(extension: NID_basic_constraints, "critical,CA:TRUE,pathlen:0", issuer: authority)
        try authority.add(extension: NID_key_usage, "critical,keyCertSign,cRLSign", issuer: authority)
        try authority.add(extension: NID_subject_key_identifier, "hash", issuer: authority)
        try authority.sign(by: authorityKey)

        let serverKey = try EVPKey.generate(.p256)
        let server = try X509Handle()
        try server.fill(commonName: "Stele node", key: serverKey, validity, serial: random.bytes(16))
        try server.name(issuer: authority)
        try server.add(extension: NID_basic_constraints, "critical,CA:FALSE", issuer: authority)
        try server.add(extension: NID_key_usage, "critical,digitalSignature", issuer: authority)
        try server.add(extension: NID_ext_key_usage, "serverAuth,clientAuth", issuer: authority)
        try server.add(extension: NID_subject_alt_name, names, issuer: authority)
        try server.add(extension: NID_subject_key_identifier, "hash", issuer: authority)
        try server.add(extension: NID_authority_key_identifier, "keyid:always", issuer: authority)
        try server.sign(by: authorityKey)

        return SelfSignedCertificate(
            authority: try authority.pem(), authorityKey: try authorityKey.privatePEM(), server: try server.pem(),
            serverKey: try serverKey.privatePEM())
    }

    /// The value of `subjectAltName`. The names are checked first, since a comma would begin another value.
    private static func alternativeNames(
        _ dnsNames: [String], _ addresses: [String]
    ) throws(SteleError) -> String {
        guard (1...128).contains(dnsNames.count + addresses.count), dnsNames.count <= 64, addresses.count <= 64 else {
            throw .malformedCertificate(
                "a certificate needs a name or address, and takes 64 of each", hint: "name the host clients will call")
        }
        for name in dnsNames where !isHostName(name) {
            throw .malformedCertificate(
                "a DNS name is not written in letters, digits, hyphens and dots", hint: "give it in its ASCII form")
        }
        // OpenSSL parses the address itself; this only keeps its syntax apart from that of the list.
        for address in addresses where address.isEmpty || !address.utf8.allSatisfy(isAddressCharacter) {
            throw .malformedCertificate(
                "an IP address is not written in digits, dots and colons", hint: "give it without port or zone")
        }
        return (dnsNames.map { "DNS:" + $0 } + addresses.map { "IP:" + $0 }).joined(separator: ",")
    }

    /// Whether `name` is a host name of RFC 1123 §2.1, perhaps with a wildcard for its first label.
    private static func isHostName(_ name: String) -> Bool {
        let host = name.hasPrefix("*.") ? name.dropFirst(2) : name[...]
        return !host.isEmpty && name.utf8.count <= 253
            && host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isAlphanumeric(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func isAddressCharacter(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"),
            UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

extension SteleError {
    /// A certificate that cannot be made or read.
    static func malformedCertificate(_ message: String, hint: String) -> SteleError {
        SteleError(.certificateMalformed, message, hint: hint)
    }
}

// MARK: - Parts of a certificate
extension X509Handle {
    /// Sets the subject, its key, the time and the number.
    fileprivate borrowing func fill(
        commonName: String, key: borrowing EVPKey, _ validity: ClosedRange<UInt64>, serial: [UInt8]
    ) throws(SteleError) {
        // RFC 5280 §4.1.2.2: a positive number of at most 20 bytes.
        let number = unsafe BN_bin2bn([serial[0] & 0x7f | 0x40] + serial.dropFirst(), CInt(serial.count), nil)
        defer { unsafe BN_free(number) }
        let name = Array(commonName.utf8)
        guard unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(handle)) != nil,
            unsafe ASN1_TIME_set(X509_getm_notBefore(handle), time_t(validity.lowerBound)) != nil,
            unsafe ASN1_TIME_set(X509_getm_notAfter(handle), time_t(validity.upperBound)) != nil,
            unsafe X509_set_pubkey(handle, key.handle) == 1,
            unsafe X509_NAME_add_entry_by_NID(
                X509_get_subject_name(handle), NID_commonName, MBSTRING_UTF8, name, CInt(name.count), -1, 0) == 1
        else { throw .openSSL("OpenSSL cannot fill in a certificate") }
    }

    /// Names `issuer` as the one who signs.
    fileprivate borrowing func name(issuer: borrowing X509Handle) throws(SteleError) {
        guard unsafe X509_set_issuer_name(handle, X509_get_subject_name(issuer.handle)) == 1 else {
            throw .openSSL("OpenSSL cannot fill in a certificate")
        }
    }

    /// Signs with ECDSA and SHA-256.
    fileprivate borrowing func sign(by key: borrowing EVPKey) throws(SteleError) {
        guard unsafe X509_sign(handle, key.handle, EVP_sha256()) > 0 else {
            throw .openSSL("OpenSSL cannot sign a certificate")
        }
    }
}

extension EVPKey {
    /// The private key as PKCS #8 PEM, unencrypted.
    fileprivate borrowing func privatePEM() throws(SteleError) -> SecretBytes {
        try unsafe MemoryBuffer.write { unsafe PEM_write_bio_PKCS8PrivateKey($0, handle, nil, nil, 0, nil, nil) }
    }
}
