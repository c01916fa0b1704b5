// API · records brought in from elsewhere.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives

/// `POST /custodian/v1/import`: resources keep the ids they have, which `POST /fhir` does not promise.
struct ImportRoutes: Sendable {
    /// Most lines of one NDJSON body.
    static let lineCountMax = 100_000

    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/import", .token,
                Operation(
                    "import", "custodian",
                    "Writes the resources of a bundle of any kind, or of lines of NDJSON, under the ids they have; "
                        + "answers for each in a Bundle.",
                    body: [.fhir, Operation.Content("application/fhir+ndjson")], answer: [.fhir])
            ) { request async throws(SteleError) in try await bringIn(request) }
        ]
    }

    private func bringIn(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        try request.requireMediaType("application/fhir+json", "application/json", "application/fhir+ndjson")
        let caller = try request.requireWriter(services)
        let isLines = try request.header("Content-Type")?.lowercased().hasPrefix("application/fhir+ndjson") ?? false
        let bundle = isLines ? try Self.lines(request.request.body) : try Bundle(importing: request.request.body)
        let records = RecordImport(into: services.custodian, enrolling: services.enrolment(by: caller)) {
            (type, kind) throws(SteleError) in try caller.require(kind == .deletion ? .delete : .update, on: type)
        }
        let outcome = try await records.run(bundle)
        let responses = outcome.results.map { result in
            switch result {
            case .written(let written): BundleEntryResponse(imported: written, services)
            case .absent: BundleEntryResponse(nil, isDeletion: true, services)
            case .failed(let error): BundleEntryResponse(error)
            }
        }
        let newCount = outcome.results.count { if case .written(let written) = $0 { written.isNew } else { false } }
        services.metrics.count(.recordsWritten, newCount)
        var response = HTTPResponse(contentType: ErrorAnswer.fhirType, bytes: responses.bundle("batch-response"))
        response.headers.add("Stele-Unresolved-References", String(outcome.unresolvedCount))
        return response
    }

    /// A collection of the resources that stand one on each line; empty lines are passed over.
    private static func lines(_ body: [UInt8]) throws(SteleError) -> Bundle {
        var entries: [Bundle.Entry] = []
        for line in body.split(separator: UInt8(ascii: "\n")) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard !text.isEmpty else { continue }
            guard entries.count < lineCountMax else {
                throw .malformedRequest("the body has more than \(lineCountMax) lines")
            }
            do throws(SteleError) {
                entries.append(Bundle.Entry(try Resource(parsing: Array(text))))
            } catch {
                entries.append(Bundle.Entry(fault: error))
            }
        }
        return Bundle(collecting: entries)
    }
}
