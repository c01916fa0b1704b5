// API · versions out, deletions among them.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Histories of a resource, of a type and of everything of one patient. Each page is decided and recorded like a
/// search. Source: FHIR R4 §3.1.0.13.
struct FHIRHistoryRoutes: Sendable {
    let services: Services
    // Seals cursors; gone with the process.
    private let cursorKey: SecretBytes

    init(_ services: Services) {
        self.services = services
        cursorKey = .random(from: services.random)
    }

    var routes: [Route] {
        [
            Route(
                .get, "/fhir/{type:type}/{id:id}/_history", .token,
                Operation(
                    "history-instance", "fhir", "The versions of a resource, newest first.", query: Self.parameters,
                    answer: [.fhir])
            ) { request async throws(SteleError) in
                let type = request.parameters.type("type")
                try request.requireCaller().require(.read, on: type)
                let name = ResourceName(type: type.name, id: request.parameters.text("id"))
                return try await history(request, .resource(name), place: "\(name)/_history")
            },
            Route(
                .get, "/fhir/{type:type}/_history", .token,
                Operation(
                    "history-type", "fhir", "The versions of one patient's resources of a type, newest first.",
                    query: Self.parameters + [Self.patientParameter], answer: [.fhir])
            ) { request async throws(SteleError) in
                let type = request.parameters.type("type")
                try request.requireCaller().require(.search, on: type)
                return try await history(
                    request, .patient(try patient(request), type: type.name), place: "\(type.name)/_history")
            },
            Route(
                .get, "/fhir/_history", .token,
                Operation(
                    "history-system", "fhir", "The versions of everything of one patient, newest first.",
                    query: Self.parameters + [Self.patientParameter], answer: [.fhir])
            ) { request async throws(SteleError) in
                try request.requireCaller().require(.search, on: nil)
                return try await history(request, .patient(try patient(request), type: nil), place: "_history")
            },
        ]
    }

    private static let parameters = [
        ("_count", "Most versions of one page, up to 1000."),
        ("_since", "Only versions made at this instant or later."),
        ("_at", "Only versions that were the newest at this instant."),
        ("_cursor", "From a next link; the other parameters stay as they were."),
    ]
    private static let patientParameter = ("patient", "The patient. A token's patient if absent.")

    private func patient(_ request: RouteRequest) throws(SteleError) -> String {
        let caller = try request.requireCaller()
        let named = try request.query("patient").map { $0.hasPrefix("Patient/") ? String($0.dropFirst(8)) : $0 }
        guard let patient = named ?? caller.session.patient, Resource.isID(patient) else {
            throw Self.refused("it names one patient, with patient= or by the token")
        }
        return patient
    }

