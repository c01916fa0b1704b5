import Cryptography
import Primitives
import Testing

@Suite struct SeededRandomTests {
    @Test func repeatsItselfForOneSeed() {
        let (first, second, other) = (SeededRandom(7), SeededRandom(7), SeededRandom(8))
        for count in [1, 32, 0, 1000] {
            let bytes = first.bytes(count)
            #expect(bytes.count == count)
            #expect(bytes == second.bytes(count))
        }
        #expect(SeededRandom(7).bytes(32) != other.bytes(32))
    }

    @Test func neverGivesTheSameTwice() {
        let random = SeededRandom(seed: Array("simulation".utf8))
        var seen: Set<Bytes32> = []
        for _ in 0..<1000 { #expect(seen.insert(random.bytes32()).inserted) }
    }

    @Test func servesManyTasksAtOnce() async {
        let random = SeededRandom(1)
        let all = await withTaskGroup(of: [Bytes32].self) { group in
            for _ in 0..<8 { group.addTask { (0..<100).map { _ in random.bytes32() } } }
            return await group.reduce(into: Set<Bytes32>()) { $0.formUnion($1) }
        }
        // Whatever the order of the tasks, the same eight hundred values are dealt out.
        let again = SeededRandom(1)
        #expect(all == Set((0..<800).map { _ in again.bytes32() }))
    }

    @Test func systemGivesTheCountAskedFor() {
        #expect(SystemRandom().bytes(0).isEmpty)
        #expect(SystemRandom().bytes(33).count == 33)
        #expect(SystemRandom().bytes32() != SystemRandom().bytes32())
    }
}
