// SteleCommand · the first reading of an import: what is where, in memory that does not grow with the content.
internal import Cryptography
internal import FHIR
internal import JSON
internal import Node
internal import Primitives
internal import Storage

/// Reads files once, piece by piece, and notes for each resource where it stands and what others call it.
///
/// A bundle may be of any size; a resource may be as large as a node takes. About 300 bytes are kept for each resource.
struct ImportScan: Sendable {
    /// Longest text of one resource, in bytes: what a node takes as one body, and some room around it.
    static let resourceByteCountMax = (32 << 20) - 4096
    /// How many files are read at once.
    static let fileCountAtOnceMax = 4
    static let pieceByteCount = 1 << 20

    /// Reads every file of `paths`, in that order. What takes long is said with `say`.
    static func files(_ paths: [String], say: (String) -> Void) async -> [ScannedFile] {
        var doneCount = 0
        var last = ContinuousClock.now
        var files: [ScannedFile?] = Array(repeating: nil, count: paths.count)
        await withTaskGroup(of: (Int, ScannedFile).self) { group in
            var waiting = paths.indices
            func addNext() {
                guard let index = waiting.popFirst() else { return }
                group.addTask { (index, FileScan(paths[index], number: Int32(index)).run()) }
            }
            for _ in 0..<fileCountAtOnceMax { addNext() }
            for await (index, file) in group {
                files[index] = file
                doneCount += 1
                if ContinuousClock.now - last >= ImportProgress.interval, doneCount < paths.count {
                    say("\(doneCount) of \(paths.count) files are read")
                    last = .now
                }
                addNext()
            }
        }
        return files.compactMap { $0 }
    }
}

/// The scan of one file.
private struct FileScan {
    let path: String
    let number: Int32
    private var found: ScannedFile

    init(_ path: String, number: Int32) {
        self.path = path
        self.number = number
        found = ScannedFile(path: path)
    }

    consuming func run() -> ScannedFile {
        do throws(SteleError) {
            let reader = try PartReader(path)
            found.byteCount = reader.byteCount
            if ImportPaths.isLines(path) { try scanLines(reader) } else { try scanText(reader) }
        } catch {
            // Of a file that is not whole nothing is sent: what is missing cannot be told.
            found.resources = []
            found.patients = []
            found.identifiers = []
            found.failures = [ImportFailure(path: path, offset: nil, resource: nil, code: error.code.name)]
        }
        return found
    }

    // MARK: - Bundles and single resources

    private mutating func scanText(_ reader: borrowing PartReader) throws(SteleError) {
        var splitter = BundleSplitter()
        var position = 0
        while position < reader.byteCount {
            let end = min(position + ImportScan.pieceByteCount, reader.byteCount)
            let piece = try reader.read(position..<end)
            guard !piece.isEmpty else { break }
            for range in try splitter.read(piece) {
                // Most entries lie inside the piece; the others are read again.
                if range.lowerBound >= position {
                    note(entry: Array(piece[(range.lowerBound - position)..<(range.upperBound - position)]), at: range)
                } else if range.count <= ImportScan.resourceByteCountMax {
                    note(entry: try reader.read(range), at: range)
                } else {
                    fail(range, ErrorCode.fileTooLarge.name)
                }
            }
            position += piece.count
        }
        switch try splitter.finish() {
        case .bundle(.history):
            // Source: FHIR R4 §3.1.0.10: "The history is sorted with oldest versions last."
            found.resources.reverse()
            found.isHistory = true
        case .bundle:
            for entry in found.resources where entry.isDeletion { fail(entry.range, ErrorCode.bundleEntry.name) }
            found.resources.removeAll { $0.isDeletion }
        case .other:
            found.resources = []
            found.patients = []
            found.identifiers = []
            found.failures = []
            let range = 0..<reader.byteCount
            guard range.count <= ImportScan.resourceByteCountMax else {
                return fail(range, ErrorCode.fileTooLarge.name)
            }
            note(resource: try reader.read(range), at: range)
        }
    }

