// FHIR · text without case, accents and the width of its spaces, as people search for it.

/// Text as the search parameters of kind string compare it. Source: FHIR R4 §3.1.1.4.8.
///
/// Case, accents and combining marks are passed over, and white space in a row is one space. Marks and letters beyond
/// the Latin, Greek and Cyrillic of ``FoldingTable`` lose their case only.
struct FoldedText: Hashable, Sendable {
    /// UTF-8.
    let bytes: [UInt8]

    init(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5a: bytes.append(UInt8(scalar.value) + 32)
            case 0x09...0x0d, 0x20, 0xa0: if bytes.last != 0x20 { bytes.append(0x20) }
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            case 0x300..<0x370: continue  // Combining marks.
            default:
                if let folded = Self.table[scalar.value] {
                    bytes.append(contentsOf: folded)
                } else {
                    bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                }
            }
        }
        self.bytes = bytes
    }

    func starts(with other: FoldedText) -> Bool { bytes.starts(with: other.bytes) }

    func contains(_ other: FoldedText) -> Bool {
        guard !other.bytes.isEmpty else { return true }
        guard bytes.count >= other.bytes.count else { return false }
        return (0...(bytes.count - other.bytes.count)).contains { bytes[$0...].starts(with: other.bytes) }
    }

    private static let table: [UInt32: [UInt8]] = {
        var table: [UInt32: [UInt8]] = [:]
        for line in FoldingTable.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            for word in words.dropFirst() { table[UInt32(word, radix: 16)!] = Array(words[0].utf8) }
        }
        return table
    }()
}

extension FoldedText: Comparable {
    static func < (left: FoldedText, right: FoldedText) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
