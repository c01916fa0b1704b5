// FHIR · the ways to all sources of a type, walked at once.
internal import JSON

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
        /// By the name of the member, in the order in which they were added.
        var ways: [(name: String, branches: [Branch])] = []
        /// The sources that are here.
        var leaves: [Int] = []
    }

    private(set) var nodes = [Node()]

    /// The ways down from the node `place` for the member called `key`.
    ///
    /// Most members of a resource lead nowhere, and most nodes have few ways down: comparing lengths and bytes is
    /// cheaper than making a `String` of each key to look it up.
    func branches(from place: Int, for key: JSONNode) -> [Branch] {
        for way in nodes[place].ways where key.isString(way.name) { return way.branches }
        return []
    }

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
        let way = nodes[node].ways.firstIndex { $0.name == step.name }
        let known = way.map { nodes[node].ways[$0].branches }?.first { branch in
            branch.isGroup == step.isGroup && branch.condition?.member == step.condition?.member
                && branch.condition?.text == step.condition?.text
        }
        if let known { return known.node }
        nodes.append(Node())
        let branch = Branch(condition: step.condition, isGroup: step.isGroup, node: nodes.count - 1)
        if let way {
            nodes[node].ways[way].branches.append(branch)
        } else {
            nodes[node].ways.append((step.name, [branch]))
        }
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
