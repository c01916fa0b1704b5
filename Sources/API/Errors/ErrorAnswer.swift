// API · bad news as an answer, in the shape that the path speaks.
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Primitives

/// Turns errors into answers. Every body of one code has the same bytes but for the random id, whose length is fixed:
/// what is hidden, absent or refused cannot be told apart by it.
struct ErrorAnswer: Sendable {
    let random: any RandomSource

    /// The answer that says `error` at `path`; `details` is for identifiers of the work, outside `/fhir` only.
    func response(
        to error: SteleError, path: String, status given: Int? = nil, details: JSONValue = .object([])
    ) -> HTTPResponse {
        let status = given ?? ErrorStatus.status(of: error.code)
        let id = Hex.encode(random.bytes(8))
        var response: HTTPResponse
        if path == "/fhir" || path.hasPrefix("/fhir/") {
            response = HTTPResponse(
                status: status, contentType: Self.fhirType, bytes: Self.outcome(error, id: id).serialized())
        } else if path.hasPrefix("/oauth/") {
            response = HTTPResponse(
                status: status, contentType: "application/json",
                bytes: Self.oauth(error, id: id).serialized())
        } else {
            let body: JSONValue = [
                "error": [
                    "code": .string(error.code.name), "message": .string(error.message), "hint": .string(error.hint),
                    "id": .string(id), "details": details,
                ]
            ]
            response = HTTPResponse(status: status, contentType: "application/json", bytes: body.serialized())
        }
        if status == 401 {
            // RFC 6750 §3: without a token there is nothing to call wrong.
            let reason = error.code == .tokenInvalid ? #", error="invalid_token""# : ""
            response.headers.add("WWW-Authenticate", #"Bearer realm="stele""# + reason)
        }
        if status == 429 || status == 503 { response.headers.add("Retry-After", status == 429 ? "60" : "1") }
        return response
    }

    static let fhirType = "application/fhir+json"

    /// An OperationOutcome that carries the id by which an operator finds the fault.
    private static func outcome(_ error: SteleError, id: String) -> JSONValue {
        let outcome = OperationOutcome(error, ErrorStatus.issueKind(of: error.code)).json
        guard case .object(let members) = outcome else { return outcome }
        return .object([members[0], .init("id", .string(id))] + members.dropFirst())
    }

    /// Source: RFC 6749 §5.2; `code`, `hint` and `id` are ours, and clients ignore what they do not know.
    private static func oauth(_ error: SteleError, id: String) -> JSONValue {
        [
            "error": .string(ErrorStatus.oauthError(of: error.code)),
            "error_description": .string(error.message), "code": .string(error.code.name),
            "hint": .string(error.hint), "id": .string(id),
        ]
    }
}

extension HTTPResponse {
    /// An answer with `value` as JSON.
    static func json(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json", bytes: value.serialized())
    }

    /// An answer with `bytes` of CBOR.
    static func cbor(_ bytes: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/cbor", bytes: bytes)
    }
}
