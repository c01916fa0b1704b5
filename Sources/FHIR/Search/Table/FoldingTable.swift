// FHIR · letters without case and accents. Generated from the Unicode Character Database 14.0.0 by
// scripts/generate-search-parameters.py.

/// Letters beyond ASCII that a search takes for others: what they become, then their code points in hexadecimal.
enum FoldingTable {
    static let text = """
        a aa c0 c1 c2 c3 c4 c5 e0 e1 e2 e3 e4 e5 100 101 102 103 104 105 1cd 1ce 1de 1df 1e0 1e1 1fa 1fb 200 201 202
        a 203 226 227 1e00 1e01 1ea0 1ea1 1ea2 1ea3 1ea4 1ea5 1ea6 1ea7 1ea8 1ea9 1eaa 1eab 1eac 1ead 1eae 1eaf 1eb0
        a 1eb1 1eb2 1eb3 1eb4 1eb5 1eb6 1eb7
        ae c6 e6 1e2 1e3 1fc 1fd
        aʾ 1e9a
        b 1e02 1e03 1e04 1e05 1e06 1e07
        c c7 e7 106 107 108 109 10a 10b 10c 10d 1e08 1e09
        d 10e 10f 110 111 1e0a 1e0b 1e0c 1e0d 1e0e 1e0f 1e10 1e11 1e12 1e13
        dz 1c4 1c5 1c6 1f1 1f2 1f3
        e c8 c9 ca cb e8 e9 ea eb 112 113 114 115 116 117 118 119 11a 11b 204 205 206 207 228 229 1e14 1e15 1e16 1e17
        e 1e18 1e19 1e1a 1e1b 1e1c 1e1d 1eb8 1eb9 1eba 1ebb 1ebc 1ebd 1ebe 1ebf 1ec0 1ec1 1ec2 1ec3 1ec4 1ec5 1ec6
        e 1ec7
        f 1e1e 1e1f
        g 11c 11d 11e 11f 120 121 122 123 1e6 1e7 1f4 1f5 1e20 1e21
        h 124 125 126 127 21e 21f 2b0 1e22 1e23 1e24 1e25 1e26 1e27 1e28 1e29 1e2a 1e2b 1e96
        i cc cd ce cf ec ed ee ef 128 129 12a 12b 12c 12d 12e 12f 130 131 1cf 1d0 208 209 20a 20b 1e2c 1e2d 1e2e 1e2f
        i 1ec8 1ec9 1eca 1ecb
        ij 132 133
        j 134 135 1f0 2b2
        k 136 137 1e8 1e9 1e30 1e31 1e32 1e33 1e34 1e35
        l 139 13a 13b 13c 13d 13e 141 142 2e1 1e36 1e37 1e38 1e39 1e3a 1e3b 1e3c 1e3d
        lj 1c7 1c8 1c9
        l· 13f 140
        m 1e3e 1e3f 1e40 1e41 1e42 1e43
        n d1 f1 143 144 145 146 147 148 1f8 1f9 1e44 1e45 1e46 1e47 1e48 1e49 1e4a 1e4b
        nj 1ca 1cb 1cc
        o ba d2 d3 d4 d5 d6 d8 f2 f3 f4 f5 f6 f8 14c 14d 14e 14f 150 151 1a0 1a1 1d1 1d2 1ea 1eb 1ec 1ed 1fe 1ff 20c
        o 20d 20e 20f 22a 22b 22c 22d 22e 22f 230 231 1e4c 1e4d 1e4e 1e4f 1e50 1e51 1e52 1e53 1ecc 1ecd 1ece 1ecf 1ed0
        o 1ed1 1ed2 1ed3 1ed4 1ed5 1ed6 1ed7 1ed8 1ed9 1eda 1edb 1edc 1edd 1ede 1edf 1ee0 1ee1 1ee2 1ee3
        oe 152 153
        p 1e54 1e55 1e56 1e57
        r 154 155 156 157 158 159 210 211 212 213 2b3 1e58 1e59 1e5a 1e5b 1e5c 1e5d 1e5e 1e5f
        s 15a 15b 15c 15d 15e 15f 160 161 17f 218 219 2e2 1e60 1e61 1e62 1e63 1e64 1e65 1e66 1e67 1e68 1e69 1e9b
        ss df 1e9e
        t 162 163 164 165 166 167 21a 21b 1e6a 1e6b 1e6c 1e6d 1e6e 1e6f 1e70 1e71 1e97
        u d9 da db dc f9 fa fb fc 168 169 16a 16b 16c 16d 16e 16f 170 171 172 173 1af 1b0 1d3 1d4 1d5 1d6 1d7 1d8 1d9
        u 1da 1db 1dc 214 215 216 217 1e72 1e73 1e74 1e75 1e76 1e77 1e78 1e79 1e7a 1e7b 1ee4 1ee5 1ee6 1ee7 1ee8 1ee9
        u 1eea 1eeb 1eec 1eed 1eee 1eef 1ef0 1ef1
        v 1e7c 1e7d 1e7e 1e7f
        w 174 175 2b7 1e80 1e81 1e82 1e83 1e84 1e85 1e86 1e87 1e88 1e89 1e98
        x 2e3 1e8a 1e8b 1e8c 1e8d
        y dd fd ff 176 177 178 232 233 2b8 1e8e 1e8f 1e99 1ef2 1ef3 1ef4 1ef5 1ef6 1ef7 1ef8 1ef9
        z 179 17a 17b 17c 17d 17e 1e90 1e91 1e92 1e93 1e94 1e95
        ð d0
        þ de
        ŋ 14a
        ƀ 243
        ƃ 182
        ƅ 184
        ƈ 187
        ƌ 18b
        ƒ 191
        ƕ 1f6
        ƙ 198
        ƚ 23d
        ƞ 220
        ƣ 1a2
        ƥ 1a4
        ƨ 1a7
        ƭ 1ac
        ƴ 1b3
        ƶ 1b5
        ƹ 1b8
        ƽ 1bc
        ƿ 1f7
        ǝ 18e
        ǥ 1e4
        ȝ 21c
        ȣ 222
        ȥ 224
        ȼ 23b
        ɂ 241
        ɇ 246
        ɉ 248
        ɋ 24a
        ɍ 24c
        ɏ 24e
        ɓ 181
        ɔ 186
        ɖ 189
        ɗ 18a
        ə 18f
        ɛ 190
        ɠ 193
        ɣ 194 2e0
        ɦ 2b1
        ɨ 197
        ɩ 196
        ɯ 19c
        ɲ 19d
        ɵ 19f
        ɹ 2b4
        ɻ 2b5
        ʀ 1a6
        ʁ 2b6
        ʃ 1a9
        ʈ 1ae
        ʉ 244
        ʊ 1b1
        ʋ 1b2
        ʌ 245
        ʒ 1b7 1ee 1ef
        ʕ 2e4
        ʹ 374
        ʼn 149
        ͱ 370
        ͳ 372
        ͷ 376
        ͻ 3fd
        ͼ 3fe
        ͽ 3ff
        α 386 391 3ac 1f00 1f01 1f02 1f03 1f04 1f05 1f06 1f07 1f08 1f09 1f0a 1f0b 1f0c 1f0d 1f0e 1f0f 1f70 1f71 1fb0
        α 1fb1 1fb6 1fb8 1fb9 1fba 1fbb
        αι 1f80 1f81 1f82 1f83 1f84 1f85 1f86 1f87 1f88 1f89 1f8a 1f8b 1f8c 1f8d 1f8e 1f8f 1fb2 1fb3 1fb4 1fb7 1fbc
        β 392 3d0
        γ 393
        δ 394
        ε 388 395 3ad 3f5 1f10 1f11 1f12 1f13 1f14 1f15 1f18 1f19 1f1a 1f1b 1f1c 1f1d 1f72 1f73 1fc8 1fc9
        ζ 396
        η 389 397 3ae 1f20 1f21 1f22 1f23 1f24 1f25 1f26 1f27 1f28 1f29 1f2a 1f2b 1f2c 1f2d 1f2e 1f2f 1f74 1f75 1fc6
        η 1fca 1fcb
        ηι 1f90 1f91 1f92 1f93 1f94 1f95 1f96 1f97 1f98 1f99 1f9a 1f9b 1f9c 1f9d 1f9e 1f9f 1fc2 1fc3 1fc4 1fc7 1fcc
        θ 398 3d1 3f4
        ι 38a 390 399 3aa 3af 3ca 1f30 1f31 1f32 1f33 1f34 1f35 1f36 1f37 1f38 1f39 1f3a 1f3b 1f3c 1f3d 1f3e 1f3f 1f76
        ι 1f77 1fbe 1fd0 1fd1 1fd2 1fd3 1fd6 1fd7 1fd8 1fd9 1fda 1fdb
        κ 39a 3f0
        λ 39b
        μ b5 39c
        ν 39d
        ξ 39e
        ο 38c 39f 3cc 1f40 1f41 1f42 1f43 1f44 1f45 1f48 1f49 1f4a 1f4b 1f4c 1f4d 1f78 1f79 1ff8 1ff9
        π 3a0 3d6
        ρ 3a1 3f1 1fe4 1fe5 1fec
        σ 3a3 3c2 3f2 3f9
        τ 3a4
        υ 38e 3a5 3ab 3b0 3cb 3cd 3d2 3d3 3d4 1f50 1f51 1f52 1f53 1f54 1f55 1f56 1f57 1f59 1f5b 1f5d 1f5f 1f7a 1f7b
        υ 1fe0 1fe1 1fe2 1fe3 1fe6 1fe7 1fe8 1fe9 1fea 1feb
        φ 3a6 3d5
        χ 3a7
        ψ 3a8
        ω 38f 3a9 3ce 1f60 1f61 1f62 1f63 1f64 1f65 1f66 1f67 1f68 1f69 1f6a 1f6b 1f6c 1f6d 1f6e 1f6f 1f7c 1f7d 1ff6
        ω 1ffa 1ffb
        ωι 1fa0 1fa1 1fa2 1fa3 1fa4 1fa5 1fa6 1fa7 1fa8 1fa9 1faa 1fab 1fac 1fad 1fae 1faf 1ff2 1ff3 1ff4 1ff7 1ffc
        ϗ 3cf
        ϙ 3d8
        ϛ 3da
        ϝ 3dc
        ϟ 3de
        ϡ 3e0
        ϣ 3e2
        ϥ 3e4
        ϧ 3e6
        ϩ 3e8
        ϫ 3ea
        ϭ 3ec
        ϯ 3ee
        ϳ 37f
        ϸ 3f7
        ϻ 3fa
        а 410 4d0 4d1 4d2 4d3
        б 411
        в 412
        г 403 413 453
        д 414
        е 400 401 415 450 451 4d6 4d7
        ж 416 4c1 4c2 4dc 4dd
        з 417 4de 4df
        и 40d 418 419 439 45d 4e2 4e3 4e4 4e5
        к 40c 41a 45c
        л 41b
        м 41c
        н 41d
        о 41e 4e6 4e7
        п 41f
        р 420
        с 421
        т 422
        у 40e 423 45e 4ee 4ef 4f0 4f1 4f2 4f3
        ф 424
        х 425
        ц 426
        ч 427 4f4 4f5
        ш 428
        щ 429
        ъ 42a
        ы 42b 4f8 4f9
        ь 42c
        э 42d 4ec 4ed
        ю 42e
        я 42f
        ђ 402
        є 404
        ѕ 405
        і 406 407 457
        ј 408
        љ 409
        њ 40a
        ћ 40b
        џ 40f
        ѡ 460
        ѣ 462
        ѥ 464
        ѧ 466
        ѩ 468
        ѫ 46a
        ѭ 46c
        ѯ 46e
        ѱ 470
        ѳ 472
        ѵ 474 476 477
        ѹ 478
        ѻ 47a
        ѽ 47c
        ѿ 47e
        ҁ 480
        ҋ 48a
        ҍ 48c
        ҏ 48e
        ґ 490
        ғ 492
        ҕ 494
        җ 496
        ҙ 498
        қ 49a
        ҝ 49c
        ҟ 49e
        ҡ 4a0
        ң 4a2
        ҥ 4a4
        ҧ 4a6
        ҩ 4a8
        ҫ 4aa
        ҭ 4ac
        ү 4ae
        ұ 4b0
        ҳ 4b2
        ҵ 4b4
        ҷ 4b6
        ҹ 4b8
        һ 4ba
        ҽ 4bc
        ҿ 4be
        ӄ 4c3
        ӆ 4c5
        ӈ 4c7
        ӊ 4c9
        ӌ 4cb
        ӎ 4cd
        ӏ 4c0
        ӕ 4d4
        ә 4d8 4da 4db
        ӡ 4e0
        ө 4e8 4ea 4eb
        ӷ 4f6
        ӻ 4fa
        ӽ 4fc
        ӿ 4fe
        ԁ 500
        ԃ 502
        ԅ 504
        ԇ 506
        ԉ 508
        ԋ 50a
        ԍ 50c
        ԏ 50e
        ԑ 510
        ԓ 512
        ԕ 514
        ԗ 516
        ԙ 518
        ԛ 51a
        ԝ 51c
        ԟ 51e
        ԡ 520
        ԣ 522
        ԥ 524
        ԧ 526
        ԩ 528
        ԫ 52a
        ԭ 52c
        ԯ 52e
        ỻ 1efa
        ỽ 1efc
        ỿ 1efe
        ⱥ 23a
        ⱦ 23e
        """
}
