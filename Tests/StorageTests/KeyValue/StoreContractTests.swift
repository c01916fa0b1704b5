// The promises of `KeyValueStore`, kept by the store on disk and by its twin in memory alike.
import Primitives
import Storage
import Testing

@Suite struct StoreContractTests {
    @Test(arguments: StoreFixture.Kind.allCases)
    func returnsWhatWasWritten(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        try store.put([1], [10, 11])
        try store.put([2], [])
        #expect(try store.get([1], in: .state) == [10, 11])
        #expect(try store.get([2], in: .state) == [])
        #expect(try store.get([3], in: .state) == nil)
        #expect(try store.get([1], in: .leaf) == nil)
        let many = try store.getMany([[3], [2], [1], [1]], in: .state)
        #expect(many == [nil, [], [10, 11], [10, 11]])
        #expect(try store.getMany([], in: .state).isEmpty)
        let long = [UInt8](repeating: 7, count: 300_000)
        try store.put([9], long, in: .leaf)
        #expect(try store.get([9], in: .leaf) == long)
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func ordersKeysByUnsignedBytes(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        let sorted: [[UInt8]] = [
            [0], [0, 0], [0, 0xff], [1], [0x7f], [0x80], [0x80, 0], [0xfe, 0xff], [0xff], [0xff, 0], [0xff, 0xff],
            [0xff, 0xff, 0xff],
        ]
        for key in sorted.reversed() { try store.put(key, key) }
        #expect(try store.keys() == sorted)
        #expect(try store.keys(reverse: true) == sorted.reversed())
        #expect(try store.keys(.prefix([0xff])) == [[0xff], [0xff, 0], [0xff, 0xff], [0xff, 0xff, 0xff]])
        #expect(try store.keys(.prefix([0xff, 0xff]), reverse: true) == [[0xff, 0xff, 0xff], [0xff, 0xff]])
        #expect(try store.keys(.prefix([0xfe, 0xff])) == [[0xfe, 0xff]])
        #expect(try store.keys(.prefix([0x81])) == [])
        #expect(try store.keys(KeyRange(from: [0, 0], to: [0x80])) == [[0, 0], [0, 0xff], [1], [0x7f]])
        #expect(try store.keys(KeyRange(from: [0x80, 1], to: nil)).first == [0xfe, 0xff])
        #expect(try store.keys(KeyRange(from: [2], to: [2])) == [])
        #expect(try store.keys(KeyRange(from: [3], to: [2])) == [])
        #expect(try store.keys(KeyRange(from: [], to: [0])) == [])
        #expect(try store.keys(KeyRange(from: [], to: [0, 0]), reverse: true) == [[0]])
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func limitsAndStopsScans(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        for byte in UInt8(0)..<50 { try store.put([5, byte], [byte]) }
        #expect(try store.scan(prefix: [5], in: .state, limit: 3).map(\.value) == [[0], [1], [2]])
        #expect(try store.scan(prefix: [5], in: .state, reverse: true, limit: 2).map(\.value) == [[49], [48]])
        #expect(try store.scan(prefix: [5], in: .state, limit: 0).isEmpty)
        #expect(try store.scan(from: [5, 10], to: [5, 12], in: .state).map(\.value) == [[10], [11]])
        #expect(try store.first(prefix: [5], in: .state)?.value == [0])
        #expect(try store.last(prefix: [5], in: .state)?.value == [49])
        #expect(try store.last(prefix: [6], in: .state) == nil)
        var seen = 0
        try store.forEach(prefix: [5], in: .state) { (_, _) throws(SteleError) in
            seen += 1
            return seen < 7
        }
        #expect(seen == 7)
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func scansTheStoreAsItWas(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        for byte in UInt8(0)..<10 { try store.put([byte], [byte]) }
        var seen: [[UInt8]] = []
        try store.forEach(prefix: [], in: .state) { (key, _) throws(SteleError) in
            var batch = WriteBatch()
            batch.delete([9], in: .state)
            batch.put([key[0], 1], [], in: .state)
            try store.write(batch, sync: false)
            seen.append(key)
            return try store.get(key, in: .state) != nil || key == [9]
        }
        #expect(seen == (0..<10).map { [$0] })
        #expect(try store.get([9], in: .state) == nil)
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func passesOnWhatTheBodyThrows(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        try store.put([1], [])
        let error = #expect(throws: SteleError.self) {
            try store.forEach(prefix: [], in: .state) { (_, _) throws(SteleError) in
                throw SteleError(.blobRange, "stop", hint: "")
            }
        }
        #expect(error?.code == .blobRange)
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func appliesOperationsInOrderAcrossFamilies(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        for byte in UInt8(0)..<20 { try store.put([byte], [byte]) }
        var batch = WriteBatch()
        batch.put([1], [100], in: .state)
        batch.delete([1], in: .state)
        batch.put([2], [200], in: .leaf)
        batch.deleteRange(from: [5], to: [15], in: .state)
        batch.put([7], [77], in: .state)
        batch.deleteRange(from: [3], to: [3], in: .state)
        batch.delete([99], in: .index)
        batch.put([2], [201], in: .leaf)
        try store.write(batch, sync: true)
        #expect(try store.keys() == ([0, 2, 3, 4, 7] + Array(15..<20)).map { [$0] })
        #expect(try store.get([7], in: .state) == [77])
        #expect(try store.get([2], in: .leaf) == [201])
        #expect(try store.keys(in: .index).isEmpty)
        try store.write(WriteBatch(), sync: true)
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func keepsEverythingWhenReopened(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        var store = try fixture.open()
        try store.put([1], [1], sync: true)
        try store.put([2], [2])
        try store.close()
        store = try fixture.open()
        #expect(try store.keys() == [[1], [2]])
        try store.flush()
        try store.put([3], [3], in: .leaf)
        try store.close()
        store = try fixture.open()
        #expect(try store.keys() == [[1], [2]])
        #expect(try store.get([3], in: .leaf) == [3])
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func addsFamiliesAtTheEndOnly(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        try fixture.open(families: [.state]).put([1], [1])
        let store = try fixture.open(families: .test)
        #expect(try store.get([1], in: .state) == [1])
        try store.put([2], [2], in: .index)
        #expect(try store.get([2], in: .index) == [2])
        try store.close()
        let fewer = #expect(throws: SteleError.self) { try fixture.open(families: [.state, .leaf]) }
        #expect(fewer?.code == .storageLayout)
        let swapped = [ColumnFamily("leaf", index: 0), ColumnFamily("state", index: 1), .index]
        let moved = #expect(throws: SteleError.self) { try fixture.open(families: swapped) }
        #expect(moved?.code == .storageLayout)
        #expect(try fixture.open().get([2], in: .index) == [2])
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func refusesASecondOpener(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        let error = #expect(throws: SteleError.self) { try fixture.open() }
        #expect(error?.code == .storageLocked)
        try store.put([1], [1])
        try store.close()
        #expect(try fixture.open().get([1], in: .state) == [1])
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func refusesEveryCallOnceClosed(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        try store.close()
        try store.close()
        let calls: [() throws -> Void] = [
            { _ = try store.get([1], in: .state) }, { _ = try store.getMany([[1]], in: .state) },
            { try store.put([1], []) }, { _ = try store.keys() }, { try store.flush() },
            { try store.checkpoint(to: "/nowhere") }, { _ = try store.approximateByteCount() },
        ]
        for call in calls {
            #expect(#expect(throws: SteleError.self) { try call() }?.code == .storageClosed)
        }
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func checkpointsAConsistentCopy(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        try store.put([1], [1])
        try store.checkpoint(to: fixture.path("backups/copy"))
        try store.put([1], [2])
        try store.put([2], [2], in: .leaf)
        let copy = try fixture.open("backups/copy")
        #expect(try copy.get([1], in: .state) == [1])
        #expect(try copy.keys(in: .leaf).isEmpty)
        try copy.put([5], [5])
        #expect(try store.get([5], in: .state) == nil)
        let error = #expect(throws: SteleError.self) { try store.checkpoint(to: fixture.path("backups/copy")) }
        #expect(error?.code == .storageExists)
        try store.put([3], [3])  // Refusing a checkpoint is not a failed write.
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func growsWithItsContent(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        var random = SeededGenerator(seed: 1)
        let before = try store.approximateByteCount()
        try store.put([1], random.bytes(100_000))
        try store.flush()
        #expect(try store.approximateByteCount() - before >= 100_000)
    }

    /// A thousand random batches against a plain dictionary, in both directions and across flushes and reopening.
    @Test(arguments: StoreFixture.Kind.allCases)
    func agreesWithADictionary(kind: StoreFixture.Kind) throws {
        let fixture = try StoreFixture(kind)
        var store = try fixture.open()
        var random = SeededGenerator(seed: 42)
        var model: [[UInt8]: [UInt8]] = [:]
        for round in 0..<600 {
            var batch = WriteBatch()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let key = [UInt8.random(in: 0...9, using: &random), UInt8.random(in: 0...255, using: &random)]
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<7:
                    let value = random.bytes(Int.random(in: 0...20, using: &random))
                    batch.put(key, value, in: .state)
                    model[key] = value
                case 7..<9:
                    batch.delete(key, in: .state)
                    model[key] = nil
                default:
                    let range = KeyRange(from: key, to: [key[0], UInt8.random(in: 0...255, using: &random)])
                    batch.deleteRange(from: range.lower, to: range.upper!, in: .state)
                    model = model.filter { !range.contains($0.key) }
                }
            }
            try store.write(batch, sync: false)
            if round % 150 == 149 { try store.flush() }
            if round % 200 == 199 {
                try store.close()
                store = try fixture.open()
            }
        }
        let expected = model.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        #expect(try store.scan(.all, in: .state).map(\.key) == expected.map(\.key))
        #expect(try store.scan(.all, in: .state, reverse: true).map(\.value) == expected.reversed().map(\.value))
        #expect(try store.getMany(expected.map(\.key), in: .state) == expected.map(\.value))
        let third = KeyRange.prefix([3])
        #expect(try store.keys(third, reverse: true) == expected.map(\.key).filter(third.contains).reversed())
    }

    @Test(arguments: StoreFixture.Kind.allCases)
    func servesManyThreadsAndClosesAfterThem(kind: StoreFixture.Kind) async throws {
        let fixture = try StoreFixture(kind)
        let store = try fixture.open()
        try store.put([1], [1])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in UInt8(0)..<4 {
                group.addTask {
                    for turn in UInt8(0)..<200 {
                        do {
                            try store.put([2, thread, turn], [turn])
                            #expect(try store.get([2, thread, turn], in: .state) == [turn])
                        } catch let error as SteleError where error.code == .storageClosed {
                            return
                        }
                    }
                }
            }
            group.addTask {
                try await Task.sleep(for: .milliseconds(2))
                try store.close()
            }
            try await group.waitForAll()
        }
    }

    @Test func stopsTheProcessOnAnEmptyKey() async {
        await #expect(processExitsWith: .failure) {
            var batch = WriteBatch()
            batch.put([], [1], in: .state)
        }
    }
}
