// FHIRTests · resources written inline.
import FHIR
import Primitives
import Testing

extension Resource {
    init(_ text: String) throws { try self.init(parsing: Array(text.utf8)) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The code with which `text` is refused as a resource, or nil if it is accepted.
func refusal(of text: String) -> ErrorCode? {
    do {
        _ = try Resource(parsing: Array(text.utf8))
        return nil
    } catch {
        return error.code
    }
}
