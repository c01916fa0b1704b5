import Cryptography
import Primitives
import Testing

/// The examples of FIPS 180-4 (NIST, "Secure Hashing", examples with intermediate values), and agreement between the
/// forms in which one digest can be asked for.
@Suite struct SHA2Tests {
    static let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (twoBlocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func matchesTheStandardFor256(message: String, digest: String) {
        #expect(SHA256.hash(Array(message.utf8)).hex == digest)
        var stream = SHA256Stream()
        for byte in message.utf8 { stream.update([byte]) }
        #expect(stream.finish().hex == digest)
    }

    @Test func matchesTheStandardForLongerDigests() {
        #expect(
            SHA384.hash(Array("abc".utf8))
                == hex(
                    "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"))
        #expect(
            SHA512.hash(Array("abc".utf8))
                == hex(
                    """
                    ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
                    2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
                    """))
    }

    @Test func streamsAMillionLetters() {
        var stream = SHA256Stream()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 999)
        for _ in 0..<1001 { stream.update(piece[...]) }
        stream.update([UInt8(ascii: "a")])
        #expect(stream.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func tagsByPrefix() {
        for count in [0, 1, 63, 64, 65, 1000, 5000] {
            let body = SeededRandom(UInt64(count)).bytes(count)
            let spelled = Array("stele/v1/example\0".utf8) + body
            #expect(SHA256.hash(tag: "example", body) == SHA256.hash(spelled))
            #expect(SHA256.hash(tag: "example", ([0] + body).dropFirst()) == SHA256.hash(spelled))
        }
    }

    @Test func joinsNodes() {
        let random = SeededRandom(3)
        let (left, right) = (random.bytes32(), random.bytes32())
        #expect(SHA256.hash(prefix: 1 as UInt8, left, right) == SHA256.hash([1] + left.bytes + right.bytes))
        #expect(SHA256.hash(prefix: "node", left, right) == SHA256.hash(Array("node".utf8) + left.bytes + right.bytes))
    }
}
