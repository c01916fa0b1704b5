// Vault · what tells who somebody is, for a node that keeps it off the ledger.
internal import Cryptography
public import Primitives
internal import Storage
internal import Synchronization

/// Who is told. In a structure of its own: a bare closure is wrapped once more each time it is looked at in a generic
/// place such as `Mutex`, and calling it takes longer and longer.
struct IdentifyingListener: Sendable {
    /// Takes texts.
    let notice: @Sendable ([String]) -> Void
}

extension VaultDirectory {
    /// Calls `listener` with the texts that identify each subject and actor known now, and from then on with those of
    /// whoever is registered or written, before anything of theirs is stored: from any thread, and it must not wait.
    ///
    /// Texts stay known when a later version has others: the old number of a patient is still theirs.
    /// - Complexity: opens every subject, actor and Patient's texts once.
    public func watchIdentifying(_ listener: @escaping @Sendable ([String]) -> Void) throws(SteleError) {
        identifyingListener.withLock { $0 = IdentifyingListener(notice: listener) }
        try forEachSubject { listener($0.identifyingTexts) }
        for actor in try actors() { listener(actor.identifyingTexts) }
        try forEachRow(prefix: [Tag.identifying.rawValue]) { (plain) throws(SteleError) in
            listener(try Self.decodeTexts(plain))
            return true
        }
    }

    /// Tells the listener of `texts`.
    func noteIdentifying(_ texts: [String]) { identifyingListener.withLock { $0 }?.notice(texts) }

    /// The row that keeps `texts` of `subject`. Equal texts make one row; others stand beside it.
    func identifyingRow(_ texts: [String], _ subject: SubjectID) -> (key: [UInt8], value: [UInt8]) {
        var writer = CBORWriter()
        writer.write(arrayCount: texts.count)
        for text in texts { writer.write(text: text) }
        let key =
            row(.identifying, subject.bytes) + row(.identifying, SHA256.hash(writer.bytes).bytes).dropFirst()
        return (key, rows.seal(writer.bytes, for: key))
    }

    private static func decodeTexts(_ plain: [UInt8]) throws(SteleError) -> [String] {
        do throws(CBORError) {
            var reader = CBORReader(plain)
            var texts: [String] = []
            for _ in 0..<(try reader.readArrayCount()) { texts.append(try reader.readText()) }
            try reader.finish()
            return texts
        } catch {
            throw .damaged("directory entry")
        }
    }
}

extension RegisteredSubject {
    /// The logical id and the name.
    var identifyingTexts: [String] { [patient, displayName] }
}

extension RegisteredActor {
    /// Of a person the id and the name; a device's or a system's are nobody's.
    var identifyingTexts: [String] { kind == .person ? [id, displayName] : [] }
}
