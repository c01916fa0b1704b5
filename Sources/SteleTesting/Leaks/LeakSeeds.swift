// SteleTesting · personal data in every disguise that a node must see through.
public import Cryptography
internal import Primitives

/// Draws fields of bytes that hold personal data.
public struct LeakSeeds {
    /// How the data is put into a field.
    public enum Disguise: String, CaseIterable, Sendable {
        case zeroPadded, spacePadded, onesPadded, zeroLed, inRandom, hexadecimal, base64, utf16
        case md5Zeros, md5Random, md5Last, sha1Zeros, sha1Random, sha1Last, sha256, sha256Half, sha512
    }
    /// What is put there.
    public enum Kind: String, CaseIterable, Sendable { case date, name, number, identifier }

    /// Where everything is drawn from.
    public let random: SeededRandom
    /// Identifiers of the vault, six characters or more each.
    public let identifiers: [String]
    /// Names of the shipped list, of at least six letters.
    public static let names = [
        "Joseph", "Patricia", "Robert", "Jennifer", "Michael", "Barbara", "Sandra", "Richard", "Garcia", "Martinez",
        "Johnson", "Williams", "Nguyen", "Schmidt", "Kowalski", "Russell", "Dubois", "Tanaka", "Murphy", "Okafor",
    ]
    /// Names that are too short to stand out among random bytes.
    public static let shortNames = [
        "Mary", "John", "Lee", "Kim", "Ann", "Wu", "Ali", "Eva", "Sato", "Rao", "James", "Rossi",
    ]

    /// Seeds for a vault with `identifiers`.
    public init(seed: UInt64, identifiers: [String]) {
        random = SeededRandom(seed)
        self.identifiers = identifiers
    }

    private func number(below bound: Int) -> Int {
        Int(random.bytes(8).bigEndian(at: 0, as: UInt64.self) % UInt64(bound))
    }

    private func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    /// A text of `kind` such as people write; with `isLong`, one that stands out among random bytes.
    public func text(_ kind: Kind, isLong: Bool) -> String {
        switch kind {
        case .date:
            let (year, month, day) = (1900 + number(below: 136), 1 + number(below: 12), 1 + number(below: 28))
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return pick([
                "\(year)-\(two(month))-\(two(day))", "\(two(day)).\(two(month)).\(year)", "\(month)/\(day)/\(year)",
                "\(year)\(two(month))\(two(day))",
            ])
        case .name:
            let name = pick(isLong ? Self.names : Self.names + Self.shortNames)
            return pick([name, name.lowercased(), name.uppercased()])
        case .number:
            let width = isLong ? 6 : 1 + number(below: 6)
            return String((0..<width).map { _ in Character(String(number(below: 10))) })
        case .identifier: return pick(identifiers)
        }
    }

    /// A field of `count` bytes, 16 or 32, that holds a text of `kind` in `disguise`; nil if it does not fit there.
    public func field(_ kind: Kind, _ disguise: Disguise, count: Int) -> [UInt8]? {
        let text = Array(self.text(kind, isLong: disguise == .inRandom).utf8)
        func filled(_ bytes: [UInt8], _ fill: UInt8) -> [UInt8]? {
            // A fuller field is told by what it says; these are the others.
            bytes.count > count - 5 ? nil : bytes + [UInt8](repeating: fill, count: count - bytes.count)
        }
        func among(_ bytes: [UInt8], first: Int) -> [UInt8]? {
            guard first + bytes.count <= count else { return nil }
            return random.bytes(first) + bytes + random.bytes(count - first - bytes.count)
        }
        switch disguise {
        case .zeroPadded: return filled(text, 0)
        case .spacePadded: return filled(text, 0x20)
        case .onesPadded: return filled(text, 0xff)
        case .zeroLed: return filled(text, 0).map { Array($0[text.count...] + text) }
        case .inRandom: return text.count > count ? nil : among(text, first: number(below: count - text.count + 1))
        case .hexadecimal: return filled(Array(Hex.encode(text).utf8), 0)
        case .base64: return filled(Array(Base64.encode(text).utf8), 0)
        case .utf16: return filled(text.flatMap { [$0, 0] }, 0)
        case .md5Zeros: return count == 16 ? OldDigests.md5(text) : filled(OldDigests.md5(text), 0)
        case .md5Random: return among(OldDigests.md5(text), first: 0)
        case .md5Last: return among(OldDigests.md5(text), first: count - 16)
        case .sha1Zeros: return count == 16 ? Array(OldDigests.sha1(text)[..<16]) : filled(OldDigests.sha1(text), 0)
        case .sha1Random: return count == 16 ? nil : among(OldDigests.sha1(text), first: 0)
        case .sha1Last: return count == 16 ? nil : among(OldDigests.sha1(text), first: count - 20)
        case .sha256: return Array(SHA256.hash(text).bytes[..<count])
        case .sha256Half: return among(Array(SHA256.hash(text).bytes[..<16]), first: 0)
        case .sha512: return Array(SHA512.hash(text)[..<count])
        }
    }

    /// Field number `index` of a series that goes through every kind and disguise that fit `count` bytes.
    public func field(index: Int, count: Int) -> [UInt8] {
        var index = index
        while true {
            let kind = Kind.allCases[index % Kind.allCases.count]
            let disguise = Disguise.allCases[index / Kind.allCases.count % Disguise.allCases.count]
            if let field = field(kind, disguise, count: count) { return field }
            index += 1
        }
    }
}
