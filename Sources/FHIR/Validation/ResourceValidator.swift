// FHIR · whether a resource is built as its type is defined.
import JSON

/// Checks a resource against the definitions of R4 in one walk. Source: `docs/spec/validation.md`.
///
/// Every value is looked at once; what is done for each is bounded by the definitions and not by the text, so that the
/// whole takes time in proportion to the text. Depth is bounded by the parser's limit, issues by ``issueCountMax``.
package struct ResourceValidator {
    /// Most issues that are reported. The walk ends when they are found.
    package static let issueCountMax = 50

    let definitions = Definitions.r4
    /// The way from the root to the value at hand.
    var path: [Step] = []
    let rootName: String
    private(set) var issues: [ValidationIssue] = []
    /// The resources around the value at hand, outermost first.
    var frames: [Frame] = []

    /// One element on the way down.
    struct Step {
        let element: Int
        /// Its place in an array, or nil.
        var index: Int?
    }

    /// A resource around the value at hand.
    struct Frame {
        let resource: JSONNode
        let isContained: Bool
        /// The resources that it contains by id, once somebody asked.
        var contained: [ArraySlice<UInt8>: JSONNode]?
    }

    private init(root: ResourceType) { rootName = root.name }

    /// The rules that `resource` breaks, in order of appearance; missing elements come after what their object holds.
    package static func issues(in resource: Resource) -> [ValidationIssue] {
        var validator = ResourceValidator(root: resource.type)
        validator.path.reserveCapacity(16)
        validator.check(resource: resource.node, isContained: false)
        return validator.issues
    }

    /// Whether enough is known.
    var isFull: Bool { issues.count >= Self.issueCountMax }

    /// Adds an issue at the value at hand, or at its member `name`.
    mutating func add(_ kind: OperationOutcome.Kind, _ rule: String, at node: JSONNode, member name: String? = nil) {
        guard !isFull else { return }
        issues.append(
            ValidationIssue(
                kind: kind, expression: expression(name), rule: rule, byteOffset: node.sourceRange.lowerBound))
    }

    private func expression(_ name: String?) -> String {
        var text = rootName
        for step in path {
            text += "." + definitions.elements[step.element].name
            if let index = step.index { text += "[\(index)]" }
        }
        return name.map { text + "." + $0 } ?? text
    }
}

// MARK: - Objects
extension ResourceValidator {
    /// A resource: the root, a contained one, an entry of a bundle.
    mutating func check(resource node: JSONNode, isContained: Bool) {
        guard node.kind == .object else {
            return add(.structure, "a resource is a JSON object", at: node)
        }
        guard let name = node["resourceType"]?.textBytes,
            let type = definitions.typeNames.find(name.span, scope: 0), definitions.types[type].isConcreteResource
        else {
            return add(.structure, "resourceType is missing or no type of R4", at: node)
        }
        if isContained, let inner = node["contained"] {
            add(.invariant, "a contained resource contains no others", at: inner, member: "contained")
        }
        frames.append(Frame(resource: node, isContained: isContained))
        check(object: node, as: type, isResource: true)
        frames.removeLast()
    }

    /// The members of an object of the type numbered `type`.
    private mutating func check(object: JSONNode, as type: Int, isResource: Bool = false) {
        // Bits of elements by their place in the type: those with a value, and those with a `_` twin.
        var values: UInt64 = 0
        var twins: UInt64 = 0
        for (key, value) in object.memberNodes {
            guard !isFull else { return }
            guard let (entry, isTwin) = entry(of: key, in: type) else {
                if isResource, key.isString("resourceType") { continue }
                addUnknown(key, in: type)
                continue
            }
            let bit: UInt64 = 1 << UInt64(entry.ordinal)
            if entry.isChoice, (values | twins) & bit != 0 { checkChoice(key, entry, in: object, as: type) }
            path.append(Step(element: Int(entry.element), index: nil))
            if isTwin {
                twins |= bit
                check(twin: value, of: key, entry, in: object)
            } else {
                values |= bit
                check(value: value, as: entry)
            }
            path.removeLast()
        }
        let record = definitions.types[type]
        var missing = record.required & ~(values | twins)
        while missing != 0 {
            let element = definitions.elements[record.elements[missing.trailingZeroBitCount]]
            add(.required, "the element must be there", at: object, member: element.name)
            missing &= missing - 1
        }
    }

    private func entry(of key: JSONNode, in type: Int) -> (entry: Definitions.Entry, isTwin: Bool)? {
        guard let text = key.textBytes, !text.isEmpty else { return nil }
        let name = text.span
        guard name[0] == UInt8(ascii: "_") else {
            return definitions.memberNames.find(name, scope: type).map { (definitions.entries[$0], false) }
        }
        guard let found = definitions.memberNames.find(name.extracting(1..<name.count), scope: type) else { return nil }
        let entry = definitions.entries[found]
        return entry.primitive == nil ? nil : (entry, true)
    }

