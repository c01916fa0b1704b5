// HTTPServer · the request line and header section, checked.
internal import Primitives

/// What stands before the body of a request, or why it is refused.
///
/// libmicrohttpd parses leniently: it takes bare line feeds, folds lines, cuts at zero bytes, skips spaces and picks
/// the first of several lengths. Each is a place where a proxy before us may read another request than we do (request
/// smuggling, RFC 9112 §11.2). It parses in place, though, so every byte of the section can be accounted for: what it
/// skipped, joined or moved shows as a gap between the parts it reports.
struct RequestHead {
    /// The method.
    var method = ""
    /// The header fields.
    var headers = HTTPHeaders()
    /// Whether a body follows.
    var hasBody = false
    /// The declared length of the body, or nil if it comes in chunks.
    var bodyByteCount: Int? = 0
    /// Whether the client waits to be told before it sends the body.
    var expectsContinue = false

    /// The head that libmicrohttpd has read, or nil if it is malformed.
    ///
    /// - Parameters:
    ///   - method: The method and a zero byte, in the place where the request came in.
    ///   - target: Where the target came in, and its length.
    ///   - version: The version and a zero byte, in its place.
    @unsafe
    init?(
        _ connection: DaemonConnection, method: UnsafePointer<CChar>, target: (address: UInt, byteCount: Int),
        version: UnsafePointer<CChar>
    ) {
        let start = UInt(bitPattern: method)
        let versionStart = UInt(bitPattern: version)
        guard target.address > start + 1, versionStart == target.address + UInt(target.byteCount) + 1 else {
            return nil
        }
        let methodBytes = unsafe UnsafeRawBufferPointer(start: method, count: Int(target.address - start) - 1)
        guard unsafe methodBytes.allSatisfy(\.isTokenByte) else { return nil }
        self.method = unsafe String(cString: method)
        var reader = HeaderReader(from: versionStart + 8 + 2, to: start + UInt(connection.headerByteCount) - 2)
        connection.readHeaders(with: &reader)
        guard reader.isComplete else { return nil }
        headers = reader.headers
        guard readFraming(isVersion10: unsafe version[7] == CChar(bitPattern: UInt8(ascii: "0"))) else { return nil }
    }

    /// Finds out where the body ends. Two answers, or one that is not understood, are none (RFC 9112 §6.3).
    private mutating func readFraming(isVersion10: Bool) -> Bool {
        let hostCount = headers.count(of: "Host")
        guard hostCount == 1 || (hostCount == 0 && isVersion10) else { return false }
        expectsContinue = headers.contains("Expect")
        let lengthCount = headers.count(of: "Content-Length")
        if let coding = headers["Transfer-Encoding"] {
            guard !isVersion10, lengthCount == 0, headers.count(of: "Transfer-Encoding") == 1,
                coding.lowercased() == "chunked"
            else { return false }
            bodyByteCount = nil
            hasBody = true
            return true
        }
        guard lengthCount > 0 else { return true }
        // Eighteen digits always fit, and a sign is no digit.
        guard lengthCount == 1, let text = headers["Content-Length"], text.utf8.count <= 18,
            text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let count = Int(text)
        else { return false }
        bodyByteCount = count
        hasBody = count > 0
        return true
    }
}

/// Reads header fields, which must fill a section completely: name, colon, spaces, value, CR LF, and again.
struct HeaderReader {
    /// The fields so far.
    private(set) var headers = HTTPHeaders()
    private var place: UInt
    private let end: UInt
    private var isIntact = true

    /// A reader of the fields between the addresses `start` and `end`.
    init(from start: UInt, to end: UInt) {
        place = start
        self.end = end
        headers.reserve(fieldCount: 16, byteCount: Int(clamping: end - min(start, end)) + 16)
    }

    /// Whether the fields filled the section and each was well-formed.
    var isComplete: Bool { isIntact && place == end }

    /// Adds a field; returns false if it is not where it should be or malformed.
    @unsafe
    mutating func take(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) -> Bool {
        let nameStart = UInt(bitPattern: name.baseAddress)
        let valueStart = UInt(bitPattern: value.baseAddress)
        isIntact =
            unsafe nameStart == place && name.count > 0 && valueStart > place + UInt(name.count)
            && name.allSatisfy(\.isTokenByte) && value.allSatisfy(\.isFieldValueByte)
        guard isIntact else { return false }
        place = valueStart + UInt(value.count) + 2
        unsafe headers.append(name: name, value: value)
        return true
    }
}

extension UInt8 {
    /// Whether this may stand in a method or a field name (RFC 9110 §5.6.2).
    var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: ":"),
            UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "?"),
            UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "\\"), UInt8(ascii: "]"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "\""):
            false
        default: self > 0x20 && self < 0x7F
        }
    }

    /// Whether this may stand in a field value (RFC 9110 §5.5).
    var isFieldValueByte: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }
}
