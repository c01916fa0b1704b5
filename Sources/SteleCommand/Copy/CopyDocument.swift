// SteleCommand · the one page of a copy: read offline, without a script, by the person it is about.
internal import Cryptography
internal import JSON
internal import Primitives
internal import Vault

/// The page as a pure function of what it shows.
///
/// It holds nothing that a browser would fetch or run: its policy allows its own style sheet, by hash, and nothing
/// else.
struct CopyDocument {
    /// Most lines of one group, and of the log; the files have all.
    static let lineCountMax = 5000

    private let content: CopyContent

    init(_ content: CopyContent) { self.content = content }

    /// The page's bytes.
    var bytes: [UInt8] {
        var html = HTMLWriter()
        let hash = Base64.encode(SHA256.hash(Array(Self.style.utf8)).bytes)
        html.literal("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        html.literal("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
        html.write(hash)
        html.literal("'; base-uri 'none'; form-action 'none'\"><meta name=\"referrer\" content=\"no-referrer\">")
        html.literal("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        html.element("title", "Health record of \(name)")
        var page = html.text + "<style>\(Self.style)</style></head>"
        html = HTMLWriter()
        html.begin("body")
        heading(&html)
        html.begin("main")
        for group in CopyContent.groups + [CopyContent.others] { section(group, &html) }
        deleted(&html)
        consents(&html)
        log(&html)
        checking(&html)
        html.end()
        html.end()
        page += html.text + "</html>\n"
        return Array(page.utf8)
    }

    private var name: String { content.person?.text?.personName ?? "Patient \(content.manifest.patient)" }

    // MARK: - The person

    private func heading(_ html: inout HTMLWriter) {
        let manifest = content.manifest
        html.begin("header")
        html.element("p", "kicker", "Own copy of a health record")
        html.element("h1", name)
        html.begin("dl", "facts")
        let person = content.person?.root
        fact("Born", person?["birthDate"]?.string, &html)
        fact("Sex", person?["gender"]?.string, &html)
        let address = person?["address"]?.elements.first { _ in true }
        let lines = address?["line"]?.elements.compactMap(\.string) ?? []
        let place = lines + [address?["postalCode"]?.string, address?["city"]?.string].compactMap { $0 }
        fact("Address", place.isEmpty ? nil : place.joined(separator: ", "), &html)
        for contact in (person?["telecom"]?.elements.map { $0 } ?? []).prefix(3) {
            fact(contact["system"]?.isString("email") == true ? "E-mail" : "Phone", contact["value"]?.string, &html)
        }
        fact("Kept by", manifest.organisation, &html)
        fact("Copied on", Self.time(manifest.made), &html)
        html.end()
        let currentCount = content.records.count - content.deleted.count
        html.element(
            "p", "lead",
            "\(Self.count(currentCount, "record")) in \(Self.count(manifest.versions.count, "version")), "
                + "\(Self.count(manifest.grants.count, "permission")), "
                + "\(Self.count(content.log.count, "entry", "entries")) in the access log. This page works without a "
                + "network; each line leads to the record itself, exactly as it was written.")
        html.begin("nav")
        for group in CopyContent.groups + [CopyContent.others] where !content.records(of: group).isEmpty {
            html.link("#" + group.id, group.heading)
        }
        html.link("#permissions", "Who may see what")
        html.link("#log", "Who looked")
        html.link("#check", "How to check this")
        html.end()
        html.end()
    }

    private func fact(_ term: String, _ value: String?, _ html: inout HTMLWriter) {
        guard let value else { return }
        html.begin("div")
        html.element("dt", term)
        html.element("dd", value)
        html.end()
    }

    // MARK: - Records

    private func section(_ group: CopyContent.Group, _ html: inout HTMLWriter) {
        let records = content.records(of: group)
        guard !records.isEmpty else { return }
        html.begin("section", id: group.id)
        html.begin("h2")
        html.write(group.heading)
        html.element("span", "count", String(records.count))
        html.end()
        html.begin("ul", "records")
        for record in records.prefix(Self.lineCountMax) { line(record, &html) }
        html.end()
        more(records.count, "records/", &html)
        html.end()
    }

    private func line(_ record: CopyContent.Record, _ html: inout HTMLWriter) {
        let text = record.text
        html.begin("li")
        html.element("time", text?.date ?? "")
        html.begin("div")
        html.begin("p", "title")
        html.link(record.version.content, text?.title ?? record.version.resource.description)
        if let value = text?.value {
            html.write(" ")
            html.element("b", value)
        }
        if let words = text?.interpretation {
            html.write(" ")
            html.element(text?.isNormal ?? false ? "span" : "i", words)
        }
        html.end()
        if let detail = text?.detail { html.element("p", "detail", detail) }
        if record.root == nil { html.element("p", "detail", "Too large to be shown here: open the file.") }
        if let note = text?.attachedText {
            html.begin("details")
            html.element("summary", "Read the text")
            html.element("pre", note)
            html.end()
        }
        html.end()
        html.begin("p", "aside")
        html.write([Self.kind(record), text?.status].compactMap { $0 }.joined(separator: " · "))
        if record.version.version > 1 { html.write(" · version \(record.version.version)") }
        if !record.version.originTrust.isEmpty { html.write(" · came from elsewhere, with proof") }
        html.end()
        html.end()
    }

    private func more(_ count: Int, _ place: String, _ html: inout HTMLWriter) {
        guard count > Self.lineCountMax else { return }
        html.element("p", "detail", "\(count - Self.lineCountMax) more are in \(place).")
    }

    private func deleted(_ html: inout HTMLWriter) {
        guard !content.deleted.isEmpty else { return }
        html.begin("section", id: "deleted")
        html.begin("h2")
        html.write("Deleted")
        html.element("span", "count", String(content.deleted.count))
        html.end()
        html.element(
            "p", "detail",
            "These were deleted. That they were there, and earlier versions of them, is part of the copy.")
        html.begin("ul", "records")
        for record in content.deleted.prefix(Self.lineCountMax) {
            html.begin("li")
            html.element("time", String(record.version.lastUpdated.prefix(10)))
            html.element("div", record.version.resource.description)
            html.element("p", "aside", "deleted with version \(record.version.version)")
            html.end()
        }
        html.end()
        html.end()
    }

    // MARK: - Permissions and log

    private func consents(_ html: inout HTMLWriter) {
        html.begin("section", id: "permissions")
        html.element("h2", "Who may see what")
        guard !content.consents.isEmpty else {
            html.element("p", "detail", "No permission was ever given.")
            return html.end()
        }
        html.begin("ul", "records")
        let names = content.names
        let standing = content.consents.filter { $0["status"]?.isString("active") ?? false }
        let ended = content.consents.filter { !($0["status"]?.isString("active") ?? false) }
        for consent in standing + ended {
            let words = ConsentWords(consent, names: names)
            html.begin("li", words.isActive ? "" : "ended")
            html.element("time", words.from)
            html.begin("div")
            html.element("p", "title", words.sentence)
            if let except = words.except { html.element("p", "detail", "But not: \(except).") }
            html.end()
            html.element("p", "aside", words.isActive ? words.until : "ended")
            html.end()
        }
        html.end()
        html.end()
    }

    private func log(_ html: inout HTMLWriter) {
        html.begin("section", id: "log")
        html.element("h2", "Who looked at what, and when")
        html.element(
            "p", "detail",
            "Every request for these records up to this copy, refused ones too. That none is missing is proven by "
                + "\(CopyLayout.accessLogProof).")
        html.begin("ul", "records")
        for entry in content.log.reversed().prefix(Self.lineCountMax) {
            html.begin("li", entry.isRefused ? "refused" : "")
            html.element("time", Self.time(entry.time))
            html.begin("div")
            html.begin("p", "title")
            let roles = entry.askerRoles.isEmpty ? "" : " (\(entry.askerRoles.joined(separator: ", ")))"
            html.element("b", entry.askerName + roles)
            html.write(" asked: \(entry.asked)")
            let purposes = entry.purposes.map(ConsentWords.purpose)
            if !purposes.isEmpty { html.write(", for \(purposes.joined(separator: " and "))") }
            html.end()
            html.element("p", "detail", entry.reason)
            if !entry.released.isEmpty, entry.asked != "copy of everything" {
                html.begin("details")
                html.element("summary", "What was given out")
                html.element("p", "detail", entry.released.joined(separator: ", "))
                html.end()
            }
            html.end()
            html.element("p", "aside", "no. \(entry.number)")
            html.end()
        }
        html.end()
        more(content.log.count, CopyLayout.accessLog, &html)
        html.end()
    }

    private func checking(_ html: inout HTMLWriter) {
        html.begin("section", id: "check")
        html.element("h2", "How to check this copy")
        html.element(
            "p", "",
            "Every version in the folder comes with a proof that it is, byte for byte, what was written into the ledger "
                + "\(content.manifest.ledger). Anybody can check that, on any machine, without a network and without asking "
                + "\(content.manifest.organisation):")
        html.element("pre", "stele verify FOLDER --trust trust.key")
        html.element(
            "p", "",
            "FOLDER is the one that this page lies in. Take trust.key from the custodian or from somebody you trust, not "
                + "from the copy: whoever forged one could put their own key beside it. If one byte was changed, a file "
                + "removed or a line of the log left out, the check names the file.")
        html.element(
            "p", "",
            "To bring the record to another custodian, give them the whole folder. They read it in with stele import "
                + "FOLDER, and it keeps its proofs there. Keep it where only you can read it: it is your health record, and "
                + "nothing in it is encrypted.")
        html.end()
    }

    // MARK: - Words

    private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) " + (number == 1 ? one : many ?? one + "s")
    }

    /// `2026-11-30 18:20 UTC` of an instant in UTC.
    private static func time(_ text: String) -> String {
        guard text.utf8.count >= 16, text.hasSuffix("Z") else { return text }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// The type in words: `MedicationRequest` is a medication request.
    private static func kind(_ record: CopyContent.Record) -> String {
        var words = ""
        for character in record.version.resource.type {
            if character.isUppercase, !words.isEmpty { words += " " }
            words += character.lowercased()
        }
        return words
    }
}
