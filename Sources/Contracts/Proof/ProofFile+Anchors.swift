// Contracts · the record versions whose anchors a proof file shows.
public import Ledger
public import Primitives

/// A version as the ledger has it, with the subject whose it is.
public struct AnchoredVersion: Hashable, Sendable {
    /// What was anchored.
    public let version: RecordVersion
    /// Whose record it is.
    public let subject: SubjectID
}

extension ProofFile {
    /// Every version that an applied `records.anchor` in the file anchors, by record. It says nothing about whether the
    /// file holds: that is ``ProofVerifier``'s to say.
    public var anchoredVersions: [Bytes32: AnchoredVersion] {
        var found: [Bytes32: AnchoredVersion] = [:]
        for entry in entries where entry.leaf.status == 0 && entry.body.call == RecordsAnchor.declaration.name {
            guard let call = try? RecordsAnchor(decoding: entry.body.encoded, in: entry.body.argumentRange) else {
                continue
            }
            for version in call.versions {
                found[version.record] = AnchoredVersion(version: version, subject: call.subject)
            }
        }
        return found
    }
}
