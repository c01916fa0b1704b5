// Tests · a cache against a list that does the same slowly.
import Cryptography
import Testing

@testable import Vault

@Suite struct BoundedCacheTests {
    @Test func forgetsTheLeastRecentlyUsed() {
        var cache = BoundedCache<Int, String>(costMax: 3)
        for key in 1...3 { cache.insert("\(key)", for: key) }
        #expect(cache.value(for: 1) == "1")
        cache.insert("4", for: 4)
        #expect(cache.value(for: 2) == nil)
        #expect(cache.value(for: 1) == "1" && cache.value(for: 3) == "3" && cache.value(for: 4) == "4")
        #expect(cache.count == 3)
    }

    @Test func keepsOneThatIsLargerThanTheBoundAlone() {
        var cache = BoundedCache<Int, Int>(costMax: 10)
        cache.insert(1, for: 1, cost: 4)
        cache.insert(2, for: 2, cost: 40)
        #expect(cache.count == 1 && cache.value(for: 2) == 2 && cache.cost == 40)
        cache.insert(3, for: 3, cost: 4)
        #expect(cache.count == 1 && cache.value(for: 3) == 3 && cache.cost == 4)
    }

    @Test func forgetsWhenAnEntryGrows() {
        var cache = BoundedCache<Int, Int>(costMax: 10)
        for key in 0..<5 { cache.insert(key, for: key, cost: 2) }
        cache.setCost(7, of: 4)
        #expect(cache.cost == 9 && cache.count == 2 && cache.value(for: 3) == 3)
    }

    @Test func agreesWithAListOverRandomHistories() {
        let random = SeededRandom(11)
        for _ in 0..<200 {
            var cache = BoundedCache<UInt8, UInt8>(costMax: 20)
            var list: [(key: UInt8, value: UInt8, cost: Int)] = []  // Most recently used last.
            for step in random.bytes(100) {
                let key = step & 15
                let place = list.firstIndex { $0.key == key }
                switch step >> 6 {
                case 0:
                    #expect(cache.value(for: key) == place.map { list[$0].value })
                    if let place { list.append(list.remove(at: place)) }
                case 1:
                    cache.remove(key)
                    if let place { list.remove(at: place) }
                default:
                    cache.insert(step, for: key, cost: Int(step >> 4))
                    if let place { list.remove(at: place) }
                    list.append((key, step, Int(step >> 4)))
                    while list.count > 1, list.reduce(0, { $0 + $1.cost }) > 20 { list.removeFirst() }
                }
                #expect(cache.count == list.count && cache.cost == list.reduce(0) { $0 + $1.cost })
            }
        }
    }
}
