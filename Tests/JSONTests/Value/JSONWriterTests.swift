// JSONTests · written text, compared character by character.
import JSON
import Testing

@Suite struct JSONWriterTests {
    static func text(_ layout: JSONWriter.Layout = .compact, _ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(layout)
        write(&writer)
        #expect(writer.isComplete)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func writeSample(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.write(key: "a")
        writer.beginArray()
        writer.write(1)
        writer.write(-2 as Int64)
        writer.write("x")
        writer.write(true)
        writer.writeNull()
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.endArray()
        writer.write(key: "b")
        writer.write(exact: Array(#"{ "kept" :1.50}"#.utf8))
        writer.write(key: "c")
        writer.write(false)
        writer.endObject()
    }

    @Test func writesCompactText() {
        #expect(
            Self.text(.compact, Self.writeSample) == #"{"a":[1,-2,"x",true,null,{},[]],"b":{ "kept" :1.50},"c":false}"#)
    }

    @Test func writesPrettyText() {
        let expected = """
            {
              "a": [
                1,
                -2,
                "x",
                true,
                null,
                {},
                []
              ],
              "b": { "kept" :1.50},
              "c": false
            }
            """
        #expect(Self.text(.pretty, Self.writeSample) == expected)
    }

    @Test func escapesWhatMustBeEscapedAndNothingElse() throws {
        let everything =
            String(String.UnicodeScalarView((0..<0x250).map { UnicodeScalar($0)! })) + "\u{2028}😀\u{10ffff}"
        let text = Self.text { $0.write(everything) }
        #expect(text.hasPrefix(#""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010"#))
        #expect(text.contains(##"\u001f !\"#$%"##) && text.contains(#"[\\]"#) && text.contains("\u{7f}\u{80}"))
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.string == everything)
        #expect(
            Self.text { writer in
                writer.beginObject()
                writer.write(key: "a\"b\n")
                writer.write(UInt64.max)
                writer.endObject()
            } == #"{"a\"b\n":18446744073709551615}"#)
    }

    @Test func isCompleteOnlyAfterOneValue() {
        var writer = JSONWriter()
        #expect(!writer.isComplete)
        writer.beginArray()
        #expect(!writer.isComplete)
        writer.endArray()
        #expect(writer.isComplete)
    }

    @Test func stopsAtCallsOutOfPlace() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.write("a value without its key")
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.write(key: "a")
            writer.endObject()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.write(1)
            writer.write(2)
        }
    }
}
