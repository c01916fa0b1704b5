// SteleCommand · the list of what did not come in.
internal import JSON
internal import Primitives
internal import Storage

/// A file with one line of JSON for each resource or file that was refused: which file, where in it, type and id, the
/// code. Nothing of the content.
enum ImportFailures {
    /// Replaces the list at `path`; without failures there is none.
    static func write(_ failures: [ImportFailure], to path: String) throws(SteleError) {
        guard !failures.isEmpty else { return try AtomicFile(path).remove() }
        var bytes: [UInt8] = []
        for failure in failures.sorted(by: { ($0.path, $0.offset ?? -1) < ($1.path, $1.offset ?? -1) }) {
            var members: [JSONValue.Member] = [.init("file", .string(failure.path))]
            if let offset = failure.offset { members.append(.init("byte", .number(String(offset)))) }
            if let resource = failure.resource { members.append(.init("resource", .string(resource))) }
            members.append(.init("code", .string(failure.code)))
            bytes += JSONValue.object(members).serialized()
            bytes.append(UInt8(ascii: "\n"))
        }
        try AtomicFile(path).write(bytes)
    }
}
