// Tokens are given to whoever proves who they are, for a while, and to nobody else. Each wrong kind has its own answer.
import Cryptography
import JSON
import Node
import Primitives
import SteleTesting
import Testing
import Vault

@Suite struct TokenEndpointTests {
    @Test(arguments: Way.allCases)
    func aTokenSaysWhatItIsFor(way: Way) async throws {
        let fixture = try await APIFixture(way)
        let reply = try await fixture.requestToken(
            fixture.form(fixture.surgeon, scope: "user/*.rs", purposes: "TREAT HPAYMT", patient: "p1"))
        let json = try reply.json()
        #expect(reply.status == 200 && json["token_type"]?.string == "bearer" && json["expires_in"]?.uint == 300)
        #expect(json["scope"]?.string == "user/*.rs" && json["purpose_of_use"]?.string == "TREAT HPAYMT")
        #expect(json["patient"]?.string == "p1" && reply["Cache-Control"] == "no-store")
        let token = try #require(json["access_token"]?.string)
        #expect(Base64.decode(token, .url)?.count == 32)
        let own = try await fixture.requestToken(fixture.form(fixture.patient))
        #expect(try own.json()["purpose_of_use"]?.string == "PATRQT" && own.json()["patient"]?.string == "p1")
        await fixture.stop()
    }

    @Test(arguments: [JWSAlgorithm.edDSA, .es256, .es384, .rs384])
    func everyAcceptedAlgorithmIsAccepted(algorithm: JWSAlgorithm) async throws {
        let fixture = try await APIFixture()
        let client = try await APIFixture.add("client", role: "system", algorithm, kind: .system, to: fixture.house)
        #expect(try await fixture.requestToken(fixture.form(client, scope: "system/*.rs")).status == 200)
    }

    // MARK: - Wrong assertions

