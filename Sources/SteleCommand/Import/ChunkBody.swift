// SteleCommand · one part of an import as it goes to the node.
internal import Cryptography
internal import FHIR
public import Primitives
internal import Storage

/// The resources of a chunk, read again from their files and with their references resolved, as one bundle.
///
/// A bundle and not NDJSON: a resource that stands on several lines keeps every byte of its white space, and what is
/// anchored is what the source wrote. With deletions among them it is a history, the newest first.
struct ChunkBody: Sendable {
    /// The body of the request.
    private(set) var bytes: [UInt8] = []
    /// What is in it, in order.
    private(set) var resources: [ScannedResource] = []
    /// How many references stay as they are, by reason.
    private(set) var unresolved: [ReferenceTable.Reason: Int] = [:]
    /// What cannot be sent after all: its file has changed since it was scanned.
    private(set) var failures: [ImportFailure] = []

    /// Reads `chunk` from `files`.
    init(_ chunk: ImportChunk, _ files: [ScannedFile], _ table: ReferenceTable) {
        bytes.reserveCapacity(chunk.byteCount + 32 * chunk.resources.count + 64)
        let isHistory = chunk.resources.contains { $0.isDeletion }
        let sent = isHistory ? chunk.resources.reversed() : chunk.resources
        bytes += #"{"resourceType":"Bundle","type":"\#(isHistory ? "history" : "collection")","entry":["#.utf8
        var index = sent.startIndex
        while index < sent.endIndex {
            // One opening for neighbours of one file.
            let number = sent[index].file
            let end = sent[index...].firstIndex { $0.file != number } ?? sent.endIndex
            add(sent[index..<end], files[Int(number)].path, table)
            index = end
        }
        bytes += "]}".utf8
    }

    private mutating func add(_ sources: ArraySlice<ScannedResource>, _ path: String, _ table: ReferenceTable) {
        do throws(SteleError) {
            let reader = try PartReader(path)
            for source in sources {
                do throws(SteleError) {
                    let text =
                        source.isDeletion
                        ? Array(#"{"method":"DELETE","url":"\#(source.name)"}"#.utf8)
                        : try text(of: source, try reader.read(source.range), table)
                    if !resources.isEmpty { bytes.append(UInt8(ascii: ",")) }
                    bytes += (source.isDeletion ? #"{"request":"# : #"{"resource":"#).utf8
                    bytes += text
                    bytes.append(UInt8(ascii: "}"))
                    resources.append(source)
                } catch {
                    fail(source, path, error)
                }
            }
        } catch {
            for source in sources { fail(source, path, error) }
        }
    }

    private mutating func fail(_ source: ScannedResource, _ path: String, _ error: SteleError) {
        failures.append(
            ImportFailure(path: path, offset: source.range.lowerBound, resource: source.name, code: error.code.name))
    }

    private mutating func text(
        of source: ScannedResource, _ text: [UInt8], _ table: ReferenceTable
    ) throws(SteleError) -> [UInt8] {
        guard SHA256.hash(text) == source.digest else {
            throw SteleError(
                .fileChanged, "a file was changed while it was imported",
                hint: "leave the files alone and run the import again")
        }
        var resource = try Resource(parsing: text)
        if let id = source.givenID { resource = try resource.settingIdentity(id: id) }
        var unresolved: [ReferenceTable.Reason] = []
        let replaced = try resource.textReplacingLinks { (link) throws(SteleError) in
            switch table.answer(link.reference, in: source) {
            case .name(let name)?: return link.reference.relative == name && !link.reference.isAbsolute ? nil : name
            case .unresolved(let reason)?:
                if link.isReference { unresolved.append(reason) }
                return nil
            case nil: return nil
            }
        }
        for reason in unresolved { self.unresolved[reason, default: 0] += 1 }
        return replaced ?? resource.bytes
    }
}

extension Reference {
    /// Whether it is an address with a scheme.
    fileprivate var isAbsolute: Bool { text.contains("://") }
}

extension ErrorCode {
    /// A file that is not what it was a moment ago.
    public static let fileChanged = ErrorCode("file.changed")
}
