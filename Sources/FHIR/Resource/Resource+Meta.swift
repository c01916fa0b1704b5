// FHIR · saying in a resource which version it is, and changing nothing else.
import JSON
public import Primitives

extension Resource {
    /// The same resource with `meta.versionId` and `meta.lastUpdated` as the server gives them; every other byte stays.
    ///
    /// Values that are there are replaced; missing ones are inserted, the whole `meta` right after the id. Source: FHIR
    /// R4 §3.1.0.8: "The server SHALL populate the id, meta.versionId and meta.lastUpdated with the new correct
    /// values."
    /// - Returns: a resource that keeps its own text, also if this one lies inside a bundle.
    public func settingVersion(_ version: UInt32, lastUpdated: Timestamp) throws(SteleError) -> Resource {
        let start = range.lowerBound
        var edits: [(place: Range<Int>, text: String)] = []
        if let meta = node["meta"] {
            var missing = ""
            for (name, value) in [("versionId", "\(version)"), ("lastUpdated", lastUpdated.description)] {
                if let old = meta[name] {
                    edits.append((old.sourceRange, "\"\(value)\""))
                } else {
                    missing += "\"\(name)\":\"\(value)\","
                }
            }
            let opening = meta.sourceRange.lowerBound + 1
            if !missing.isEmpty { edits.append((opening..<opening, missing)) }
        } else if let before = node["id"] ?? node["resourceType"] {
            let place = before.sourceRange.upperBound
            edits.append(
                (
                    place..<place,
                    ",\"meta\":{\"versionId\":\"\(version)\",\"lastUpdated\":\"\(lastUpdated.description)\"}"
                ))
        }
        var text = bytes
        // From the back, so that places in front stay where they are.
        for edit in edits.sorted(by: { $0.place.lowerBound > $1.place.lowerBound }) {
            text.replaceSubrange(
                (edit.place.lowerBound - start)..<(edit.place.upperBound - start), with: edit.text.utf8)
        }
        return try Resource(parsing: text)
    }
}
