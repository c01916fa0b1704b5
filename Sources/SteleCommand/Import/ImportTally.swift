// SteleCommand · what came in and what did not.
internal import JSON
internal import Primitives

/// Counts of an import. Holds no identifier and no content.
struct ImportTally: Hashable, Sendable {
    /// Files sent.
    var fileCount = 0
    /// Patients enrolled by this import, and those who were subjects before.
    var enrolledCount = 0
    var knownCount = 0
    /// Versions written.
    var writtenCount = 0
    /// Resources whose newest version had the same bytes already.
    var unchangedCount = 0
    /// Resources and whole files refused, by the code of the refusal.
    var refusals: [String: Int] = [:]

    /// How many resources were answered for.
    var resourceCount: Int { writtenCount + unchangedCount + refusals.values.reduce(0, +) }
    /// How many were refused.
    var refusedCount: Int { refusals.values.reduce(0, +) }

    /// Adds what the node answered to one bundle: FHIR R4 §3.1.0.11.2, one entry for each.
    mutating func add(response root: JSONNode) {
        for entry in root["entry"]?.elements.map({ $0 }) ?? [] {
            let response = entry["response"]
            switch response?["status"]?.string?.prefix(3) {
            case "201": writtenCount += 1
            case "200": unchangedCount += 1
            default:
                let issue = response?["outcome"]?["issue"]?.elements.first { _ in true }
                let coding = issue?["details"]?["coding"]?.elements.first { _ in true }
                refusals[coding?["code"]?.string ?? "unknown", default: 0] += 1
            }
        }
    }

    static func += (left: inout ImportTally, right: ImportTally) {
        left.fileCount += right.fileCount
        left.enrolledCount += right.enrolledCount
        left.knownCount += right.knownCount
        left.writtenCount += right.writtenCount
        left.unchangedCount += right.unchangedCount
        left.refusals.merge(right.refusals, uniquingKeysWith: +)
    }

    /// What came in and what did not, in sentences.
    var sentences: [String] {
        var lines = [
            "\(fileCount) files, \(resourceCount) resources: \(writtenCount) written, \(unchangedCount) there already, "
                + "\(refusedCount) refused",
            "\(enrolledCount) patients enrolled, \(knownCount) known before",
        ]
        for (code, count) in refusals.sorted(by: { $0.key < $1.key }) { lines.append("refused \(count): \(code)") }
        return lines
    }

    /// The same for programs.
    var json: JSONValue {
        [
            "files": .number(String(fileCount)), "resources": .number(String(resourceCount)),
            "written": .number(String(writtenCount)), "unchanged": .number(String(unchangedCount)),
            "refused": .object(
                refusals.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .number(String($0.value))) }),
            "patients_enrolled": .number(String(enrolledCount)), "patients_known": .number(String(knownCount)),
        ]
    }
}
