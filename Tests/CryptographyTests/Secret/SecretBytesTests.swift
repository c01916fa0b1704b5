import Cryptography
import Primitives
import Testing

@Suite struct SecretBytesTests {
    @Test func holdsWhatItWasGiven() {
        let secret = SecretBytes([1, 2, 3])
        #expect(secret.count == 3)
        #expect(secret.exposedCopy() == [1, 2, 3])
        #expect(secret.withSpan { $0[2] } == 3)
        #expect(SecretBytes([]).exposedCopy() == [])
    }

    @Test func comparesByContent() {
        #expect(SecretBytes([1, 2, 3]) == SecretBytes([1, 2, 3]))
        #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2, 4]))
        #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2]))
        #expect(SecretBytes([]) == SecretBytes([]))
    }

    @Test func printsNothingOfItself() {
        let secret = SecretBytes([0xde, 0xad])
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped] {
            #expect(!text.contains("173") && !text.lowercased().contains("ad"))
        }
        #expect("\(secret)" == "<secret>")
    }

    @Test func emptiesTheArrayItTakes() {
        var bytes: [UInt8] = [9, 8, 7]
        let secret = SecretBytes(wiping: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.exposedCopy() == [9, 8, 7])
    }

    @Test func drawsItsLengthFromTheSource() {
        let first = SecretBytes.random(count: 48, from: SystemRandom())
        #expect(first.count == 48)
        #expect(first != SecretBytes.random(count: 48, from: SystemRandom()))
        #expect(SecretBytes.random(from: SeededRandom(1)) == SecretBytes.random(from: SeededRandom(1)))
    }
}
