import Cryptography
import Primitives
import Testing

@Suite struct XChaCha20Poly1305Tests {
    let key = SecretBytes.random(from: SeededRandom(21))
    let nonce = SeededRandom(22).bytes(24)

    @Test func agreesWithWycheproof() throws {
        var (validCount, refusedCount) = (0, 0)
        for vector in try Vectors.wycheproof("xchacha20_poly1305_test.json") {
            let (key, nonce) = (SecretBytes(vector.bytes("key")), vector.bytes("iv"))
            let (plaintext, associated) = (vector.bytes("msg"), vector.bytes("aad"))
            let sealed = vector.bytes("ct") + vector.bytes("tag")
            if vector.isValid {
                #expect(
                    XChaCha20Poly1305.seal(plaintext, key: key, nonce: nonce, associated: associated) == sealed,
                    "case \(vector.number)")
                #expect(
                    try XChaCha20Poly1305.open(sealed, key: key, nonce: nonce, associated: associated) == plaintext,
                    "case \(vector.number)")
                validCount += 1
            } else {
                #expect(throws: SteleError.self, "case \(vector.number)") {
                    try XChaCha20Poly1305.open(sealed, key: key, nonce: nonce, associated: associated)
                }
                refusedCount += 1
            }
        }
        #expect((validCount, refusedCount) == (164, 46))
    }

    @Test func everyChangedBitIsFound() throws {
        let sealed = XChaCha20Poly1305.seal([1, 2, 3], key: key, nonce: nonce, associated: [4])
        for bit in 0..<(8 * sealed.count) {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: SteleError.self) {
                try XChaCha20Poly1305.open(changed, key: key, nonce: nonce, associated: [4])
            }
        }
        for count in 0..<sealed.count {
            #expect(throws: SteleError.self) {
                try XChaCha20Poly1305.open(sealed.prefix(count), key: key, nonce: nonce, associated: [4])
            }
        }
    }

    @Test func bindsKeyNonceAndAssociatedData() throws {
        let sealed = XChaCha20Poly1305.seal([1, 2, 3], key: key, nonce: nonce, associated: [4])
        let otherKey = SecretBytes.random(from: SeededRandom(23))
        let otherNonce = [UInt8](nonce.reversed())
        #expect(throws: SteleError.self) {
            try XChaCha20Poly1305.open(sealed, key: otherKey, nonce: nonce, associated: [4])
        }
        #expect(throws: SteleError.self) {
            try XChaCha20Poly1305.open(sealed, key: key, nonce: otherNonce, associated: [4])
        }
        #expect(throws: SteleError.self) { try XChaCha20Poly1305.open(sealed, key: key, nonce: nonce) }
    }

    @Test func sealsSlicesAndKeysAlike() throws {
        let secret = SecretBytes.random(from: SeededRandom(24))
        let sealed = XChaCha20Poly1305.seal(secret, key: key, nonce: nonce, associated: [4])
        #expect(sealed.count == 48)
        #expect(try XChaCha20Poly1305.openSecret(sealed, key: key, nonce: nonce, associated: [4]) == secret)
        let bytes = secret.exposedCopy()
        #expect(XChaCha20Poly1305.seal(([0] + bytes)[1...], key: key, nonce: nonce, associated: [4]) == sealed)
        #expect(try XChaCha20Poly1305.open(sealed[...], key: key, nonce: nonce, associated: [4]) == bytes)
    }

    @Test func carriesItsNonce() throws {
        for plaintext in [[], [1], SeededRandom(25).bytes(100_000)] as [[UInt8]] {
            let sealed = XChaCha20Poly1305.sealWithNonce(plaintext, key: key, associated: [1], random: SystemRandom())
            #expect(sealed.count == plaintext.count + 40)
            #expect(try XChaCha20Poly1305.openWithNonce(sealed, key: key, associated: [1]) == plaintext)
            #expect(
                sealed != XChaCha20Poly1305.sealWithNonce(plaintext, key: key, associated: [1], random: SystemRandom()))
        }
        let secret = SecretBytes.random(from: SeededRandom(26))
        let sealed = XChaCha20Poly1305.sealWithNonce(secret, key: key, random: SystemRandom())
        #expect(try XChaCha20Poly1305.openSecretWithNonce(sealed, key: key) == secret)
        for count in [0, 23, 24, 39, 71] {
            #expect(throws: SteleError.self) {
                try XChaCha20Poly1305.openSecretWithNonce(Array(sealed.prefix(count)), key: key)
            }
        }
    }

    @Test func stopsOnAWrongKeyLength() async {
        await #expect(processExitsWith: .failure) {
            _ = XChaCha20Poly1305.seal([1], key: SecretBytes([1]), nonce: [UInt8](repeating: 0, count: 24))
        }
    }
}
