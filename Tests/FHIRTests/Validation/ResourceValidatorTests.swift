// FHIRTests · each rule of docs/spec/validation.md, kept and broken.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct ResourceValidatorTests {
    /// The issues of a Patient with these members.
    private func patient(_ members: String) throws -> [String] {
        try issues(in: #"{"resourceType":"Patient",\#(members)}"#)
    }

    /// The issues of an Observation that has what it must have, and these members.
    private func observation(_ members: String) throws -> [String] {
        try issues(in: #"{"resourceType":"Observation","status":"final","code":{"text":"x"},\#(members)}"#)
    }

    @Test func namesElementsThatTheTypeDoesNotHave() throws {
        // A name of R4 is repeated; anything else may be content.
        #expect(try patient(#""status":"x""#) == ["structure Patient.status"])
        #expect(try patient(#""name":[{"given":["A"],"nickname":"Al"}]"#) == ["structure Patient.name[0]"])
        #expect(
            try patient(#""contact":[{"gender":"male"},{"birthDate":"2000"}]"#)
                == ["structure Patient.contact[1].birthDate"])
        #expect(try observation(#""valueAddress":{"text":"x"}"#) == ["structure Observation.valueAddress"])
        #expect(try observation(#""value":1"#) == ["structure Observation.value"])
        #expect(
            try patient(#""name":[{"resourceType":"HumanName","text":"x"}]"#)
                == ["structure Patient.name[0].resourceType"])
        #expect(try patient(#""_name":[{"id":"1"}]"#) == ["structure Patient"])
        #expect(try patient(#""_":{"id":"1"},"":1"#) == ["structure Patient", "structure Patient"])
    }

    @Test func wantsTheJSONTypeOfTheElement() throws {
        #expect(try patient(#""active":"true""#) == ["structure Patient.active"])
        #expect(try patient(#""birthDate":19700101"#) == ["structure Patient.birthDate"])
        #expect(try patient(#""multipleBirthInteger":"1""#) == ["structure Patient.multipleBirth"])
        #expect(try patient(#""maritalStatus":"M""#) == ["structure Patient.maritalStatus"])
        #expect(try patient(#""name":["A"]"#) == ["structure Patient.name[0]"])
        #expect(try patient(#""birthDate":{"value":"2000"}"#) == ["structure Patient.birthDate"])
        #expect(throws: SteleError.self) { try patient(#""contained":["x"]"#) }
    }

    @Test func countsElements() throws {
        #expect(try patient(#""name":{"text":"A"}"#) == ["structure Patient.name"])
        #expect(try patient(#""birthDate":["2000"]"#) == ["structure Patient.birthDate"])
        #expect(
            try issues(in: #"{"resourceType":"Observation","subject":{"reference":"Patient/1"}}"#)
                == ["required Observation.status", "required Observation.code"])
        #expect(try patient(#""link":[{"type":"seealso"}]"#) == ["required Patient.link[0].other"])
        // What says why there is no value counts as the element.
        let absent = #"{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}"#
        #expect(
            try issues(in: #"{"resourceType":"Observation","_status":{"extension":[\#(absent)]},"code":{"text":"x"}}"#)
                == [])
    }

    @Test func allowsOneValueOfAChoice() throws {
        #expect(try observation(#""valueString":"a","valueBoolean":true"#) == ["structure Observation.value"])
        #expect(try observation(#""valueString":"a","_valueString":{"id":"1"}"#) == [])
        #expect(try observation(#""_valueString":{"id":"1"},"valueString":"a""#) == [])
        #expect(try observation(#""_valueString":{"id":"1"},"valueBoolean":true"#) == ["structure Observation.value"])
    }

    @Test func pairsPrimitivesWithTheirTwins() throws {
        let twin = #"{"extension":[{"url":"http://e","valueString":"x"}]}"#
        #expect(try patient(#""birthDate":"2000","_birthDate":\#(twin)"#) == [])
        #expect(try patient(#""name":[{"given":["A",null],"_given":[null,\#(twin)]}]"#) == [])
        #expect(
            try patient(#""name":[{"given":["A","B"],"_given":[\#(twin)]}]"#) == ["structure Patient.name[0].given"])
        #expect(try patient(#""_birthDate":[\#(twin)]"#) == ["structure Patient.birthDate"])
        #expect(try patient(#""name":[{"_given":\#(twin)}]"#) == ["structure Patient.name[0].given"])
        #expect(try patient(#""_birthDate":"x""#) == ["structure Patient.birthDate"])
        #expect(try patient(#""_birthDate":{"value":"x"}"#) == ["structure Patient.birthDate.value"])
        #expect(try patient(#""name":[{"_given":["x"]}]"#) == ["structure Patient.name[0].given[0]"])
    }

    @Test func wantsAValueOrExtensionsInAnExtension() throws {
        let inner = #"{"url":"u","valueCode":"x"}"#
        #expect(try patient(#""extension":[\#(inner)]"#) == [])
        #expect(try patient(#""extension":[{"url":"http://e","extension":[\#(inner)]}]"#) == [])
        #expect(
            try patient(#""extension":[{"url":"http://e","extension":[\#(inner)],"valueCode":"x"}]"#)
                == ["invariant Patient.extension[0]"])
        #expect(try patient(#""extension":[{"url":"http://e"}]"#) == ["invariant Patient.extension[0]"])
        #expect(try patient(#""extension":[{"valueCode":"x"}]"#) == ["required Patient.extension[0].url"])
        #expect(
            try patient(#""extension":[{"url":"http://e","valuePatient":"x"}]"#)
                == ["structure Patient.extension[0]"])
        #expect(
            try patient(#""modifierExtension":[{"url":"a b","_valueCode":{"id":"1"}}]"#)
                == ["value Patient.modifierExtension[0].url"])
    }

    @Test func checksWhatIsContained() throws {
        #expect(
            try patient(#""contained":[{"resourceType":"Organization","id":"o","nme":"x"}]"#)
                == ["structure Patient.contained[0]"])
        #expect(
            try patient(
                #""contained":[{"resourceType":"Patient","contained":[{"resourceType":"Patient","active":true}]}]"#)
                == ["invariant Patient.contained[0].contained"])
        let bundle =
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","x":1}}]}"#
        #expect(try issues(in: bundle) == ["structure Bundle.entry[0].resource"])
        #expect(
            try issues(
                in: #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Element"}}]}"#)
                == ["structure Bundle.entry[0].resource"])
        #expect(
            try issues(in: #"{"resourceType":"Parameters","parameter":[{"name":"x","resource":7}]}"#)
                == ["structure Parameters.parameter[0].resource"])
    }

    @Test func wantsANarrativeToBeADiv() throws {
        let div = #"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"#
        #expect(try patient(#""text":{"status":"generated","div":"\#(div)"}"#) == [])
        #expect(try patient(#""text":{"status":"made","div":"\#(div)"}"#) == ["code-invalid Patient.text.status"])
        #expect(try patient(#""text":{"status":"generated"}"#) == ["required Patient.text.div"])
        for text in ["x", "<p>x</p>", "<division>x</division>", "<div>x", "<div>", "<div"] {
            #expect(try patient(#""text":{"status":"generated","div":"\#(text)"}"#) == ["value Patient.text.div"])
        }
    }

    @Test func bindsCodesToTheirValueSets() throws {
        #expect(try patient(#""gender":"female""#) == [])
        #expect(try patient(#""gender":"f""#) == ["code-invalid Patient.gender"])
        let system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
        func condition(_ status: String) throws -> [String] {
            try issues(
                in: #"{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":\#(status)}"#)
        }
        #expect(try condition(#"{"coding":[{"code":"x"},{"system":"\#(system)","code":"active"}]}"#) == [])
        #expect(
            try condition(#"{"coding":[{"system":"\#(system)","code":"ok"}]}"#)
                == ["code-invalid Condition.clinicalStatus"])
        #expect(
            try condition(#"{"coding":[{"system":"http://else","code":"active"}]}"#)
                == ["code-invalid Condition.clinicalStatus"])
        #expect(try condition(#"{"text":"active"}"#) == [])
    }

    @Test func wantsAnElementToHoldMoreThanAnID() throws {
        #expect(try patient(#""name":[{"id":"1"}]"#) == ["invariant Patient.name[0]"])
    }

    @Test func keepsContentOutOfWhatItSays() throws {
        let members = [
            #""secret":1"#, #""birthDate":"secret""#, #""gender":"secret""#, #""id":"x","link":[{"type":"secret"}]"#,
            #""managingOrganization":{"reference":"secret secret"}"#, #""extension":[{"url":"secret","secret":1}]"#,
        ]
        for member in members {
            let resource = try Resource(#"{"resourceType":"Patient",\#(member)}"#)
            let found = ResourceValidator.issues(in: resource)
            #expect(!found.isEmpty && !"\(found)".contains("secret"), "\(member)")
            #expect(throws: SteleError.self) { try resource.requireValid() }
        }
    }

    @Test func stopsAtTheLimit() throws {
        let many = (0..<100_000).map { #""x\#($0)":1"# }.joined(separator: ",")
        #expect(try patient(many).count == ResourceValidator.issueCountMax)
        let names = Array(repeating: #"{"given":"A"}"#, count: 10_000).joined(separator: ",")
        #expect(try patient(#""name":[\#(names)]"#).count == ResourceValidator.issueCountMax)
    }

    @Test func saysTheFirstAndCountsTheOthers() throws {
        let resource = try Resource(#"{"resourceType":"Patient","gender":"f","active":1}"#)
        do {
            try resource.requireValid()
            Issue.record("accepted")
        } catch {
            #expect(error.code == .resourceInvalid && error.message.hasSuffix("(and 1 more)"))
            #expect(error.message.contains("Patient.gender"))
            #expect(error.findings.map(\.place) == ["Patient.gender", "Patient.active"])
            #expect(error.findings.map(\.kind) == ["code-invalid", "structure"])
            #expect(error.findings[0].message.hasSuffix("at byte 35"))
        }
    }
}

@Suite struct ReferenceRuleTests {
    private func offences(_ reference: String, _ rest: String = "") throws -> [String] {
        try issues(
            in: #"{"resourceType":"Patient","managingOrganization":{"reference":"\#(reference)"}\#(rest)}"#)
    }

    @Test func acceptsReferencesOfEveryShape() throws {
        let accepted = [
            "Organization/1", "Organization/1/_history/2", "https://host/fhir/Organization/1", "http://else/where",
            "https://host/fhir/Organization/1/_history/1", "urn:uuid:00000000-0000-4000-8000-000000000000",
            "urn:oid:1.2.3", "Organization?identifier=x",
        ]
        for text in accepted { #expect(try offences(text) == [], "\(text)") }
    }

    @Test func refusesWhatIsNoReferenceOrToTheWrongType() throws {
        let refused = [
            "Organization", "Organization/", "/Organization/1", "Organisation/1", "a/Organization/1",
            "Organization/a b", "Organization/1/_history/", "Organization?", "Organization/1/_history", "1", "x:", " ",
            "Patient/1", "https://host/fhir/Patient/1", "Patient?identifier=x", "Organization/a_b",
        ]
        for text in refused {
            #expect(try offences(text) == ["value Patient.managingOrganization.reference"], "\(text)")
        }
    }

    @Test func findsWhatIsContained() throws {
        let contained =
            #","contained":[{"resourceType":"Organization","id":"o","name":"x"},"#
            + #"{"resourceType":"Patient","id":"p","active":true}]"#
        #expect(try offences("#o", contained) == [])
        #expect(try offences("#p", contained) == ["value Patient.managingOrganization.reference"])
        #expect(try offences("#q", contained) == ["invariant Patient.managingOrganization.reference"])
        #expect(try offences("#o") == ["invariant Patient.managingOrganization.reference"])
        // A contained resource names its siblings and, by # alone, its container.
        let sibling =
            ##""contained":[{"resourceType":"Organization","id":"o","partOf":{"reference":"#p"}},"##
            + #"{"resourceType":"Organization","id":"p","name":"x"},"#
            + ##"{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"#"}}]"##
        #expect(try issues(in: #"{"resourceType":"Patient",\#(sibling)}"#) == [])
    }
}
