// Leaks · bytes that were meant to be read.
internal import Primitives

/// Rules that tell text from random bytes. Together they are met by random bytes once in four million fields; see
/// `docs/spec/leaks.md` §2.
enum VisibleText {
    /// So many characters of ASCII in a row are text, whatever they say.
    static let printableCountMin = 22
    /// So many letters and what stands between words are words.
    static let wordCountMin = 15
    /// So many letters, digits, `+`, `/` and `=` are an encoding of something.
    static let base64CountMin = 18
    /// So many hexadecimal digits are one too.
    static let hexCountMin = 10
    /// So many digits are a number that somebody has.
    static let digitCountMin = 6
    /// Shorter runs of characters say nothing.
    static let runCountMin = 5

    /// Whether `run`, characters of ASCII in a row, says something about somebody.
    /// - Parameter edges: whether the run begins where the field does, and ends where it ends.
    static func isTelling(
        _ run: ArraySlice<UInt8>, _ identifiers: LeakIdentifiers, edges: (first: Bool, last: Bool)
    ) -> Bool {
        if run.count >= printableCountMin { return true }
        if longestRun(in: run, isWordPart) >= wordCountMin { return true }
        if longestRun(in: run, isBase64) >= base64CountMin { return true }
        if longestRun(in: run, isHex) >= hexCountMin { return true }
        if says(run, identifiers, edges) { return true }
        // Eight characters of base64 or more can hold a short date or a number; where they begin is not known.
        let encoded = run.drop { !isBase64($0) }.prefix(while: isBase64)
        guard encoded.count >= 8 else { return false }
        return (0..<4).contains { skipped in
            decodeBase64(encoded.dropFirst(skipped)).split { !isPrintable($0) }
                .contains { $0.count >= runCountMin && says($0, identifiers, (true, true)) }
        }
    }

    /// Whether `text` holds a number, a date, a name or an identifier.
    private static func says(
        _ text: ArraySlice<UInt8>, _ identifiers: LeakIdentifiers, _ edges: (first: Bool, last: Bool)
    ) -> Bool {
        if longestRun(in: text, isDigit) >= digitCountMin || holdsDate(text) { return true }
        if identifiers.occur(in: ArraySlice(text.map(lowercased))) { return true }
        return holdsName(text, edges)
    }

    // MARK: - Dates

    /// Whether three groups of digits are joined by `-`, `/` or `.`, or a month's name stands with four digits.
    static func holdsDate(_ text: ArraySlice<UInt8>) -> Bool {
        var groupCount = 0
        var digitCount = 0
        var previous: UInt8 = 0
        for byte in text {
            if isDigit(byte) {
                if !isDigit(previous) { groupCount = isSeparator(previous) && groupCount > 0 ? groupCount + 1 : 1 }
                digitCount = groupCount == 1 && !isDigit(previous) ? 1 : digitCount + 1
                if groupCount >= 3, digitCount >= 4 { return true }
            } else if !isSeparator(byte) || !isDigit(previous) {
                groupCount = 0
            }
            previous = byte
        }
        guard text.lazy.filter(isDigit).count >= 4 else { return false }
        return text.indices.dropLast(2).contains { start in
            let word = text[start..<(start + 3)]
            return months.contains(ArraySlice(word.map(lowercased))) && hasNameCase(word)
        }
    }

    private static let months = Set(DateSpellings.monthNames.map { ArraySlice($0.utf8.prefix(3).map(lowercased)) })

    // MARK: - Names

    private static let names = Set(
        LeakNames.all.filter { $0.count >= LeakNames.edgeByteCountMin }.map { hash($0[...]) })

    /// Whether a shipped name of six letters or more, or at an edge five, occurs in `text`, as `name`, `Name` or
    /// `NAME`.
    private static func holdsName(_ text: ArraySlice<UInt8>, _ edges: (first: Bool, last: Bool)) -> Bool {
        let lower = text.map(lowercased)
        let first = text.startIndex
        for start in lower.indices where isLetter(lower[start]) {
            var code = hashStart
            for end in start..<lower.count {
                guard isLetter(lower[end]) else { break }
                code = hash(code, lower[end])
                let isAtEdge = edges.first && start == 0 || edges.last && end == lower.count - 1
                let countMin = isAtEdge ? LeakNames.edgeByteCountMin : LeakNames.embeddedByteCountMin
                if end - start + 1 >= countMin, names.contains(code),
                    hasNameCase(text[(first + start)...(first + end)])
                {
                    return true
                }
            }
        }
        return false
    }

    /// Whether `word`, of letters, is written as `name`, `Name` or `NAME`.
    private static func hasNameCase(_ word: ArraySlice<UInt8>) -> Bool {
        let rest = word.dropFirst()
        return rest.allSatisfy { $0 >= 0x61 } || (word.first! < 0x61 && rest.allSatisfy { $0 < 0x61 })
    }
}

// MARK: - Whole fields
extension VisibleText {
    /// Whether all of `field`, but for zeros at its end, is UTF-8 whose ASCII is letters, digits and what stands
    /// between words.
    static func isText(_ field: ArraySlice<UInt8>) -> Bool {
        var content = field
        while content.last == 0 { content.removeLast() }
        guard content.allSatisfy({ $0 >= 0x80 || isWordPart($0) || isDigit($0) || $0 &- 0x28 < 8 || $0 == 0x3a }) else {
            return false
        }
        return String(validating: content, as: UTF8.self) != nil
    }

    /// The bytes that `text` encodes; what does not fill one is left out, and padding ends it.
    private static func decodeBase64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bits: UInt32 = 0
        var bitCount = 0
        var bytes: [UInt8] = []
        for byte in text {
            let value: UInt8
            switch byte {
            case 0x41...0x5a: value = byte - 0x41
            case 0x61...0x7a: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            default: return bytes
            }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return bytes
    }
}

// MARK: - Characters and hashes
extension VisibleText {
    static func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x5f }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte >= 0x80 }
    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
    static func uppercased(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xdf : byte }
    private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
    private static func isSeparator(_ byte: UInt8) -> Bool { byte &- 0x2d < 3 }  // - . /
    private static func isWordPart(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    private static func isBase64(_ byte: UInt8) -> Bool {
        (isAlphanumeric(byte) && byte < 0x80) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func longestRun(in text: ArraySlice<UInt8>, _ isPart: (UInt8) -> Bool) -> Int {
        var longest = 0
        var run = 0
        for byte in text {
            run = isPart(byte) ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// FNV-1a, 64 bits: of texts of a few bytes, extended byte by byte.
    static let hashStart: UInt64 = 0xcbf2_9ce4_8422_2325
    static func hash(_ code: UInt64, _ byte: UInt8) -> UInt64 { (code ^ UInt64(byte)) &* 0x100_0000_01b3 }
    static func hash(_ text: ArraySlice<UInt8>) -> UInt64 { text.reduce(hashStart, hash) }

    /// Whether some part of `text` of at least `countMin` bytes has a hash that `isKnown`.
    static func hasPart(of text: ArraySlice<UInt8>, countMin: Int, _ isKnown: (UInt64) -> Bool) -> Bool {
        for start in text.indices.dropLast(countMin - 1) {
            var code = hashStart
            for end in start..<text.endIndex {
                code = hash(code, text[end])
                if end - start + 1 >= countMin, isKnown(code) { return true }
            }
        }
        return false
    }
}
