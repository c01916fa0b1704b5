// HTTPServer · the target of a request.

/// What a request asks for: a path and a query, as they came and decoded.
///
/// A target has the origin form `/path?query`; the absolute form is reduced to it, and `*` is kept for `OPTIONS`
/// (RFC 9112 §3.2). Bytes that may not stand in a target, broken escapes and text that is no UTF-8 are refused.
public struct HTTPTarget: Hashable, Sendable {
    /// The path as it came, percent-encoded, without the query.
    public let path: String
    /// The parts of the path between slashes, decoded; none for `/`. An escaped slash does not divide.
    public let segments: [String]
    /// The query as it came, percent-encoded, without the question mark; nil if there is none. Never logged.
    public let rawQuery: String?
    /// The fields of the query, decoded, in order. Never logged.
    public let query: [HTTPField]

    /// The target written as `text`, or nil if it is none.
    public init?(_ text: String) { self.init(bytes: Array(text.utf8)[...]) }

    /// The target written as `bytes`, or nil if it is none.
    init?(bytes: ArraySlice<UInt8>) {
        // RFC 3986 §2: letters, digits and marks only. A fragment is never sent.
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }),
            let origin = Self.originForm(bytes)
        else { return nil }
        let mark = origin.firstIndex(of: UInt8(ascii: "?"))
        let path = origin[..<(mark ?? origin.endIndex)]
        let query = mark.map { origin[($0 + 1)...] }
        var segments: [String] = []
        if path.count > 1 {
            for part in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
                guard let segment = PercentEncoding.decode(part, isForm: false) else { return nil }
                segments.append(segment)
            }
        }
        guard let fields = query.map({ HTTPField.formFields($0) }) ?? [] else { return nil }
        self.path = String(decoding: path, as: UTF8.self)
        self.segments = segments
        self.rawQuery = query.map { String(decoding: $0, as: UTF8.self) }
        self.query = fields
    }

    /// `/path?query` of any form, or nil.
    private static func originForm(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if bytes.first == UInt8(ascii: "/") || bytes.elementsEqual("*".utf8) { return bytes }
        for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
            let rest = bytes.dropFirst(scheme.utf8.count)
            return rest.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] }
        }
        return nil
    }
}
