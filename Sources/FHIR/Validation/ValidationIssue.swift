// FHIR · one rule that a resource breaks.
public import Primitives

/// A rule of FHIR R4 that a resource breaks, and where. Never holds what stands there.
package struct ValidationIssue: Hashable, Sendable {
    /// What kind of rule it is: `structure`, `required`, `value`, `codeInvalid` or `invariant`.
    package let kind: OperationOutcome.Kind
    /// The element, as FHIRPath: `Patient.contact[0].name.family`. A choice is named without its type: `value`.
    package let expression: String
    /// The rule in plain words.
    package let rule: String
    /// The byte of the text at which the offender begins.
    package let byteOffset: Int

    /// The issue as part of an error.
    var finding: SteleError.Finding {
        SteleError.Finding(kind: kind.rawValue, place: expression, message: "\(rule), at byte \(byteOffset)")
    }
}

extension Resource {
    /// Checks the structure of the resource. Source: `docs/spec/validation.md`.
    /// - Throws: code `resource.invalid` with a finding for each rule that it breaks,
    ///   ``ResourceValidator/issueCountMax`` at most.
    package func requireValid() throws(SteleError) {
        let issues = ResourceValidator.issues(in: self)
        guard let first = issues.first else { return }
        let others = issues.count == 1 ? "" : " (and \(issues.count - 1) more)"
        throw SteleError(
            .resourceInvalid, "the resource breaks a rule of FHIR R4 at \(first.expression): \(first.rule)\(others)",
            hint: "correct what the issues name and send it again; POST it to $validate to check it without storing it",
            findings: issues.map(\.finding))
    }
}

extension ErrorCode {
    /// The resource is not built as its type is defined.
    public static let resourceInvalid = ErrorCode("resource.invalid")
}
