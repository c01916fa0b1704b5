// FHIRTests · what the validator finds, as lines.
import FHIR
import Primitives

/// The issues of a resource as `kind expression`.
func issues(in resource: Resource) -> [String] {
    ResourceValidator.issues(in: resource).map { "\($0.kind.rawValue) \($0.expression)" }
}

/// The same for a resource written inline.
func issues(in text: String) throws -> [String] { issues(in: try Resource(text)) }

/// The first thing that is wrong with `bytes`: the code of a refusal, or an issue as `kind expression`; or nil.
func firstOffence(in bytes: [UInt8]) -> String? {
    do {
        return issues(in: try Resource(parsing: bytes)).first
    } catch {
        return error.code.name
    }
}
