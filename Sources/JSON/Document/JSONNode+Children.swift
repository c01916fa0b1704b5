// JSON · what is inside an object or array.
import CSimdjson

extension JSONNode {
    /// The value of the member `key`, or nil if this is no object or has none.
    /// - Complexity: O(members of this object).
    public subscript(_ key: String) -> JSONNode? {
        guard kind == .object else { return nil }
        let end = Int(entry.next)
        var position = index + 1
        while position < end {
            let name = JSONNode(document: document, index: position)
            if name.isString(key) { return JSONNode(document: document, index: position + 1) }
            position = Int(document.nodes[position + 1].next)
        }
        return nil
    }

    /// The members of an object in source order; empty for anything else.
    public var members: JSONMembers { JSONMembers(of: self) }

    /// The elements of an array in source order; empty for anything else.
    public var elements: JSONElements { JSONElements(of: self) }
}

/// The members of an object, in source order.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.kind == .object ? Int(node.entry.next) : position
    }

    public mutating func next() -> (key: String, value: JSONNode)? {
        guard position < end else { return nil }
        let key = JSONNode(document: document, index: position)
        let value = JSONNode(document: document, index: position + 1)
        position = Int(value.entry.next)
        return (key.string ?? "", value)
    }
}

/// The elements of an array, in source order.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.kind == .array ? Int(node.entry.next) : position
    }

    public mutating func next() -> JSONNode? {
        guard position < end else { return nil }
        let element = JSONNode(document: document, index: position)
        position = Int(element.entry.next)
        return element
    }
}

extension JSONNode {
    /// The members of an object with their keys as nodes, so that no key becomes a `String`; empty for anything else.
    package var memberNodes: JSONMemberNodes { JSONMemberNodes(of: self) }
}

/// The members of an object as pairs of nodes, in source order.
package struct JSONMemberNodes: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.kind == .object ? Int(node.entry.next) : position
    }

    package mutating func next() -> (key: JSONNode, value: JSONNode)? {
        guard position < end else { return nil }
        let key = JSONNode(document: document, index: position)
        let value = JSONNode(document: document, index: position + 1)
        position = Int(value.entry.next)
        return (key, value)
    }
}
