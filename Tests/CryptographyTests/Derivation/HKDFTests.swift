import Cryptography
import Primitives
import Testing

/// RFC 5869 Appendix A and Project Wycheproof.
@Suite struct HKDFTests {
    @Test func matchesTheFirstExampleStepByStep() {
        let input = SecretBytes([UInt8](repeating: 0x0b, count: 22))
        let key = HKDF.sha256.extract(from: input, salt: Array(0x00...0x0c))
        #expect(key == SecretBytes(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")))
        let output = HKDF.sha256.expand(key, info: Array(0xf0...0xf9), count: 42)
        #expect(
            output
                == SecretBytes(
                    hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")))
    }

    @Test func matchesTheLongExample() {
        let output = HKDF.sha256.derive(
            from: SecretBytes(Array(0x00...0x4f)), salt: Array(0x60...0xaf), info: Array(0xb0...0xff), count: 82)
        #expect(
            output
                == SecretBytes(
                    hex(
                        """
                        b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
                        59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
                        cc30c58179ec3e87c14c01d5c1f3434f1d87
                        """)))
    }

    @Test func matchesTheExampleWithoutSaltAndInfo() {
        let output = HKDF.sha256.derive(from: SecretBytes([UInt8](repeating: 0x0b, count: 22)), info: [], count: 42)
        #expect(
            output
                == SecretBytes(
                    hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")))
    }

    @Test(arguments: [HKDF.sha256, .sha512])
    func agreesWithWycheproof(function: HKDF) throws {
        let name = function == .sha256 ? "hkdf_sha256_test.json" : "hkdf_sha512_test.json"
        var (validCount, tooLongCount) = (0, 0)
        for vector in try Vectors.wycheproof(name) {
            let count = vector.fields["size"] as? Int ?? 0
            // More than 255 blocks is a mistake in the program, which `stopsBeyond255Blocks` covers.
            guard vector.isValid else {
                #expect(count > 255 * function.digestByteCount)
                tooLongCount += 1
                continue
            }
            let output = function.derive(
                from: SecretBytes(vector.bytes("ikm")), salt: vector.bytes("salt"), info: vector.bytes("info"),
                count: count)
            #expect(output == SecretBytes(vector.bytes("okm")), "case \(vector.number)")
            validCount += 1
        }
        #expect(tooLongCount == 2)
        #expect(validCount == (function == .sha256 ? 55 : 53))
    }

    @Test func stopsBeyond255Blocks() async {
        #expect(HKDF.sha256.expand(SecretBytes([1]), info: [], count: 255 * 32).count == 255 * 32)
        await #expect(processExitsWith: .failure) {
            _ = HKDF.sha256.expand(SecretBytes([1]), info: [], count: 255 * 32 + 1)
        }
    }

    @Test func takesTextAsItsBytes() {
        let input = SecretBytes([1, 2, 3])
        #expect(
            HKDF.sha256.derive(from: input, info: "record key")
                == HKDF.sha256.derive(from: input, info: Array("record key".utf8)))
        #expect(HKDF.sha256.derive(from: input, info: "a") != HKDF.sha256.derive(from: input, info: "b"))
    }
}
