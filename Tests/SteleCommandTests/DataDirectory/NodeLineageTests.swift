// Which key of a node succeeded which: nothing but the former key's own word makes a successor.
import Cryptography
import Foundation
import Ledger
import Primitives
import Testing

@testable import SteleCommand

@Suite struct NodeLineageTests {
    private let folder: TemporaryDirectory
    private let keys: [SigningKey]
    private let genesis: Genesis

    init() throws {
        let random = SystemRandom()
        folder = try TemporaryDirectory()
        keys = (0..<3).map { _ in SigningKey.random(from: random) }
        genesis = try Self.genesis(keys[0])
    }

    private static func genesis(_ node: SigningKey) throws -> Genesis {
        let random = SystemRandom()
        return try Genesis(
            name: "test", time: Timestamp(milliseconds: 1), random: random.bytes32(),
            validators: [Validator(key: SigningKey.random(from: random).publicKey, weight: 1)], organisation: "clinic",
            adminKey: SigningKey.random(from: random).publicKey, nodeKey: node.publicKey)
    }

    private func load(_ genesis: Genesis? = nil) throws -> NodeLineage {
        try NodeLineage(folder.path, genesis ?? self.genesis)
    }

    private var path: String { folder.path + "/" + NodeLineage.name }

    @Test func growsByOneKeyAfterTheOther() throws {
        #expect(try load().keys == [keys[0].publicKey])
        for index in 1...2 {
            var lineage = try load()
            try lineage.append(keys[index].publicKey, after: keys[index - 1])
            // The same once more, as after a crash.
            try lineage.append(keys[index].publicKey, after: keys[index - 1])
        }
        #expect(try load().keys == keys.map(\.publicKey))
        var lineage = try load()
        #expect(throws: SteleError.self) { try lineage.append(keys[0].publicKey, after: keys[1]) }
    }

    @Test func whatIsForgedIsRefused() throws {
        var lineage = try load()
        try lineage.append(keys[1].publicKey, after: keys[0])
        try lineage.append(keys[2].publicKey, after: keys[1])
        let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
        // Of another network, though the key is the same.
        #expect(throws: SteleError.self) { try load(Self.genesis(keys[0])) }
        var refusedCount = 0
        for index in whole.indices {
            var changed = whole
            changed[index] ^= 1
            try Data(changed).write(to: URL(filePath: path))
            if let read = try? load(), read.keys == keys.map(\.publicKey) {
                Issue.record("byte \(index) may be anything")
            } else {
                refusedCount += 1
            }
        }
        #expect(refusedCount == whole.count)
        let lines = whole.split(separator: UInt8(ascii: "\n"))
        for order in [[1], [1, 0], [0, 0], [0, 1, 0]] {
            let text = order.flatMap { lines[$0] + [UInt8(ascii: "\n")] }
            try Data(text).write(to: URL(filePath: path))
            #expect(throws: SteleError.self) { try load() }
        }
        // Shorter than it was is a lineage too: it ends with a key that was replaced.
        try Data(lines[0] + [UInt8(ascii: "\n")]).write(to: URL(filePath: path))
        #expect(try load().keys.count == 2)
    }
}
