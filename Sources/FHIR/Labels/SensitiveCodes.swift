// FHIR · whether a code by itself says something sensitive.

/// The sensitive-code list: a code and its system, answered from the tables beside this file.
///
/// The list errs towards care: a negative test for HIV is as sensitive as a positive one, because asking tells.
/// Source: `docs/spec/labels.md` §5.
enum SensitiveCodes {
    /// Systems that a coding without a system could mean.
    static let systems: [CodeSystem] = [.snomed, .loinc, .icd10, .rxNorm, .atc]

    /// What `code` of `system` tells about a person. Letter case, points and surrounding marks do not matter.
    static func sensitivities(of code: String, in system: CodeSystem) -> [Sensitivity] {
        switch system {
        case .actCode: exact(code, in: SecurityLabels.sensitivity)
        case .confidentiality: exact(code, in: SecurityLabels.confidentiality)
        case .snomed: exact(code, in: snomed)
        case .loinc: exact(code, in: loinc)
        case .rxNorm: exact(code, in: rxNorm)
        case .hcpcs: exact(code, in: hcpcs)
        case .icd10: matching(code, icd10Prefixes)
        case .icd10Procedures: matching(code, icd10ProcedurePrefixes)
        case .icd9: matching(code, icd9Prefixes)
        case .icd9Procedures: matching(code, icd9ProcedurePrefixes)
        case .atc: matching(code, atcPrefixes)
        }
    }

    private static func exact(_ code: String, in table: [String: Sensitivity]) -> [Sensitivity] {
        if let found = table[code] { return [found] }
        // Nearly every code is written as the tables write it, and then there is nothing more to look up.
        guard !isNormalized(code) else { return [] }
        return table[normalized(code, keeping: "-")].map { [$0] } ?? []
    }

    private static func matching(_ code: String, _ prefixes: [String: [Sensitivity]]) -> [Sensitivity] {
        let code = normalized(code, keeping: nil)
        let whole = prefixes["=" + code] ?? []
        return (2...7).reduce(whole) { found, length in
            length <= code.utf8.count ? found + (prefixes[String(code.prefix(length))] ?? []) : found
        }
    }

    /// Whether a code has nothing that ``normalized(_:keeping:)`` with a kept `-` would change.
    private static func isNormalized(_ code: String) -> Bool {
        code.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// Only ASCII letters in upper case, digits and `kept`: no points, no daggers of ICD-10.
    private static func normalized(_ code: String, keeping kept: Character?) -> String {
        String(
            code.uppercased().filter { character in
                character.isASCII && (character.isLetter || character.isNumber || character == kept)
            })
    }
}

// MARK: - Reading the tables
extension SensitiveCodes {
    /// A table from groups of codes separated by white space.
    static func table(_ groups: [(sensitivity: Sensitivity, codes: String)]) -> [String: Sensitivity] {
        var table: [String: Sensitivity] = [:]
        for group in groups {
            for code in group.codes.split(whereSeparator: \.isWhitespace) { table[String(code)] = group.sensitivity }
        }
        return table
    }

    /// A table from groups of prefixes separated by white space, ranges `F20-F29` written out. `=305` is the code 305
    /// and none below it.
    static func prefixes(_ groups: [(sensitivity: Sensitivity, codes: String)]) -> [String: [Sensitivity]] {
        var table: [String: [Sensitivity]] = [:]
        for group in groups {
            for entry in group.codes.split(whereSeparator: \.isWhitespace) {
                for prefix in expanded(entry) { table[prefix, default: []].append(group.sensitivity) }
            }
        }
        return table
    }

    /// `F20-F29` as its ten categories: ends of one length that differ in their trailing digits only.
    private static func expanded(_ entry: Substring) -> [String] {
        let ends = entry.split(separator: "-")
        guard ends.count == 2 else { return [String(entry)] }
        let digitCount = ends[0].reversed().prefix { $0.isNumber }.count
        let stem = ends[0].dropLast(digitCount)
        guard ends[0].count == ends[1].count, ends[1].hasPrefix(stem), let first = Int(ends[0].suffix(digitCount)),
            let last = Int(ends[1].suffix(digitCount)), first <= last
        else { preconditionFailure("a range of codes has ends of one stem: \(entry)") }
        return (first...last).map { number in
            let digits = String(number)
            return stem + String(repeating: "0", count: digitCount - digits.count) + digits
        }
    }
}
