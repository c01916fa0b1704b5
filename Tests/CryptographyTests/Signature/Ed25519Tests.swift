import Cryptography
import Primitives
import Testing

/// RFC 8032 §7.1, Project Wycheproof, and the edge cases on which libraries disagree. The last are pinned to
/// libsodium's verdicts: a node with other verdicts could split a network, so a library update that changes one must
/// fail here.
@Suite struct Ed25519Tests {
    struct Example: Sendable {
        var seed: String
        var publicKey: String
        var message: String
        var signature: String
    }

    static let examples = [
        Example(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: """
                e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
                5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
                """),
        Example(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: """
                92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
                085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
                """),
        Example(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature: """
                6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
                18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
                """),
        Example(
            seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            message: """
                ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
                2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
                """,
            signature: """
                dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589
                09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704
                """),
    ]

    @Test(arguments: examples)
    func matchesTheRFC(example: Example) throws {
        let key = try SigningKey(seed: SecretBytes(hex(example.seed)))
        #expect(key.publicKey.hex == example.publicKey)
        let message = hex(example.message)
        let signature = key.sign(message)
        #expect(signature == hex(example.signature))
        #expect(Ed25519.isValid(signature: signature, of: message, by: key.publicKey))
        #expect(Ed25519.isValid(signature: ([0] + signature)[1...], of: message, by: key.publicKey))
        #expect(Ed25519.isValid(signatureIn: [9] + signature, at: 1, message: message, by: key.publicKey))
    }

    @Test func matchesTheLongExampleOfTheRFC() throws {
        // "TEST 1024": the message is in Wycheproof, the key in the RFC.
        let vector = try #require(
            try Vectors.wycheproof("ed25519_test.json").first { $0.comment.hasSuffix("Test 1024") })
        let key = try SigningKey(
            seed: SecretBytes(hex("f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5")))
        #expect(vector.bytes("msg").count == 1023)
        #expect(key.sign(vector.bytes("msg")) == vector.bytes("sig"))
    }

    @Test func agreesWithWycheproof() throws {
        var checkedCount = 0
        for vector in try Vectors.wycheproof("ed25519_test.json") {
            let fields = try #require(vector.group["publicKey"] as? [String: Any])
            let key = try #require(PublicKey(hex: fields["pk"] as? String ?? ""))
            let isValid = Ed25519.isValid(signature: vector.bytes("sig"), of: vector.bytes("msg"), by: key)
            #expect(isValid == vector.isValid, "case \(vector.number): \(vector.comment)")
            checkedCount += 1
        }
        #expect(checkedCount == 101)
    }

    @Test func keepsItsVerdictsOnEdgeCases() throws {
        let cases = try #require(try Vectors.object("cctv-ed25519vectors.json")["cases"] as? [[String: Any]])
        var verdicts: [UInt8] = []
        var validCounts: [String: Int] = [:]
        for item in cases {
            let key = try #require(PublicKey(hex: item["key"] as? String ?? ""))
            let isValid = Ed25519.isValid(
                signature: hex(item["sig"] as? String ?? "?"), of: Array((item["msg"] as? String ?? "").utf8), by: key)
            verdicts.append(isValid ? 1 : 0)
            for flag in item["flags"] as? [String] ?? [] where isValid { validCounts[flag, default: 0] += 1 }
        }
        #expect(verdicts.count == 611)
        #expect(verdicts.count { $0 == 1 } == 30)
        #expect(validCounts == ["low_order_component_R": 24, "low_order_component_A": 29])
        // Which thirty they are: the digest of a byte for each case, 1 where it is valid.
        #expect(SHA256.hash(verdicts).hex == "893c4113f505bc3d123143b877ed5be6de5c6f4f2f67c2e056db6f2c3c37262e")
    }

    /// novifinancial/ed25519-speccheck `cases.json`, the twelve cases of Chalkias, Garillot, Nikolaenko, "Taming the
    /// many EdDSAs" (ePrint 2020/1244): message, key, signature.
    static let speccheckCases: [(message: String, key: String, signature: String)] = [
        (
            "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            """
            c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a
            0000000000000000000000000000000000000000000000000000000000000000
            """
        ),
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            """
            f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43
            a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04
            """
        ),
        (
            "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            """
            c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa
            8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e
            """
        ),
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            """
            9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f
            87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009
            """
        ),
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            """
            160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512
            5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09
            """
        ),
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            """
            21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7
            e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405
            """
        ),
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            """
            e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e
            547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514
            """
        ),
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            """
            8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942
            7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22
            """
        ),
        (
            "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            """
            ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f
            """
        ),
        (
            "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            """
            ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            ca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908
            """
        ),
        (
            "e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            """
            a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc
            a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04
            """
        ),
        (
            "39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            """
            a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dc
            a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04
            """
        ),
    ]

    /// The golden verdict on each of them, and what it is about.
    static let speccheckVerdicts: [(isValid: Bool, about: String)] = [
        (false, "A and R of small order, S = 0"), (false, "A of small order"), (false, "R of small order"),
        (true, "A and R of mixed order, both equations hold"),
        (false, "mixed order, only the cofactored equation holds"),
        (false, "mixed A, only the cofactored equation holds"), (false, "S above the group's order"),
        (false, "S far above it"), (false, "R not canonical, reduced for the hash"),
        (false, "R not canonical, hashed as it is"), (false, "A not canonical, reduced for the hash"),
        (false, "A not canonical, hashed as it is"),
    ]

    @Test func keepsItsVerdictsOnSpeccheck() throws {
        #expect(Self.speccheckCases.count == Self.speccheckVerdicts.count)
        for (number, (item, golden)) in zip(Self.speccheckCases, Self.speccheckVerdicts).enumerated() {
            let key = try #require(PublicKey(hex: item.key))
            let isValid = Ed25519.isValid(signature: hex(item.signature), of: hex(item.message), by: key)
            #expect(isValid == golden.isValid, "case \(number): \(golden.about)")
        }
    }
}
