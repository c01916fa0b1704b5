// FHIR · a Consent of R4 read as a statement, or refused with the path of what a grant cannot say.
internal import JSON
public import Primitives

extension ConsentStatement {
    /// Whether `resource` is a consent about privacy: what can become a grant. Other consents are records like any
    /// other.
    public static func isPrivacy(_ resource: Resource) -> Bool {
        resource.type == .consent
            && resource.node["scope"]?["coding"]?.elements.contains { coding in
                coding["system"]?.isString(ConsentVocabulary.scope) ?? false
                    && coding["code"]?.isString("patient-privacy") ?? false
            } ?? false
    }

    /// The statement of a Consent about privacy. Everything in it is either read here, or words that are kept with the
    /// act as they came; anything else is refused: nothing that the patient said is passed over.
    ///
    /// - Parameters:
    ///   - patient: The logical id of the patient whose consent it must be.
    ///   - resolving: Finds the label that `Type/id` stands for here, of practitioners, devices and organisations.
    /// - Throws: ``SteleError`` with code `consent.not_expressible`, naming the path.
    public init(
        reading resource: Resource, patient: String, resolving: (_ type: String, _ id: String) -> Label?
    ) throws(SteleError) {
        try ConsentReader.checkFrame(resource.node, patient: patient)
        guard let provision = resource.node["provision"] else {
            throw ConsentReader.refused("Consent.provision", "is missing: without it nothing is said")
        }
        self.init()
        try ConsentReader.read(provision, into: &self, resolving: resolving)
        for item in resource.node["extension"]?.elements.map({ $0 }) ?? [] {
            guard item["url"]?.isString(ConsentVocabulary.episode) ?? false, episode == nil,
                let text = item["valueString"]?.string, Bytes32(hex: text) != nil
            else { throw ConsentReader.refused("Consent.extension", "is none that a grant has a place for") }
            episode = text.lowercased()
        }
    }
}

/// Reads the elements of a Consent, strictly.
enum ConsentReader {
    /// Elements whose words are kept as they came and decide nothing.
    private static let keptElements: Set<String> = [
        "resourceType", "id", "meta", "language", "text", "extension", "identifier", "status", "scope", "category",
        "patient", "dateTime", "performer", "organization", "sourceAttachment", "sourceReference", "policy",
        "verification", "provision",
    ]

    static func refused(_ path: String, _ rule: String) -> SteleError {
        SteleError(
            .consentNotExpressible, "the consent says what a grant cannot: \(path) \(rule)",
            hint: "say it as docs/spec/consent-fhir.md sets out, or in a Consent of its own")
    }

    // MARK: - The frame

    static func checkFrame(_ node: JSONNode, patient: String) throws(SteleError) {
        try require(node, only: keptElements, "Consent")
        guard node["status"]?.isString("active") ?? false else {
            throw refused("Consent.status", "is not active: only what is to hold becomes a grant")
        }
        guard let subject = node["patient"], Reference(subject)?.relative == "Patient/" + patient else {
            throw refused("Consent.patient", "is not a literal reference to the patient")
        }
        for performer in node["performer"]?.elements.map({ $0 }) ?? []
        where Reference(performer)?.relative != "Patient/" + patient {
            throw refused("Consent.performer", "is not the patient: others decide through a delegate of their own")
        }
        guard (node["category"]?.count ?? 0) > 0 else { throw refused("Consent.category", "is missing") }
    }

    /// Refuses members of `node` that are not in `known`. A member is named only if FHIR has an element of that name.
    private static func require(_ node: JSONNode, only known: Set<String>, _ path: String) throws(SteleError) {
        guard node.kind == .object else { throw refused(path, "is not an element with parts") }
        for (name, _) in node.members where !known.contains(name) {
            let shown = elementNames.contains(name) ? "\(path).\(name)" : path
            throw refused(shown, shown == path ? "holds an element that is not understood" : "has no place in a grant")
        }
    }

    private static let elementNames: Set<String> = [
        "implicitRules", "contained", "modifierExtension", "policyRule", "dataPeriod", "id", "extension", "period",
        "actor", "action", "securityLabel", "purpose", "class", "code", "data", "provision", "type",
    ]

    // MARK: - The provision

