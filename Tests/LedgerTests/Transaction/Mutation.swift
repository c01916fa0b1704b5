// Bytes made wrong in the ways in which bytes go wrong, and in the ways in which somebody makes them wrong.
import Foundation
import Primitives

enum Mutation {
    /// How many mutations a fuzz test tries: `STELE_MUTATIONS`, else `usual`.
    static func count(usual: Int) -> Int {
        ProcessInfo.processInfo.environment["STELE_MUTATIONS"].flatMap { Int($0) } ?? usual
    }

    /// Other mutations for each `STELE_SEED`, and those of `number` without one.
    static func random(_ number: UInt64) -> TestRandom {
        let seed = ProcessInfo.processInfo.environment["STELE_SEED"].flatMap { UInt64($0) } ?? 0
        return TestRandom(state: number &+ seed << 16)
    }

    /// What decoders stumble over: huge and indefinite lengths, long forms of short numbers, floats, tags.
    private static let nasty: [[UInt8]] = [
        [0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        [0x9a, 0xff, 0xff, 0xff, 0xff], [0x5f], [0x7f], [0x9f], [0xbf], [0xff], [0x18, 0x01], [0x19, 0x00, 0x01],
        [0xf6],
        [0xf7], [0xf9, 0x7e, 0x00], [0xfb, 0, 0, 0, 0, 0, 0, 0, 0], [0xc0], [0xa0], [0x80], [0x40], [0x60], [0x20],
        [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ]

    /// One to three changes of `bytes`.
    static func of(_ bytes: [UInt8], _ random: inout TestRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) { change(&bytes, &random) }
        return bytes
    }

    private static func change(_ bytes: inout [UInt8], _ random: inout TestRandom) {
        guard !bytes.isEmpty else {
            bytes = nasty.randomElement(using: &random)!
            return
        }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = Int.random(in: place..<bytes.count, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 4: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 5: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 6: bytes.remove(at: place)
        case 7: bytes.replaceSubrange(place..<(place + 1), with: nasty.randomElement(using: &random)!)
        case 8: bytes.insert(contentsOf: bytes[place..<end].prefix(80), at: place)
        default: bytes.removeSubrange(place...end)
        }
    }
}

/// CBOR written again item by item, as RFC 8949 §4.2.1 has it, by code that decodes nothing else.
enum Reencoding {
    static func of(_ bytes: [UInt8]) throws -> [UInt8] {
        var reader = CBORReader(bytes)
        var writer = CBORWriter()
        try copyItem(from: &reader, to: &writer)
        try reader.finish()
        return writer.bytes
    }

    private static func copyItem(from reader: inout CBORReader, to writer: inout CBORWriter) throws {
        switch try reader.peekMajorType() {
        case 0: writer.write(try reader.readUInt())
        case 1: writer.write(signed: try reader.readInt())
        case 2: writer.write(bytes: try reader.readBytes())
        case 3: writer.write(text: try reader.readText())
        case 4:
            let count = try reader.readArrayCount()
            writer.write(arrayCount: count)
            for _ in 0..<count { try copyItem(from: &reader, to: &writer) }
        case 5:
            let count = try reader.readMapCount()
            writer.write(mapCount: count)
            var key: UInt64?
            for _ in 0..<count {
                key = try reader.readKey(after: key)
                writer.write(key!)
                try copyItem(from: &reader, to: &writer)
            }
        default:
            if reader.readNullIfPresent() { writer.writeNull() } else { writer.write(try reader.readBool()) }
        }
    }
}
