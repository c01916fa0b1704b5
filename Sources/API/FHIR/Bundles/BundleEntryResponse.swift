// API · what became of one entry of a batch or transaction, and the bundle that says it.
internal import FHIR
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives

/// The response to one entry. Source: FHIR R4 §2.36.3, `Bundle.entry.response`.
struct BundleEntryResponse: Sendable {
    var status: String
    var location: String?
    var etag: String?
    var lastModified: String?
    /// The ledger's transaction: the anchor of a change, the event of a read.
    var transaction: String?
    /// What was read, or written and wanted back: exact JSON text.
    var resource: [UInt8]?
    /// An OperationOutcome, as JSON text.
    var outcome: [UInt8]?

    /// The response to a change.
    init(_ written: Written?, isDeletion: Bool, _ services: Services) {
        status = isDeletion ? "204 No Content" : written?.isCreated == true ? "201 Created" : "200 OK"
        guard let written else { return }
        location = isDeletion ? nil : services.location(of: written)
        etag = VersionTag(written.version).text
        lastModified = written.lastUpdated.description
        transaction = written.transactionID.hex
    }

    /// The response to an entry of an import: 201 for a version that was written, whichever it is and also if it is a
    /// deletion, and 200 for one that was there already.
    init(imported written: Written, _ services: Services) {
        self.init(written, isDeletion: false, services)
        status = written.isNew ? "201 Created" : "200 OK"
    }

    /// The response to an entry that `error` kept out.
    init(_ error: SteleError) {
        let code = ErrorStatus.status(of: error.code)
        status = Self.line(code)
        outcome = OperationOutcome(error, ErrorStatus.issueKind(of: error.code)).serialized()
    }

    /// The response that the answer to the entry's request is.
    init(_ response: HTTPResponse) {
        status = Self.line(response.status)
        location = response.headers["Location"]
        etag = response.headers["ETag"]
        lastModified = response.headers["Last-Modified"].flatMap { HTTPDate.seconds($0) }
            .map { Timestamp(seconds: $0).description }
        transaction = response.headers["Stele-Transaction"]
        guard case .bytes(let bytes) = response.body, !bytes.isEmpty else { return }
        if response.status >= 400 { outcome = bytes } else { resource = bytes }
    }

    private static func line(_ status: Int) -> String {
        let names = [
            200: "OK", 201: "Created", 204: "No Content", 304: "Not Modified", 400: "Bad Request", 403: "Forbidden",
            404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
            422: "Unprocessable Entity",
        ]
        return names[status].map { "\(status) \($0)" } ?? String(status)
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if let resource {
            writer.write(key: "resource")
            writer.write(exact: resource)
        }
        writer.write(key: "response")
        writer.beginObject()
        if let transaction {
            let place: JSONValue = [["url": "urn:stele:transaction", "valueString": .string(transaction)]]
            writer.write(key: "extension")
            writer.write(exact: place.serialized())
        }
        let members = [("status", status), ("location", location), ("etag", etag), ("lastModified", lastModified)]
        for case (let key, let value?) in members {
            writer.write(key: key)
            writer.write(value)
        }
        if let outcome {
            writer.write(key: "outcome")
            writer.write(exact: outcome)
        }
        writer.endObject()
        writer.endObject()
    }
}

extension [BundleEntryResponse] {
    /// The Bundle of these responses; `kind` is `batch-response` or `transaction-response`.
    func bundle(_ kind: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + reduce(0) { $0 + 400 + ($1.resource?.count ?? 0) })
        writer.beginObject()
        for (key, value) in [("resourceType", "Bundle"), ("type", kind)] {
            writer.write(key: key)
            writer.write(value)
        }
        if !isEmpty {
            writer.write(key: "entry")
            writer.beginArray()
            for response in self { response.write(to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }
}
