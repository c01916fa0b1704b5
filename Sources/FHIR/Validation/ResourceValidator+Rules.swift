// FHIR · rules of a few types beyond their elements.
import JSON

extension ResourceValidator {
    /// What else must hold of an object of a data type whose elements have been checked.
    mutating func checkRules(of value: JSONNode, as type: Int, _ entry: Definitions.Entry) {
        let known = definitions.wellKnown
        if type == known.extensionType {
            checkExtension(value)
        } else if type == known.reference {
            checkReference(value, targets: definitions.elements[Int(entry.element)].targets)
        } else if type == known.codeableConcept, let list = definitions.elements[Int(entry.element)].codes {
            checkConcept(value, list: list)
        }
        // Source: FHIR R4 §2.24.0.2, invariant ele-1.
        if value.count == 1, value["id"] != nil { add(.invariant, "an element holds more than an id", at: value) }
    }

    /// Source: FHIR R4 §2.4.0, invariant ext-1.
    private mutating func checkExtension(_ value: JSONNode) {
        var hasExtension = false
        var hasValue = false
        for (key, _) in value.memberNodes {
            if key.isString("extension") {
                hasExtension = true
            } else if !key.isString("url"), !key.isString("id"), !key.isString("_url") {
                hasValue = true
            }
        }
        if hasExtension == hasValue {
            add(.invariant, "an extension has a value or extensions, one of the two", at: value)
        }
    }

    /// A required binding of a concept: one of its codings is from the list. Text alone is let pass.
    private mutating func checkConcept(_ value: JSONNode, list: Int) {
        guard let codings = value["coding"], codings.count > 0, let system = definitions.codeLists[list].system else {
            return
        }
        for coding in codings.elements where coding["system"]?.isString(system) == true {
            guard let code = coding["code"]?.textBytes else { continue }
            if definitions.codes.find(code.span, scope: list) != nil { return }
        }
        add(.codeInvalid, "no coding is of the value set \(definitions.codeLists[list].name.dropLast())", at: value)
    }

    // MARK: - References

    /// Source: FHIR R4 §2.3.0.1.
    private mutating func checkReference(_ value: JSONNode, targets: Set<Int>) {
        guard let reference = value["reference"], let text = reference.textBytes else { return }
        switch ReferenceShape(text.span, types: definitions.typeNames) {
        case .none:
            add(
                .value, "a reference is Type/id, an absolute URL or URN, or # and the id of a contained resource",
                at: reference, member: "reference")
        case .contained:
            guard let target = contained(text.dropFirst()) else {
                return add(
                    .invariant, "a reference after # names a resource that is contained here", at: reference,
                    member: "reference")
            }
            if let name = target["resourceType"]?.textBytes {
                check(definitions.typeNames.find(name.span, scope: 0), in: targets, reference)
            }
        case .elsewhere: break
        case .resource(let type): check(type, in: targets, reference)
        }
    }

    private mutating func check(_ type: Int?, in targets: Set<Int>, _ reference: JSONNode) {
        guard let type, !targets.isEmpty, !targets.contains(type) else { return }
        add(
            .value, "the reference does not name a resource of a type that the element allows", at: reference,
            member: "reference")
    }

    /// The contained resource called `id`; the container itself for no id.
    private mutating func contained(_ id: ArraySlice<UInt8>) -> JSONNode? {
        // A contained resource refers to its siblings and its container, which is the resource around it.
        guard var place = frames.indices.last else { return nil }
        if frames[place].isContained { place -= 1 }
        if id.isEmpty { return frames[place].resource }
        if frames[place].contained == nil {
            // Gathered once a resource: many references to many contained resources stay linear.
            var contained: [ArraySlice<UInt8>: JSONNode] = [:]
            for each in frames[place].resource.memberNodes where each.key.isString("contained") {
                for resource in each.value.elements {
                    if let id = resource["id"]?.textBytes { contained[id] = resource }
                }
            }
            frames[place].contained = contained
        }
        return frames[place].contained?[id]
    }
}
