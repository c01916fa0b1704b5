// API · where a SMART client finds what it needs to know.
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Primitives

/// The discovery documents: SMART's, under the base of the FHIR API and at the root, and RFC 8414's. All are equal.
///
/// There is no authorisation endpoint and none is named: clients are registered by an officer and authenticate with
/// `private_key_jwt`. `code_challenge_methods_supported` is there because SMART demands the member of every server; no
/// flow here uses it. Source: SMART App Launch 2.2 §7, RFC 8414 §2.
struct DiscoveryRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        let document = configuration.serialized()
        return [
            ("/.well-known/smart-configuration", "smart-configuration"),
            ("/fhir/.well-known/smart-configuration", "fhir-smart-configuration"),
            ("/.well-known/oauth-authorization-server", "authorization-server-metadata"),
        ].map { path, id in
            Route(
                .get, PathPattern(path), .open,
                Operation(id, "oauth", "What a SMART client needs to know.", answer: [.json()])
            ) { _ throws(SteleError) in HTTPResponse(contentType: "application/json", bytes: document) }
        }
    }

    private var configuration: JSONValue {
        let base = services.configuration.baseURL
        return [
            "issuer": .string(base), "token_endpoint": .string(services.configuration.tokenEndpoint),
            "introspection_endpoint": .string(base + "/oauth/introspect"),
            "introspection_endpoint_auth_methods_supported": ["Bearer"],
            "revocation_endpoint": .string(base + "/oauth/revoke"),
            "revocation_endpoint_auth_methods_supported": ["none"],
            "grant_types_supported": ["client_credentials"], "response_types_supported": [],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": .array(
                ClientAssertion.algorithms.map { .string($0.rawValue) }),
            "scopes_supported": ["system/*.cruds", "user/*.cruds", "patient/*.cruds"],
            "service_documentation": .string(base + "/openapi.json"),
            "capabilities": [
                "client-confidential-asymmetric", "permission-patient", "permission-user", "permission-v2",
            ],
        ]
    }
}
