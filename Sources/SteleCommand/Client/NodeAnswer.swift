// SteleCommand · what a node answers, and its refusals as errors.
internal import HTTPClient
internal import JSON
internal import Primitives

/// An answer of a node.
struct NodeAnswer: Sendable {
    /// The status.
    let status: Int
    /// The body.
    let body: [UInt8]
    private let headers: [(name: String, value: String)]

    init(_ response: HTTPClientResponse) {
        self.init(status: response.status, headers: response.headers, body: response.body)
    }

    /// An answer of these parts.
    init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the header `name`, without regard to case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The access event or other transaction that stands behind the answer.
    var transaction: TransactionID? { header("Stele-Transaction").flatMap { Bytes32(hex: $0) } }

    /// The body as JSON.
    /// - Throws: `answer.malformed`.
    func json() throws(SteleError) -> JSONNode {
        let limits = JSONLimits(byteCountMax: 64 << 20)
        guard let document = try? JSONDocument(parsing: body, limits: limits) else { throw Self.malformed("no JSON") }
        return document.root
    }

    static func malformed(_ what: String) -> SteleError {
        SteleError(
            .answerMalformed, "the node's answer is not what its interface promises: \(what)",
            hint: "check that the address is a Stele node's and that this program is not older than the node")
    }
}

// MARK: - Refusals
extension NodeAnswer {
    /// The refusal that the answer states, whichever of the three shapes it has: that of the node, of FHIR or of OAuth.
    var refusal: SteleError {
        guard let root = try? json() else { return Self.malformed("status \(status) without an explanation") }
        if let error = root["error"], error.kind == .object, let code = error["code"]?.string {
            return SteleError(
                ErrorCode(code), error["message"]?.string ?? "the node refused",
                hint: error["hint"]?.string ?? Self.hint, cause: transactionText)
        }
        if let code = root["code"]?.string, root["error"]?.string != nil {
            return SteleError(
                ErrorCode(code), root["error_description"]?.string ?? "the node refused",
                hint: root["hint"]?.string ?? Self.hint)
        }
        let issue = root["issue"]?.elements.first { _ in true }
        if let issue, let code = issue["details"]?["coding"]?.elements.first(where: { _ in true })?["code"]?.string {
            // The node joins message and hint by a semicolon.
            let parts = (issue["diagnostics"]?.string ?? "the node refused").split(separator: "; ", maxSplits: 1)
            return SteleError(
                ErrorCode(code), String(parts[0]), hint: parts.count > 1 ? String(parts[1]) : Self.hint,
                cause: transactionText)
        }
        return Self.malformed("status \(status) with an explanation in no known shape")
    }

    private var transactionText: String? { transaction.map { "transaction \($0.hex)" } }
    private static let hint = "look the code up in docs/spec/errors.json"
}

// MARK: - Members that must be there
extension JSONNode {
    /// The text of the member `key`.
    /// - Throws: `answer.malformed`.
    func requiredText(_ key: String) throws(SteleError) -> String {
        guard let text = self[key]?.string else { throw NodeAnswer.malformed("it lacks the text \(key)") }
        return text
    }

    /// The 32 bytes that the member `key` spells.
    /// - Throws: `answer.malformed`.
    func requiredBytes32(_ key: String) throws(SteleError) -> Bytes32 {
        guard let bytes = Bytes32(hex: try requiredText(key)) else {
            throw NodeAnswer.malformed("its \(key) is not 32 bytes")
        }
        return bytes
    }

    /// The number of the member `key`.
    /// - Throws: `answer.malformed`.
    func requiredNumber(_ key: String) throws(SteleError) -> UInt64 {
        guard let number = self[key]?.uint else { throw NodeAnswer.malformed("it lacks the number \(key)") }
        return number
    }
}
