// Whatever a record says, the page shows it as text.
import Testing

@testable import SteleCommand

@Suite struct HTMLWriterTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (#""><img src=x onerror='x'>"#, "&quot;&gt;&lt;img src=x onerror=&#39;x&#39;&gt;"),
        ("a & b &lt;", "a &amp; b &amp;lt;"), ("line\r\nnext\tend", "line\nnext\tend"),
        ("evil\u{202E}gpj.exe\u{2066}\u{0}\u{85}", "evil\u{FFFD}gpj.exe\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("Zoë 漢字 😀", "Zoë 漢字 😀"),
    ])
    func escapesText(given: String, shown: String) {
        var html = HTMLWriter()
        html.element("p", "title", given)
        #expect(html.text == "<p class=\"title\">\(shown)</p>")
        var link = HTMLWriter()
        link.link(given, given)
        #expect(link.text == "<a href=\"\(shown)\">\(shown)</a>")
    }

    @Test func pathsOfACopyLeadNowhereElse() {
        for path in ["records/Observation/a/1.json", "records/Observation/_../1.json", "index.html"] {
            #expect(CopyLayout.isPath(path))
        }
        for path in ["", "/etc/passwd", "../x", "records/../../x", "records//x", "a/.hidden", "a\\b", "a b", "ä", "a/"]
        {
            #expect(!CopyLayout.isPath(path), "\(path)")
        }
    }
}
