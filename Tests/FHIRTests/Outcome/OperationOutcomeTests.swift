// FHIRTests · bad news in FHIR's shape.
import FHIR
import JSON
import Primitives
import Testing

@Suite struct OperationOutcomeTests {
    @Test func carriesTheStableCode() throws {
        let error = SteleError(.resourceMalformed, "it is broken", hint: "mend it")
        let outcome = OperationOutcome(error, .invalid)
        #expect(
            String(decoding: outcome.serialized(), as: UTF8.self)
                == #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","#
                + #""details":{"coding":[{"system":"urn:stele:error-code","code":"resource.malformed"}]},"#
                + #""diagnostics":"it is broken; mend it"}]}"#)
        #expect(try Resource(parsing: outcome.serialized(pretty: true)).type == .operationOutcome)
    }

    @Test func makesAnIssueOfEachFinding() throws {
        let error = SteleError(
            .resourceInvalid, "two rules", hint: "mend it",
            findings: [
                .init(kind: "required", place: "Patient.link[0].other", message: "it must be there"),
                .init(kind: "no such kind", place: "Patient", message: "else"),
            ])
        let issues = try #require(
            try Resource(parsing: OperationOutcome(error, .processing).serialized()).node["issue"]
        ).elements.map { $0 }
        #expect(issues.map { $0["code"]?.string } == ["required", "processing"])
        #expect(
            issues.map { $0["expression"]?.elements.map { $0.string } } == [["Patient.link[0].other"], ["Patient"]])
        #expect(issues.map { $0["diagnostics"]?.string } == ["it must be there", "else"])
    }

    @Test func listsIssuesInOrder() throws {
        let outcome = OperationOutcome([
            .init(.warning, .processing, diagnostics: "first"), .init(.information, .informational),
        ])
        let issues = try #require(try Resource(parsing: outcome.serialized()).node["issue"]).elements
        #expect(issues.map { $0["severity"]?.string } == ["warning", "information"])
        #expect(issues.map { $0["details"] == nil } == [true, true])
        #expect(OperationOutcome.Kind.allCases.count == 31)
    }
}
