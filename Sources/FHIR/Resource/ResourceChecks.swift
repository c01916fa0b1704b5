// FHIR · what must hold before a resource is believed.
import JSON
import Primitives

/// The basic checks of ``Resource``. Each refusal names the rule and the place, never the content.
enum ResourceChecks {
    static func type(of node: JSONNode) throws(SteleError) -> ResourceType {
        guard node.kind == .object else {
            throw malformed("a resource is a JSON object", node)
        }
        guard let name = node["resourceType"]?.string, let type = ResourceType(name: name) else {
            throw SteleError(
                .resourceTypeUnknown,
                "resourceType is missing or no FHIR R4 type, at byte \(node.sourceRange.lowerBound)",
                hint: "send a resource of FHIR R4 (4.0.1)")
        }
        return type
    }

    static func id(of node: JSONNode) throws(SteleError) -> String? {
        guard let value = node["id"] else { return nil }
        guard let id = value.string, Resource.isID(id) else {
            throw SteleError(
                .resourceIDInvalid, "the resource's id is not a FHIR id, at byte \(value.sourceRange.lowerBound)",
                hint: "use 1 to 64 of the characters A-Z a-z 0-9 - .")
        }
        return id
    }

    /// Everything else, over the whole resource.
    static func check(_ resource: JSONNode) throws(SteleError) {
        try checkObject(resource)
        if let meta = resource["meta"] {
            try require(meta.kind == .object, "meta is an object", meta)
            try require(meta["lastUpdated"].isNilOrString, "meta.lastUpdated is a string", meta)
            for name in ["security", "tag"] { try checkCodings(meta[name]) }
        }
        if let identifier = resource["identifier"] {
            let identifiers = identifier.kind == .array ? Array(identifier.elements) : [identifier]
            for identifier in identifiers {
                try require(identifier.kind == .object, "an identifier is an object", identifier)
                try require(identifier["system"].isNilOrString, "identifier.system is a string", identifier)
                try require(identifier["value"].isNilOrString, "identifier.value is a string", identifier)
            }
        }
        for contained in resource["contained"].map({ Array($0.elements) }) ?? [] { _ = try type(of: contained) }
    }

    private static func checkObject(_ object: JSONNode) throws(SteleError) {
        try require(object.count > 0, "an object is not empty", object)
        for (key, value) in object.memberNodes {
            switch value.kind {
            case .null: throw malformed("a member is not null", value)
            case .object: try checkObject(value)
            case .array: try checkArray(value, key: key, in: object)
            case .string: try checkString(value)
            case .number, .true, .false: break
            }
            if key.isString("coding") { try checkCodings(value) }
        }
    }

    private static func checkArray(_ array: JSONNode, key: JSONNode, in object: JSONNode) throws(SteleError) {
        try require(array.count > 0, "an array is not empty", array)
        var twin: [JSONNode]?
        for (index, element) in array.elements.enumerated() {
            switch element.kind {
            case .object: try checkObject(element)
            case .array: throw malformed("an array does not hold arrays", element)
            case .string: try checkString(element)
            case .number, .true, .false: break
            case .null:
                // FHIR R4 §2.6.2.3: null keeps places between the values and the extensions of a repeating primitive.
                if twin == nil {
                    let key = key.string ?? ""
                    let name = key.hasPrefix("_") ? String(key.dropFirst()) : "_" + key
                    twin = object[name].map { Array($0.elements) } ?? []
                }
                let keepsPlace = twin.map { $0.count == array.count && !$0[index].isNull } ?? false
                try require(keepsPlace, "null in an array keeps the place of an extension", element)
            }
        }
    }

    private static func checkString(_ string: JSONNode) throws(SteleError) {
        try require(string.sourceRange.count > 2, "a string is not empty", string)
    }

    /// Labels are read from codings, so a coding that could be read in two ways, or not at all, is refused.
    private static func checkCodings(_ codings: JSONNode?) throws(SteleError) {
        guard let codings else { return }
        try require(codings.kind == .array, "codings are an array", codings)
        for coding in codings.elements {
            try require(coding.kind == .object, "a coding is an object", coding)
            for name in ["system", "code", "display"] {
                try require(coding[name].isNilOrString, "system, code and display of a coding are strings", coding)
            }
        }
    }

    private static func require(_ condition: Bool, _ rule: String, _ node: JSONNode) throws(SteleError) {
        guard condition else { throw malformed(rule, node) }
    }

    static func malformed(_ rule: String, _ node: JSONNode) -> SteleError {
        SteleError(
            .resourceMalformed, "the resource breaks a rule at byte \(node.sourceRange.lowerBound): \(rule)",
            hint: "correct the resource at that place and send it again")
    }
}

extension JSONNode? {
    fileprivate var isNilOrString: Bool { map { $0.kind == .string } ?? true }
}
