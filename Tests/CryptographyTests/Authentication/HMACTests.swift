import Cryptography
import Primitives
import Testing

/// RFC 4231 §4 and Project Wycheproof.
@Suite struct HMACTests {
    struct Example: Sendable {
        var key: [UInt8]
        var message: [UInt8]
        var code256: String
        var code512: String
    }

    static let examples = [
        Example(
            key: [UInt8](repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code256: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            code512: """
                87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde
                daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854
                """),
        Example(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            code512: """
                164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
                9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737
                """),
        Example(
            key: [UInt8](repeating: 0xaa, count: 20), message: [UInt8](repeating: 0xdd, count: 50),
            code256: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            code512: """
                fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39
                bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb
                """),
        Example(
            key: Array(1...25), message: [UInt8](repeating: 0xcd, count: 50),
            code256: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            code512: """
                b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db
                a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd
                """),
        Example(
            key: [UInt8](repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code256: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            code512: """
                80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352
                6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598
                """),
    ]

    @Test(arguments: examples)
    func matchesTheRFC(example: Example) {
        let key = SecretBytes(example.key)
        #expect(HMACSHA256.code(of: example.message, key: key).hex == example.code256)
        #expect(HMACSHA512.code(of: example.message, key: key) == hex(example.code512))
    }

    @Test func agreesWithWycheproofFor256() throws {
        var checkedCount = 0
        for vector in try Vectors.wycheproof("hmac_sha256_test.json") {
            let key = SecretBytes(vector.bytes("key"))
            let (message, tag) = (vector.bytes("msg"), vector.bytes("tag"))
            if tag.count == 32 {
                #expect(HMACSHA256.isValid(tag, of: message, key: key) == vector.isValid, "case \(vector.number)")
            } else {
                // Truncated tags are not accepted here; their bytes still agree.
                #expect(!HMACSHA256.isValid(tag, of: message, key: key))
                let code = HMACSHA256.code(of: message, key: key).bytes
                #expect(code.starts(with: tag) == vector.isValid, "case \(vector.number)")
            }
            checkedCount += 1
        }
        #expect(checkedCount == 116)
    }

    @Test func agreesWithWycheproofFor512() throws {
        var checkedCount = 0
        for vector in try Vectors.wycheproof("hmac_sha512_test.json") {
            let key = SecretBytes(vector.bytes("key"))
            let (message, tag) = (vector.bytes("msg"), vector.bytes("tag"))
            if tag.count == 64 {
                #expect(HMACSHA512.isValid(tag, of: message, key: key) == vector.isValid, "case \(vector.number)")
            } else {
                #expect(!HMACSHA512.isValid(tag, of: message, key: key))
                let code = HMACSHA512.code(of: message, key: key)
                #expect(code.starts(with: tag) == vector.isValid, "case \(vector.number)")
            }
            checkedCount += 1
        }
        #expect(checkedCount == 116)
    }

    @Test func takesKeysAroundTheBlockLength() {
        // 64 bytes is used as it is; 65 bytes counts as its own digest.
        let long = SeededRandom(5).bytes(65)
        let message: [UInt8] = [1, 2, 3]
        #expect(
            HMACSHA256.code(of: message, key: SecretBytes(long))
                == HMACSHA256.code(of: message, key: SecretBytes(SHA256.hash(long).bytes)))
        let block = Array(long.prefix(64))
        #expect(
            HMACSHA256.code(of: message, key: SecretBytes(block))
                != HMACSHA256.code(of: message, key: SecretBytes(SHA256.hash(block).bytes)))
    }

    @Test func salts() {
        let random = SeededRandom(6)
        let (salt, digest) = (random.bytes32(), random.bytes32())
        let expected = HMACSHA256.code(of: digest.bytes, key: SecretBytes(salt.bytes))
        #expect(HMACSHA256.code(of: digest, salt: salt) == expected)
        #expect(HMACSHA256.code(of: digest.bytes, salt: salt) == expected)
        #expect(HMACSHA256.isValid(expected, of: digest.bytes, key: SecretBytes(salt.bytes)))
        #expect(!HMACSHA256.isValid(.zero, of: digest.bytes, key: SecretBytes(salt.bytes)))
    }
}
