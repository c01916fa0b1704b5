// SteleCommand · the next policy key of a patient, as their custodian's node tells it.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Node
internal import Primitives

extension NodeSession {
    /// The policy key that follows the `version`th of the patient whose session this is, and what is to be stated under
    /// it; the key in force, if that is another than the `version`th.
    func policyKey(after version: UInt32) async throws(SteleError) -> PolicyKeySuccession {
        let body: JSONValue = ["policy_key_version": .number(String(version))]
        let next = try PolicyKeySuccession(try await send("POST", "/custodian/v1/policy-key", body: .json(body)).json())
        guard next.isInForce || next.key.version - 1 == version else {
            throw NodeAnswer.malformed("its policy key does not follow the wallet's")
        }
        return next
    }
}

extension PolicyKeySuccession {
    /// The answer of a node.
    /// - Throws: `answer.malformed`.
    fileprivate init(_ root: JSONNode) throws(SteleError) {
        guard let version = UInt32(exactly: try root.requiredNumber("policy_key_version")), version > 0,
            let isInForce = root["in_force"]?.bool, let isOthers = root["told_to_another"]?.bool,
            let list = root["grants"], list.kind == .array
        else { throw NodeAnswer.malformed("it lacks policy_key_version, in_force, told_to_another or grants") }
        var grants: [ReadableGrant] = []
        for node in list.elements { grants.append(try ReadableGrant(node)) }
        self.init(
            key: try PolicyKey(
                version: version, secret: SecretBytes(try root.requiredBytes32("policy_key").bytes)),
            isInForce: isInForce, wasToldToAnother: isOthers, grants: grants)
    }
}

extension ReadableGrant {
    fileprivate init(_ node: JSONNode) throws(SteleError) {
        func set(_ name: String) throws(SteleError) -> TokenSet {
            guard let set = TokenSet(node[name]?.elements.compactMap { $0.string.flatMap { Bytes32(hex: $0) } } ?? [])
            else { throw NodeAnswer.malformed("a grant lacks \(name)") }
            return set
        }
        let name = try node.requiredText("kind")
        guard let kind = GrantKind.allCases.first(where: { $0.name == name }), let isWhole = node["whole"]?.bool else {
            throw NodeAnswer.malformed("a grant lacks kind or whole")
        }
        var tokens = GrantTokens(
            grantees: try set("grantees"), purposes: try set("purposes"), classes: try set("classes"))
        if node["except"]?.kind == .array { tokens.except = try set("except") }
        func labels(_ name: String) -> Set<Label> {
            Set(node["labels"]?[name]?.elements.compactMap { Label(parts: $0.elements.compactMap(\.string)) } ?? [])
        }
        self.init(
            grant: try node.requiredBytes32("grant"), kind: kind, tokens: tokens,
            labels: GrantLabels(
                grantees: labels("grantees"), purposes: labels("purposes"), classes: labels("classes"),
                except: labels("except")), isWhole: isWhole)
    }
}