    /// A key is what a stranger wrote, so it is named only if it is a name of R4.
    private mutating func addUnknown(_ key: JSONNode, in type: Int) {
        let name = key.string.flatMap { definitions.memberNames.hasAnywhere($0) ? $0 : nil }
        add(.structure, "\(definitions.types[type].name) has no such element", at: key, member: name)
    }

    /// A choice that is there already: fine for a value and its own twin.
    private mutating func checkChoice(_ key: JSONNode, _ entry: Definitions.Entry, in object: JSONNode, as type: Int) {
        for (other, _) in object.memberNodes {
            if other.sourceRange == key.sourceRange { return }
            guard let (earlier, _) = self.entry(of: other, in: type), earlier.element == entry.element,
                earlier.type != entry.type
            else { continue }
            return add(
                .structure, "a choice of types has one value", at: key,
                member: definitions.elements[Int(entry.element)].name)
        }
    }
}

// MARK: - Values
extension ResourceValidator {
    private mutating func check(value: JSONNode, as entry: Definitions.Entry) {
        guard entry.isRepeating else {
            if value.kind == .array {
                return add(.structure, "the element does not repeat, so it is no array", at: value)
            }
            return check(single: value, as: entry)
        }
        guard value.kind == .array else {
            return add(.structure, "the element may repeat, so it is an array", at: value)
        }
        for (index, element) in value.elements.enumerated() {
            guard !isFull else { return }
            path[path.count - 1].index = index
            // Null keeps a place; that it may is among the checks of every resource.
            if element.isNull, entry.primitive != nil { continue }
            check(single: element, as: entry)
        }
        path[path.count - 1].index = nil
    }

    private mutating func check(single value: JSONNode, as entry: Definitions.Entry) {
        let type = Int(entry.type)
        if let primitive = entry.primitive {
            check(value, as: primitive, of: entry)
        } else if type == definitions.wellKnown.resource {
            check(resource: value, isContained: definitions.elements[Int(entry.element)].name == "contained")
        } else if value.kind == .object {
            check(object: value, as: type)
            checkRules(of: value, as: type, entry)
        } else {
            add(.structure, "the element is an object", at: value)
        }
    }

    private mutating func check(_ value: JSONNode, as primitive: PrimitiveType, of entry: Definitions.Entry) {
        switch (primitive.form, value.kind) {
        case (.boolean, .true), (.boolean, .false): return
        case (.number, .number):
            let text = value.sourceBytes
            if let rule = PrimitiveRules.brokenRule(number: text.span, of: primitive) { add(.value, rule, at: value) }
        case (.string, .string):
            guard let text = value.textBytes else { return }
            // An escape is longer than what it stands for.
            let isEscaped = value.sourceRange.count != text.count + 2
            if let rule = PrimitiveRules.brokenRule(string: text.span, of: primitive, isEscaped: isEscaped) {
                add(.value, rule, at: value)
            } else if let list = definitions.elements[Int(entry.element)].codes,
                definitions.codes.find(text.span, scope: list) == nil
            {
                add(.codeInvalid, "the code is none of the value set \(definitions.codeLists[list].name)", at: value)
            }
        case (.boolean, _): add(.structure, "the element is true or false", at: value)
        case (.number, _): add(.structure, "the element is a number", at: value)
        case (.string, _): add(.structure, "the element is a string", at: value)
        }
    }

    /// The `_` twin of a primitive: an object with what else it has, its id and extensions. Source: FHIR R4 §2.6.2.2.
    private mutating func check(twin: JSONNode, of key: JSONNode, _ entry: Definitions.Entry, in object: JSONNode) {
        let element = definitions.wellKnown.element
        guard entry.isRepeating else {
            guard twin.kind == .object else {
                return add(.structure, "what stands beside a value that does not repeat is an object", at: twin)
            }
            return check(object: twin, as: element)
        }
        guard twin.kind == .array else {
            return add(.structure, "what stands beside values that may repeat is an array", at: twin)
        }
        if let values = sibling(of: key, in: object), values.kind == .array, values.count != twin.count {
            add(.structure, "the two arrays of a primitive are equally long", at: twin)
        }
        for (index, extra) in twin.elements.enumerated() where !extra.isNull {
            guard !isFull else { return }
            path[path.count - 1].index = index
            if extra.kind == .object {
                check(object: extra, as: element)
            } else {
                add(.structure, "what stands beside a value is an object or null", at: extra)
            }
        }
        path[path.count - 1].index = nil
    }

    /// The member whose key is that of `twin` without its underscore.
    private func sibling(of twin: JSONNode, in object: JSONNode) -> JSONNode? {
        guard let name = twin.textBytes?.dropFirst() else { return nil }
        for (key, value) in object.memberNodes where key.textBytes?.elementsEqual(name) == true { return value }
        return nil
    }
}