    private static let provisionElements: Set<String> = [
        "extension", "type", "period", "actor", "action", "securityLabel", "purpose", "class", "code", "data",
        "provision",
    ]

    static func read(
        _ node: JSONNode, into statement: inout ConsentStatement, resolving: (String, String) -> Label?
    ) throws(SteleError) {
        let path = "Consent.provision"
        try require(node, only: provisionElements, path)
        statement.isDeny = try isDeny(node, path)
        (statement.start, statement.end) = try period(node["period"], path + ".period")
        for actor in node["actor"]?.elements.map({ $0 }) ?? [] {
            statement.grantees.append(.label(try grantee(actor, path + ".actor", resolving)))
        }
        statement.actions = try actions(node["action"], path + ".action")
        statement.purposes = try purposes(node["purpose"], path + ".purpose").map { .label(.purpose($0)) }
        statement.classes = try ConsentClasses.read(node, path).map { .label($0) }
        for item in node["extension"]?.elements.map({ $0 }) ?? [] { try readExtension(item, into: &statement, path) }
        for nested in node["provision"]?.elements.map({ $0 }) ?? [] { try readException(nested, into: &statement) }
        try checkBounds(statement, path)
    }

    private static func checkBounds(_ statement: ConsentStatement, _ path: String) throws(SteleError) {
        guard !statement.grantees.isEmpty else {
            throw refused(path + ".actor", "is missing: a grant names whom it speaks about")
        }
        for (facts, name) in [
            (statement.grantees, "actor"), (statement.purposes, "purpose"), (statement.classes, "class"),
            (statement.except, "provision"),
        ] {
            guard facts.count <= ConsentStatement.factCountMax, Set(facts).count == facts.count else {
                throw refused("\(path).\(name)", "says more than sixteen things, or one of them twice")
            }
        }
        guard !statement.isEvenInEmergency || statement.isDeny else {
            throw refused(path + ".extension", "says of a permit that it forbids even in an emergency")
        }
        guard statement.obligations.isEmpty || !statement.isDeny else {
            throw refused(path + ".extension", "asks something of those whom it forbids")
        }
    }

    private static func isDeny(_ node: JSONNode, _ path: String) throws(SteleError) -> Bool {
        switch node["type"]?.string {
        case "permit": return false
        case "deny": return true
        default: throw refused(path + ".type", "is neither permit nor deny")
        }
    }

    private static func period(_ node: JSONNode?, _ path: String) throws(SteleError) -> (Int64?, Int64?) {
        guard let node else { return (nil, nil) }
        try require(node, only: ["start", "end"], path)
        var bounds: [DateTime?] = []
        for name in ["start", "end"] {
            guard let value = node[name] else {
                bounds.append(nil)
                continue
            }
            guard let date = value.string.flatMap({ DateTime($0) }) else {
                throw refused("\(path).\(name)", "is no dateTime")
            }
            bounds.append(date)
        }
        return (bounds[0]?.start, bounds[1]?.end)
    }

    private static func readExtension(
        _ node: JSONNode, into statement: inout ConsentStatement, _ path: String
    ) throws(SteleError) {
        switch node["url"]?.string {
        case ConsentVocabulary.evenInEmergency:
            guard let value = node["valueBoolean"]?.bool else { throw refused(path + ".extension", "has no value") }
            statement.isEvenInEmergency = value
        case ConsentVocabulary.obligation:
            guard let coding = node["valueCoding"], coding["system"]?.isString(ConsentVocabulary.actCode) ?? false,
                let code = coding["code"]?.string, ConsentVocabulary.obligations.contains(code)
            else { throw refused(path + ".extension", "asks for what is no obligation that a grant has") }
            statement.obligations.insert(code)
        default: throw refused(path + ".extension", "is none that a grant has a place for")
        }
    }

