// FHIR · a statement written as the provision of a Consent.
public import JSON
public import Primitives

extension ConsentStatement {
    /// The provision of a Consent that says this. Reading it gives an equal statement if no token is in it.
    ///
    /// - Parameter names: what people call those whom labels name.
    public func provision(names: [Label: String] = [:]) -> JSONValue {
        var members: [JSONValue.Member] = []
        var extensions: [JSONValue] = obligations.sorted().map { code in
            [
                "url": .string(ConsentVocabulary.obligation),
                "valueCoding": ["system": .string(ConsentVocabulary.actCode), "code": .string(code)],
            ]
        }
        if isEvenInEmergency {
            extensions.append(["url": .string(ConsentVocabulary.evenInEmergency), "valueBoolean": true])
        }
        if !extensions.isEmpty { members.append(.init("extension", .array(extensions))) }
        members.append(.init("type", isDeny ? "deny" : "permit"))
        if let period { members.append(.init("period", period)) }
        members.append(.init("actor", .array(grantees.map { Self.actor($0, names) })))
        members.append(.init("action", .array(actionConcepts)))
        if let purposeCodings { members.append(.init("purpose", .array(purposeCodings))) }
        members += ConsentClasses.members(classes)
        if !except.isEmpty { members.append(.init("provision", .array([exception]))) }
        return .object(members)
    }

    /// The extension of the Consent itself that names the episode, if there is one.
    public var episodeExtension: JSONValue? {
        episode.map { ["url": .string(ConsentVocabulary.episode), "valueString": .string($0)] }
    }

    private var period: JSONValue? {
        // The end of a FHIR period is its last moment, that of a grant the first after it.
        func text(_ milliseconds: Int64) -> JSONValue {
            .string(String(Timestamp(milliseconds: UInt64(clamping: milliseconds)).description.prefix(19)) + "Z")
        }
        let members = [
            start.map { JSONValue.Member("start", text($0)) }, end.map { JSONValue.Member("end", text($0 - 1000)) },
        ].compactMap { $0 }
        return members.isEmpty ? nil : .object(members)
    }

    private var exception: JSONValue {
        var members: [JSONValue.Member] = []
        if isDeny {
            members.append(
                .init("extension", [["url": .string(ConsentVocabulary.exceptionOnly), "valueBoolean": true]]))
        }
        members.append(.init("type", isDeny ? "permit" : "deny"))
        return .object(members + ConsentClasses.members(except))
    }

    private var actionConcepts: [JSONValue] {
        var rest = actions
        var concepts: [JSONValue] = []
        for group in ConsentVocabulary.actionGroups where rest.isSuperset(of: group.actions) {
            rest.subtract(group.actions)
            concepts.append(Self.concept(ConsentVocabulary.consentAction, group.code))
        }
        return concepts
            + Self.allActions.filter { rest.contains($0) }.map { Self.concept(ConsentVocabulary.action, $0) }
    }

    private var purposeCodings: [JSONValue]? {
        if Set(purposes) == Set(Self.anyPurpose.map { .label(.purpose($0)) }) { return nil }
        return purposes.map { fact in
            switch fact {
            case .label(let label):
                ["system": .string(ConsentVocabulary.actReason), "code": .string(label.parts.last ?? "")]
            case .token(let token): ["system": .string(ConsentVocabulary.token), "code": .string(token)]
            }
        }
    }

    private static func actor(_ fact: Fact, _ names: [Label: String]) -> JSONValue {
        let (type, system, value): (String?, String, String) =
            switch fact {
            case .token(let token): (nil, ConsentVocabulary.token, token)
            case .label(.organisation(let name)): ("Organization", ConsentVocabulary.organisation, name)
            case .label(.role(let code, let organisation)):
                ("PractitionerRole", ConsentVocabulary.role, "\(code)@\(organisation)")
            case .label(.team(let episode)): ("CareTeam", ConsentVocabulary.team, episode)
            case .label(let label): (nil, ConsentVocabulary.uri, label.parts.last ?? "")
            }
        var reference: [JSONValue.Member] = []
        if let type { reference.append(.init("type", .string(type))) }
        reference.append(.init("identifier", ["system": .string(system), "value": .string(value)]))
        if case .label(let label) = fact, let name = names[label] {
            reference.append(.init("display", .string(name)))
        }
        return ["role": concept(ConsentVocabulary.participation, "IRCP"), "reference": .object(reference)]
    }

    private static func concept(_ system: String, _ code: String) -> JSONValue {
        ["coding": [["system": .string(system), "code": .string(code)]]]
    }
}
