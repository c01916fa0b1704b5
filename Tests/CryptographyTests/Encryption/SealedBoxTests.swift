import Cryptography
import Primitives
import Testing

/// RFC 9180 Appendix A.2.1: base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305, the first message.
@Suite struct SealedBoxTests {
    /// Gives the ephemeral private key of the example.
    struct ExampleRandom: RandomSource {
        func bytes(_ count: Int) -> [UInt8] {
            hex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600")
        }
    }

    static let info = hex("4f6465206f6e2061204772656369616e2055726e")
    static let associated = hex("436f756e742d30")
    static let plaintext = SecretBytes(hex("4265617574792069732074727574682c20747275746820626561757479"))
    static let box = hex(
        """
        1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a
        1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db
        21993c62ce81883d2dd1b51a28
        """)

    func recipient() throws -> AgreementKey {
        try AgreementKey(SecretBytes(hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")))
    }

    @Test func matchesTheRFC() throws {
        let key = try recipient()
        #expect(key.publicKey.hex == "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
        let sealed = try SealedBox.seal(
            Self.plaintext, to: key.publicKey, info: Self.info, associated: Self.associated, random: ExampleRandom())
        #expect(sealed == Self.box)
        let opened = try SealedBox.open(Self.box, with: key, info: Self.info, associated: Self.associated)
        #expect(opened == Self.plaintext)
    }

    @Test func refusesDamageAndOtherPurposes() throws {
        let key = try recipient()
        for position in Self.box.indices {
            var changed = Self.box
            changed[position] ^= 1
            #expect(throws: SteleError.self) {
                try SealedBox.open(changed, with: key, info: Self.info, associated: Self.associated)
            }
        }
        for count in [0, 31, 32, 47, 48, Self.box.count - 1] {
            #expect(throws: SteleError.self) {
                try SealedBox.open(
                    Array(Self.box.prefix(count)), with: key, info: Self.info, associated: Self.associated)
            }
        }
        #expect(throws: SteleError.self) { try SealedBox.open(Self.box, with: key, info: Self.info) }
        #expect(throws: SteleError.self) {
            try SealedBox.open(Self.box, with: key, info: [], associated: Self.associated)
        }
        let other = AgreementKey.random(from: SystemRandom())
        #expect(throws: SteleError.self) {
            try SealedBox.open(Self.box, with: other, info: Self.info, associated: Self.associated)
        }
    }

    @Test func sealsAfreshEachTime() throws {
        let key = AgreementKey.random(from: SystemRandom())
        for count in [0, 1, 32, 5000] {
            let secret = SecretBytes.random(count: count, from: SystemRandom())
            let first = try SealedBox.seal(secret, to: key.publicKey, info: [1], random: SystemRandom())
            let second = try SealedBox.seal(secret, to: key.publicKey, info: [1], random: SystemRandom())
            #expect(first != second)
            #expect(first.count == count + SealedBox.addedByteCount)
            #expect(try SealedBox.open(first, with: key, info: [1]) == secret)
            #expect(try SealedBox.open(second, with: key, info: [1]) == secret)
        }
    }

    @Test func refusesPointsOfLowOrder() {
        #expect(throws: SteleError.self) {
            try SealedBox.seal(SecretBytes([1]), to: .zero, info: [], random: SystemRandom())
        }
    }
}