    private mutating func note(entry bytes: [UInt8], at range: Range<Int>) {
        do {
            let entry = try JSONDocument(parsing: bytes).root
            guard let node = entry["resource"] else { return note(deletion: entry, at: range) }
            note(node, at: range.lowerBound, fullURL: entry["fullUrl"]?.string)
        } catch {
            fail(range, error.asSteleError.code.name)
        }
    }

    /// Of which kind the bundle is, is known at its end only.
    private mutating func note(deletion entry: JSONNode, at range: Range<Int>) {
        guard let name = Bundle.deletion(in: entry)?.relative else { return fail(range, ErrorCode.bundleEntry.name) }
        found.resources.append(
            ScannedResource(
                file: number, range: range, name: name, givenID: nil, fullURL: nil, owner: nil,
                digest: SHA256.hash([]), isDeletion: true))
    }

    // MARK: - Lines

    private mutating func scanLines(_ reader: borrowing PartReader) throws(SteleError) {
        var position = 0
        var start = 0
        var carried: [UInt8] = []
        while position < reader.byteCount {
            let piece = try reader.read(position..<min(position + ImportScan.pieceByteCount, reader.byteCount))
            guard !piece.isEmpty else { break }
            var from = 0
            while let end = piece[from...].firstIndex(of: UInt8(ascii: "\n")) {
                note(line: carried + piece[from..<end], at: start)
                carried.removeAll(keepingCapacity: true)
                from = end + 1
                start = position + from
            }
            // One byte more than is allowed is enough to know.
            carried += piece[from...].prefix(ImportScan.resourceByteCountMax + 1 - carried.count)
            position += piece.count
        }
        note(line: carried, at: start)
    }

    private mutating func note(line: [UInt8], at start: Int) {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == 9 }
        guard let first = line.firstIndex(where: { !isSpace($0) }), let last = line.lastIndex(where: { !isSpace($0) })
        else { return }
        let range = (start + first)..<(start + last + 1)
        guard range.count <= ImportScan.resourceByteCountMax else { return fail(range, ErrorCode.fileTooLarge.name) }
        note(resource: Array(line[first...last]), at: range)
    }

    // MARK: - Resources

    private mutating func note(resource bytes: [UInt8], at range: Range<Int>) {
        do {
            note(try JSONDocument(parsing: bytes).root, at: range.lowerBound, fullURL: nil)
        } catch {
            fail(range, error.asSteleError.code.name)
        }
    }

    /// - Parameter offset: where the text that `node` is part of begins in the file.
    private mutating func note(_ node: JSONNode, at offset: Int, fullURL: String?) {
        let range = (offset + node.sourceRange.lowerBound)..<(offset + node.sourceRange.upperBound)
        do throws(SteleError) {
            let resource = try Resource(node)
            let digest = SHA256.hash(node.sourceBytes)
            let id = resource.id ?? ImportedID.id(fullURL: fullURL, digest: digest)
            let name = resource.type.name + "/" + id
            for identifier in resource.identifiers {
                for key in ReferenceTable.identifierKeys(resource.type.name, identifier) {
                    found.identifiers.append((key, name))
                }
            }
            if resource.type == .patient { found.patients.append(ImportPatient(resource, id: id)) }
            found.resources.append(
                ScannedResource(
                    file: number, range: range, name: name, givenID: resource.id == nil ? id : nil,
                    fullURL: fullURL == name ? nil : fullURL,
                    owner: resource.type == .patient ? name : resource.subjectReference?.text,
                    digest: digest))
        } catch {
            // What cannot be read may still say what it is.
            let type = node["resourceType"]?.string.flatMap { ResourceType(name: $0)?.name }
            let id = node["id"]?.string.flatMap { Resource.isID($0) ? $0 : nil }
            fail(range, error.code.name, resource: type.flatMap { type in id.map { "\(type)/\($0)" } ?? type })
        }
    }

    private mutating func fail(_ range: Range<Int>, _ code: String, resource: String? = nil) {
        found.failures.append(ImportFailure(path: path, offset: range.lowerBound, resource: resource, code: code))
    }
}

extension ImportPatient {
    init(_ patient: Resource, id: String) {
        self.id = id
        displayName = patient.officialName ?? "Patient " + id
        birthDate = patient.birthDate.flatMap { DateTime($0) != nil && $0.utf8.count <= 10 ? $0 : nil }
    }
}
