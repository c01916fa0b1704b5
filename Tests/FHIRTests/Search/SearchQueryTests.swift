// FHIRTests · whole searches put to a few resources.
import JSON
import Primitives
import Testing

@testable import FHIR

@Suite struct SearchQueryTests {
    private static let space = try! ToySpace(
        [
            #"{"resourceType":"Patient","id":"p","name":[{"family":"Müller","given":["Eve"]}],"generalPractitioner":[{"reference":"Practitioner/d"}],"identifier":[{"system":"s","value":"1","type":{"coding":[{"system":"t","code":"MR"}]}}],"birthDate":"1970-05-05","meta":{"tag":[{"system":"g","code":"x"}]}}"#,
            #"{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p"},"period":{"start":"2020-01-01"}}"#,
            #"{"resourceType":"Encounter","id":"e2","status":"planned","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},"partOf":{"reference":"Encounter/e1"}}"#,
            #"{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"Blood pressure","coding":[{"system":"l","code":"bp"}]},"subject":{"reference":"Patient/p"},"encounter":{"reference":"Encounter/e1"},"component":[{"code":{"coding":[{"code":"sys"}]},"valueQuantity":{"value":120}},{"code":{"coding":[{"code":"dia"}]},"valueQuantity":{"value":80}}]}"#,
            #"{"resourceType":"Observation","id":"o2","status":"final","code":{"coding":[{"system":"l","code":"hb"}]},"subject":{"reference":"Group/g"},"encounter":{"reference":"Encounter/e2"},"valueQuantity":{"value":13.2},"performer":[{"identifier":{"system":"n","value":"9"}}]}"#,
            #"{"resourceType":"Observation","id":"o3","status":"amended","code":{"coding":[{"system":"l","code":"hb"}]},"valueQuantity":{"value":9},"effectiveDateTime":"2021"}"#,
            #"{"resourceType":"ValueSet","id":"v","url":"http://a.org/fhir/vs/one"}"#,
        ].map { try ToyRecord($0) },
        beyond: [try ToyRecord(#"{"resourceType":"Practitioner","id":"d","name":[{"family":"Ash"}]}"#)])

    private func query(_ type: ResourceType, _ text: String, isLenient: Bool = false) throws -> SearchQuery {
        let fields = text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return SearchField(halves[0], halves.count > 1 ? halves[1] : "")
        }
        return try SearchQuery(type, fields, in: SearchContext(now: Timestamp(milliseconds: 0), isLenient: isLenient))
    }

    private func find(_ type: ResourceType, _ text: String) throws -> [String] {
        try query(type, text).matches(in: Self.space).map(\.record.logicalID)
    }

    static let cases: [(type: ResourceType, query: String, ids: [String])] = [
        (.observation, "status=final", ["o1", "o2"]), (.observation, "status:not=final", ["o3"]),
        (.observation, "status=http://hl7.org/fhir/observation-status|final", ["o1", "o2"]),
        (.observation, "status=other|final", []), (.observation, "code=l|hb&status=amended", ["o3"]),
        (.observation, "code=bp,hb", ["o1", "o2", "o3"]), (.observation, "code:text=blood", ["o1"]),
        (.observation, "_id=o1,o3", ["o1", "o3"]), (.observation, "value-quantity:missing=true", ["o1"]),
        (.observation, "date:missing=false", ["o3"]), (.observation, "patient:missing=true", ["o2", "o3"]),
        (.observation, "subject=Group/g", ["o2"]), (.observation, "subject:Group=g", ["o2"]),
        (.observation, "patient=p", ["o1"]), (.observation, "performer:identifier=n|9", ["o2"]),
        (.observation, "component-code-value-quantity=sys$120", ["o1"]),
        (.observation, "component-code-value-quantity=sys$80", []),
        (.observation, "combo-code-value-quantity=hb$ge10,dia$lt100", ["o1", "o2"]),
        (.observation, "code-value-quantity=hb$lt10", ["o3"]),
        (.observation, "encounter.class=IMP", ["o2"]), (.observation, "encounter.part-of.class=AMB", ["o2"]),
        (.observation, "subject:Patient.name=muller", ["o1"]), (.observation, "patient.family=MÜL", ["o1"]),
        (.observation, "patient.general-practitioner.family=ash", ["o1"]),
        (.observation, "subject.birthdate=1970", ["o1"]), (.observation, "patient.family:exact=muller", []),
        (.encounter, "_has:Observation:encounter:code=hb", ["e2"]),
        (.encounter, "_has:Encounter:part-of:_has:Observation:encounter:code=hb", ["e1"]),
        (.encounter, "_has:Observation:encounter:patient.family=muller", ["e1"]),
        (.encounter, "date=ge2019", ["e1"]), (.encounter, "date=eb2030", []),
        (.patient, "name:contains=LL", ["p"]), (.patient, "given=ev,zz", ["p"]), (.patient, "_tag=g|x", ["p"]),
        (.patient, "identifier:of-type=t|MR|1", ["p"]), (.patient, "identifier:of-type=t|MR|2", []),
        (.patient, "_has:Encounter:patient:class=AMB&_has:Encounter:patient:class=IMP", ["p"]),
        (.valueSet, "url=http://a.org/fhir/vs/one", ["v"]), (.valueSet, "url:below=http://a.org/fhir", ["v"]),
        (.valueSet, "url:below=http://a.org/fh", []), (.valueSet, "url:above=http://a.org/fhir/vs/one/more", ["v"]),
        (.observation, "_sort=value-quantity", ["o3", "o2", "o1"]),
        (.observation, "_sort=-value-quantity", ["o2", "o3", "o1"]), (.observation, "_sort=-_id", ["o3", "o2", "o1"]),
        (.observation, "_sort=code,-value-quantity", ["o1", "o2", "o3"]),
    ]

    @Test(arguments: cases) func finds(type: ResourceType, query: String, ids: [String]) throws {
        #expect(try find(type, query) == ids)
    }

    static let includes: [(type: ResourceType, query: String, names: [String])] = [
        (.observation, "_id=o2&_include=Observation:encounter", ["Encounter/e2"]),
        (
            .observation, "_id=o2&_include=Observation:encounter&_include:iterate=Encounter:part-of",
            [
                "Encounter/e2", "Encounter/e1",
            ]
        ),
        (.observation, "_id=o1&_include=Observation:subject:Group", []),
        (.observation, "_id=o1&_include=Observation:subject:Patient", ["Patient/p"]),
        (.observation, "_id=o1&_include=*", ["Encounter/e1", "Patient/p"]),
        (
            .observation, "_id=o1&_include=Observation:patient&_include:iterate=Patient:general-practitioner",
            [
                "Patient/p", "Practitioner/d",
            ]
        ),
        (.encounter, "_id=e1&_revinclude=Observation:encounter", ["Observation/o1"]),
        (.encounter, "_id=e1&_revinclude=*", ["Encounter/e2", "Observation/o1"]),
        (
            .encounter, "_id=e1&_revinclude=Encounter:part-of&_revinclude:iterate=Observation:encounter",
            [
                "Encounter/e2", "Observation/o1", "Observation/o2",
            ]
        ),
    ]

    @Test(arguments: includes) func brings(type: ResourceType, query text: String, names: [String]) throws {
        let query = try query(type, text)
        let found = query.matches(in: Self.space).map(\.record)
        let included = try query.included(with: found, in: Self.space)
        #expect(Set(included.map { "\($0.typeName)/\($0.logicalID)" }) == Set(names) && included.count == names.count)
    }

    @Test func namesItsPatients() throws {
        #expect(try query(.observation, "patient=p").patients == ["p"])
        #expect(try query(.observation, "subject=Patient/a,Patient/b").patients == ["a", "b"])
        #expect(try query(.observation, "patient=a&subject=Patient/b").patients == [])
        #expect(try query(.observation, "subject=Group/g").patients == nil)
        #expect(try query(.observation, "patient.family=x").patients == nil)
        #expect(try query(.patient, "_id=a").patients == ["a"] && query(.observation, "_id=a").patients == nil)
        #expect(try query(.patient, "identifier=s|1").identified?.value == "1")
        #expect(try query(.patient, "identifier=1").identified == nil)
    }

    @Test func linksAreBounded() throws {
        let deep = String(repeating: "part-of.", count: ConditionReader.depthMax) + "class"
        _ = try query(.encounter, deep + "=x")
        #expect(throws: SteleError.self) { try query(.encounter, "part-of." + deep + "=x") }
        // Basic.subject may be anything, and anything's may be anything.
        #expect(throws: SteleError.self) { try query(.basic, "subject.subject._id=x") }
        let many = (0...ConditionReader.alternativeCountMax).map(String.init).joined(separator: ",")
        #expect(throws: SteleError.self) { try query(.patient, "name=" + many) }
        let fields = Array(repeating: SearchField("name", "x"), count: SearchQuery.parameterCountMax + 1)
        #expect(throws: SteleError.self) {
            try SearchQuery(.patient, fields, in: SearchContext(now: Timestamp(milliseconds: 0)))
        }
    }

    @Test func whatIsUnknownCanBePassedOver() throws {
        #expect(throws: SteleError.self) { try query(.patient, "nonsense=1") }
        let lenient = try query(.patient, "nonsense=1&name=x", isLenient: true)
        #expect(lenient.parameters == [SearchField("name", "x")] && lenient.conditions.count == 1)
        // A parameter that is known with a value that is none is refused all the same.
        #expect(throws: SteleError.self) { try query(.patient, "birthdate=x", isLenient: true) }
    }

    @Test func narrowsToAllowedTypes() throws {
        let chain = try query(.observation, "subject.birthdate=1970")
        #expect(chain.narrowed { $0 == .patient }?.matches(in: Self.space).count == 1)
        #expect(try query(.observation, "subject:Patient.birthdate=1970").narrowed { $0 == .observation } == nil)
        #expect(try query(.encounter, "_has:Observation:encounter:code=hb").narrowed { $0 == .encounter } == nil)
    }
}

@Suite struct ResourcePartTests {
    private func part(_ text: String, _ part: SearchPart) throws -> String {
        String(decoding: try ResourcePart.of(Array(text.utf8), part), as: UTF8.self)
    }

    private static let tag =
        #"{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}"#

    @Test func keepsWhatIsDemandedAndWanted() throws {
        let text =
            #"{ "resourceType": "Observation", "meta": {"versionId": "1", "tag": [ {"code":"a"} ]}, "status" : "final", "code": {"text": "x" }, "valueQuantity": {"value": 1.50}, "_status": {"id":"i"}, "note": [{"text":"n"}]}"#
        #expect(try part(text, .whole) == text)
        #expect(
            try part(text, .elements(["value"]))
                == #"{"resourceType":"Observation","meta":{"versionId":"1","tag":[{"code":"a"},\#(Self.tag)]},"status":"final","code":{"text": "x" },"valueQuantity":{"value": 1.50},"_status":{"id":"i"}}"#
        )
        #expect(try part(text, .summary(.data)).contains(#""note":[{"text":"n"}]"#))
        #expect(try !part(text, .summary(.true)).contains("note"))
        #expect(
            try part(#"{"resourceType":"Patient","active":true}"#, .summary(.text))
                == #"{"resourceType":"Patient","meta":{"tag":[\#(Self.tag)]}}"#)
    }
}
