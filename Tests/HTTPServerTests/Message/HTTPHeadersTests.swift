// HTTPServerTests · header fields.
import HTTPServer
import Testing

@Suite struct HTTPHeadersTests {
    @Test func comparesNamesWithoutCase() {
        let headers: HTTPHeaders = ["Content-Type": "a", "X-Two": "1", "x-two": "2"]
        #expect(headers["content-type"] == "a" && headers["CONTENT-TYPE"] == "a")
        #expect(headers.values(of: "X-TWO") == ["1", "2"])
        #expect(headers["Content-Typ"] == nil && headers["@ontent-type"] == nil)
        #expect(headers.count == 3)
    }

    @Test func keepsTheOrderAndReplaces() {
        var headers: HTTPHeaders = ["A": "1", "B": "2", "a": "3"]
        headers.set("a", "4")
        #expect(headers.map(\.name) == ["B", "a"] && headers.map(\.value) == ["2", "4"])
        headers.add("C", "")
        #expect(headers["c"] == "")
    }

    @Test func doesNotTakeOneMarkForAnother() {
        // "@" and "`" differ from each other by the bit that tells upper from lower case.
        let headers: HTTPHeaders = ["X-^": "1"]
        #expect(headers["X-~"] == nil && headers["x-^"] == "1")
    }
}
