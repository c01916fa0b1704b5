// Something that must be nowhere, in every spelling in which it could be somewhere.
import Foundation

/// One text or secret with its spellings: plain, UTF-16 of both orders, hexadecimal of both cases, Base64 at each of
/// the three places it can have in a group.
struct Needle {
    let name: String
    let spellings: [(how: String, bytes: [UInt8])]

    /// A text.
    init(_ name: String, text: String) {
        let utf16 = Array(text.utf16)
        self.init(
            name, bytes: Array(text.utf8),
            more: [
                ("UTF-16 little-endian", utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
                ("UTF-16 big-endian", utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
                ("upper case", Array(text.uppercased().utf8)),
            ])
    }

    /// Bytes, such as a key.
    init(_ name: String, bytes: [UInt8], more: [(how: String, bytes: [UInt8])] = []) {
        self.name = name
        let hex = bytes.map { String(format: "%02x", $0) }.joined()
        var spellings = [("plain", bytes), ("hexadecimal", Array(hex.utf8))]
        spellings.append(("upper-case hexadecimal", Array(hex.uppercased().utf8)))
        spellings.append(("reversed", Array(bytes.reversed())))
        for shift in 0..<3 {
            let standard = Self.base64(bytes, shift: shift)
            spellings.append(("Base64 at \(shift)", Array(standard.utf8)))
            let url = standard.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            if url != standard { spellings.append(("base64url at \(shift)", Array(url.utf8))) }
        }
        self.spellings = spellings + more
    }

    /// The digits that encode `bytes` whatever stands around them, when `shift` bytes come before.
    private static func base64(_ bytes: [UInt8], shift: Int) -> String {
        let text = Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString().filter { $0 != "=" }
        // Digits that share bits with a neighbour are left out: those of `shift` bytes, and a last one cut short.
        let isLastShared = (shift + bytes.count) % 3 != 0
        return String(text.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(isLastShared ? 1 : 0))
    }
}

/// Where needles are looked for: all spellings of all of them at once.
struct Search {
    private let spellings: [(needle: String, how: String, bytes: [UInt8])]
    /// The spellings that begin with two bytes, by those.
    private var places = [[Int]](repeating: [], count: 1 << 16)

    init(_ needles: [Needle]) {
        spellings = needles.flatMap { needle in
            needle.spellings.map { (needle: needle.name, how: $0.how, bytes: $0.bytes) }
        }
        for (index, spelling) in spellings.enumerated() {
            places[Int(spelling.bytes[0]) << 8 | Int(spelling.bytes[1])].append(index)
        }
    }

    /// Looks through every byte and the name of every file under `path`.
    func files(under path: String) throws -> [String] {
        try Scratch.files(under: path).flatMap { file in
            bytes(Array(file.utf8) + [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))), of: file)
        }
    }

    /// Looks through `bytes`, which belong to `place`.
    func bytes(_ bytes: [UInt8], of place: String) -> [String] {
        var found: Set<String> = []
        guard bytes.count >= 2 else { return [] }
        for start in 0..<(bytes.count - 1) {
            for index in places[Int(bytes[start]) << 8 | Int(bytes[start + 1])]
            where bytes[start...].starts(with: spellings[index].bytes) {
                found.insert("\(spellings[index].needle) as \(spellings[index].how) in \(place)")
            }
        }
        return found.sorted()
    }
}
