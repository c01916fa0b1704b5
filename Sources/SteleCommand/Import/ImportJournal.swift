// SteleCommand · how far an import is, for the next call to go on from.
internal import Cryptography
internal import Foundation
internal import JSON
internal import Primitives
internal import Storage
internal import Synchronization

/// A file with a line for each part that the node has taken whole, by the digest of what was sent to which network.
///
/// It saves sending again, and nothing rests on it: what it lacks is sent once more, and the node leaves out what it
/// has. It is removed when an import comes to its end. It holds digests, counts and codes.
final class ImportJournal: Sendable {
    private static let byteCountMax = 256 << 20

    /// Where it is.
    let path: String
    private let network: Digest
    private let done: Mutex<[Digest: ImportTally]>  // Read at the start, then added to.

    /// The journal at `path`, of an import into the network with this digest.
    init(_ path: String, network: Digest) throws(SteleError) {
        self.path = path
        self.network = network
        var found: [Digest: ImportTally] = [:]
        if let bytes = try AtomicFile(path).read() {
            // A line that was cut off by a crash is no line.
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let root = try? JSONDocument(parsing: Array(line)).root,
                    let digest = root["part"]?.string.flatMap({ Digest(hex: $0) })
                else { continue }
                found[digest] = ImportTally(journal: root)
            }
        }
        done = Mutex(found)
    }

    /// How many parts it knows.
    var partCount: Int { done.withLock { $0.count } }

    /// What came of the part `body` when it was sent, if it was.
    func tally(of body: [UInt8]) -> ImportTally? { done.withLock { $0[key(of: body)] } }

    /// Notes that the node has taken `body`.
    func note(_ body: [UInt8], _ tally: ImportTally) throws(SteleError) {
        let key = key(of: body)
        let line: JSONValue = .object([.init("part", .string(key.hex))] + tally.journalMembers)
        try done.withLock { (done) throws(SteleError) in
            done[key] = tally
            do {
                if !FileManager.default.fileExists(atPath: path) { try AtomicFile(path).write([]) }
                let file = try FileHandle(forWritingTo: URL(filePath: path))
                defer { try? file.close() }
                _ = try file.seekToEnd()
                try file.write(contentsOf: Data(line.serialized() + [UInt8(ascii: "\n")]))
            } catch {
                throw SteleError(
                    .storageIO, "the import's journal cannot be written", hint: "check the disk, or give --journal")
            }
        }
    }

    /// Removes it: the import is at its end.
    func remove() throws(SteleError) { try AtomicFile(path).remove() }

    private func key(of body: [UInt8]) -> Digest { SHA256.hash(tag: "stele/v1/import-part", network.bytes + body) }
}
