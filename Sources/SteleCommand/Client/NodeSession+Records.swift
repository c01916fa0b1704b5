// SteleCommand · records as a client reads them.
internal import JSON
internal import Primitives

/// A released record.
struct ReleasedRecord: Sendable {
    /// The resource, exactly as it was written.
    let bytes: [UInt8]
    /// The version, from the `ETag`.
    let version: String?
    /// The access event under which it was released.
    let transaction: TransactionID?
}

/// What a search released.
struct ReleasedSearch: Sendable {
    /// The resources of all pages, each exactly as it was written.
    let resources: [[UInt8]]
    /// How many the search found among those that may be seen.
    let total: Int
    /// The access events of its pages.
    let transactions: [TransactionID]
}

extension NodeSession {
    private static let fhirType = "application/fhir+json"
    /// Most pages followed, so that a node cannot keep a client busy for ever.
    private static let pageCountMax = 10_000

    /// Reads `Type/id`.
    func read(_ reference: String) async throws(SteleError) -> ReleasedRecord {
        let answer = try await send("GET", "/fhir/" + reference, accept: Self.fhirType)
        return ReleasedRecord(
            bytes: answer.body, version: answer.header("ETag"), transaction: answer.transaction)
    }

    /// Searches the resources of one type of one patient, to the last page. Each page is an access event of its own.
    func search(type: String, patient: String) async throws(SteleError) -> ReleasedSearch {
        try await search("/fhir/\(type)?patient=\(PercentText.encode(patient))&_count=100")
    }

    /// Everything of one patient.
    func everything(patient: String) async throws(SteleError) -> ReleasedSearch {
        try await search("/fhir/Patient/\(PercentText.encode(patient))/$everything?_count=100")
    }

    private func search(_ path: String) async throws(SteleError) -> ReleasedSearch {
        var resources: [[UInt8]] = []
        var transactions: [TransactionID] = []
        var total = 0
        var next: String? = path
        for _ in 0..<Self.pageCountMax {
            guard let path = next else { break }
            let answer = try await send("GET", path, accept: Self.fhirType)
            let root = try answer.json()
            transactions += [answer.transaction].compactMap { $0 }
            total = root["total"]?.uint.flatMap { Int(exactly: $0) } ?? total
            resources += root["entry"]?.elements.compactMap { $0["resource"].map { Array($0.sourceBytes) } } ?? []
            let link = root["link"]?.elements.first { $0["relation"]?.isString("next") ?? false }
            // The node names itself; only the path of the link is followed, at the address this client trusts.
            next = link?["url"]?.string.flatMap { url in
                url.firstRange(of: "/fhir/").map { String(url[$0.lowerBound...]) }
            }
        }
        return ReleasedSearch(resources: resources, total: total, transactions: transactions)
    }

    /// One page of a patient's access log, as lines of JSON.
    func accessLog(of subject: SubjectID, from first: UInt64 = 1) async throws(SteleError) -> [AccessLogEntry] {
        let path = "/ledger/v1/subjects/\(subject.hex)/access-log?from=\(first)&limit=1000"
        let answer = try await send("GET", path, accept: "application/jsonl")
        var entries: [AccessLogEntry] = []
        for line in answer.body.split(separator: UInt8(ascii: "\n")) {
            guard let root = try? JSONDocument(parsing: Array(line)).root else {
                throw NodeAnswer.malformed("a line of the access log is no JSON")
            }
            entries.append(try AccessLogEntry(root))
        }
        return entries
    }

    /// A patient's whole access log.
    func wholeAccessLog(of subject: SubjectID) async throws(SteleError) -> [AccessLogEntry] {
        var entries: [AccessLogEntry] = []
        while true {
            let page = try await accessLog(of: subject, from: UInt64(entries.count) + 1)
            guard !page.isEmpty else { return entries }
            entries += page
        }
    }
}