    typealias Bend = @Sendable (inout AssertionDraft, UInt64) -> Void
    static let wrongAssertions: [(name: String, code: String, bend: Bend)] = [
        ("no iss", "token.assertion", { draft, _ in draft.claims["iss"] = nil }),
        ("iss is not sub", "token.assertion", { draft, _ in draft.claims["sub"] = "laboratory" }),
        ("iss is a number", "token.assertion", { draft, _ in draft.claims["iss"] = 1 }),
        ("no jti", "token.assertion", { draft, _ in draft.claims["jti"] = nil }),
        ("empty jti", "token.assertion", { draft, _ in draft.claims["jti"] = "" }),
        ("no exp", "token.assertion", { draft, _ in draft.claims["exp"] = nil }),
        ("exp is text", "token.assertion", { draft, now in draft.claims["exp"] = .string(String(now + 60)) }),
        ("exp is a fraction", "token.assertion", { draft, now in draft.claims["exp"] = .number("\(now + 60).5") }),
        ("crit", "token.assertion", { draft, _ in draft.header["crit"] = ["exp"] }),
        ("jku", "token.assertion", { draft, _ in draft.header["jku"] = "https://evil.test/keys" }),
        ("jwk", "token.assertion", { draft, _ in draft.header["jwk"] = ["kty": "OKP"] }),
        ("x5u", "token.assertion", { draft, _ in draft.header["x5u"] = "https://evil.test/x" }),
        ("another typ", "token.assertion", { draft, _ in draft.header["typ"] = "at+jwt" }),
        ("kid is no text", "token.assertion", { draft, _ in draft.header["kid"] = 7 }),
        ("alg none", "token.algorithm", { draft, _ in draft.header["alg"] = "none" }),
        ("alg HS256", "token.algorithm", { draft, _ in draft.header["alg"] = "HS256" }),
        ("alg HS384", "token.algorithm", { draft, _ in draft.header["alg"] = "HS384" }),
        ("alg PS384", "token.algorithm", { draft, _ in draft.header["alg"] = "PS384" }),
        ("no alg that is a text", "token.algorithm", { draft, _ in draft.header["alg"] = 7 }),
        ("an empty crit", "token.assertion", { draft, _ in draft.header["crit"] = [] }),
        ("x5c", "token.assertion", { draft, _ in draft.header["x5c"] = ["MII"] }),
        ("nbf is text", "token.assertion", { draft, _ in draft.claims["nbf"] = "now" }),
        ("exp without end", "token.lifetime", { draft, _ in draft.claims["exp"] = .number(String(UInt64.max)) }),
        (
            "a long jti", "token.assertion",
            { draft, _ in draft.claims["jti"] = .string(String(repeating: "j", count: 257)) }
        ),
        ("alg RS256", "token.algorithm", { draft, _ in draft.header["alg"] = "RS256" }),
        ("alg in lower case", "token.algorithm", { draft, _ in draft.header["alg"] = "eddsa" }),
        ("alg of another key", "token.client", { draft, _ in draft.header["alg"] = "ES256" }),
        ("another audience", "token.audience", { draft, _ in draft.claims["aud"] = "https://other.test/oauth/token" }),
        ("the base as audience", "token.audience", { draft, _ in draft.claims["aud"] = .string(APIFixture.baseURL) }),
        ("no audience", "token.audience", { draft, _ in draft.claims["aud"] = nil }),
        (
            "two audiences", "token.audience",
            { draft, _ in
                draft.claims["aud"] = [.string(APIFixture.baseURL + "/oauth/token"), "https://other.test"]
            }
        ),
        ("expired", "token.lifetime", { draft, now in draft.claims["exp"] = .number(String(now)) }),
        ("too long", "token.lifetime", { draft, now in draft.claims["exp"] = .number(String(now + 311)) }),
        ("not yet", "token.lifetime", { draft, now in draft.claims["nbf"] = .number(String(now + 60)) }),
        ("made in the future", "token.lifetime", { draft, now in draft.claims["iat"] = .number(String(now + 60)) }),
        ("made long ago", "token.lifetime", { draft, now in draft.claims["iat"] = .number(String(now - 100)) }),
        (
            "unknown client", "token.client",
            { draft, _ in
                draft.claims["iss"] = "nobody"
                draft.claims["sub"] = "nobody"
            }
        ),
        (
            "another's name", "token.client",
            { draft, _ in
                draft.claims["iss"] = "laboratory"
                draft.claims["sub"] = "laboratory"
            }
        ),
    ]

    @Test func everyWrongAssertionIsRefusedWithItsReason() async throws {
        let fixture = try await APIFixture()
        let now = fixture.clock.now().seconds
        for (name, code, bend) in Self.wrongAssertions {
            var draft = AssertionDraft("surgeon", now: now)
            bend(&draft, now)
            let reply = try await fixture.requestToken(fixture.form(fixture.surgeon, assertion: draft))
            #expect(reply.status == 401 && reply.code == code, "\(name): \(reply.text)")
            #expect(try reply.json()["error"]?.string == "invalid_client", "\(name)")
        }
    }

    @Test func assertionsThatAreNoJWTAreRefused() async throws {
        let fixture = try await APIFixture()
        let good = try AssertionDraft("surgeon", now: fixture.clock.now().seconds).signed(by: fixture.surgeon.key)
        let parts = good.split(separator: ".").map(String.init)
        let twice = Base64.encode(Array(#"{"iss":"surgeon","iss":"officer"}"#.utf8), .url)
        let wrong = [
            "x", "..", "a.b", good + ".", good + "=", "\(parts[0]).\(parts[1])", "\(parts[0]).\(twice).\(parts[2])",
            "\(parts[0]).\(Base64.encode(Array("[]".utf8), .url)).\(parts[2])", String(repeating: "a", count: 5000),
            "\(Base64.encode(Array("{\"alg\":".utf8), .url)).\(parts[1]).\(parts[2])",
        ]
        for assertion in wrong {
            var form = try fixture.form(fixture.surgeon)
            form["client_assertion"] = assertion
            let reply = try await fixture.requestToken(form)
            #expect(reply.status == 401 && reply.code == "token.assertion", "\(assertion.prefix(20)): \(reply.text)")
        }
        var form = try fixture.form(fixture.surgeon)
        form["client_assertion"] = String(good.dropLast(4)) + (good.hasSuffix("AAAA") ? "BBBA" : "AAAA")
        #expect(try await fixture.requestToken(form).code == "token.client")
    }

