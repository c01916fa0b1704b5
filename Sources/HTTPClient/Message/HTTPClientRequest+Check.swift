// HTTPClient · what may be sent.

extension HTTPClientRequest {
    /// Whether every part can be sent as it is. A line break would end the part and begin another, of whoever wrote it.
    var isSendable: Bool {
        let isURLPlain = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isURLPlain && Self.isToken(method)
            && headers.allSatisfy { Self.isToken($0.name) && $0.value.utf8.allSatisfy(Self.isValueByte) }
    }

    /// A method or a field name. Source: RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let marks = "!#$%&'*+-.^_`|~".utf8
        return !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: marks.contains(byte)
                }
            }
    }

    private static func isValueByte(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }
}
