// API · the results of a search as a Bundle, each record exactly as it was written.
internal import FHIR
internal import JSON
internal import Node
internal import Vault
internal import Primitives

/// Writes searchset Bundles. Source: FHIR R4 §3.1.1.1.
struct SearchBundle {
    let baseURL: String
    let time: Timestamp

    /// The bundle of `release`, with links to itself and, if there is one, to the next page.
    ///
    /// Where there are several events, each entry names its own in the extension `urn:stele:transaction`.
    func bytes(
        _ release: Release, _ query: SearchQuery, selfURL: String, nextURL: String?
    ) throws(SteleError) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + release.records.reduce(0) { $0 + $1.bytes.count + 160 })
        writer.beginObject()
        writer.write(key: "resourceType")
        writer.write("Bundle")
        if case .elements = query.part { writeSubsetted(to: &writer) }
        if case .summary(let summary) = query.part, summary != .count { writeSubsetted(to: &writer) }
        writer.write(key: "type")
        writer.write("searchset")
        writer.write(key: "timestamp")
        writer.write(time.description)
        if query.total != .none || query.count == 0 {
            writer.write(key: "total")
            writer.write(release.total)
        }
        writer.write(key: "link")
        writer.beginArray()
        write(link: "self", selfURL, to: &writer)
        if let nextURL { write(link: "next", nextURL, to: &writer) }
        writer.endArray()
        if !release.records.isEmpty {
            writer.write(key: "entry")
            writer.beginArray()
            for record in release.records {
                try write(record, query.part, namesEvent: release.receipts.count > 1, to: &writer)
            }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(
        _ record: Release.Record, _ part: SearchPart, namesEvent: Bool, to writer: inout JSONWriter
    ) throws(SteleError) {
        writer.beginObject()
        if namesEvent {
            writer.write(key: "extension")
            writer.write([["url": "urn:stele:transaction", "valueString": .string(record.event.hex)]])
        }
        writer.write(key: "fullUrl")
        writer.write("\(baseURL)/fhir/\(record.entry.resource)")
        writer.write(key: "resource")
        writer.write(exact: try ResourcePart.of(record.bytes, part))
        writer.write(key: "search")
        writer.beginObject()
        writer.write(key: "mode")
        writer.write(record.isIncluded ? "include" : "match")
        writer.endObject()
        writer.endObject()
    }

    /// Source: FHIR R4 §3.1.1.5.8: a bundle of summaries says so too.
    private func writeSubsetted(to writer: inout JSONWriter) {
        writer.write(key: "meta")
        writer.write([
            "tag": [["system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"]]
        ])
    }

    private func write(link relation: String, _ url: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.write(key: "relation")
        writer.write(relation)
        writer.write(key: "url")
        writer.write(url)
        writer.endObject()
    }
}

/// Text as it stands in a query. Source: RFC 3986 §2.3.
enum QueryText {
    static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default: encoded.append(contentsOf: "%\(Hex.encode([byte]).uppercased())".utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