    /// The oldest trick with JWTs: the public key, which anybody has, taken for the secret of an HMAC.
    @Test func aPublicKeyIsNoSecret() async throws {
        let fixture = try await APIFixture()
        var draft = AssertionDraft("surgeon", now: fixture.clock.now().seconds)
        draft.header["alg"] = "HS256"
        let unsigned = try draft.signed(by: fixture.surgeon.key).split(separator: ".").prefix(2).joined(separator: ".")
        guard case .okp(let point) = fixture.surgeon.key.publicKey else { return }
        for secret in [point.bytes, Array(Base64.encode(point.bytes, .url).utf8)] {
            let code = HMACSHA256.code(of: Array(unsigned.utf8), key: SecretBytes(secret))
            var form = try fixture.form(fixture.surgeon)
            form["client_assertion"] = unsigned + "." + Base64.encode(code.bytes, .url)
            #expect(try await fixture.requestToken(form).code == "token.algorithm")
        }
    }

    /// Every published token, good ones too, is for somebody else.
    @Test func publishedTokensOpenNothing() async throws {
        let fixture = try await APIFixture(failureCountMax: .max)
        var count = 0
        for name in ["json_web_signature_test.json", "json_web_crypto_test.json"] {
            let root = try JSONDocument(parsing: try SharedData.bytes("crypto/wycheproof/" + name)).root
            for group in root["testGroups"]?.elements.map({ $0 }) ?? [] {
                for test in group["tests"]?.elements.map({ $0 }) ?? [] {
                    guard let token = test["jws"]?.string ?? test["jwe"]?.string else { continue }
                    var form = try fixture.form(fixture.surgeon)
                    form["client_assertion"] = token
                    let reply = try await fixture.requestToken(form)
                    #expect([400, 401].contains(reply.status), "\(name) \(count): \(reply.text)")
                    count += 1
                }
            }
        }
        #expect(count > 250)
    }

    @Test func anAssertionCountsOnce() async throws {
        let fixture = try await APIFixture()
        let form = try fixture.form(fixture.surgeon)
        #expect(try await fixture.requestToken(form).status == 200)
        #expect(try await fixture.requestToken(form).code == "token.replayed")
        fixture.clock.advance(milliseconds: 241_000)
        #expect(try await fixture.requestToken(form).code == "token.lifetime")
    }

    // MARK: - Wrong forms

    static let wrongForms: [(name: String, field: String, value: String?, status: Int, code: String, error: String)] = [
        ("no grant type", "grant_type", nil, 400, "token.request", "invalid_request"),
        ("a password", "grant_type", "password", 400, "token.grant_type", "unsupported_grant_type"),
        ("no assertion", "client_assertion", nil, 400, "token.request", "invalid_request"),
        ("no assertion type", "client_assertion_type", nil, 400, "token.request", "invalid_request"),
        ("SAML", "client_assertion_type", "urn:x:saml2-bearer", 400, "token.request", "invalid_request"),
        ("a secret", "client_secret", "swordfish", 401, "token.client", "invalid_client"),
        ("another client", "client_id", "laboratory", 401, "token.assertion", "invalid_client"),
        ("no scope", "scope", nil, 400, "token.request", "invalid_request"),
        ("an old scope", "scope", "user/*.read", 400, "token.scope", "invalid_scope"),
        ("a patient's scope", "scope", "patient/*.rs", 400, "token.scope", "invalid_scope"),
        ("no purpose", "purpose_of_use", nil, 400, "token.purpose", "invalid_request"),
        ("an unknown purpose", "purpose_of_use", "CURIOSITY", 400, "token.purpose", "invalid_request"),
        ("a purpose twice", "purpose_of_use", "TREAT TREAT", 400, "token.purpose", "invalid_request"),
        (
            "too many purposes", "purpose_of_use", "TREAT HPAYMT HRESCH HOPERAT PUBHLTH", 400, "token.purpose",
            "invalid_request"
        ),
        ("a patient that is no id", "patient", "p/1", 400, "token.request", "invalid_request"),
    ]

