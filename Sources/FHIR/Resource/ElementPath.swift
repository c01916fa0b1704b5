// FHIR · a way from a resource down to an element.
import JSON

/// Member names from a resource down, written with periods: `participant.actor`. Arrays on the way are entered.
struct ElementPath: Hashable, Sendable, ExpressibleByStringLiteral {
    let names: [String]

    init(stringLiteral value: String) { names = value.split(separator: ".").map(String.init) }

    /// Every value at the path, in source order; an array at its end gives its elements.
    func values(in node: JSONNode) -> [JSONNode] {
        var found: [JSONNode] = []
        collect(names[...], in: node, into: &found)
        return found
    }

    private func collect(_ names: ArraySlice<String>, in node: JSONNode, into found: inout [JSONNode]) {
        if node.kind == .array {
            for element in node.elements { collect(names, in: element, into: &found) }
        } else if let name = names.first {
            if let value = node[name] { collect(names.dropFirst(), in: value, into: &found) }
        } else {
            found.append(node)
        }
    }
}
