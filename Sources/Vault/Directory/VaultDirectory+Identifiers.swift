// Vault · which subjects have a business identifier, so that a patient who is known is found again.
internal import FHIR
public import Primitives
internal import Storage

/// Rows that make the identifiers of a subject's Patient found.
struct IdentifierRows: Sendable {
    fileprivate(set) var rows: [(key: [UInt8], value: [UInt8])] = []

    /// Adds the rows to `batch`.
    func put(into batch: inout WriteBatch) {
        for row in rows { batch.put(row.key, row.value, in: VaultDirectory.family) }
    }
}

extension VaultDirectory {
    /// Most subjects that are looked at for one identifier.
    static let identifiedCountMax = 64

    /// The subjects whose Patient was ever written, or about to be, with the identifier `value`: up to 64.
    ///
    /// A row is written with the version that has the identifier and stays. Whether the newest version still has it is
    /// for the caller to see.
    /// - Parameter system: empty for an identifier without a system, nil for one of any system or of none.
    public func subjects(identifiedBy value: String, system: String?) throws(SteleError) -> [SubjectID] {
        var found: [SubjectID] = []
        try forEachRow(prefix: row(.identifier, Self.name(value, system: system))) { (plain) throws(SteleError) in
            guard let subject = SubjectID(plain) else { throw .damaged("directory entry") }
            found.append(subject)
            return found.count < Self.identifiedCountMax
        }
        return found
    }

    /// The rows for the identifiers of `drafts`, which are of `subject`.
    func identifierRows(of drafts: [RecordDraft], _ subject: SubjectID) -> IdentifierRows {
        var found = IdentifierRows()
        for draft in drafts { add(draft.identifiers, draft.identifyingTexts, of: subject, to: &found) }
        return found
    }

    /// Adds the rows for what a Patient, which is the record of `subject`, is known by.
    func add(
        _ identifiers: [BusinessIdentifier], _ texts: [String], of subject: SubjectID, to found: inout IdentifierRows
    ) {
        if !texts.isEmpty {
            noteIdentifying(texts)
            found.rows.append(identifyingRow(texts, subject))
        }
        for identifier in identifiers {
            for system in [identifier.system ?? "", nil] {
                let name = Self.name(identifier.value, system: system)
                // One row for each subject: writers of two subjects never change the same row.
                let key = row(.identifier, name) + row(.subject, subject.bytes).dropFirst()
                found.rows.append((key, rows.seal(subject.bytes, for: key)))
            }
        }
    }

    /// `01 ‖ system ‖ 00 ‖ value`, or `00 ‖ value` for any system.
    private static func name(_ value: String, system: String?) -> [UInt8] {
        (system.map { [1] + Array($0.utf8) + [0] } ?? [0]) + Array(value.utf8)
    }
}
