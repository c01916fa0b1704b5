// CrashWorker · what was acknowledged, one line each, on standard output: the parent keeps it, the dead process cannot.
import Cryptography
import Glibc
import Ledger
import Node
import Primitives
import Storage

/// One acknowledged thing. Written only after the call that acknowledges it has returned.
enum JournalLine: Equatable {
    /// Patient `number` is a subject.
    case enrolled(number: Int, subject: SubjectID)
    /// A transaction with its receipt.
    case transaction(TransactionID, height: UInt64, logIndex: UInt64, status: UInt8, time: UInt64, result: Digest)
    /// A record version, by the hash of its bytes.
    case record(subject: SubjectID, resource: String, version: UInt32, record: Bytes32, TransactionID, content: Digest)
    /// A grant that is in force, until a line says otherwise.
    case granted(subject: SubjectID, grant: Digest)
    case revoked(subject: SubjectID, grant: Digest)
    /// A release of so many records under an access event.
    case released(subject: SubjectID, event: TransactionID, count: Int)
    /// A signed checkpoint.
    case head(height: UInt64, header: Digest, note: Digest)

    init(_ receipt: Receipt) {
        self = .transaction(
            receipt.transactionID, height: receipt.height, logIndex: receipt.logIndex, status: receipt.status,
            time: receipt.time.milliseconds, result: SHA256.hash(receipt.result))
    }

    init(_ head: Head) {
        self = .head(height: head.header.height, header: head.header.hash, note: SHA256.hash(head.note))
    }

    var text: String {
        switch self {
        case .enrolled(let number, let subject): "enrolled \(number) \(subject)"
        case .transaction(let id, let height, let index, let status, let time, let result):
            "transaction \(id) \(height) \(index) \(status) \(time) \(result)"
        case .record(let subject, let resource, let version, let record, let transaction, let content):
            "record \(subject) \(resource) \(version) \(record) \(transaction) \(content)"
        case .granted(let subject, let grant): "granted \(subject) \(grant)"
        case .revoked(let subject, let grant): "revoked \(subject) \(grant)"
        case .released(let subject, let event, let count): "released \(subject) \(event) \(count)"
        case .head(let height, let header, let note): "head \(height) \(header) \(note)"
        }
    }

    init?(_ text: Substring) {
        let words = text.split(separator: " ").map { String($0) }
        func digest(_ index: Int) -> Bytes32? { index < words.count ? Bytes32(hex: words[index]) : nil }
        switch (words.first, words.count) {
        case ("enrolled", 3):
            guard let number = Int(words[1]), let subject = digest(2) else { return nil }
            self = .enrolled(number: number, subject: subject)
        case ("transaction", 7):
            guard let id = digest(1), let height = UInt64(words[2]), let index = UInt64(words[3]),
                let status = UInt8(words[4]), let time = UInt64(words[5]), let result = digest(6)
            else { return nil }
            self = .transaction(id, height: height, logIndex: index, status: status, time: time, result: result)
        case ("record", 7):
            guard let subject = digest(1), let version = UInt32(words[3]), let record = digest(4),
                let transaction = digest(5), let content = digest(6)
            else { return nil }
            self = .record(
                subject: subject, resource: words[2], version: version, record: record, transaction, content: content)
        case ("granted", 3):
            guard let subject = digest(1), let grant = digest(2) else { return nil }
            self = .granted(subject: subject, grant: grant)
        case ("revoked", 3):
            guard let subject = digest(1), let grant = digest(2) else { return nil }
            self = .revoked(subject: subject, grant: grant)
        case ("released", 4):
            guard let subject = digest(1), let event = digest(2), let count = Int(words[3]) else { return nil }
            self = .released(subject: subject, event: event, count: count)
        case ("head", 4):
            guard let height = UInt64(words[1]), let header = digest(2), let note = digest(3) else { return nil }
            self = .head(height: height, header: header, note: note)
        default: return nil
        }
    }
}

/// Standard output and the journal that the parent made of it.
enum Journal {
    /// Writes one line with one system call: whatever kills the process, the line is there as a whole or not at all.
    static func write(_ line: JournalLine) { print(line.text) }

    static func print(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        let count = unsafe Glibc.write(1, bytes, bytes.count)
        // The parent has gone: nobody would learn of anything acknowledged from here on.
        if count != bytes.count { _exit(4) }
    }

    /// Every whole line of the file at `path` that stands for something acknowledged.
    static func read(_ path: String) throws -> [JournalLine] {
        let text = String(decoding: try AtomicFile(path).read() ?? [], as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: true).compactMap { JournalLine($0) }
    }
}
