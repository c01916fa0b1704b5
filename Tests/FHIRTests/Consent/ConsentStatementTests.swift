// A Consent becomes a statement and a statement a provision, and nothing is passed over on either way.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct ConsentStatementTests {
    static let frame: [(String, String)] = [
        ("resourceType", #""Consent""#), ("status", #""active""#),
        (
            "scope",
            #"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]}"#
        ),
        ("category", #"[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}]"#),
        ("patient", #"{"reference":"Patient/p1"}"#), ("dateTime", #""2026-01-31""#),
        ("performer", #"[{"reference":"Patient/p1"}]"#), ("organization", #"[{"reference":"Organization/st-anna"}]"#),
        ("sourceReference", #"{"reference":"DocumentReference/d1"}"#), ("policy", #"[{"uri":"urn:x"}]"#),
    ]
    static let irc =
        #""role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]}"#
    static let surgeon = #"{\#(irc),"reference":{"identifier":{"system":"urn:stele:role","value":"surgeon@st-anna"}}}"#
    static let provision: [(String, String)] = [
        ("type", #""permit""#), ("actor", "[\(surgeon)]"),
        ("purpose", #"[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"TREAT"}]"#),
    ]

    /// The Consent with some elements replaced, or left out by an empty text.
    static func consent(_ changes: [String: String] = [:], _ inner: [String: String] = [:]) throws -> Resource {
        func object(_ members: [(String, String)], _ changes: [String: String]) -> String {
            let kept = members.map { ($0.0, changes[$0.0] ?? $0.1) }
            let added = changes.filter { change in !members.contains { $0.0 == change.key } }.sorted { $0.key < $1.key }
            let all = (kept + added.map { ($0.key, $0.value) }).filter { !$0.1.isEmpty }
            return "{" + all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        }
        var changes = changes
        if changes["provision"] == nil { changes["provision"] = object(provision, inner) }
        return try Resource(object(frame, changes))
    }

    static func read(_ resource: Resource) throws(SteleError) -> ConsentStatement {
        try ConsentStatement(reading: resource, patient: "p1") { type, id in
            switch (type, id) {
            case ("Practitioner", "d1"): .actor("did:key:zD1")
            case ("Organization", "st-anna"): .organisation("st-anna")
            default: nil
            }
        }
    }

    static func labels(_ facts: [ConsentStatement.Fact]) -> [Label] {
        facts.compactMap { if case .label(let label) = $0 { label } else { nil } }
    }

    // MARK: - Reading

    @Test func aPlainPermitIsRead() throws {
        let resource = try Self.consent()
        #expect(ConsentStatement.isPrivacy(resource))
        let statement = try Self.read(resource)
        #expect(!statement.isDeny && statement.start == nil && statement.end == nil && statement.except.isEmpty)
        #expect(Self.labels(statement.grantees) == [.role(code: "surgeon", organisation: "st-anna")])
        #expect(Self.labels(statement.classes) == [.all] && Self.labels(statement.purposes) == [.purpose("TREAT")])
        #expect(statement.actions == Set(ConsentStatement.allActions))
    }

    @Test func otherConsentsAreNotAboutPrivacy() throws {
        let research =
            #"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"research"}]}"#
        #expect(!ConsentStatement.isPrivacy(try Self.consent(["scope": research])))
        #expect(!ConsentStatement.isPrivacy(try Resource(#"{"resourceType":"Patient"}"#)))
    }

    @Test func everyoneCanBeNamed() throws {
        let references: [(String, Label)] = [
            (#"{"reference":"Practitioner/d1"}"#, .actor("did:key:zD1")),
            (#"{"reference":"Organization/st-anna","display":"St Anna"}"#, .organisation("st-anna")),
            (
                #"{"identifier":{"system":"urn:ietf:rfc:3986","value":"did:key:zX"},"type":"Practitioner"}"#,
                .actor("did:key:zX")
            ),
            (#"{"identifier":{"system":"urn:stele:organisation","value":"st-bede"}}"#, .organisation("st-bede")),
            (
                #"{"identifier":{"system":"urn:stele:team","value":"\#(String(repeating: "AB", count: 32))"}}"#,
                .team(String(repeating: "ab", count: 32))
            ),
        ]
        for (text, label) in references {
            let statement = try Self.read(Self.consent([:], ["actor": "[{\(Self.irc),\"reference\":\(text)}]"]))
            #expect(Self.labels(statement.grantees) == [label], "\(text)")
        }
    }

    @Test func actionsAreGroupedAsHL7Does() throws {
        for (codes, actions) in [
            (["access"], ["read", "search"]), (["collect"], ["write"]), (["disclose"], ["export", "delegate"]),
            (["access", "collect"], ["read", "search", "write"]),
        ] {
            let concepts = codes.map {
                #"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentaction","code":"\#($0)"}]}"#
            }
            let statement = try Self.read(
                Self.consent([:], ["action": "[\(concepts.joined(separator: ","))]"]))
            #expect(statement.actions == Set(actions))
        }
    }

    @Test func classesAreAlternativesOfOneElement() throws {
        let types =
            #"[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"},{"system":"urn:stele:category","code":"imaging"}]"#
        #expect(
            Self.labels(try Self.read(Self.consent([:], ["class": types])).classes)
                == [.type("Observation"), .category("imaging")])
        let labels =
            #"[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"},{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]"#
        #expect(
            Self.labels(try Self.read(Self.consent([:], ["securityLabel": labels])).classes)
                == [.sensitivity("PSY"), .sensitivity("R")])
        let pairs = try Self.read(
            Self.consent(
                [:],
                [
                    "class": #"[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]"#,
                    "code":
                        #"[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}]"#,
                ]))
        #expect(Self.labels(pairs.classes) == [.typeInCategory(type: "Observation", category: "laboratory")])
        let data = #"[{"meaning":"instance","reference":{"reference":"Observation/hb"}}]"#
        #expect(Self.labels(try Self.read(Self.consent([:], ["data": data])).classes) == [.record("Observation/hb")])
    }

    @Test func periodsEndWithTheirLastMoment() throws {
        let statement = try Self.read(
            Self.consent([:], ["period": #"{"start":"2026-01-01","end":"2026-12-31"}"#]))
        #expect(statement.start == DateTime("2026-01-01")!.start && statement.end == DateTime("2027-01-01")!.start)
    }

    // MARK: - Refusing

    static let refused: [(path: String, outer: [String: String], inner: [String: String])] = [
        ("Consent.status ", ["status": #""draft""#], [:]), ("Consent.status ", ["status": #""rejected""#], [:]),
        ("Consent.patient ", ["patient": #"{"reference":"Patient/p2"}"#], [:]),
        ("Consent.patient ", ["patient": #"{"identifier":{"value":"p1"}}"#], [:]),
        ("Consent.performer ", ["performer": #"[{"reference":"RelatedPerson/r"}]"#], [:]),
        ("Consent.category ", ["category": ""], [:]), ("Consent.provision ", ["provision": #""x""#], [:]),
        ("Consent.implicitRules ", ["implicitRules": #""urn:x""#], [:]),
        ("Consent.modifierExtension ", ["modifierExtension": #"[{"url":"x","valueBoolean":true}]"#], [:]),
        ("Consent.contained ", ["contained": #"[{"resourceType":"Patient"}]"#], [:]),
        ("Consent.policyRule ", ["policyRule": #"{"text":"x"}"#], [:]),
        ("Consent.extension ", ["extension": #"[{"url":"urn:x","valueString":"y"}]"#], [:]),
        ("Consent holds an element", ["secretNote": #""y""#], [:]),
        ("Consent.provision.type ", [:], ["type": ""]), ("Consent.provision.actor ", [:], ["actor": ""]),
        ("Consent.provision.dataPeriod ", [:], ["dataPeriod": #"{"start":"2026"}"#]),
        ("Consent.provision.period.start ", [:], ["period": #"{"start":"soon"}"#]),
        ("Consent.provision.period ", [:], ["period": #"{"begin":"2026"}"#]),
        (
            "Consent.provision.actor.role ", [:],
            ["actor": #"[{"role":{"text":"x"},"reference":{"reference":"Practitioner/d1"}}]"#]
        ),
        (
            "Consent.provision.actor.reference ", [:],
            ["actor": #"[{\#(irc),"reference":{"reference":"Practitioner/d9"}}]"#]
        ),
        (
            "Consent.provision.actor.reference.identifier ", [:],
            ["actor": #"[{\#(irc),"reference":{"identifier":{"system":"urn:stele:token","value":"aa"}}}]"#]
        ),
        (
            "Consent.provision.action ", [:],
            [
                "action":
                    #"[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentaction","code":"correct"}]}]"#
            ]
        ),
        ("Consent.provision.action ", [:], ["action": #"[{"text":"look"}]"#]),
        ("Consent.provision.purpose ", [:], ["purpose": #"[{"system":"urn:x","code":"TREAT"}]"#]),
        (
            "Consent.provision.class ", [:],
            ["class": #"[{"system":"http://hl7.org/fhir/resource-types","code":"Nothing"}]"#]
        ),
        ("Consent.provision.class ", [:], ["class": #"[{"system":"urn:ietf:bcp:13","code":"application/pdf"}]"#]),
        (
            "Consent.provision.securityLabel ", [:],
            ["securityLabel": #"[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"MH"}]"#]
        ),
        (
            "Consent.provision.code ", [:],
            ["code": #"[{"coding":[{"system":"http://loinc.org","code":"718-7"}]}]"#]
        ),
        (
            "Consent.provision.data ", [:],
            ["data": #"[{"meaning":"related","reference":{"reference":"Observation/hb"}}]"#]
        ),
        (
            "Consent.provision narrows records by class and securityLabel", [:],
            [
                "class": #"[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]"#,
                "securityLabel": #"[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]"#,
            ]
        ),
        (
            "Consent.provision.provision.type ", [:],
            ["provision": #"[{"type":"permit","class":[{"system":"urn:stele:category","code":"imaging"}]}]"#]
        ),
        ("Consent.provision.provision excepts everything", [:], ["provision": #"[{"type":"deny"}]"#]),
        (
            "Consent.provision.provision.purpose ", [:],
            ["provision": #"[{"type":"deny","purpose":[{"system":"x","code":"y"}]}]"#]
        ),
        (
            "Consent.provision.provision permits something inside a deny", [:],
            [
                "type": #""deny""#,
                "provision": #"[{"type":"permit","class":[{"system":"urn:stele:category","code":"imaging"}]}]"#,
            ]
        ),
        (
            "Consent.provision.extension ", [:],
            ["extension": #"[{"url":"urn:stele:even-in-emergency","valueBoolean":true}]"#]
        ),
        (
            "Consent.provision.extension ", [:],
            [
                "type": #""deny""#,
                "extension":
                    #"[{"url":"urn:stele:obligation","valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"DEID"}}]"#,
            ]
        ),
        ("Consent.provision.actor ", [:], ["actor": "[\(surgeon),\(surgeon)]"]),
    ]

    @Test func whatAGrantCannotSayIsRefusedWithItsPath() throws {
        for (path, outer, inner) in Self.refused {
            let resource = try Self.consent(outer, inner)
            let error = #expect(throws: SteleError.self, "\(path)") { try Self.read(resource) }
            #expect(error?.code == .consentNotExpressible)
            #expect(error?.message.contains(": " + path) == true, "\(path) | \(error?.message ?? "")")
            // Names and values of the sender's own never come back.
            #expect(error?.message.contains("secretNote") == false && error?.message.contains("718-7") == false)
        }
    }

    // MARK: - Both ways

    @Test func aStatementSurvivesTheRoundTrip() throws {
        var statements: [ConsentStatement] = []
        let classSets: [[Label]] = [
            [.all], [.type("Observation"), .category("imaging")], [.record("Observation/hb"), .record("Patient/p1")],
            [.record("Observation/hb"), .sensitivity("V")], [.all, .sensitivity("SUD")],
            [.typeInCategory(type: "Observation", category: "laboratory")],
        ]
        for isDeny in [false, true] {
            for classes in classSets {
                for actions in [ConsentStatement.allActions, ["read"], ["read", "search", "export"], ["delegate"]] {
                    var statement = ConsentStatement()
                    statement.isDeny = isDeny
                    statement.grantees = [
                        .label(.actor("did:key:zX")), .label(.role(code: "nurse", organisation: "st-anna")),
                        .label(.team(String(repeating: "0f", count: 32))),
                    ]
                    statement.actions = Set(actions)
                    statement.classes = classes.map { .label($0) }
                    statement.purposes = (isDeny ? ConsentStatement.anyPurpose : ["TREAT", "HRESCH"])
                        .map { .label(.purpose($0)) }
                    statement.except = actions.count == 1 ? [.label(.sensitivity("PSY"))] : []
                    statement.start = 1_800_000_060_000
                    statement.end = actions == ["delegate"] ? nil : 1_800_086_460_000
                    statement.obligations = isDeny ? [] : ["DEID", "NORDSCLCD"]
                    statement.isEvenInEmergency = isDeny
                    statements.append(statement)
                }
            }
        }
        for statement in statements {
            let text = String(decoding: statement.provision().serialized(), as: UTF8.self)
            #expect(try Self.read(Self.consent(["provision": text])) == statement, "\(text)")
        }
    }

    @Test func tokensAreShownAndNotTakenBack() throws {
        var statement = try Self.read(Self.consent())
        statement.grantees = [.token(String(repeating: "a1", count: 32))]
        let provision = statement.provision()
        let text = String(decoding: provision.serialized(), as: UTF8.self)
        #expect(text.contains("urn:stele:token"))
        #expect(throws: SteleError.self) { try Self.read(Self.consent(["provision": text])) }
    }
}
