// HTTPServer · a name and a value, and the text form of a list of them.

/// A name with a value: of a header, of a query, or of a form.
public struct HTTPField: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value, empty if there was none.
    public var value: String

    /// The field `name` with `value`.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

// MARK: - Forms
extension HTTPField {
    /// The fields of a query or a form, in order, or nil if the escapes are broken or the text is no UTF-8.
    ///
    /// `a=1&b=&c` has three fields; `+` is a space. Empty parts (`&&`) are skipped. Source: WHATWG URL §5.1
    /// (`application/x-www-form-urlencoded`), except that what it would replace is refused here.
    public static func formFields(_ bytes: some Collection<UInt8>) -> [HTTPField]? {
        var fields: [HTTPField] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            let value = equals.map { part[part.index(after: $0)...] } ?? part[part.endIndex...]
            guard let name = PercentEncoding.decode(part[..<(equals ?? part.endIndex)], isForm: true),
                let value = PercentEncoding.decode(value, isForm: true)
            else { return nil }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }
}

/// Percent-encoding. Source: RFC 3986 §2.1.
enum PercentEncoding {
    /// The text behind `bytes`, or nil if an escape is broken, a zero byte appears, or the result is no UTF-8.
    static func decode(_ bytes: some Collection<UInt8>, isForm: Bool) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit),
                    high | low != 0
                else { return nil }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where isForm: decoded.append(UInt8(ascii: " "))
            case 0: return nil
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
