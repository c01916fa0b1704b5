import Cryptography
import Primitives
import Testing

/// The certificates are taken apart here by a small DER reader, and their signatures checked by the JOSE code: another
/// path than the one that made them.
@Suite struct SelfSignedCertificateTests {
    static let from = Timestamp(seconds: 1_767_225_600)
    static let until = Timestamp(seconds: 1_798_761_600)

    static func make(_ names: [String], _ addresses: [String] = []) throws -> SelfSignedCertificate {
        try .make(dnsNames: names, addresses: addresses, validFrom: from, validUntil: until)
    }

    @Test func bothAreSignedByTheAuthority() throws {
        let made = try Self.make(["node.example", "*.node.example", "localhost"], ["127.0.0.1", "::1"])
        let authority = try Certificate(made.authority), server = try Certificate(made.server)
        #expect(authority.isSigned(by: authority.publicKey))
        #expect(server.isSigned(by: authority.publicKey))
        #expect(!authority.isSigned(by: server.publicKey))
    }

    @Test func namesWhatItWasAskedTo() throws {
        let made = try Self.make(["node.example", "localhost"], ["127.0.0.1", "2001:db8::1"])
        let bytes = try Certificate(made.server).bytes
        // GeneralName: [2] a DNS name, [7] an address (RFC 5280 §4.2.1.6).
        #expect(bytes.contains([0x82, 12] + Array("node.example".utf8)))
        #expect(bytes.contains([0x82, 9] + Array("localhost".utf8)))
        #expect(bytes.contains([0x87, 4, 127, 0, 0, 1]))
        #expect(bytes.contains([0x87, 16] + hex("20010db8000000000000000000000001")))
        // extKeyUsage: serverAuth and clientAuth; basicConstraints: critical, empty.
        #expect(bytes.contains(hex("301406082b0601050507030106082b06010505070302")))
        #expect(bytes.contains(hex("0603551d130101ff04023000")))
        // The authority's basicConstraints: critical, CA, no authority below it.
        #expect(try Certificate(made.authority).bytes.contains(hex("0603551d130101ff040830060101ff020100")))
    }

    @Test func summaryTellsTheTime() throws {
        let made = try Self.make(["localhost"])
        let summary = try CertificateSummary(pem: made.server)
        #expect(summary.notBefore == Self.from)
        #expect(summary.notAfter == Self.until)
        #expect(summary.fingerprint == SHA256.hash(try Certificate(made.server).bytes))
        #expect(try CertificateSummary(pem: made.server + made.authority) == summary)
        #expect(try CertificateSummary(pem: made.authority) != summary)
    }

    @Test func laterYearsKeepTheirDate() throws {
        // From 2050 the standard changes the form of the date (RFC 5280 §4.1.2.5).
        let until = Timestamp(seconds: 2_556_144_000)
        let made = try SelfSignedCertificate.make(dnsNames: ["localhost"], validFrom: Self.from, validUntil: until)
        #expect(try CertificateSummary(pem: made.server).notAfter == until)
    }

    @Test func keysDiffer() throws {
        let made = try Self.make(["localhost"])
        #expect(made.serverKey != made.authorityKey)
        #expect(
            String(decoding: made.serverKey.exposedCopy(), as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }

    @Test(arguments: [
        "", ".", "a..b", "-a", "a-", "a,IP:127.0.0.1", "a\nb", "a b", "*.", "a.*", "naïve", "a_b",
        String(repeating: "a", count: 64), String(repeating: "a.", count: 130) + "b",
    ])
    func refusesNamesThatAreNone(name: String) {
        #expect(throws: SteleError.self) { try Self.make([name]) }
    }

    @Test(arguments: ["", "localhost", "1.2.3", "127.0.0.1:80", "::1,DNS:a", "fe80::1%eth0", "1.2.3.256"])
    func refusesAddressesThatAreNone(address: String) {
        #expect(throws: SteleError.self) { try Self.make([], [address]) }
    }

    @Test func refusesNothingTooMuchAndNoTime() {
        #expect(throws: SteleError.self) { try Self.make([]) }
        #expect(throws: SteleError.self) { try Self.make([String](repeating: "a", count: 65)) }
        #expect(throws: SteleError.self) {
            try SelfSignedCertificate.make(dnsNames: ["a"], validFrom: Self.until, validUntil: Self.until)
        }
        #expect(throws: SteleError.self) {
            try SelfSignedCertificate.make(
                dnsNames: ["a"], validFrom: Self.from, validUntil: Timestamp(milliseconds: .max))
        }
    }

    @Test(arguments: [
        "", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----",
    ])
    func refusesFilesThatHoldNone(pem: String) {
        #expect(throws: SteleError.self) { try CertificateSummary(pem: pem) }
    }
}

/// Just enough DER to see what a certificate of this project says.
private struct Certificate {
    var bytes: [UInt8]
    var signed: [UInt8]
    var publicKey: JWKPublicKey
    var signature: [UInt8]

    init(_ pem: String) throws {
        let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
        bytes = try #require(Base64.decode(lines.joined()))
        let all = bytes
        let outer = try #require(Self.items(all, in: Self.content(all, at: 0)))
        signed = Array(all[outer[0]])
        // The signature is a BIT STRING around SEQUENCE {r, s}.
        let bits = Self.content(all, at: outer[2].lowerBound).dropFirst()
        let numbers = try #require(Self.items(all, in: Self.content(all, at: bits.lowerBound)))
        signature = numbers.flatMap { number in
            let digits = all[Self.content(all, at: number.lowerBound)].drop { $0 == 0 }
            return [UInt8](repeating: 0, count: 32 - digits.count) + digits
        }
        // An uncompressed point of P-256 is in the only BIT STRING of 66 bytes that begins 00 04.
        let start = try #require(all.indices.first { all[$0...].starts(with: [3, 66, 0, 4]) }) + 4
        publicKey = .ec(.p256, x: Array(all[start..<(start + 32)]), y: Array(all[(start + 32)..<(start + 64)]))
    }

    func isSigned(by key: JWKPublicKey) -> Bool {
        key.isValid(signature: signature, of: signed, algorithm: .es256)
    }

    private static func content(_ bytes: [UInt8], at start: Int) -> Range<Int> {
        let first = Int(bytes[start + 1])
        guard first >= 0x80 else { return (start + 2)..<(start + 2 + first) }
        let width = first & 0x7f
        let count = bytes[(start + 2)..<(start + 2 + width)].reduce(0) { $0 << 8 | Int($1) }
        return (start + 2 + width)..<(start + 2 + width + count)
    }

    private static func items(_ bytes: [UInt8], in range: Range<Int>) -> [Range<Int>]? {
        var items: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let end = content(bytes, at: position).upperBound
            guard end <= range.upperBound else { return nil }
            items.append(position..<end)
            position = end
        }
        return items
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
