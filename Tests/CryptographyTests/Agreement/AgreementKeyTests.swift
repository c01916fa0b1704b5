import Cryptography
import Primitives
import Testing

/// RFC 7748 §6.1 and Project Wycheproof.
@Suite struct AgreementKeyTests {
    @Test func matchesTheRFC() throws {
        let bob = try AgreementKey(
            SecretBytes(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")))
        #expect(bob.publicKey.hex == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
        let alice = try #require(
            Bytes32(hex: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"))
        #expect(
            try bob.sharedSecret(with: alice)
                == SecretBytes(hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")))
    }

    @Test func agreesWithWycheproof() throws {
        var (sharedCount, refusedCount) = (0, 0)
        for vector in try Vectors.wycheproof("x25519_test.json") {
            let key = try AgreementKey(SecretBytes(vector.bytes("private")))
            let point = try #require(Bytes32(vector.bytes("public")))
            if vector.flags.contains("ZeroSharedSecret") {
                #expect(throws: SteleError.self, "case \(vector.number)") { try key.sharedSecret(with: point) }
                refusedCount += 1
            } else {
                #expect(
                    try key.sharedSecret(with: point) == SecretBytes(vector.bytes("shared")), "case \(vector.number)")
                sharedCount += 1
            }
        }
        #expect(sharedCount + refusedCount == 345)
        #expect(refusedCount > 20)
    }

    @Test func bothSidesAgree() throws {
        let (left, right) = (AgreementKey.random(from: SystemRandom()), AgreementKey.random(from: SystemRandom()))
        #expect(try left.sharedSecret(with: right.publicKey) == right.sharedSecret(with: left.publicKey))
        #expect(try AgreementKey(left.scalar).publicKey == left.publicKey)
        #expect(throws: SteleError.self) { try AgreementKey(SecretBytes([1, 2, 3])) }
    }
}
