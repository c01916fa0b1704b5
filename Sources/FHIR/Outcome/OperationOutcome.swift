// FHIR · the one shape of bad news under `/fhir`.
public import JSON
public import Primitives

/// What went wrong, or well, as a FHIR R4 OperationOutcome. Source: FHIR R4 §2.33.
public struct OperationOutcome: Hashable, Sendable {
    /// How bad it is. Value set issue-severity.
    public enum Severity: String, Hashable, Sendable { case fatal, error, warning, information }

    /// What kind of issue it is. Value set issue-type, all of R4.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case invalid, structure, required, value, invariant, security, login, unknown, expired, forbidden, suppressed
        case processing, duplicate, deleted, conflict, transient, exception, timeout, incomplete, throttled
        case informational
        case notSupported = "not-supported"
        case multipleMatches = "multiple-matches"
        case notFound = "not-found"
        case tooLong = "too-long"
        case codeInvalid = "code-invalid"
        case businessRule = "business-rule"
        case extensionUnknown = "extension"
        case tooCostly = "too-costly"
        case lockError = "lock-error"
        case noStore = "no-store"
    }

    /// One piece of news.
    public struct Issue: Hashable, Sendable {
        /// How bad it is.
        public var severity: Severity
        /// What kind it is.
        public var kind: Kind
        /// The stable code, in ``OperationOutcome/codeSystem``.
        public var code: ErrorCode?
        /// What happened and what to do next. Never record content.
        public var diagnostics: String?
        /// The element it is about, as FHIRPath without functions.
        public var expression: String?

        /// News of this kind.
        public init(
            _ severity: Severity, _ kind: Kind, code: ErrorCode? = nil, diagnostics: String? = nil,
            expression: String? = nil
        ) {
            self.severity = severity
            self.kind = kind
            self.code = code
            self.diagnostics = diagnostics
            self.expression = expression
        }
    }

    /// The code system of `issue.details.coding`: the codes of `docs/spec/errors.json`.
    public static let codeSystem = "urn:stele:error-code"

    /// The news; at least one.
    public let issues: [Issue]

    /// The outcome with these issues.
    /// - Precondition: there is at least one.
    public init(_ issues: [Issue]) {
        precondition(!issues.isEmpty, "an OperationOutcome has at least one issue")
        self.issues = issues
    }

    /// The outcome that says what `error` says: one issue for each of its findings, or one of `kind` if it has none.
    public init(_ error: SteleError, _ kind: Kind, severity: Severity = .error) {
        guard error.findings.isEmpty else {
            self.init(
                error.findings.map { finding in
                    Issue(
                        severity, Kind(rawValue: finding.kind) ?? kind, code: error.code, diagnostics: finding.message,
                        expression: finding.place)
                })
            return
        }
        self.init([Issue(severity, kind, code: error.code, diagnostics: error.message + "; " + error.hint)])
    }

    /// The outcome as JSON.
    public var json: JSONValue {
        ["resourceType": "OperationOutcome", "issue": .array(issues.map(\.json))]
    }

    /// The outcome as JSON text.
    public func serialized(pretty: Bool = false) -> [UInt8] { json.serialized(pretty: pretty) }
}

extension OperationOutcome.Issue {
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("severity", .string(severity.rawValue)), .init("code", .string(kind.rawValue)),
        ]
        if let code {
            members.append(
                .init(
                    "details",
                    ["coding": [["system": .string(OperationOutcome.codeSystem), "code": .string(code.name)]]]))
        }
        if let diagnostics { members.append(.init("diagnostics", .string(diagnostics))) }
        if let expression { members.append(.init("expression", [.string(expression)])) }
        return .object(members)
    }
}
