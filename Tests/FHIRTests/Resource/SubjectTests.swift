// FHIRTests · whose record a resource is.
import FHIR
import Testing

@Suite struct SubjectTests {
    static func subject(_ text: String) throws -> String? { try Resource(text).subjectReference?.text }

    @Test func findsTheElementOfEachType() throws {
        let patient = #"{"reference":"Patient/p1"}"#
        let cases = [
            #""resourceType":"Observation","subject":\#(patient)"#,
            #""resourceType":"Condition","subject":\#(patient)"#,
            #""resourceType":"AllergyIntolerance","patient":\#(patient)"#,
            #""resourceType":"Immunization","patient":\#(patient)"#,
            #""resourceType":"Coverage","beneficiary":\#(patient)"#,
            #""resourceType":"EnrollmentRequest","candidate":\#(patient)"#,
            #""resourceType":"ResearchSubject","individual":\#(patient)"#,
            #""resourceType":"SupplyRequest","deliverTo":\#(patient)"#,
            #""resourceType":"Appointment","participant":[{"actor":{"reference":"Location/l"}},{"actor":\#(patient)}]"#,
            #""resourceType":"Provenance","target":[{"reference":"Observation/o"},\#(patient)]"#,
            #""resourceType":"AuditEvent","entity":[{"what":\#(patient)}]"#,
            #""resourceType":"Person","link":[{"target":\#(patient)}]"#,
        ]
        for text in cases { #expect(try Self.subject("{\(text)}") == "Patient/p1", "\(text)") }
        #expect(
            try Self.subject(#"{"resourceType":"Patient","id":"p1","link":[{"other":{"reference":"Patient/p2"}}]}"#)
                == "Patient/p1")
    }

    @Test func findsNoneWhereThereIsNone() throws {
        let cases = [
            #""resourceType":"Practitioner","id":"x""#, #""resourceType":"Organization","id":"x""#,
            #""resourceType":"Observation""#, #""resourceType":"Observation","subject":{"reference":"Group/g"}"#,
            #""resourceType":"Observation","subject":{"identifier":{"value":"7"}}"#,
            ##""resourceType":"Observation","subject":{"reference":"#p"}"##,
            #""resourceType":"Patient","active":true"#,
        ]
        for text in cases { #expect(try Self.subject("{\(text)}") == nil, "\(text)") }
    }

    @Test func prefersTheSubjectAndRefusesToChooseBetweenOthers() throws {
        let both =
            #"{"resourceType":"AllergyIntolerance","asserter":{"reference":"Patient/p2"},"patient":{"reference":"Patient/p1"}}"#
        #expect(try Self.subject(both) == "Patient/p1")
        #expect(try Resource(both).patientReferences.map(\.text) == ["Patient/p1", "Patient/p2"])
        let two =
            #"{"resourceType":"Appointment","participant":[{"actor":{"reference":"Patient/a"}},{"actor":{"reference":"Patient/b"}}]}"#
        #expect(try Self.subject(two) == nil)
        #expect(try Resource(two).patientReferences.count == 2)
        let group =
            #"{"resourceType":"Observation","subject":{"reference":"Group/g"},"performer":[{"reference":"Patient/p"}]}"#
        #expect(try Self.subject(group) == "Patient/p")
    }

    @Test func readsEveryFormOfReference() throws {
        let absolute = Reference("https://host.example/fhir/Patient/p1/_history/3")
        #expect(absolute.type == .patient && absolute.id == "p1" && absolute.relative == "Patient/p1")
        #expect(Reference("Patient/p1").relative == "Patient/p1")
        #expect(Reference("Patient/p 1").relative == nil && Reference("patient/p1").type == nil)
        #expect(Reference("Patient?identifier=7").relative == nil && Reference("p1").relative == nil)
        #expect(Reference("urn:uuid:1").isURN && Reference("#x").isContained)
        #expect(Reference("urn:uuid:1", type: .patient).type == .patient)
        // By type alone: R4 allows nothing but a patient in AllergyIntolerance.patient.
        #expect(
            try Self.subject(#"{"resourceType":"AllergyIntolerance","patient":{"reference":"urn:uuid:1"}}"#)
                == "urn:uuid:1")
        #expect(
            try Self.subject(#"{"resourceType":"Observation","subject":{"reference":"urn:uuid:1"}}"#) == "urn:uuid:1")
        #expect(
            try Self.subject(#"{"resourceType":"Observation","subject":{"reference":"urn:uuid:1","type":"Device"}}"#)
                == nil)
        #expect(try Self.subject(#"{"resourceType":"Observation","performer":[{"reference":"urn:uuid:1"}]}"#) == nil)
    }
}
