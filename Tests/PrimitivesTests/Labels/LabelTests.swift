import Primitives
import Testing

@Suite struct LabelTests {
    static let all: [Label] = [
        .actor("did:web:clinic.example:users:7"), .organisation("clinic"), .role(code: "nurse", organisation: "clinic"),
        .team("00ff"), .all, .type("Observation"), .category("laboratory"), .sensitivity("PSY"), .record("Patient/1"),
        .typeInCategory(type: "Observation", category: "vital-signs"), .purpose("TREAT"),
    ]

    @Test func partsComeBack() {
        for label in Self.all {
            #expect(Label(parts: label.parts) == label)
            #expect(Label(parts: label.parts + [""]) == nil)
            #expect(Label(parts: label.parts.dropLast()) == nil)
        }
        for parts in [
            [], ["other", "x"], ["and", "type", "a", "type", "b"], ["and", "category", "a", "type", "b"], ["All"],
        ] {
            #expect(Label(parts: parts) == nil)
        }
    }

    /// What is hashed is one deterministic array of the parts, and no two labels share it.
    @Test func encodesItsParts() throws {
        var seen: Set<[UInt8]> = []
        for label in Self.all {
            var reader = CBORReader(label.encoded)
            var parts: [String] = []
            for _ in 0..<(try reader.readArrayCount()) { parts.append(try reader.readText()) }
            try reader.finish()
            #expect(parts == label.parts)
            #expect(seen.insert(label.encoded).inserted)
        }
    }

    @Test func keepsFieldsApart() {
        #expect(Label.role(code: "a", organisation: "bc").encoded != Label.role(code: "ab", organisation: "c").encoded)
        #expect(Label.role(code: "a", organisation: "b").encoded != Label.role(code: "b", organisation: "a").encoded)
        #expect(Label.type("x").encoded != Label.category("x").encoded)
    }

    @Test func matchesTheWorkedExamples() {
        #expect(Hex.encode(Label.all.encoded) == "8163616c6c")
        #expect(
            Hex.encode(Label.role(code: "nurse", organisation: "clinic").encoded)
                == "8364726f6c6566636c696e6963656e75727365")
    }
}
