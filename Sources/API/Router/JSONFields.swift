// API · the members of an object of arguments, each read once, none left over.
internal import JSON
internal import Primitives

/// Reads an object member by member and refuses what nobody read: a misspelt member is an error, never ignored.
struct JSONFields {
    private let node: JSONNode
    private var names: Set<String> = []

    init(_ node: JSONNode) throws(SteleError) {
        guard node.kind == .object else { throw .malformedRequest("the body is not a JSON object") }
        self.node = node
    }

    mutating func node(_ name: String) -> JSONNode? {
        names.insert(name)
        return node[name]
    }

    mutating func required(_ name: String) throws(SteleError) -> JSONNode {
        guard let value = node(name) else { throw .malformedRequest("`\(name)` is missing") }
        return value
    }

    mutating func optionalText(_ name: String) throws(SteleError) -> String? {
        guard let value = node(name) else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= 1024 else {
            throw .malformedRequest("`\(name)` is not a text of 1 to 1024 bytes")
        }
        return text
    }

    mutating func optionalBool(_ name: String) throws(SteleError) -> Bool? {
        guard let value = node(name) else { return nil }
        guard let bool = value.bool else { throw .malformedRequest("`\(name)` is not true or false") }
        return bool
    }

    mutating func text(_ name: String) throws(SteleError) -> String {
        guard let text = try optionalText(name) else { throw .malformedRequest("`\(name)` is missing") }
        return text
    }

    mutating func hash(_ name: String) throws(SteleError) -> Bytes32 {
        guard let value = Bytes32(hex: try text(name)) else {
            throw .malformedRequest("`\(name)` is not 64 hexadecimal digits")
        }
        return value
    }

    mutating func texts(_ name: String) throws(SteleError) -> [String] {
        guard let value = node(name) else { return [] }
        let texts = value.elements.compactMap(\.string)
        guard value.kind == .array, texts.count == value.count, texts.count <= 64 else {
            throw .malformedRequest("`\(name)` is not an array of at most 64 texts")
        }
        return texts
    }

    mutating func flag(_ name: String) throws(SteleError) -> Bool { try optionalFlag(name) ?? false }

    mutating func optionalFlag(_ name: String) throws(SteleError) -> Bool? {
        guard let value = node(name) else { return nil }
        guard let flag = value.bool else { throw .malformedRequest("`\(name)` is not true or false") }
        return flag
    }

    /// Refuses the object if it holds a member that was not read.
    func finish() throws(SteleError) {
        for (key, _) in node.members where !names.contains(key) {
            throw .malformedRequest("the body holds a member that this path does not know")
        }
    }
}
