// FHIR · giving a resource the id the server chose, and changing nothing else.
import JSON
public import Primitives

extension Resource {
    /// The same resource with `id` as its top-level id; every other byte stays.
    ///
    /// An existing id's text is replaced; otherwise the member is inserted right after `resourceType`'s value.
    /// - Precondition: ``isID(_:)`` holds for `id`.
    /// - Returns: a resource that keeps its own text, also if this one lies inside a bundle.
    public func settingIdentity(id: String) throws(SteleError) -> Resource {
        precondition(Self.isID(id), "an id that the server assigns is a FHIR id")
        if id == self.id { return self }
        var text = bytes
        let start = range.lowerBound
        if let value = node["id"] {
            let place = value.sourceRange
            text.replaceSubrange((place.lowerBound - start)..<(place.upperBound - start), with: "\"\(id)\"".utf8)
        } else if let value = node["resourceType"] {
            text.insert(contentsOf: ",\"id\":\"\(id)\"".utf8, at: value.sourceRange.upperBound - start)
        }
        return try Resource(parsing: text)
    }
}
