// Contracts · the name of a member organisation, the only text in any argument.
public import Primitives

/// An organisation's name on the network: 1–64 lower-case letters, digits, dots and hyphens.
///
/// Too narrow for a sentence, and set by a network's administrators alone.
public struct OrganisationName: Hashable, Sendable {
    /// Longest name, in bytes.
    public static let byteCountMax = 64

    /// The name.
    public let text: String

    /// The name `text`, or nil if it is not one.
    public init?(_ text: String) {
        guard (1...Self.byteCountMax).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            return nil
        }
        self.text = text
    }

    private init(unchecked text: String) { self.text = text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

// MARK: - FieldValue
extension OrganisationName: FieldValue {
    /// A name to decode into; it means nothing.
    static let placeholder = OrganisationName(unchecked: "")

    public static func type(within limits: NoLimits) -> FieldType { .name }

    public static func decode(
        from reader: inout CBORReader, within limits: NoLimits
    ) throws(FieldFault) -> OrganisationName {
        let offset = reader.position
        let text: String
        do { text = try reader.readText(1...byteCountMax) } catch { throw FieldFault(error) }
        guard let name = OrganisationName(text) else { throw FieldFault(.range, offset: offset) }
        return name
    }

    public func encode(into writer: inout CBORWriter) { writer.write(text: text) }
}
