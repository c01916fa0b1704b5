// JSON · text written piece by piece, for answers.

/// Writes one JSON text. Separators, line breaks and escapes are its duty; the order of calls is the caller's, and a
/// call that cannot stand where it is made is a bug that stops the process.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.beginObject()
/// writer.write(key: "resource")
/// writer.write(exact: recordBytes)
/// writer.endObject()
/// ```
public struct JSONWriter: Sendable {
    /// How the text is laid out.
    public enum Layout: Sendable {
        /// No white space.
        case compact
        /// One member or element a line, indented by two spaces.
        case pretty
    }

    private enum Container { case object, array }

    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    private let layout: Layout
    private var open: [Container] = []
    private var isFirst = true
    private var isAfterKey = false

    /// An empty writer with room for `capacity` bytes.
    public init(_ layout: Layout = .compact, capacity: Int = 256) {
        self.layout = layout
        bytes.reserveCapacity(capacity)
    }

    /// Whether exactly one whole value has been written.
    public var isComplete: Bool { open.isEmpty && !bytes.isEmpty }
}

// MARK: - Containers
extension JSONWriter {
    /// Opens an object; keys and values follow in turn.
    public mutating func beginObject() { begin(.object, UInt8(ascii: "{")) }
    /// Closes the innermost container, which is an object.
    public mutating func endObject() { end(.object, UInt8(ascii: "}")) }
    /// Opens an array; its elements follow.
    public mutating func beginArray() { begin(.array, UInt8(ascii: "[")) }
    /// Closes the innermost container, which is an array.
    public mutating func endArray() { end(.array, UInt8(ascii: "]")) }

    /// The key of the next value. Keeping keys apart is the caller's duty.
    public mutating func write(key: String) {
        precondition(open.last == .object && !isAfterKey, "a key stands in an object, before its value")
        separate()
        appendQuoted(key)
        bytes.append(UInt8(ascii: ":"))
        if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
        isAfterKey = true
    }

    private mutating func begin(_ container: Container, _ character: UInt8) {
        beginValue()
        bytes.append(character)
        open.append(container)
        isFirst = true
    }

    private mutating func end(_ container: Container, _ character: UInt8) {
        precondition(open.last == container && !isAfterKey, "the container that is closed is the innermost")
        open.removeLast()
        if !isFirst { breakLine() }
        bytes.append(character)
        isFirst = false
    }
}

// MARK: - Values
extension JSONWriter {
    /// A string.
    public mutating func write(_ value: String) {
        beginValue()
        appendQuoted(value)
    }

    /// An integer.
    public mutating func write(_ value: some BinaryInteger) {
        beginValue()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// `true` or `false`.
    public mutating func write(_ value: Bool) {
        beginValue()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// `null`.
    public mutating func writeNull() {
        beginValue()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Text that is one JSON value already, inserted verbatim: a number, or a record as it was received.
    public mutating func write(exact value: some Collection<UInt8>) {
        precondition(!value.isEmpty, "a value has text")
        beginValue()
        bytes.append(contentsOf: value)
    }
}

// MARK: - Layout and escapes
extension JSONWriter {
    private mutating func beginValue() {
        if isAfterKey {
            isAfterKey = false
        } else if open.isEmpty {
            precondition(bytes.isEmpty, "a text is one value")
        } else {
            precondition(open.last == .array, "a value in an object follows its key")
            separate()
        }
        isFirst = false
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine()
        isFirst = false
    }

    private mutating func breakLine() {
        guard layout == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * open.count))
    }

    // RFC 8259 §7: quotation mark, backslash and U+0000–U+001F are escaped, everything else stands for itself.
    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0x0a: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0c: bytes.append(contentsOf: #"\f"#.utf8)
            case 0x0d: bytes.append(contentsOf: #"\r"#.utf8)
            case 0..<0x20:
                bytes.append(contentsOf: (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
