// Vault · reading records: opened, and compared with what the ledger says.
internal import Cryptography
public import Primitives
internal import Storage

extension Vault {
    /// The content of a record, byte for byte as it was staged.
    ///
    /// Every chunk is authenticated, and the whole is compared with the anchor. Nobody is asked whether it may be read:
    /// that is decided and recorded before.
    ///
    /// - Throws: ``SteleError`` with code `vault.damaged` when anything about the record is not as it was written.
    public func open(_ entry: CompartmentEntry, of subject: SubjectID) throws(SteleError) -> [UInt8] {
        let content = try open(entry, of: subject, in: 0..<entry.byteCount)
        guard HMACSHA256.code(of: SHA256.hash(content), salt: entry.salt) == entry.anchor else {
            throw .damaged("record", cause: "the content is not what was anchored")
        }
        return content
    }

    /// Part of a record's content. Only the chunks of 64 KiB that hold it are read and authenticated; the anchor, which
    /// is over the whole, is not checked.
    ///
    /// - Throws: ``SteleError`` with code `vault.range` or `vault.damaged`.
    public func openRange(
        _ range: Range<Int>, of entry: CompartmentEntry, of subject: SubjectID
    ) throws(SteleError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= entry.byteCount else {
            throw SteleError(
                .vaultRange, "the range ends past the record's \(entry.byteCount) bytes",
                hint: "ask for a range inside the record")
        }
        return try open(entry, of: subject, in: range)
    }

    /// What opens a record's anchor to whoever may see the record: the salt and the content.
    public func opening(
        of entry: CompartmentEntry, of subject: SubjectID
    ) throws(SteleError) -> (salt: Bytes32, content: [UInt8]) {
        (entry.salt, try open(entry, of: subject))
    }

    private func open(
        _ entry: CompartmentEntry, of subject: SubjectID, in range: Range<Int>
    ) throws(SteleError) -> [UInt8] {
        let open = try openSubject(subject)
        return try reading("record") { () throws(SteleError) in
            let keys = try open.categoryKeys(entry.category, in: keyStore)
            guard let key = keys.first(where: { $0.version == entry.keyVersion }),
                let bytes = try store.get(open.keys.recordRow(entry.recordID), in: Self.recordFamily)
            else { throw .damaged("record") }
            let row = try RecordRow(bytes, entry.binding(in: subject), under: key)
            guard row.byteCount == entry.byteCount else { throw .damaged("record") }
            return try row.open(range, blob: open.keys.blob(entry.recordID), in: blobs)
        }
    }
}
