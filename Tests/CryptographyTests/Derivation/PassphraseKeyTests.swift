import Cryptography
import Primitives
import Testing

@Suite struct PassphraseKeyTests {
    let passphrase = SecretBytes("correct horse battery staple".utf8)

    @Test func dependsOnEveryInput() throws {
        let salt = [UInt8](repeating: 7, count: 16)
        let key = try PassphraseKey.derive(from: passphrase, salt: salt, cost: .insecure)
        #expect(key.count == 32)
        #expect(try PassphraseKey.derive(from: passphrase, salt: salt, cost: .insecure) == key)
        #expect(try PassphraseKey.derive(from: SecretBytes([1]), salt: salt, cost: .insecure) != key)
        #expect(
            try PassphraseKey.derive(from: passphrase, salt: salt.reversed().dropLast() + [1], cost: .insecure) != key)
        let dearer = PassphraseKey.Cost(passCount: 2, memoryByteCount: 16 << 10)
        #expect(try PassphraseKey.derive(from: passphrase, salt: salt, cost: dearer) != key)
    }

    @Test func refusesSaltsOfOtherLengths() {
        for count in [0, 15, 17] {
            #expect(throws: SteleError.self) {
                try PassphraseKey.derive(from: passphrase, salt: [UInt8](repeating: 0, count: count), cost: .insecure)
            }
        }
    }

    @Test func refusesCostsBelowTheLibrarysLeast() {
        let none = PassphraseKey.Cost(passCount: 0, memoryByteCount: 0)
        #expect(throws: SteleError.self) {
            try PassphraseKey.derive(from: passphrase, salt: [UInt8](repeating: 0, count: 16), cost: none)
        }
    }
}
