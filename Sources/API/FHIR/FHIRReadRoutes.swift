// API · records out.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Reading. Every answer, a refusal too, is an access event of the patient and names it in
/// `Stele-Transaction`. Source: FHIR R4 §3.1.0.
struct FHIRReadRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/fhir/{type:type}/{id:id}", .token,
                Operation("read", "fhir", "The newest version of a resource, exactly as written.", answer: [.fhir])
            ) { request async throws(SteleError) in try await read(request, version: nil) },
            Route(
                .get, "/fhir/{type:type}/{id:id}/_history/{version:number}", .token,
                Operation("vread", "fhir", "A version of a resource, exactly as written.", answer: [.fhir])
            ) { request async throws(SteleError) in
                guard let version = UInt32(exactly: request.parameters.number("version")) else {
                    throw Services.recordUnavailable
                }
                return try await read(request, version: version)
            },
        ]
    }

    // MARK: - One record

    private func read(_ request: RouteRequest, version: UInt32?) async throws(SteleError) -> HTTPResponse {
        try request.requireFHIRAnswer()
        try request.requireCaller().require(.read, on: request.parameters.type("type"))
        let name = ResourceName(type: request.parameters.text("type"), id: request.parameters.text("id"))
        switch try await services.read(Question(.read(name, version: version), action: .read), request) {
        case .refusal(let response): return response
        case .released(let release):
            guard let record = release.records.first else { throw Services.recordUnavailable }
            var response =
                try request.has(record.entry)
                ? HTTPResponse(status: 304) : HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: record.bytes)
            response.headers.add("ETag", VersionTag(record.entry.version).text)
            response.headers.add("Last-Modified", HTTPDate.text(record.entry.lastUpdated))
            response.addEvents(of: release)
            return response
        }
    }
}

extension HTTPResponse {
    /// Names the events of `release` and, if grants ask something of the reader, what. Of more events than fit a field
    /// the entries of the bundle name theirs.
    mutating func addEvents(of release: Release) {
        if (1...Self.namedEventCountMax).contains(release.receipts.count) {
            headers.add("Stele-Transaction", release.receipts.map(\.transactionID.hex).joined(separator: ", "))
        }
        if let number = release.journalNumber { headers.add("Stele-Journal", String(number)) }
        if !release.obligations.isEmpty {
            headers.add("Stele-Obligations", release.obligations.joined(separator: ", "))
        }
    }

    private static let namedEventCountMax = 16
}
