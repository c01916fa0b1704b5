// JSONTests · nst/JSONTestSuite as published, with our fixed answer where the standard leaves the choice.
import JSON
import Testing

@Suite struct JSONTestSuiteTests {
    static let folder = "hostile-input/JSONTestSuite/test_parsing"
    static let names = (try? SharedData.names(in: folder)) ?? []

    /// The two texts the suite accepts and we refuse on purpose: they repeat a key.
    static let repeatsKey: Set<String> = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    /// Where the standard leaves the choice: numbers of any size are kept as text.
    static let acceptedByChoice: Set<String> = [
        "i_number_double_huge_neg_exp.json",
        "i_number_neg_int_huge_exp.json",
        "i_number_real_pos_overflow.json",
        "i_number_too_big_neg_int.json",
        "i_number_too_big_pos_int.json",
        "i_number_very_big_negative_int.json",
    ]

    /// Where the standard leaves the choice: everything else is refused, for this reason.
    static let refusedByChoice: [String: JSONError.Reason] = [
        "i_object_key_lone_2nd_surrogate.json": .invalidEscape,
        "i_string_UTF-16LE_with_BOM.json": .invalidUTF8,
        "i_string_UTF8_surrogate_U+D800.json": .invalidUTF8,
        "i_string_incomplete_surrogate_and_escape_valid.json": .invalidEscape,
        "i_string_incomplete_surrogate_pair.json": .invalidEscape,
        "i_string_invalid_lonely_surrogate.json": .invalidEscape,
        "i_string_invalid_surrogate.json": .invalidEscape,
        "i_string_invalid_utf-8.json": .invalidUTF8,
        "i_string_inverted_surrogates_U+1D11E.json": .invalidEscape,
        "i_string_lone_second_surrogate.json": .invalidEscape,
        "i_string_lone_utf8_continuation_byte.json": .invalidUTF8,
        "i_string_not_in_unicode_range.json": .invalidUTF8,
        "i_string_overlong_sequence_2_bytes.json": .invalidUTF8,
        "i_string_utf16BE_no_BOM.json": .controlCharacter,
        "i_string_utf16LE_no_BOM.json": .controlCharacter,
        "i_structure_500_nested_arrays.json": .tooDeep,
        "i_structure_UTF-8_BOM_empty_object.json": .syntax,
    ]

    @Test func hasEveryKindOfCase() {
        for prefix in ["y_", "n_", "i_"] { #expect(Self.names.count { $0.hasPrefix(prefix) } > 20) }
    }

    @Test(arguments: names.filter { $0.hasPrefix("y_") })
    func accepts(name: String) throws {
        let bytes = try SharedData.bytes(Self.folder + "/" + name)
        if Self.repeatsKey.contains(name) {
            #expect(refusal(of: bytes)?.reason == .duplicateKey)
        } else {
            let document = try JSONDocument(parsing: bytes)
            #expect(JSONValue(document.root) == ReferenceParser.parse(bytes))
        }
    }

    @Test(arguments: names.filter { $0.hasPrefix("n_") })
    func refuses(name: String) throws {
        let bytes = try SharedData.bytes(Self.folder + "/" + name)
        let error = try #require(refusal(of: bytes))
        #expect((0...bytes.count).contains(error.byteOffset))
    }

    @Test(arguments: names.filter { $0.hasPrefix("i_") })
    func answersAsRecorded(name: String) throws {
        let expected = Self.refusedByChoice[name]
        #expect((expected == nil) == Self.acceptedByChoice.contains(name))
        #expect(refusal(of: try SharedData.bytes(Self.folder + "/" + name))?.reason == expected)
    }

    @Test func refusesSameKeysAndKeepsDistinctOnes() throws {
        for name in ["object_same_key_different_values", "object_same_key_unclear_values"] {
            let bytes = try SharedData.bytes("hostile-input/JSONTestSuite/test_transform/\(name).json")
            #expect(refusal(of: bytes)?.reason == .duplicateKey)
        }
        // Equal to a reader, different in code points: two keys, since nothing is normalised.
        let forms = try SharedData.bytes("hostile-input/JSONTestSuite/test_transform/object_key_nfc_nfd.json")
        #expect(try JSONDocument(parsing: forms).root.count == 2)
    }
}

/// The refusal of `bytes`, or nil if they are accepted.
func refusal(of bytes: [UInt8], limits: JSONLimits = .default) -> JSONError? {
    do {
        _ = try JSONDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// The refusal of `text`, or nil if it is accepted.
func refusal(of text: String, limits: JSONLimits = .default) -> JSONError? {
    refusal(of: Array(text.utf8), limits: limits)
}
