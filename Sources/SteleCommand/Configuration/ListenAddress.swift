// SteleCommand · where a node listens.

/// A host or numeric address with a port: `127.0.0.1:8443`, `[::1]:8443`, `records.example:443`.
public struct ListenAddress: Hashable, Sendable {
    /// The host name or address, without brackets.
    public let host: String
    /// The port; 0 for any free one.
    public let port: UInt16

    /// Where a node listens unless told otherwise: only this machine can reach it.
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8443)

    /// An address from its parts.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `text`, or returns nil when it is no host and port.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            return nil
        }
        var host = text[..<colon]
        let isNumeric6 = host.hasPrefix("[") && host.hasSuffix("]")
        if isNumeric6 { host = host.dropFirst().dropLast() }
        let isWord = host.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7f && !"[]/@?#".utf8.contains(byte)
        }
        guard !host.isEmpty, isWord, host.contains(":") == isNumeric6 else { return nil }
        self.init(host: String(host), port: port)
    }

    /// Whether the host is an IPv4 or IPv6 address rather than a name.
    public var isNumeric: Bool {
        host.contains(":") || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// The address as it is written.
    public var text: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
