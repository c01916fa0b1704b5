// FHIRTests · mutated resources: nothing crashes, what is accepted is accepted again, and what breaks is noticed.
import FHIR
import Foundation
import JSON
import Primitives
import Testing

@Suite struct ValidationFuzzTests {
    /// `STELE_MUTATIONS` in the environment makes it run longer.
    static let count = (ProcessInfo.processInfo.environment["STELE_MUTATIONS"].flatMap { Int($0) } ?? 20_000) / 10

    private func seeds() throws -> [[UInt8]] {
        let bundle = try Bundle(parsing: try SharedData.sample("patients/01-marta-kestrel.json"))
        return bundle.entries.compactMap { $0.resource?.bytes }
    }

    @Test func survivesChangedBytes() throws {
        var random = SplitMix(state: 7)
        let seeds = try seeds()
        var acceptedCount = 0
        for _ in 0..<Self.count {
            var bytes = seeds.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = bytes.indices.randomElement(using: &random)!
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes[place..<min(place + 9, bytes.count)], at: place)
                default: bytes[place] = Array(#"{}[]",:0_-tn\"#.utf8).randomElement(using: &random)!
                }
            }
            guard let resource = try? Resource(parsing: bytes), issues(in: resource).isEmpty else { continue }
            acceptedCount += 1
            let again = try Resource(parsing: resource.bytes)
            #expect(again.bytes == bytes && issues(in: again).isEmpty)
        }
        // A changed letter within a text is fine; most other changes are not.
        #expect(acceptedCount > 0 && acceptedCount < Self.count / 2)
    }

    /// Every member of a valid resource under another name is an issue, at that member's object.
    @Test func noticesEveryRenamedMember() throws {
        for bytes in try seeds() {
            let resource = try Resource(parsing: bytes)
            var places: [Int] = []
            collect(resource.node, into: &places)
            for place in places {
                var renamed = bytes
                renamed.insert(UInt8(ascii: "q"), at: place + 1)
                #expect(firstOffence(in: renamed) != nil, "at byte \(place)")
            }
        }
    }

    private func collect(_ node: JSONNode, into places: inout [Int]) {
        for (key, value) in node.memberNodes {
            places.append(key.sourceRange.lowerBound)
            collect(value, into: &places)
        }
        for element in node.elements { collect(element, into: &places) }
    }
}

/// A small generator, so that a failure repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
