import Cryptography
import Foundation
import Primitives
import Testing

/// Project Wycheproof, RFC 6979 and the RFC 7520 / RFC 8037 examples.
@Suite struct JWKPublicKeyTests {
    @Test func agreesWithWycheproofOnECDSA() throws {
        var checkedCount = 0
        for vector in try Vectors.wycheproof("ecdsa_secp256r1_sha256_p1363_test.json") {
            let fields = try #require(vector.group["publicKey"] as? [String: Any])
            let point = hex(fields["uncompressed"] as? String ?? "?")
            let key = JWKPublicKey.ec(.p256, x: Array(point[1..<33]), y: Array(point[33...]))
            let isValid = key.isValid(signature: vector.bytes("sig"), of: vector.bytes("msg"), algorithm: .es256)
            #expect(isValid == vector.isValid, "case \(vector.number): \(vector.comment)")
            checkedCount += 1
        }
        #expect(checkedCount == 174)
    }

    /// The token is taken apart as a server does: strictly, and with the algorithm of the registered key.
    @Test func agreesWithWycheproofOnTokens() throws {
        var counts: [JWSAlgorithm: Int] = [:]
        for vector in try Vectors.wycheproof("json_web_signature_test.json") {
            guard let fields = vector.group["public"] as? [String: Any], fields["use"] as? String != "enc",
                let algorithm = (fields["alg"] as? String).flatMap(JWSAlgorithm.init)
            else { continue }
            let key = try #require(Self.key(fields))
            let token = vector.fields["jws"] as? String ?? ""
            #expect(Self.accepts(token, key, algorithm) == vector.isValid, "case \(vector.number): \(vector.comment)")
            counts[algorithm, default: 0] += 1
        }
        #expect(counts == [.es256: 32, .rs256: 160, .rs384: 3])
    }

    static func key(_ fields: [String: Any]) -> JWKPublicKey? {
        func bytes(_ name: String) -> [UInt8] { Base64.decode(fields[name] as? String ?? "?", .url) ?? [] }
        switch fields["kty"] as? String {
        case "EC":
            return (fields["crv"] as? String).flatMap(JWKCurve.init).map { .ec($0, x: bytes("x"), y: bytes("y")) }
        case "RSA": return .rsa(n: bytes("n"), e: bytes("e"))
        case "OKP": return PublicKey(bytes("x")).map { .okp($0) }
        default: return nil
        }
    }

