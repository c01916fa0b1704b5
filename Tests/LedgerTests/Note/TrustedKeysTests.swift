// Whom a trust file trusts, and whether one of them could rewrite history alone.
import Cryptography
import Ledger
import Testing

@Suite struct TrustedKeysTests {
    @Test func aKeyWithTheWeightOfAQuorumIsASingleSigner() throws {
        func trust(_ weights: [UInt64]) throws -> TrustedKeys {
            let random = SeededRandom(5)
            let lines = weights.map { weight in
                let key = SigningKey.random(from: random).publicKey
                return "\(NoteVerifierKey(name: "stele/test", publicKey: key).text) \(weight)"
            }
            return try TrustedKeys(parsing: lines.joined(separator: "\n"))
        }
        for weights: [UInt64] in [[1], [5, 1], [1, 1, 9], [3, 1]] { #expect(try trust(weights).isSingleSigner) }
        for weights: [UInt64] in [[1, 1], [2, 1], [1, 1, 1, 1], [6, 2, 1]] {
            #expect(try !trust(weights).isSingleSigner)
        }
    }
}