    /// A nested provision: what the outer one does not speak about.
    private static func readException(
        _ node: JSONNode, into statement: inout ConsentStatement
    ) throws(SteleError) {
        let path = "Consent.provision.provision"
        try require(node, only: ["type", "securityLabel", "class", "code", "data", "extension"], path)
        let marks = node["extension"]?.elements.map { $0 } ?? []
        let isMarked = marks.contains { mark in
            mark["url"]?.isString(ConsentVocabulary.exceptionOnly) ?? false && mark["valueBoolean"]?.bool ?? false
        }
        guard marks.count == (isMarked ? 1 : 0) else { throw refused(path + ".extension", "has no place in a grant") }
        guard try isDeny(node, path) != statement.isDeny else {
            throw refused(path + ".type", "is that of the provision around it: it would be no exception")
        }
        // A permit inside a deny would let something; an exception of a grant only leaves it to other grants.
        guard !statement.isDeny || isMarked else {
            throw refused(path, "permits something inside a deny, which needs a grant of its own")
        }
        let classes = try ConsentClasses.read(node, path)
        guard classes != [.all] else { throw refused(path, "excepts everything") }
        statement.except += classes.map { .label($0) }
    }

    // MARK: - Who, what, for what

    private static func grantee(
        _ node: JSONNode, _ path: String, _ resolving: (String, String) -> Label?
    ) throws(SteleError) -> Label {
        try require(node, only: ["role", "reference"], path)
        let isRecipient =
            node["role"]?["coding"]?.elements.contains { coding in
                coding["system"]?.isString(ConsentVocabulary.participation) ?? false
                    && coding["code"]?.isString("IRCP") ?? false
            } ?? false
        guard isRecipient else { throw refused(path + ".role", "is not IRCP of v3-ParticipationType") }
        guard let reference = node["reference"] else { throw refused(path + ".reference", "is missing") }
        try require(reference, only: ["reference", "type", "identifier", "display"], path + ".reference")
        if let identifier = reference["identifier"], reference["reference"] == nil {
            guard let label = label(of: identifier) else {
                throw refused(path + ".reference.identifier", "is of no system that names somebody here")
            }
            return label
        }
        guard reference["identifier"] == nil, let named = Reference(reference), let type = named.type,
            let id = named.id,
            let label = resolving(type.name, id)
        else { throw refused(path + ".reference", "names nobody whom this custodian knows") }
        return label
    }

    private static func label(of identifier: JSONNode) -> Label? {
        guard let value = identifier["value"]?.string, !value.isEmpty, value.utf8.count <= 500 else { return nil }
        switch identifier["system"]?.string {
        case ConsentVocabulary.uri where value.hasPrefix("did:") || value.hasPrefix("urn:"): return .actor(value)
        case ConsentVocabulary.organisation: return .organisation(value)
        case ConsentVocabulary.team: return Bytes32(hex: value) == nil ? nil : .team(value.lowercased())
        case ConsentVocabulary.role:
            let parts = value.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            return .role(code: parts[0], organisation: parts[1])
        default: return nil
        }
    }

    private static func actions(_ node: JSONNode?, _ path: String) throws(SteleError) -> Set<String> {
        guard let node else { return Set(ConsentStatement.allActions) }
        var actions: Set<String> = []
        for concept in node.elements {
            let codings = concept["coding"]?.elements.map { $0 } ?? []
            guard let coding = codings.first, codings.count == 1, let code = coding["code"]?.string else {
                throw refused(path, "is not one coding each")
            }
            switch coding["system"]?.string {
            case ConsentVocabulary.action where ConsentStatement.allActions.contains(code): actions.insert(code)
            case ConsentVocabulary.consentAction:
                guard let group = ConsentVocabulary.actionGroups.first(where: { $0.code == code }) else {
                    throw refused(path, "is an action that a grant does not tell apart")
                }
                actions.formUnion(group.actions)
            default: throw refused(path, "is none that a grant knows")
            }
        }
        guard !actions.isEmpty else { throw refused(path, "is empty") }
        return actions
    }

    private static func purposes(_ node: JSONNode?, _ path: String) throws(SteleError) -> [String] {
        guard let node else { return ConsentStatement.anyPurpose }
        var purposes: [String] = []
        for coding in node.elements {
            guard coding["system"]?.isString(ConsentVocabulary.actReason) ?? false, let code = coding["code"]?.string,
                !code.isEmpty
            else { throw refused(path, "is no purpose of use of v3-ActReason") }
            purposes.append(code)
        }
        guard !purposes.isEmpty else { throw refused(path, "is empty") }
        return purposes
    }
}