    @Test func everyWrongFormIsRefusedWithItsReason() async throws {
        let fixture = try await APIFixture()
        for (name, field, value, status, code, error) in Self.wrongForms {
            var form = try fixture.form(fixture.surgeon)
            form[field] = value
            let reply = try await fixture.requestToken(form)
            #expect(reply.status == status && reply.code == code, "\(name): \(reply.text)")
            #expect(try reply.json()["error"]?.string == error, "\(name)")
        }
        let twice = Array("grant_type=client_credentials&grant_type=client_credentials".utf8)
        let reply = try await fixture.send(
            "POST", "/oauth/token", type: "application/x-www-form-urlencoded", body: twice)
        #expect(reply.code == "token.request")
        let json = try await fixture.send("POST", "/oauth/token", type: "application/json", body: Array("{}".utf8))
        #expect(json.status == 400 && json.code == "token.request")
        let basic = try await fixture.send(
            "POST", "/oauth/token", type: "application/x-www-form-urlencoded",
            headers: [("Authorization", "Basic eDp5")], body: Array("a=b".utf8))
        #expect(basic.code == "token.client")
    }

    @Test func patientsAskForThemselvesOnly() async throws {
        let fixture = try await APIFixture()
        for (scope, purposes, patient, code) in [
            ("user/*.rs", nil, nil, "token.scope"), ("system/*.rs", nil, nil, "token.scope"),
            ("patient/*.rs", "TREAT", nil, "token.purpose"), ("patient/*.rs", "PATRQT TREAT", nil, "token.purpose"),
            ("patient/*.rs", nil, "p2", "subject.not_yours"),
        ] as [(String, String?, String?, String)] {
            let reply = try await fixture.requestToken(
                fixture.form(fixture.patient, scope: scope, purposes: purposes, patient: patient))
            #expect(reply.code == code, "\(scope): \(reply.text)")
        }
    }

    // MARK: - Ends

    @Test func aTokenDiesWithTimeRevocationAndItsActor() async throws {
        let fixture = try await APIFixture()
        let target = "/ledger/v1/headers/0"
        let first = try await fixture.token(fixture.surgeon)
        #expect(try await fixture.get(target, first).status == 200)
        fixture.clock.advance(milliseconds: 299_000)
        #expect(try await fixture.get(target, first).status == 200)
        fixture.clock.advance(milliseconds: 1000)
        #expect(try await fixture.get(target, first).code == "token.invalid")

        let second = try await fixture.token(fixture.surgeon)
        let form = Array("token=\(second)".utf8)
        for _ in 0..<2 {
            let reply = try await fixture.send(
                "POST", "/oauth/revoke", type: "application/x-www-form-urlencoded", body: form)
            #expect(reply.status == 200)
        }
        #expect(try await fixture.get(target, second).code == "token.invalid")

        let third = try await fixture.token(fixture.surgeon)
        try await fixture.custodian.revokeActor(id: "surgeon")
        #expect(try await fixture.get(target, third).code == "token.invalid")
        #expect(try await fixture.requestToken(fixture.form(fixture.surgeon)).code == "token.client")
    }

    @Test func wrongTokensAreRefused() async throws {
        let fixture = try await APIFixture()
        let token = try await fixture.token(fixture.surgeon)
        let target = "/ledger/v1/headers/0"
        for wrong in ["", "x", String(token.dropLast()), token + "A", token.lowercased(), "\(token)="] {
            #expect(try await fixture.get(target, wrong).status == 401, "\(wrong)")
        }
        for value in ["Basic eDp5", token, "Bearer", "Bearer  \(token)", "Bearer \(token) x"] {
            let reply = try await fixture.send("GET", target, headers: [("Authorization", value)])
            #expect(reply.status == 400 || reply.status == 401, "\(value)")
        }
        let twice = try await fixture.send(
            "GET", target, token: token, headers: [("Authorization", "Bearer \(token)")])
        #expect(twice.status == 400)
        #expect(try await fixture.get(target + "?access_token=\(token)").code == "token.missing")
    }

