// APITests · a custodian with its API, an officer, staff, and a patient with a wallet.
import API
import Contracts
import Cryptography
import Foundation
import HTTPServer
import JSON
import Ledger
import Node
import Primitives
import SteleTesting
import Vault

/// Everything a test of the API needs, in a directory of its own.
final class APIFixture: @unchecked Sendable {
    // Sendable: nothing in it changes after `make`, but for what is itself safe to share.

    /// Who asks for tokens: a client id and the key that signs its assertions.
    struct Client: Sendable {
        let id: String
        let key: JWKPrivateKey
    }

    static let baseURL = "https://stele.test"

    let directory = NSTemporaryDirectory() + "stele-api-" + UUID().uuidString
    let clock: TestClock
    let house: TestCustodian
    let handler: APIHandler
    let transport: any Transport
    let officer: Client
    let surgeon: Client
    let laboratory: Client
    let wallet: TestCustodian.Wallet
    var custodian: Custodian { house.custodian }

    /// The patient as a client: the consent key signs the assertions.
    var patient: Client { Client(id: "patient-p1", key: JWKPrivateKey(wallet.consentKey)) }

    init(
        _ way: Way = .memory, failureCountMax: Int = 1000, limits: HTTPLimits = HTTPLimits(),
        space: TestDiskSpace? = nil
    ) async throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        clock = TestClock()
        house = try await TestCustodian(directory, clock: clock, space: space)
        var configuration = APIConfiguration(baseURL: Self.baseURL)
        configuration.tokenFailureCountMax = failureCountMax
        handler = APIHandler(
            custodian: house.custodian, configuration: configuration, time: clock, random: SystemRandom())
        switch way {
        case .memory: transport = MemoryTransport(handler: handler)
        case .socket: transport = try SocketTransport(handler, limits: limits)
        }
        officer = try await Self.add("officer", role: "officer", isOfficer: true, to: house)
        surgeon = try await Self.add("surgeon", role: "surgeon", to: house)
        laboratory = try await Self.add("laboratory", role: "laboratory", to: house)
        wallet = try await house.enrol("p1", name: "Pat One")
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func stop() async { await transport.stop() }

    @discardableResult
    static func add(
        _ id: String, role: String, isOfficer: Bool = false, _ algorithm: JWSAlgorithm = .edDSA,
        kind: RegisteredActor.Kind = .person, organisation: String? = nil, to house: TestCustodian
    ) async throws -> Client {
        let key = try JWKPrivateKey(algorithm)
        _ = try await house.custodian.addActor(
            ActorDraft(
                id: id, kind: kind, displayName: "Dr \(id)", roles: [role], key: key.publicKey,
                organisation: organisation, isOfficer: isOfficer))
        return Client(id: id, key: key)
    }

    // MARK: - Requests

    func send(
        _ method: String, _ target: String, token: String? = nil, type: String? = nil,
        headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) async throws -> Reply {
        var all = headers
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        if let type { all.append(("Content-Type", type)) }
        return try await transport.send(method, target, headers: all, body: body)
    }

    func get(_ target: String, _ token: String? = nil) async throws -> Reply {
        try await send("GET", target, token: token)
    }

    func put(_ target: String, _ text: String, _ token: String) async throws -> Reply {
        try await send("PUT", target, token: token, type: "application/fhir+json", body: Array(text.utf8))
    }

    func post(_ target: String, _ json: JSONValue, _ token: String) async throws -> Reply {
        try await send("POST", target, token: token, type: "application/json", body: json.serialized())
    }

    // MARK: - Tokens

    /// The form of a token request, ready to be bent.
    func form(
        _ client: Client, scope: String? = nil, purposes: String? = nil, patient: String? = nil,
        assertion: AssertionDraft? = nil
    ) throws -> [String: String] {
        let isPatient = client.id.hasPrefix("patient-")
        let draft = assertion ?? AssertionDraft(client.id, now: clock.now().seconds)
        var form = [
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": try draft.signed(by: client.key),
            "scope": scope ?? (isPatient ? "patient/*.rs" : "user/*.cruds"),
        ]
        if let purposes = purposes ?? (isPatient ? nil : "TREAT") { form["purpose_of_use"] = purposes }
        if let patient { form["patient"] = patient }
        return form
    }

    func requestToken(_ form: [String: String]) async throws -> Reply {
        let text = form.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&")
        return try await send(
            "POST", "/oauth/token", type: "application/x-www-form-urlencoded", body: Array(text.utf8))
    }

    struct NoToken: Error { let reply: String }

    func token(
        _ client: Client, scope: String? = nil, purposes: String? = nil, patient: String? = nil
    ) async throws -> String {
        let reply = try await requestToken(form(client, scope: scope, purposes: purposes, patient: patient))
        guard reply.status == 200, let token = try reply.json()["access_token"]?.string else {
            throw NoToken(reply: reply.text)
        }
        return token
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte])
        }.joined()
    }

    // MARK: - Records

    static let result =
        #"{"resourceType":"Observation","id":"hb","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":13.20,"unit":"g/dL"}}"#
    static let note =
        #"{"resourceType":"DocumentReference","id":"psy","status":"current","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},"subject":{"reference":"Patient/p1"},"content":[{"attachment":{"contentType":"text/plain","data":"bm90ZQ=="}}]}"#

    /// Writes the two records above and lets the surgeon see the result and the patient everything.
    func writeAndGrant() async throws {
        let token = try await token(surgeon)
        for (target, text) in [("/fhir/Observation/hb", Self.result), ("/fhir/DocumentReference/psy", Self.note)] {
            let reply = try await put(target, text, token)
            precondition(reply.status == 201, reply.text)
        }
        try await grant([.role(code: "surgeon", organisation: "st-elsewhere")], classes: [.category("laboratory")])
        try await grant(
            [.actor(DIDKey.did(of: wallet.consentKey.publicKey))], classes: [.all], purposes: ["PATRQT"])
    }

    @discardableResult
    func grant(_ grantees: [Label], classes: [Label], purposes: [String] = ["TREAT"]) async throws -> Digest {
        let receipt = try await house.submit(
            ConsentGrant(
                subject: wallet.subject,
                grants: [house.permit(wallet, to: grantees, classes: classes, purposes: purposes)]),
            by: wallet)
        precondition(receipt.isApplied)
        return Grant.id(transaction: receipt.transactionID, index: 0)
    }
}

/// A client assertion before it is signed, every part of which can be bent.
struct AssertionDraft {
    var header: [String: JSONValue]
    var claims: [String: JSONValue]

    init(_ client: String, now: UInt64) {
        header = ["typ": "JWT"]
        claims = [
            "iss": .string(client), "sub": .string(client), "aud": .string(APIFixture.baseURL + "/oauth/token"),
            "exp": .number(String(now + 240)), "jti": .string(UUID().uuidString),
        ]
    }

    func signed(by key: JWKPrivateKey) throws -> String {
        var header = header
        if header["alg"] == nil { header["alg"] = .string(key.algorithm.rawValue) }
        let parts = [header, claims].map { members in
            Base64.encode(
                JSONValue.object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }).serialized(), .url)
        }
        let text = parts.joined(separator: ".")
        return text + "." + Base64.encode(try key.sign(Array(text.utf8)), .url)
    }
}
