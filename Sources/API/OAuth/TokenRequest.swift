// API · the form of a request for a token.
internal import FHIR
internal import HTTPServer
internal import Primitives

/// The fields of a token request that mean something here; others are passed over (RFC 6749 §3.2).
struct TokenRequest: Sendable {
    let assertion: String
    let clientID: String?
    let scope: String
    /// As many codes as were named, in one field or several.
    let purposes: [String]
    let patient: String?

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// Reads the form in `request`.
    init(_ request: RouteRequest) throws(SteleError) {
        guard try request.header("Authorization") == nil else { throw Self.otherAuthentication }
        let fields: [HTTPField]
        do throws(SteleError) {
            fields = try request.form()
        } catch {
            throw Self.malformed(error.message)
        }
        func value(_ name: String) throws(SteleError) -> String? {
            let values = fields.filter { $0.name == name && !$0.value.isEmpty }
            guard values.count <= 1 else { throw Self.malformed("`\(name)` occurs more than once") }
            return values.first?.value
        }
        guard let grantType = try value("grant_type") else { throw Self.malformed("`grant_type` is missing") }
        guard grantType == "client_credentials" else {
            throw SteleError(
                .tokenGrantType, "the grant type is not supported here", hint: "send grant_type=client_credentials")
        }
        guard try value("client_secret") == nil else { throw Self.otherAuthentication }
        guard try value("client_assertion_type") == Self.assertionType else {
            throw Self.malformed("`client_assertion_type` is missing or is not the one for JWT bearer assertions")
        }
        guard let assertion = try value("client_assertion") else {
            throw Self.malformed("`client_assertion` is missing")
        }
        guard let scope = try value("scope") else { throw Self.malformed("`scope` is missing") }
        self.assertion = assertion
        self.scope = scope
        clientID = try value("client_id")
        patient = try value("patient")
        guard patient.map({ Resource.isID($0) }) ?? true else { throw Self.malformed("`patient` is no FHIR id") }
        purposes = fields.filter { $0.name == "purpose_of_use" }
            .flatMap { $0.value.split(separator: " ").map(String.init) }
    }

    static func malformed(_ rule: String) -> SteleError {
        SteleError(.tokenRequest, rule, hint: "build the request as docs/spec/api.md §2 sets out")
    }

    private static var otherAuthentication: SteleError {
        SteleError(
            .tokenClient, "clients authenticate with a signed assertion only",
            hint: "send client_assertion; a password or secret is never accepted")
    }
}
