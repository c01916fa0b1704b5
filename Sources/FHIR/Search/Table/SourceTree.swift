// FHIR · the ways to all sources of a type, walked at once.

/// Member names from the resource down to its sources, as a tree: one walk over a resource reaches them all.
struct SourceTree: Sendable {
    /// One way down from a member.
    struct Branch: Sendable {
        /// What an element must say to be entered: a member and its text.
        let condition: (member: String, text: String)?
        /// Whether elements here are told apart.
        let isGroup: Bool
        /// Where it leads.
        let node: Int
    }
    struct Node: Sendable {
        var branches: [String: [Branch]] = [:]
        /// The sources that are here.
        var leaves: [Int] = []
    }

    private(set) var nodes = [Node()]

    /// Whether values at `path` say which repetition of an element they stand in.
    static func isGrouped(_ path: Substring) -> Bool {
        // Not the slashes of an address in a condition.
        path.prefix { $0 != "{" }.contains("/")
    }

    /// Adds the way `component/code` or `telecom{system=phone}` to the source numbered `leaf`.
    mutating func add(_ path: Substring, leaf: Int) {
        var node = 0
        for step in Self.steps(path) { node = branch(step, from: node) }
        nodes[node].leaves.append(leaf)
    }

    private typealias Step = (name: String, condition: (member: String, text: String)?, isGroup: Bool)

    private mutating func branch(_ step: Step, from node: Int) -> Int {
        let known = nodes[node].branches[step.name]?.first { branch in
            branch.isGroup == step.isGroup && branch.condition?.member == step.condition?.member
                && branch.condition?.text == step.condition?.text
        }
        if let known { return known.node }
        nodes.append(Node())
        nodes[node].branches[step.name, default: []].append(
            Branch(condition: step.condition, isGroup: step.isGroup, node: nodes.count - 1))
        return nodes.count - 1
    }

    private static func steps(_ path: Substring) -> [Step] {
        var steps: [Step] = []
        var rest = path
        while !rest.isEmpty {
            let name = rest.prefix { !".{/".contains($0) }
            rest = rest.dropFirst(name.count)
            var condition: (member: String, text: String)?
            if rest.first == "{" {
                let text = rest.dropFirst().prefix { $0 != "}" }
                let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
                condition = (halves[0], halves[1])
                rest = rest.dropFirst(text.count + 2)
            }
            steps.append((String(name), condition, rest.first == "/"))
            rest = rest.dropFirst()
        }
        return steps
    }
}
