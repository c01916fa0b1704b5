// FHIRTests · values that each primitive type allows, and values that it does not.
import FHIR
import JSON
import Testing

@Suite struct PrimitiveRulesTests {
    /// By type: JSON values that are accepted, JSON values that are refused. `~` stands for 1 MiB of letters.
    static let cases: [(type: String, accepted: [String], refused: [String])] = [
        ("Boolean", ["true", "false"], [#""true""#, "1"]),
        ("Integer", ["0", "-0", "-2147483648", "2147483647"], ["2147483648", "-2147483649", "1.0", "1e2", #""1""#]),
        ("UnsignedInt", ["0", "2147483647"], ["-1", "2147483648", "99999999999999999999999999"]),
        ("PositiveInt", ["1", "2147483647"], ["0", "-1", "1.5"]),
        ("Decimal", ["1", "-1.50", "1.0e-7", "0.000"], [#""1.5""#]),
        (
            "Date", ["2024", "2024-02", "2024-02-29", "0001-01-01"],
            ["24", "2024-13", "2023-02-29", "2024-2-1", "2024-02-29Z", "0000", "2024-02-29T00:00:00Z", "2024-", "x"]
        ),
        (
            "DateTime",
            [
                "2024", "2024-02", "2024-02-29", "2024-02-29T23:59:60Z", "2024-02-29T08:30:00.123456789+14:00",
                "2024-02-29T08:30:00-11:59",
            ],
            [
                "2024-02-29T08:30Z", "2024-02-29T08:30:00", "2024-02-29T24:00:00Z", "2024-02-29T08:30:00+14:01",
                "2024-02-29T08:30:00+0100", "2024-02-29 08:30:00Z", "2024-02T08:30:00Z", "2024-02-29T08:30:00.Z",
                "2024-02-29T08:60:00Z", "2024-02-30T08:30:00Z", "2024-02-29T08:30:00Zx", "2024-02-29T",
            ]
        ),
        ("Instant", ["2024-02-29T08:30:00Z"], ["2024-02-29", "2024"]),
        ("Time", ["08:30:00", "23:59:60", "08:30:00.5"], ["08:30", "24:00:00", "08:30:00Z", "8:30:00", "08-30-00"]),
        ("Code", ["a", "a b", "a-b"], [" a", "a ", "a  b", " "]),
        ("Id", ["a-1.B"], ["a_b", "a b"]),
        ("Uri", ["http://a", "x", "urn:a"], ["a b", "a\\tb"]),
        ("Url", ["http://a"], ["http://a b"]),
        ("Canonical", ["http://a|1"], ["a b"]),
        (
            "Oid", ["urn:oid:1.2.3", "urn:oid:2.0.10"],
            ["1.2.3", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.", "urn:oid:1..2", "urn:oid:1.02", "urn:oid:1.a"]
        ),
        (
            "Uuid", ["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"],
            [
                "c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
                "urn:uuid:c757873dec9a4326a141556f43239520", "urn:uuid:c757873d-ec9a-4326-a141-556f4323952-",
                "urn:uuid:c757873d-ec9a-4326-a141-556f4323952",
            ]
        ),
        (
            "Base64Binary", ["AAAA", "AAA=", "AA==", "AAAA AAAA", "AAAA\\nAA=="],
            ["A", "AAA", "A===", "AA=A", "AA-_", "====", "%%%%", "AAAA="]
        ),
        ("String", ["x", " ", "a\\n\\tb", "~"], ["a\\u0000b", "\\u001b", "~~"]),
        ("Markdown", ["# x"], ["\\u0007"]),
    ]

    @Test(arguments: cases.indices)
    func allowsWhatTheStandardAllows(index: Int) throws {
        let (type, accepted, refused) = Self.cases[index]
        func found(_ value: String) throws -> [String] {
            let text = value.replacing("~", with: String(repeating: "x", count: 1 << 20))
            let isLiteral = ["Boolean", "Integer", "UnsignedInt", "PositiveInt", "Decimal"].contains(type)
            return try issues(
                in: #"{"resourceType":"Basic","code":{"text":"x"},"extension":[{"url":"u","value\#(type)":"#
                    + (isLiteral ? text : "\"\(text)\"") + "}]}")
        }
        for value in accepted { #expect(try found(value) == [], "\(type) \(value.prefix(40))") }
        for value in refused {
            #expect(
                try found(value).map { $0.split(separator: " ")[1] } == ["Basic.extension[0].value"],
                "\(type) \(value.prefix(40))")
        }
    }

    @Test func writesEachTypeInItsForm() {
        #expect(PrimitiveType.allCases.count == 20)
        #expect(PrimitiveType.allCases.filter { $0.form == .number }.count == 4)
        #expect(PrimitiveType.allCases.filter { $0.form == .boolean } == [.boolean])
    }
}
