// API · an account of disclosures as JSON, as a table and as a page to print.
internal import Contracts
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// An account of a patient's disclosures in one period. A pure function of what it holds.
///
/// Each line names the transaction that authorised the release, which the proof of the access log shows to be in the
/// ledger, and no other to be missing.
struct DisclosureAccount {
    let patient: String
    let custodian: String
    let from: String
    let to: String
    let made: String
    let disclosures: [Disclosure]

    private static let columns = [
        "number", "time", "recipient", "recipient_id", "recipient_kind", "organisation", "purpose", "records", "basis",
        "emergency", "must_be_accounted", "exemption", "transaction",
        "unordered",
    ]

    /// The cells of one line, in the order of the columns.
    private func cells(_ disclosure: Disclosure) -> [String] {
        [
            String(disclosure.line.number), disclosure.line.receipt.time.description, disclosure.recipientName,
            disclosure.recipientDID, disclosure.kindName, disclosure.organisation ?? "",
            disclosure.purposes.joined(separator: " "),
            disclosure.records.map { "\($0.resource)/_history/\($0.version)" }.joined(separator: " "),
            disclosure.line.grants.map(\.hex).joined(separator: " "),
            disclosure.line.emergency?.transaction.hex ?? "", disclosure.exemption == nil ? "yes" : "no",
            disclosure.exemption?.rawValue ?? "", disclosure.line.receipt.transactionID.hex,
            disclosure.line.claimed?.text ?? "",
        ]
    }

    /// Source: `docs/operate/disclosures.md`.
    var json: JSONValue {
        [
            "patient": .string(patient), "custodian": .string(custodian), "from": .string(from), "to": .string(to),
            "made": .string(made), "count": .number(String(disclosures.count)),
            "disclosures": .array(
                disclosures.map { disclosure in
                    [
                        "number": .number(String(disclosure.line.number)),
                        "time": .string(disclosure.line.receipt.time.description),
                        "transaction": .string(disclosure.line.receipt.transactionID.hex),
                        "recipient": [
                            "name": .string(disclosure.recipientName), "id": .string(disclosure.recipientDID),
                            "kind": .string(disclosure.kindName),
                            "organisation": disclosure.organisation.map { .string($0) } ?? .null,
                        ],
                        "purposes": .array(disclosure.purposes.map { .string($0) }),
                        "records": .array(
                            disclosure.records.map { .string("\($0.resource)/_history/\($0.version)") }),
                        "grants": .array(disclosure.line.grants.map { .string($0.hex) }),
                        "emergency": disclosure.line.emergency.map { .string($0.transaction.hex) } ?? .null,
                        "must_be_accounted": .bool(disclosure.exemption == nil),
                        "exemption": disclosure.exemption.map { .string($0.rawValue) } ?? .null,
                        "unordered": disclosure.line.claimed.map { .string($0.text) } ?? .null,
                    ]
                }),
        ]
    }

    /// A table. Source: RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    var csv: String {
        func quoted(_ text: String) -> String {
            let safe = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false ? "'" + text : text
            guard safe.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return safe }
            return "\"" + safe.replacing("\"", with: "\"\"") + "\""
        }
        let rows = [Self.columns] + disclosures.map(cells)
        return rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A page that needs nothing from elsewhere, to read and to print.
    var html: String {
        let head = Self.columns.map { "<th scope=\"col\">\(Self.escaped($0.replacing("_", with: " ")))</th>" }.joined()
        let body = disclosures.map { disclosure in
            "<tr>" + cells(disclosure).map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>\n"
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Accounting of disclosures</title>
            <style>
            body { font: 10pt/1.4 sans-serif; margin: 2em }
            table { border-collapse: collapse; width: 100% }
            th, td { border: 1px solid #999; padding: .3em; text-align: left; vertical-align: top; \
            overflow-wrap: anywhere }
            thead { display: table-header-group } tr { break-inside: avoid }
            @page { size: landscape; margin: 12mm }
            </style></head><body>
            <h1>Accounting of disclosures</h1>
            <p>Patient \(Self.escaped(patient)), records kept by \(Self.escaped(custodian)). From \
            \(Self.escaped(from)) to \(Self.escaped(to)), made \(Self.escaped(made)). \
            \(disclosures.count) disclosures. Each line names the transaction that authorised it; the proof of the \
            access log shows that none is missing.</p>
            <table><thead><tr>\(head)</tr></thead><tbody>
            \(body.joined())</tbody></table>
            </body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

extension Disclosure {
    /// `person`, `device` or `system`; empty if the directory knows the recipient no more.
    var kindName: String { recipientKind?.name ?? "" }
}
