// FHIR · the entries of a bundle found in a text that comes in pieces, without holding the bundle.
internal import JSON
public import Primitives

/// Finds where the entries of a Bundle stand in a text of any length, in one pass and in memory that does not grow with
/// the entries.
///
/// What lies outside the entries is kept, each entry replaced by `0`, and parsed at the end: so the bundle's own
/// grammar is checked as strictly as any text, and a bundle that was cut off is refused as a whole. The entries
/// themselves are whatever they are: whoever reads one parses it.
public struct BundleSplitter: Sendable {
    /// Most bytes outside the entries, in bytes.
    public static let envelopeByteCountMax = 32 << 20

    /// What the text was.
    public enum Outline: Sendable {
        /// A bundle; the ranges that were handed over are its entries.
        case bundle(Bundle.Kind)
        /// Something else, to be read as a whole: what was handed over means nothing.
        case other
    }

    private var position = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var envelope: [UInt8] = []
    // The last string at depth 1, if it is short: it may be a key.
    private var word: [UInt8] = []
    private var isCollectingWord = false
    private var isInEntries = false
    private var entryStart: Int?

    /// A splitter at the beginning of a text.
    public init() {}

    /// Reads the next piece, and returns where in the whole text the entries stand that end in it.
    /// - Throws: `bundle.malformed` when there is too much outside the entries.
    public mutating func read(_ piece: [UInt8]) throws(SteleError) -> [Range<Int>] {
        let bytes = piece.span
        var found: [Range<Int>] = []
        var outsideStart = entryStart == nil ? 0 : bytes.count
        for index in bytes.indices {
            let byte = bytes[index]
            if isInString {
                readString(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
                isCollectingWord = depth == 1
                if isCollectingWord { word.removeAll(keepingCapacity: true) }
            case UInt8(ascii: "{"):
                if isInEntries, depth == 2 {
                    entryStart = position + index
                    envelope.append(contentsOf: piece[outsideStart..<index])
                    envelope.append(UInt8(ascii: "0"))
                    outsideStart = bytes.count
                }
                depth += 1
            case UInt8(ascii: "["):
                if depth == 1, word.elementsEqual("entry".utf8) { isInEntries = true }
                depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 2, let start = entryStart {
                    entryStart = nil
                    outsideStart = index + 1
                    found.append(start..<(position + index + 1))
                }
            case UInt8(ascii: "]"):
                depth -= 1
                if depth == 1 { isInEntries = false }
            default: continue
            }
        }
        if outsideStart < bytes.count { envelope.append(contentsOf: piece[outsideStart...]) }
        position += bytes.count
        guard envelope.count <= Self.envelopeByteCountMax else {
            throw SteleError(
                .bundleMalformed, "the text holds more than \(Self.envelopeByteCountMax) bytes outside of entries",
                hint: "split the file, or write its resources as NDJSON, one a line")
        }
        return found
    }

    private mutating func readString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
            isCollectingWord = false
            return
        }
        if isCollectingWord, word.count < 16 { word.append(byte) }
    }

    /// Says what the text was, once all of it was read.
    /// - Throws: `json.…` when what lies outside the entries is no JSON, `bundle.malformed` for a bundle of no kind.
    public func finish() throws(SteleError) -> Outline {
        let root: JSONNode
        do {
            root = try JSONDocument(parsing: envelope).root
        } catch {
            throw error.asSteleError
        }
        guard root["resourceType"]?.isString("Bundle") == true else { return .other }
        // An entry that was not found is one that is no object, or behind a key spelled with escapes.
        let isWhole = root["entry"]?.elements.allSatisfy { $0.numberText == "0" } ?? true
        guard isWhole, let kind = root["type"]?.string.flatMap({ Bundle.Kind(rawValue: $0) }) else {
            throw Bundle.malformed("it is a Bundle with a type of R4, and each entry is an object", root)
        }
        return .bundle(kind)
    }
}
