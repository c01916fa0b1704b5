// Bundles of any length: where their entries stand, whatever the pieces they come in.
import JSON
import Primitives
import Testing

@testable import FHIR

@Suite struct BundleSplitterTests {
    private static let bundle = #"""
        { "resourceType": "Bundle", "meta": {"tag": [{"code": "entry", "display": "a } ] \" { ["}]},
          "entry": [ {"fullUrl": "urn:x:1", "resource": {"resourceType": "List", "entry": [{"item": {"display": "x]"}}]}},
          {"resource":{"resourceType":"Patient","id":"p"}} , {} ], "type": "collection" }
        """#

    /// The entries found in `text` cut into pieces of `byteCount`, and what it was.
    private func split(
        _ text: String, by byteCount: Int
    ) throws -> (entries: [String], outline: BundleSplitter.Outline) {
        var splitter = BundleSplitter()
        let bytes = Array(text.utf8)
        var ranges: [Range<Int>] = []
        for start in stride(from: 0, to: bytes.count, by: byteCount) {
            ranges += try splitter.read(Array(bytes[start..<min(start + byteCount, bytes.count)]))
        }
        return (ranges.map { String(decoding: bytes[$0], as: UTF8.self) }, try splitter.finish())
    }

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func findsTheSameEntriesWhateverThePieces(byteCount: Int) throws {
        let (entries, outline) = try split(Self.bundle, by: byteCount)
        let root = try JSONDocument(parsing: Array(Self.bundle.utf8)).root
        let expected = try #require(root["entry"]).elements.map { String(decoding: $0.sourceBytes, as: UTF8.self) }
        #expect(entries == expected && entries.count == 3)
        guard case .bundle(.collection) = outline else { throw SteleError(.bundleMalformed, "no bundle", hint: "") }
    }

    @Test(arguments: [
        #"{"resourceType":"List","entry":[{"item":{"display":"x"}}]}"#, #"{"resourceType":"Patient","id":"p"}"#, "[1]",
    ])
    func whatIsNoBundleIsSomethingElse(text: String) throws {
        guard case .other = try split(text, by: 5).outline else {
            throw SteleError(.bundleMalformed, "taken for a bundle", hint: "")
        }
    }

    @Test(arguments: [
        "", "{", #"{"resourceType":"Bundle","type":"batch","entry":[{"a":1},{"b":2}"#,
        #"{"resourceType":"Bundle","type":"batch","entry":[{"a":1} {"b":2}]}"#,
        #"{"resourceType":"Bundle","type":"batch","entry":[{"a":1}],"entry":[{"b":2}]}"#,
        #"{"resourceType":"Bundle","type":"batch","entry":[{"a":1},7]}"#,
        #"{"resourceType":"Bundle","type":"batch","\u0065ntry":[{"a":1}]}"#,
        #"{"resourceType":"Bundle","type":"bunch","entry":[]}"#, #"{"resourceType":"Bundle"}"#,
        #"{"resourceType":"Bundle","type":"batch"}}"#, #"{"resourceType":"Bundle","type":"batch","entry":[{]}}"#,
    ])
    func refusesWhatIsNotWhole(text: String) {
        #expect(throws: SteleError.self) { _ = try split(text, by: 9) }
    }

    @Test func holdsNoMoreOutsideTheEntriesThanItSays() {
        var splitter = BundleSplitter()
        let piece = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        #expect(throws: SteleError.self) {
            for _ in 0...(BundleSplitter.envelopeByteCountMax >> 20) { _ = try splitter.read(piece) }
        }
    }
}
