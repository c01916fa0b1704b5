// JSON · why a text was refused, and where.
public import Primitives

/// A text that is not one RFC 8259 value within the limits, or that repeats a key.
///
/// Never holds any of the text: only the place.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why the text was refused.
    public enum Reason: Hashable, Sendable, CaseIterable {
        /// No value: no bytes, or white space only.
        case empty
        /// A byte that the grammar does not allow there, or an end too early.
        case syntax
        /// Not UTF-8: RFC 3629 with no overlong form, surrogate or value above U+10FFFF.
        case invalidUTF8
        /// An unescaped character below U+0020 inside a string.
        case controlCharacter
        /// A string without its closing quotation mark.
        case unclosedString
        /// A backslash followed by what is no escape, or half of a surrogate pair.
        case invalidEscape
        /// A number outside the grammar of RFC 8259 §6.
        case invalidNumber
        /// Something after the value.
        case trailingContent
        /// Two keys of one object that are equal after unescaping.
        case duplicateKey
        /// More containers inside one another than the limit allows.
        case tooDeep
        /// More bytes than the limit allows.
        case tooManyBytes
        /// More values and keys than the limit allows.
        case tooManyMembers
        /// No memory left for the document.
        case outOfMemory
    }

    /// Why.
    public let reason: Reason
    /// Where, in bytes from the start of the text.
    public let byteOffset: Int

    /// A refusal for `reason` at `byteOffset`.
    public init(_ reason: Reason, at byteOffset: Int) {
        self.reason = reason
        self.byteOffset = byteOffset
    }

    public var description: String { "\(reason) at byte \(byteOffset)" }
}

// MARK: - At the boundary
extension ErrorCode {
    /// The text is not JSON.
    public static let jsonMalformed = ErrorCode("json.malformed")
    /// An object repeats a key.
    public static let jsonDuplicateKey = ErrorCode("json.duplicate_key")
    /// Containers are nested beyond the limit.
    public static let jsonTooDeep = ErrorCode("json.too_deep")
    /// The text or its number of values is beyond the limit.
    public static let jsonTooLarge = ErrorCode("json.too_large")
}

extension JSONError {
    /// The same news as people and other targets see it.
    public var asSteleError: SteleError {
        switch reason {
        case .duplicateKey:
            SteleError(
                .jsonDuplicateKey, "the JSON object repeats a key at byte \(byteOffset)",
                hint: "send each key of an object once")
        case .tooDeep:
            SteleError(
                .jsonTooDeep, "the JSON text is nested too deeply at byte \(byteOffset)",
                hint: "nest objects and arrays less deeply")
        case .tooManyBytes, .tooManyMembers, .outOfMemory:
            SteleError(
                .jsonTooLarge, "the JSON text is too large (\(self))", hint: "send it in smaller parts")
        default:
            SteleError(
                .jsonMalformed, "the text is not valid JSON: \(self)",
                hint: "send one RFC 8259 value in UTF-8 without a byte order mark")
        }
    }
}
