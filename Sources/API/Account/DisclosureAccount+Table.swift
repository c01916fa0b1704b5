// API · an account of disclosures as a table and as a page to print.
internal import Contracts
internal import Node
internal import Primitives

extension DisclosureAccount {
    private static let columns = [
        "number", "time", "recipient", "recipient_id", "recipient_kind", "organisation", "purpose", "records", "basis",
        "emergency", "must_be_accounted", "exemption", "transaction", "unordered",
    ]

    /// The cells of one line, in the order of the columns.
    private func cells(_ line: Line) -> [String] {
        [
            String(line.number), line.time.text, line.name, line.did, line.kind ?? "", line.organisation ?? "",
            line.purposes.joined(separator: " "), line.records.joined(separator: " "),
            line.grants.map(\.hex).joined(separator: " "), line.emergency?.hex ?? "",
            line.exemption == nil ? "yes" : "no", line.exemption?.rawValue ?? "", line.transaction.hex,
            line.unordered?.text ?? "",
        ]
    }

    /// A table. Source: RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    package var csv: String {
        func quoted(_ text: String) -> String {
            let safe = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false ? "'" + text : text
            guard safe.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return safe }
            return "\"" + safe.replacing("\"", with: "\"\"") + "\""
        }
        let rows = [Self.columns] + lines.map(cells)
        return rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A page that needs nothing from elsewhere, to read and to print.
    package var html: String {
        let head = Self.columns.map { "<th scope=\"col\">\(Self.escaped($0.replacing("_", with: " ")))</th>" }.joined()
        let body = lines.map { line in
            "<tr>" + cells(line).map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>\n"
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
            \(from.text) to \(to.text), made \(made.text). \(lines.count) disclosures. Each line names the transaction \
            that authorised it. The account as JSON carries the proof of each line, and that none is missing; \
            stele verify checks it and makes this page of it again.</p>
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