    static func accepts(_ token: String, _ key: JWKPublicKey, _ algorithm: JWSAlgorithm) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64.decode(parts[0], .url), Base64.decode(parts[1], .url) != nil,
            let signature = Base64.decode(parts[2], .url),
            let fields = try? JSONSerialization.jsonObject(with: Data(header)) as? [String: Any],
            fields["alg"] as? String == algorithm.rawValue
        else { return false }
        return key.isValid(
            signature: signature, of: Array((parts[0] + "." + parts[1]).utf8), algorithm: algorithm)
    }

    /// RFC 8037 A.4, by the JOSE cookbook.
    @Test func acceptsTheEdDSAExample() throws {
        let object = try Vectors.object("jose-cookbook/curve25519/jws.json")
        let input = try #require((object["input"] as? [String: Any])?["key"] as? [String: Any])
        let key = try #require(Self.key(input))
        let token = try #require((object["output"] as? [String: Any])?["compact"] as? String)
        #expect(Self.accepts(token, key, .edDSA))
        #expect(!Self.accepts(token.replacing("RXhh", with: "RXhi"), key, .edDSA))
    }

    /// RFC 6979 A.2.6, with SHA-384.
    @Test(arguments: [
        (
            "sample",
            """
            94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46
            99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8
            """
        ),
        (
            "test",
            """
            8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb0542a7f0812998da8f1dd3ca3cf023db
            ddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667bf3b828246baa5a5
            """
        ),
    ])
    func acceptsTheP384Examples(message: String, signature: String) {
        let key = JWKPublicKey.ec(
            .p384,
            x: hex("ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13"),
            y: hex("8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720"))
        #expect(key.isValid(signature: hex(signature), of: Array(message.utf8), algorithm: .es384))
        #expect(!key.isValid(signature: hex(signature), of: Array(message.utf8) + [0], algorithm: .es384))
        #expect(!key.isValid(signature: hex(signature), of: Array(message.utf8), algorithm: .es256))
    }

    @Test func refusesMalformedKeys() throws {
        guard case .ec(_, let x, let y) = try JWKPrivateKey(.es256).publicKey,
            case .rsa(let n, let e) = try JWKPrivateKey(.rs256).publicKey
        else {
            Issue.record("the key is of another kind")
            return
        }
        var offCurve = y
        offCurve[31] ^= 1
        let zero = [UInt8](repeating: 0, count: 32)
        let malformed: [JWKPublicKey] = [
            .ec(.p256, x: x, y: offCurve), .ec(.p256, x: zero, y: zero), .ec(.p256, x: x, y: Array(y.dropLast())),
            .ec(.p256, x: [0] + x, y: y), .ec(.p384, x: x, y: y), .ec(.p256, x: [], y: []),
            // Coordinates not below the prime of the field.
            .ec(.p256, x: [UInt8](repeating: 0xff, count: 32), y: y),
            .rsa(n: [], e: e), .rsa(n: [0] + n, e: e), .rsa(n: n.dropLast() + [n.last! & 0xfe], e: e),
            .rsa(n: Array(n.prefix(255)), e: e), .rsa(n: [0x7f] + [UInt8](repeating: 0xff, count: 255), e: e),
            .rsa(n: [UInt8](repeating: 0xff, count: 1025), e: e),
            .rsa(n: n, e: []), .rsa(n: n, e: [1]), .rsa(n: n, e: [3]), .rsa(n: n, e: [0, 1, 0, 1]),
            .rsa(n: n, e: [1, 0, 0]), .rsa(n: n, e: [UInt8](repeating: 0xff, count: 9)),
        ]
        for key in malformed {
            #expect(throws: SteleError.self, "\(key)") { try key.check() }
            for algorithm in JWSAlgorithm.allCases {
                #expect(!key.isValid(signature: [UInt8](repeating: 1, count: 64), of: [], algorithm: algorithm))
            }
        }
        try JWKPublicKey.ec(.p256, x: x, y: y).check()
        try JWKPublicKey.rsa(n: n, e: e).check()
        try JWKPublicKey.okp(.zero).check()
    }
}

@Suite struct JWKPrivateKeyTests {
    @Test(arguments: JWSAlgorithm.allCases)
    func signsWhatItsPublicKeyAccepts(algorithm: JWSAlgorithm) throws {
        let key = try JWKPrivateKey(algorithm)
        #expect(key.algorithm == algorithm)
        #expect(key.publicKey.algorithms.contains(algorithm))
        try key.publicKey.check()
        let message = Array("header.payload".utf8)
        // Enough signatures that some have a short r or s, which is padded.
        for _ in 0..<(algorithm == .es256 ? 600 : 3) {
            let signature = try key.sign(message)
            #expect(key.publicKey.isValid(signature: signature, of: message, algorithm: algorithm))
        }
        let signature = try key.sign(message)
        #expect(!key.publicKey.isValid(signature: signature, of: message + [0], algorithm: algorithm))
        #expect(!key.publicKey.isValid(signature: signature + [0], of: message, algorithm: algorithm))
        #expect(!key.publicKey.isValid(signature: Array(signature.dropLast()), of: message, algorithm: algorithm))
        for other in JWSAlgorithm.allCases where other != algorithm {
            #expect(!key.publicKey.isValid(signature: signature, of: message, algorithm: other))
        }
    }

    @Test func wrapsALedgerKey() throws {
        let signing = SigningKey.random(from: SeededRandom(41))
        let key = JWKPrivateKey(signing)
        #expect(key.publicKey == .okp(signing.publicKey))
        #expect(try key.sign([1]) == signing.sign([1]))
    }
}
