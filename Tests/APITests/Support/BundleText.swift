// APITests · bundles as text, their way to the API, and what came of their entries.
import JSON

/// Writes bundles.
enum BundleText {
    /// An entry that asks for `url`; `more` is further members of the request, and a resource may be left out.
    static func entry(
        _ resource: String?, _ method: String, _ url: String, fullURL: String? = nil, more: String = ""
    ) -> String {
        let place = fullURL.map { #""fullUrl":"\#($0)","# } ?? ""
        let content = resource.map { #""resource":\#($0),"# } ?? ""
        return #"{\#(place)\#(content)"request":{"method":"\#(method)","url":"\#(url)"\#(more)}}"#
    }

    static func bundle(_ kind: String, _ entries: [String]) -> String {
        let list = entries.isEmpty ? "" : #","entry":[\#(entries.joined(separator: ","))]"#
        return #"{"resourceType":"Bundle","type":"\#(kind)"\#(list)}"#
    }
}

extension APIFixture {
    /// Sends the bundle of `entries` to `/fhir`.
    func bundle(
        _ kind: String, _ entries: [String], _ token: String, headers: [(name: String, value: String)] = []
    ) async throws -> Reply {
        try await send(
            "POST", "/fhir", token: token, type: "application/fhir+json", headers: headers,
            body: Array(BundleText.bundle(kind, entries).utf8))
    }

    /// Sends a resource with headers.
    func send(
        _ method: String, _ target: String, _ text: String, _ token: String, _ header: (name: String, value: String)
    ) async throws -> Reply {
        try await send(
            method, target, token: token, type: "application/fhir+json", headers: [header], body: Array(text.utf8))
    }

    /// An Observation of `patient` in the laboratory's class.
    static func observation(_ id: String, _ value: Int = 1, patient: String = "p1", more: String = "") -> String {
        result.replacing(#""id":"hb""#, with: #""id":"\#(id)""#).replacing("Patient/p1", with: "Patient/" + patient)
            .replacing("13.20", with: "\(value)").dropLast() + more + "}"
    }
}

extension Reply {
    /// The entries of a Bundle.
    var entries: [JSONNode] { (try? json()["entry"].map { Array($0.elements) }) ?? [] }
    /// The statuses in the responses of a Bundle's entries, as numbers.
    var statuses: [Int] {
        entries.map { Int($0["response"]?["status"]?.string?.prefix(3) ?? "") ?? 0 }
    }
    /// The total of a Bundle.
    var total: Int? { (try? json()["total"]?.uint).map { Int($0) } }
    /// The URL of a link of a Bundle, as a target of this server.
    func link(_ relation: String) -> String? {
        let link = (try? json()["link"])?.elements.first { $0["relation"]?.string == relation }
        return link?["url"]?.string.map { $0.replacing(APIFixture.baseURL, with: "") }
    }
    /// The text with its error id taken out: what may be compared.
    func masked() -> String { code == nil ? text : text.replacing(#/"id":"[0-9a-f]{16}"/#, with: "") }
}
