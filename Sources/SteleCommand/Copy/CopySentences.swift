// SteleCommand · what a check of a copy came to, in sentences and for programs.
internal import JSON
internal import Primitives

/// The verdict on a copy that holds.
struct CopySentences {
    private let verdict: CopyVerdict

    init(_ verdict: CopyVerdict) { self.verdict = verdict }

    /// What holds, and what was not checked.
    var lines: [String] {
        var lines = [
            "\(verdict.versionCount) record versions are, byte for byte, those anchored for this patient",
            "\(verdict.eventCount) access events are all there are up to the copy",
            "\(verdict.grantCount) consents were given as the copy says",
        ]
        if let time = verdict.time { lines.append("newest checkpoint: block \(verdict.height), \(time)") }
        if verdict.isRewritable {
            lines.append("single signer: rewritable (one key signs this ledger, so its holder could rewrite it unseen)")
        }
        if let witnesses = verdict.witnesses, !witnesses.isEmpty {
            lines.append("every proof witnessed by \(witnesses.sorted().joined(separator: ", "))")
        }
        if verdict.originCount > 0 {
            lines.append("\(verdict.originCount) proofs of origin hold: those versions were on another ledger before")
        }
        for (ledger, count) in verdict.uncheckedOrigins.sorted(by: { $0.key < $1.key }) {
            lines.append("NOT CHECKED: \(count) proofs of origin on \(ledger); give its keys with another --trust")
        }
        return lines
    }

    /// The same for programs.
    var json: JSONValue {
        [
            "holds": true, "versions": .number(String(verdict.versionCount)),
            "events": .number(String(verdict.eventCount)), "consents": .number(String(verdict.grantCount)),
            "origins": .number(String(verdict.originCount)),
            "origins_not_checked": .number(String(verdict.uncheckedOrigins.values.reduce(0, +))),
            "height": .number(String(verdict.height)), "single_signer": .bool(verdict.isSingleSigner),
            "rewritable": .bool(verdict.isRewritable),
            "witnesses": .array((verdict.witnesses ?? []).sorted().map { .string($0) }),
        ]
    }
}
