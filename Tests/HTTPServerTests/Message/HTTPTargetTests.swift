// HTTPServerTests · targets, queries and forms.
import HTTPServer
import Testing

@Suite struct HTTPTargetTests {
    @Test func splitsAndDecodesThePath() throws {
        let target = try #require(HTTPTarget("/fhir/Patient/a%2Fb/%C3%A9"))
        #expect(target.path == "/fhir/Patient/a%2Fb/%C3%A9")
        #expect(target.segments == ["fhir", "Patient", "a/b", "é"])
        #expect(target.rawQuery == nil && target.query.isEmpty)
    }

    @Test(arguments: [("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a//b", ["a", "", "b"]), ("/..", [".."])])
    func keepsEverySegment(text: String, segments: [String]) {
        #expect(HTTPTarget(text)?.segments == segments)
    }

    @Test func decodesTheQuery() throws {
        let target = try #require(HTTPTarget("/x?name=J%C3%B6rg+K&date=ge2020&date=lt2021&flag&empty=&a=b=c&&"))
        #expect(
            target.query == [
                HTTPField(name: "name", value: "Jörg K"), HTTPField(name: "date", value: "ge2020"),
                HTTPField(name: "date", value: "lt2021"), HTTPField(name: "flag", value: ""),
                HTTPField(name: "empty", value: ""), HTTPField(name: "a", value: "b=c"),
            ])
        #expect(target.rawQuery?.hasPrefix("name=J%C3%B6rg+K") == true)
    }

    @Test func reducesTheAbsoluteForm() {
        #expect(HTTPTarget("https://node.example:8443/a?b=c")?.path == "/a")
        #expect(HTTPTarget("*")?.path == "*")
        #expect(HTTPTarget("/a?")?.rawQuery == "")
    }

    @Test(arguments: [
        "", "a", "host:443", "http://host", "/a b", "/a#b", "/%", "/%4", "/%4g", "/%00", "/a?x=%0", "/a?x=%00", "/%FF",
        "/a?x=%C3", "/é", "/a\u{7F}", "ftp://host/a",
    ])
    func refusesWhatIsNoTarget(text: String) { #expect(HTTPTarget(text) == nil) }

    @Test func readsForms() {
        #expect(
            HTTPField.formFields("grant_type=client_credentials&scope=system%2F*.rs".utf8) == [
                HTTPField(name: "grant_type", value: "client_credentials"),
                HTTPField(name: "scope", value: "system/*.rs"),
            ])
        #expect(HTTPField.formFields("".utf8) == [])
        #expect(HTTPField.formFields("a=%zz".utf8) == nil)
    }
}
