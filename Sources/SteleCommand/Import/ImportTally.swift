// SteleCommand · what came in and what did not.
internal import JSON
internal import Primitives

/// Counts of an import. Holds no identifier and no content.
struct ImportTally: Hashable, Sendable {
    /// Files read.
    var fileCount = 0
    /// Patients enrolled by this import, and those who were subjects before.
    var enrolledCount = 0
    var knownCount = 0
    /// Resources written for the first time here, and further versions of those that were there, deletions too.
    var createdCount = 0
    var newVersionCount = 0
    /// Resources that the node had already with the same bytes, or not at all where they were to be deleted, and equal
    /// repeats in the files, sent once.
    var unchangedCount = 0
    var repeatCount = 0
    /// Resources and whole files refused, by the code of the refusal.
    var refusals: [String: Int] = [:]
    /// References that stay as they are, by reason.
    var unresolved: [ReferenceTable.Reason: Int] = [:]

    /// How many were written.
    var writtenCount: Int { createdCount + newVersionCount }
    /// How many were refused.
    var refusedCount: Int { refusals.values.reduce(0, +) }
    /// How many resources were answered for.
    var resourceCount: Int { writtenCount + unchangedCount + repeatCount + refusedCount }
    /// How many references stay as they are.
    var unresolvedCount: Int { unresolved.values.reduce(0, +) }

    /// What became of one entry, as a node answers. Source: FHIR R4 §3.1.0.11.2.
    enum Answer: Hashable, Sendable {
        case created, newVersion, unchanged
        case refused(String)

        init(_ entry: JSONNode) {
            let response = entry["response"]
            switch response?["status"]?.string?.prefix(3) {
            case "201":
                let version = response?["etag"]?.string
                self = version == nil || version == #"W/"1""# ? .created : .newVersion
            case "200", "204": self = .unchanged
            default:
                let issue = response?["outcome"]?["issue"]?.elements.first { _ in true }
                let coding = issue?["details"]?["coding"]?.elements.first { _ in true }
                self = .refused(coding?["code"]?.string ?? "unknown")
            }
        }
    }

    /// Adds what became of one resource.
    mutating func add(_ answer: Answer) {
        switch answer {
        case .created: createdCount += 1
        case .newVersion: newVersionCount += 1
        case .unchanged: unchangedCount += 1
        case .refused(let code): refusals[code, default: 0] += 1
        }
    }

    static func += (left: inout ImportTally, right: ImportTally) {
        left.fileCount += right.fileCount
        left.enrolledCount += right.enrolledCount
        left.knownCount += right.knownCount
        left.createdCount += right.createdCount
        left.newVersionCount += right.newVersionCount
        left.unchangedCount += right.unchangedCount
        left.repeatCount += right.repeatCount
        left.refusals.merge(right.refusals, uniquingKeysWith: +)
        left.unresolved.merge(right.unresolved, uniquingKeysWith: +)
    }
}

// MARK: - Saying it
extension ImportTally {
    /// What came in and what did not, in sentences.
    var sentences: [String] {
        var lines = [
            "\(counted(fileCount, "file")), \(counted(resourceCount, "resource")): \(createdCount) new, \(newVersionCount) further versions, "
                + "\(unchangedCount) there already, \(repeatCount) equal repeats, \(refusedCount) refused",
            "\(counted(enrolledCount, "patient")) enrolled, \(knownCount) known before",
        ]
        for (code, count) in refusals.sorted(by: { $0.key < $1.key }) { lines.append("refused \(count): \(code)") }
        if unresolvedCount == 0 {
            lines.append("every reference is resolved")
        } else {
            lines.append("\(unresolvedCount) references stay as they are:")
            for reason in ReferenceTable.Reason.allCases {
                if let count = unresolved[reason] { lines.append("unresolved \(count): \(reason.rawValue)") }
            }
        }
        return lines
    }

    private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// The same for programs.
    var json: JSONValue {
        .object(
            [
                .init("files", .number(String(fileCount))), .init("resources", .number(String(resourceCount))),
                .init("patients_enrolled", .number(String(enrolledCount))),
                .init("patients_known", .number(String(knownCount))),
                .init("repeats", .number(String(repeatCount))),
            ] + journalMembers)
    }

    /// What a journal keeps of one part.
    var journalMembers: [JSONValue.Member] {
        func counts(_ counts: [String: Int]) -> JSONValue {
            .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .number(String($0.value))) })
        }
        return [
            .init("created", .number(String(createdCount))), .init("versions", .number(String(newVersionCount))),
            .init("unchanged", .number(String(unchangedCount))), .init("refused", counts(refusals)),
            .init(
                "unresolved",
                counts(Dictionary(uniqueKeysWithValues: unresolved.map { ("\($0.key)", $0.value) }))),
        ]
    }

    /// What a journal kept of one part.
    init(journal root: JSONNode) {
        func count(_ node: JSONNode?) -> Int { node?.uint.flatMap { Int(exactly: $0) } ?? 0 }
        createdCount = count(root["created"])
        newVersionCount = count(root["versions"])
        unchangedCount = count(root["unchanged"])
        for member in root["refused"].map({ Array($0.members) }) ?? [] { refusals[member.key] = count(member.value) }
        for reason in ReferenceTable.Reason.allCases {
            if let node = root["unresolved"]?["\(reason)"] { unresolved[reason] = count(node) }
        }
    }
}
