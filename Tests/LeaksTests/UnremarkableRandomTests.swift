// Draws that look like something are drawn again.
import Cryptography
import Leaks
import Primitives
import Synchronization
import SteleTesting
import Testing

@Suite struct UnremarkableRandomTests {
    /// Gives what it was told to, one draw after the other, then the last for ever.
    private final class Told: RandomSource {
        private let draws: Mutex<[[UInt8]]>
        init(_ draws: [[UInt8]]) { self.draws = Mutex(draws) }
        func bytes(_ count: Int) -> [UInt8] { draws.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
        var leftCount: Int { draws.withLock { $0.count } }
    }

    private static let plain = SeededRandom(5).bytes(64)

    @Test(arguments: ["481516", "1980-05-12", "Garcia"], [0, 9, 26, 40])
    func whatLooksWrittenIsDrawnAgain(text: String, place: Int) {
        var remarkable = Self.plain
        for (offset, byte) in text.utf8.enumerated() where place + offset < 64 { remarkable[place + offset] = byte }
        // Cut by the end of a field, a text is none.
        guard place % 32 + text.utf8.count <= 32 else { return }
        let source = Told([remarkable, remarkable, Self.plain, [UInt8](repeating: 7, count: 64)])
        #expect(UnremarkableRandom(source).bytes(64) == Self.plain)
        #expect(source.leftCount == 1)
    }

    @Test func whatDoesNotIsGivenAsItWasDrawn() {
        let source = Told([Self.plain, [UInt8](repeating: 7, count: 64)])
        #expect(UnremarkableRandom(source).bytes(64) == Self.plain)
        let short = Array("481516".utf8)
        #expect(UnremarkableRandom(Told([short])).bytes(6) == short, "no field is as short")
        #expect(UnremarkableRandom(Told([[]])).bytes(0).isEmpty)
    }

    @Test func aSourceThatGivesNothingElseIsNotAskedForEver() {
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(UnremarkableRandom(Told([zeros])).bytes(32) == zeros)
    }
}
