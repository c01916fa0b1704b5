// Primitives · base64 and base64url text, RFC 4648 §4 and §5.

/// Base64, strict: no white space, no missing or surplus padding, no stray bits in the last character.
public enum Base64 {
    /// Which alphabet, and whether the text is padded.
    public enum Variant: Sendable {
        /// RFC 4648 §4, padded: signed notes, JSON.
        case standard
        /// RFC 4648 §5, unpadded: JOSE.
        case url
    }

    /// `bytes` as text.
    public static func encode(_ bytes: some Collection<UInt8>, _ variant: Variant = .standard) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var pending = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            pending += 1
            if pending == 3 {
                for shift in [18, 12, 6, 0] as [UInt32] { text.append(character(UInt8(group >> shift & 63), variant)) }
                group = 0
                pending = 0
            }
        }
        if pending > 0 {
            group <<= UInt32(8 * (3 - pending))
            for index in 0...pending { text.append(character(UInt8(group >> UInt32(18 - 6 * index) & 63), variant)) }
            if variant == .standard { text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - pending)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes written by `text`, or nil if it is not exactly what ``encode(_:_:)`` writes.
    public static func decode(_ text: some StringProtocol, _ variant: Variant = .standard) -> [UInt8]? {
        var characters = Array(text.utf8)
        if variant == .standard {
            guard characters.count.isMultiple(of: 4) else { return nil }
            if characters.last == UInt8(ascii: "=") { characters.removeLast() }
            if characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3 + 2)
        var group: UInt32 = 0
        var pending = 0
        for character in characters {
            guard let value = value(character, variant) else { return nil }
            group = group << 6 | UInt32(value)
            pending += 1
            if pending == 4 {
                bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                bytes.append(UInt8(truncatingIfNeeded: group))
                group = 0
                pending = 0
            }
        }
        switch pending {
        case 2:
            guard group & 15 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: group >> 4))
        case 3:
            guard group & 3 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
        default: break
        }
        return bytes
    }

    private static func character(_ value: UInt8, _ variant: Variant) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: variant == .standard ? UInt8(ascii: "+") : UInt8(ascii: "-")
        default: variant == .standard ? UInt8(ascii: "/") : UInt8(ascii: "_")
        }
    }

    private static func value(_ character: UInt8, _ variant: Variant) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+") where variant == .standard: 62
        case UInt8(ascii: "/") where variant == .standard: 63
        case UInt8(ascii: "-") where variant == .url: 62
        case UInt8(ascii: "_") where variant == .url: 63
        default: nil
        }
    }
}
