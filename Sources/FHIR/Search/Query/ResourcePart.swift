// FHIR · part of a resource, cut out of its text.
internal import JSON
public import Primitives

/// Answers with less than all of a resource: members are left out, everything that stays is the exact text.
///
/// What comes out says so with the tag `SUBSETTED` and holds every member that R4 demands, so that it is still a
/// resource. Source: FHIR R4 §3.1.1.5.8 and §3.1.1.5.9.
public enum ResourcePart {
    /// The `part` of the resource that `bytes` are; the bytes themselves for the whole.
    public static func of(_ bytes: [UInt8], _ part: SearchPart) throws(SteleError) -> [UInt8] {
        if part == .whole { return bytes }
        let resource = try Resource(parsing: bytes)
        let table = SearchParameters.table(of: resource.type)
        let always = table.mandatory.union(["resourceType", "id", "meta"])
        var writer = JSONWriter(capacity: bytes.count)
        writer.beginObject()
        var hasMeta = false
        for (key, value) in resource.node.members {
            // `_birthDate` goes with `birthDate`.
            let name = key.hasPrefix("_") ? String(key.dropFirst()) : key
            guard always.contains(name) || wants(name, part, table) else { continue }
            if name == "meta" {
                hasMeta = true
                writeMeta(value, to: &writer)
            } else {
                writer.write(key: key)
                writer.write(exact: value.sourceBytes)
            }
            if key == (resource.id == nil ? "resourceType" : "id"), resource.node["meta"] == nil {
                hasMeta = true
                writeMeta(nil, to: &writer)
            }
        }
        if !hasMeta { writeMeta(nil, to: &writer) }
        writer.endObject()
        return writer.bytes
    }

    private static func wants(_ name: String, _ part: SearchPart, _ table: SearchTable) -> Bool {
        switch part {
        case .whole: true
        case .summary(.true): table.summary.contains(name)
        case .summary(.text): name == "text"
        case .summary(.data): name != "text"
        case .summary(.count), .summary(.false): true
        case .elements(let names): names.contains(name) || names.contains { isChoice(name, of: $0) }
        }
    }

    /// Whether `name` is a choice's member, such as `valueQuantity` of `value`.
    private static func isChoice(_ name: String, of element: String) -> Bool {
        name.hasPrefix(element) && (name.dropFirst(element.count).first?.isUppercase ?? false)
    }

    private static func writeMeta(_ meta: JSONNode?, to writer: inout JSONWriter) {
        writer.write(key: "meta")
        writer.beginObject()
        if let meta {
            for (key, value) in meta.members where key != "tag" {
                writer.write(key: key)
                writer.write(exact: value.sourceBytes)
            }
        }
        writer.write(key: "tag")
        writer.beginArray()
        for tag in meta?["tag"].map({ Array($0.elements) }) ?? [] { writer.write(exact: tag.sourceBytes) }
        writer.write(["system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"])
        writer.endArray()
        writer.endObject()
    }
}
