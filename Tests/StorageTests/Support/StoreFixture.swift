// The two stores behind one door, so that one test body runs against both.
import Storage

extension ColumnFamily {
    static let state = ColumnFamily("state", index: 0, access: .pointLookup)
    static let leaf = ColumnFamily("leaf", index: 1, access: .appendOnly)
    static let index = ColumnFamily("index", index: 2)
}

extension [ColumnFamily] {
    static let test: [ColumnFamily] = [.state, .leaf, .index]
}

/// Opens and reopens one kind of store at one place.
final class StoreFixture {
    enum Kind: CaseIterable, Sendable { case rocksDB, memory }

    private let kind: Kind
    private let directory: TemporaryDirectory
    private let disk = MemoryDisk()

    init(_ kind: Kind) throws {
        self.kind = kind
        directory = try TemporaryDirectory()
    }

    func path(_ name: String) -> String { directory(name) }

    func open(_ name: String = "store", families: [ColumnFamily] = .test) throws -> any KeyValueStore {
        switch kind {
        case .rocksDB: try RocksDBStore(path: directory(name), columnFamilies: families)
        case .memory: try MemoryStore(path: directory(name), columnFamilies: families, on: disk)
        }
    }
}

extension KeyValueStore {
    func put(_ key: [UInt8], _ value: [UInt8], in family: ColumnFamily = .state, sync: Bool = false) throws {
        var batch = WriteBatch()
        batch.put(key, value, in: family)
        try write(batch, sync: sync)
    }

    func keys(_ range: KeyRange = .all, in family: ColumnFamily = .state, reverse: Bool = false) throws -> [[UInt8]] {
        try scan(range, in: family, reverse: reverse).map(\.key)
    }
}

/// A small generator with a seed, so that a failure repeats.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}
