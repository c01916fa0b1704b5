// SteleCommand · what somebody would see, in words.
internal import JSON
internal import Primitives

/// What a patient wants to know of a decision that nobody asked for yet.
struct PreviewQuestion: Sendable {
    /// What the asker would be.
    let labels: [Label]
    /// What for, ActReason codes.
    let purposes: [String]
    /// To do what.
    let action: String
    /// Whether the records are wanted one by one.
    let isListed: Bool

    var json: JSONValue {
        [
            "labels": .array(labels.map { .array($0.parts.map { .string($0) }) }),
            "purposes": .array(purposes.map { .string($0) }), "action": .string(action), "records": .bool(isListed),
        ]
    }
}

/// What an asker would see of the patient's records.
struct PreviewAnswer: Sendable {
    /// One record.
    struct Item: Hashable, Sendable {
        /// `Type/id`.
        let resource: String
        /// `category/<name>`, `sensitivity/<code>` or `general`.
        let category: String
        /// When it was written last, RFC 3339.
        let lastUpdated: String
        /// Whether it would be released.
        let isPermitted: Bool
    }

    /// Whether some grant permits the asker anything.
    let hasPermit: Bool
    /// How many records would be released, and how many not.
    let permittedCount: UInt64
    let withheldCount: UInt64
    /// The counts of each kind.
    private let kinds: [(category: String, permitted: UInt64, withheld: UInt64)]
    /// The records, if they were asked for.
    let items: [Item]
    /// The whole answer.
    let json: JSONValue

    /// The answer of a node.
    /// - Throws: `answer.malformed`.
    init(_ root: JSONNode) throws(SteleError) {
        guard let hasPermit = root["has_permit"]?.bool, let categories = root["categories"] else {
            throw NodeAnswer.malformed("it lacks has_permit or categories")
        }
        self.hasPermit = hasPermit
        var kinds: [(category: String, permitted: UInt64, withheld: UInt64)] = []
        for node in categories.elements {
            kinds.append(
                (
                    try node.requiredText("category"), try node.requiredNumber("permitted"),
                    try node.requiredNumber("withheld")
                ))
        }
        self.kinds = kinds
        permittedCount = kinds.reduce(0) { $0 &+ $1.permitted }
        withheldCount = kinds.reduce(0) { $0 &+ $1.withheld }
        var items: [Item] = []
        for node in root["records"].map({ Array($0.elements) }) ?? [] {
            guard let isPermitted = node["permitted"]?.bool else {
                throw NodeAnswer.malformed("a record lacks permitted")
            }
            items.append(
                Item(
                    resource: try node.requiredText("resource"), category: try node.requiredText("category"),
                    lastUpdated: try node.requiredText("last_updated"), isPermitted: isPermitted))
        }
        self.items = items
        json = JSONValue(root)
    }

    /// The answer in sentences.
    func lines(who: String) -> [String] {
        let all = permittedCount &+ withheldCount
        guard all > 0 else { return ["there are no records of yours yet"] }
        var lines = ["\(who) would see \(permittedCount) of your \(all) records"]
        if !hasPermit { lines.append("no grant of yours permits them anything") }
        for (isPermitted, head) in [(true, "would see:"), (false, "would not see:")] {
            let counted = kinds.map { ($0.category, isPermitted ? $0.permitted : $0.withheld) }.filter { $0.1 > 0 }
            guard !counted.isEmpty else { continue }
            lines.append(head)
            for (category, count) in counted {
                lines.append("  \(Self.word(category)): \(count)")
                for item in items where item.isPermitted == isPermitted && item.category == category {
                    lines.append("    \(item.resource)  \(item.lastUpdated.prefix(10))")
                }
            }
        }
        if !items.isEmpty, items.count < all { lines.append("the \(items.count) records changed last are listed") }
        return lines
    }

    /// A kind of records as grants call it.
    private static func word(_ category: String) -> String {
        category.split(separator: "/").last.map(String.init) ?? category
    }
}

extension NodeSession {
    /// What an asker would see of the records of the patient whose session this is.
    func preview(_ question: PreviewQuestion) async throws(SteleError) -> PreviewAnswer {
        try PreviewAnswer(
            try await send("POST", "/custodian/v1/preview", body: .json(question.json)).json())
    }
}