    private func history(
        _ request: RouteRequest, _ scope: HistoryQuestion.Scope, place: String
    ) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        let known: Set = ["_count", "_since", "_at", "_cursor", "_format", "patient"]
        guard request.request.query.allSatisfy({ known.contains($0.name) }) else {
            throw Self.refused("a parameter is not supported")
        }
        let count = try request.queryNumber("_count", in: 0...UInt64(Int32.max)) ?? UInt64(SearchQuery.countDefault)
        var question = HistoryQuestion(
            scope, since: try instant(request, "_since"), at: try instant(request, "_at"),
            count: min(Int(count), SearchQuery.countMax))
        let caller = try request.requireCaller().actor.id
        let cursor = try request.query("_cursor").map { (text) throws(SteleError) in try open(text, place, caller) }
        question.after = cursor?.record
        let release: Release
        switch try await services.read(Question(.history(question), action: .read), request) {
        case .refusal(let response): return response
        case .released(let released): release = released
        }
        let base = services.configuration.baseURL + "/fhir/"
        let fields = request.request.query.filter { $0.name != "_cursor" && $0.name != "_format" }
            .map { QueryText.encode($0.name) + "=" + QueryText.encode($0.value) }
        let selfURL = base + place + (fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))
        var nextURL: String?
        let total = cursor?.total ?? release.total
        if let last = release.records.last?.entry.recordID, release.records.count < release.total {
            let next = "_cursor=" + sealed(last, total, place, caller)
            nextURL = base + place + "?" + (fields + [next]).joined(separator: "&")
        }
        let bundle = HistoryBundle(baseURL: services.configuration.baseURL)
        var response = HTTPResponse(
            contentType: ErrorAnswer.fhirType,
            bytes: bundle.bytes(release, total: total, selfURL: selfURL, nextURL: nextURL))
        response.headers.add("Stele-Transaction", release.receipt.transactionID.hex)
        if !release.obligations.isEmpty {
            response.headers.add("Stele-Obligations", release.obligations.joined(separator: ", "))
        }
        return response
    }

    private func instant(_ request: RouteRequest, _ name: String) throws(SteleError) -> Timestamp? {
        guard let text = try request.query(name) else { return nil }
        // A plus sign of an offset comes as a space where the client did not escape it.
        guard let date = DateTime(text.replacing(" ", with: "+")), let start = UInt64(exactly: date.start) else {
            throw Self.refused("\(name) is no instant")
        }
        return Timestamp(milliseconds: start)
    }

    // MARK: - Cursors

    /// The record after which the next page begins and how many there are on all, for the same caller and place only.
    private func sealed(_ record: Bytes32, _ total: Int, _ place: String, _ actorID: String) -> String {
        var plain = record.bytes
        plain.append(bigEndian: UInt64(total))
        return Base64.encode(
            XChaCha20Poly1305.sealWithNonce(
                plain, key: cursorKey, associated: Self.binding(place, actorID), random: services.random), .url)
    }

    private func open(
        _ text: String, _ place: String, _ actorID: String
    ) throws(SteleError) -> (record: Bytes32, total: Int) {
        do {
            guard let sealed = Base64.decode(text, .url) else { throw Self.refused("") }
            let plain = try XChaCha20Poly1305.openWithNonce(
                sealed, key: cursorKey, associated: Self.binding(place, actorID))
            guard plain.count == 40, let record = Bytes32(Array(plain[..<32])) else { throw Self.refused("") }
            let total: UInt64 = plain.bigEndian(at: 32)
            return (record, Int(total))
        } catch {
            throw SteleError(
                .searchCursor, "the cursor is not one of this node's for this history, or the node was restarted",
                hint: "start the history anew")
        }
    }

    private static func binding(_ place: String, _ actorID: String) -> [UInt8] {
        Array("history cursor\0\(place)\0\(actorID)".utf8)
    }

    private static func refused(_ rule: String) -> SteleError {
        SteleError(
            .searchParameter, "the history is refused: \(rule)",
            hint: "use patient, _count, _since and _at, each once")
    }
}

/// Writes history Bundles. Source: FHIR R4 §3.1.0.13.
struct HistoryBundle {
    let baseURL: String

    /// The bundle of `release`: each version byte for byte, a deletion as its request alone.
    func bytes(_ release: Release, total: Int, selfURL: String, nextURL: String?) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + release.records.reduce(0) { $0 + $1.bytes.count + 320 })
        writer.beginObject()
        writer.write(members: [("resourceType", "Bundle"), ("type", "history")])
        writer.write(members: [("timestamp", release.receipt.time.description)])
        writer.write(key: "total")
        writer.write(total)
        writer.write(key: "link")
        writer.beginArray()
        for (relation, url) in [("self", selfURL), ("next", nextURL)] {
            guard let url else { continue }
            writer.beginObject()
            writer.write(members: [("relation", relation), ("url", url)])
            writer.endObject()
        }
        writer.endArray()
        if !release.records.isEmpty {
            writer.write(key: "entry")
            writer.beginArray()
            for record in release.records { write(record.entry, record.bytes, to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(_ entry: CompartmentEntry, _ bytes: [UInt8], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.write(members: [("fullUrl", "\(baseURL)/fhir/\(entry.resource)")])
        if !entry.isTombstone {
            writer.write(key: "resource")
            writer.write(exact: bytes)
        }
        writer.write(key: "request")
        writer.beginObject()
        // A first version may have been created or put; either leaves it under this name.
        writer.write(members: [("method", entry.isTombstone ? "DELETE" : "PUT"), ("url", "\(entry.resource)")])
        writer.endObject()
        writer.write(key: "response")
        writer.beginObject()
        writer.write(members: [
            ("status", entry.isTombstone ? "204" : entry.version == 1 ? "201" : "200"),
            ("etag", VersionTag(entry.version).text), ("lastModified", entry.lastUpdated.description),
        ])
        writer.endObject()
        writer.endObject()
    }
}

extension JSONWriter {
    /// Members whose values are strings.
    fileprivate mutating func write(members: [(String, String)]) {
        for (key, value) in members {
            write(key: key)
            write(value)
        }
    }
}
