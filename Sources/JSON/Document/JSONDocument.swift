// JSON · one parsed text: its bytes as received and where each value stands in them.
import CSimdjson

/// A JSON text that was checked completely and is kept exactly as received.
///
/// The whole of RFC 8259 holds afterwards, without exceptions for parts nobody reads: UTF-8, escapes, numbers, one
/// value and nothing behind it. Beyond the standard, no object has two keys that are equal after unescaping. Numbers
/// stay text. Values are read through ``root``.
///
/// - Complexity: O(*n*) bytes, plus O(*n* log *n*) for objects with many keys whatever the keys are.
public final class JSONDocument: Sendable {
    /// The text, as received.
    public let bytes: [UInt8]
    let nodes: [stele_json_node]
    let strings: [UInt8]

    /// Parses `bytes`.
    /// - Throws: ``JSONError`` with one offence and its place. Bad UTF-8 and bad strings anywhere are found before bad
    ///   grammar.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        var tape = unsafe stele_json_tape()
        defer { unsafe stele_json_free(&tape) }
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe stele_json_parse(
                buffer.baseAddress, buffer.count, max(limits.byteCountMax, 0), UInt32(clamping: limits.depthMax),
                max(limits.memberCountMax, 0), &tape)
        }
        if let reason = unsafe JSONError.Reason(failure: tape.failure) {
            throw unsafe JSONError(reason, at: tape.failure_offset)
        }
        self.bytes = bytes
        nodes = unsafe Array(UnsafeBufferPointer(start: tape.nodes, count: tape.node_count))
        strings = unsafe Array(UnsafeBufferPointer(start: tape.strings, count: tape.strings_byte_count))
    }

    /// The value that the text is.
    public var root: JSONNode { JSONNode(document: self, index: 0) }
}

extension JSONError.Reason {
    fileprivate init?(failure: UInt32) {
        switch Int(failure) {
        case STELE_JSON_ACCEPTED: return nil
        case STELE_JSON_EMPTY: self = .empty
        case STELE_JSON_BAD_UTF8: self = .invalidUTF8
        case STELE_JSON_CONTROL_CHARACTER: self = .controlCharacter
        case STELE_JSON_UNCLOSED_STRING: self = .unclosedString
        case STELE_JSON_BAD_ESCAPE: self = .invalidEscape
        case STELE_JSON_BAD_NUMBER: self = .invalidNumber
        case STELE_JSON_TRAILING_CONTENT: self = .trailingContent
        case STELE_JSON_DUPLICATE_KEY: self = .duplicateKey
        case STELE_JSON_TOO_DEEP: self = .tooDeep
        case STELE_JSON_TOO_MANY_BYTES: self = .tooManyBytes
        case STELE_JSON_TOO_MANY_NODES: self = .tooManyMembers
        case STELE_JSON_OUT_OF_MEMORY: self = .outOfMemory
        default: self = .syntax
        }
    }
}