    @Test func introspectionTellsOfLiveTokens() async throws {
        let fixture = try await APIFixture()
        let (surgeon, patient) = (try await fixture.token(fixture.surgeon), try await fixture.token(fixture.patient))
        func introspect(_ token: String, by asker: String) async throws -> JSONNode {
            try await fixture.send(
                "POST", "/oauth/introspect", token: asker, type: "application/x-www-form-urlencoded",
                body: Array("token=\(token)".utf8)
            ).json()
        }
        let own = try await introspect(patient, by: patient)
        #expect(own["subject"]?.string == fixture.wallet.subject.hex)
        #expect(own["active"]?.bool == true && own["client_id"]?.string == "patient-p1")
        #expect(own["iat"]?.uint == fixture.clock.now().seconds && own["exp"]?.uint == own["iat"]!.uint! + 300)
        #expect(own["extensions"]?["ihe_pcf"]?["patient_id"]?.string == "Patient/p1")
        let staff = try await introspect(surgeon, by: surgeon)["extensions"]?["ihe_iua"]
        #expect(staff?["subject_name"]?.string == "Dr surgeon")
        #expect(staff?["purpose_of_use"]?.elements.compactMap { $0["code"]?.string } == ["TREAT"])
        #expect(staff?["subject_role"]?.elements.compactMap { $0["code"]?.string } == ["surgeon@st-elsewhere"])
        #expect(try await introspect(patient, by: surgeon)["purpose_of_use"]?.string == "PATRQT")
        #expect(try await introspect(surgeon, by: patient)["active"]?.bool == false)
        #expect(try await introspect("AAAA", by: surgeon)["active"]?.bool == false)
        let stranger = try await fixture.send(
            "POST", "/oauth/introspect", type: "application/x-www-form-urlencoded", body: Array("token=x".utf8))
        #expect(stranger.status == 401)
    }

    @Test func failuresAreSlowedDown() async throws {
        let fixture = try await APIFixture(failureCountMax: 3)
        for _ in 0..<3 { #expect(try await fixture.requestToken([:]).status == 400) }
        let reply = try await fixture.requestToken(fixture.form(fixture.surgeon))
        #expect(reply.status == 429 && reply.code == "token.throttled" && reply["Retry-After"] == "60")
        fixture.clock.advance(milliseconds: 60_000)
        #expect(try await fixture.requestToken(fixture.form(fixture.surgeon)).status == 200)
    }

    @Test func theConfigurationNamesTheEndpoint() async throws {
        let fixture = try await APIFixture()
        let reply = try await fixture.get("/.well-known/smart-configuration")
        // SMART's place is below the FHIR base, RFC 8414's at the root: one document, whichever is asked.
        #expect(try await fixture.get("/fhir/.well-known/smart-configuration").body == reply.body)
        #expect(try await fixture.get("/.well-known/oauth-authorization-server").body == reply.body)
        let json = try reply.json()
        #expect(json["authorization_endpoint"] == nil && json["registration_endpoint"] == nil)
        for name in [
            "issuer", "grant_types_supported", "token_endpoint", "capabilities", "code_challenge_methods_supported",
            "scopes_supported", "response_types_supported", "introspection_endpoint", "revocation_endpoint",
        ] { #expect(json[name] != nil, "\(name)") }
        #expect(json["token_endpoint"]?.string == APIFixture.baseURL + "/oauth/token")
        let algorithms = json["token_endpoint_auth_signing_alg_values_supported"]?.elements.compactMap(\.string)
        #expect(algorithms == ["EdDSA", "ES384", "RS384", "ES256"])
    }
}
