// SteleCommand · a copy as a folder: written so that half of one never looks whole, and read back.
internal import Cryptography
internal import Foundation
public import Primitives
internal import Storage

extension ErrorCode {
    /// A place for a copy where something is already.
    public static let copyExists = ErrorCode("copy.exists")
    /// A copy in which something is not what it was.
    public static let copyFalse = ErrorCode("copy.false")
    /// What may be exported changed while the copy was made.
    public static let copyChanged = ErrorCode("copy.changed")
}

/// A copy that is being written: in a folder beside its place, which gets its name once it is whole.
///
/// Files have mode 0600 and folders 0700. The manifest is written last, so what an interrupt leaves has none.
final class CopyWriter {
    /// The folder in which it is made.
    let staging: String
    /// The hash of each file so far.
    private(set) var files: [String: Digest] = [:]
    private let place: String
    private let calls = LinuxSystemCalls()

    /// A copy to stand at `place`.
    /// - Throws: `copy.exists` unless there is nothing, or an empty folder.
    init(_ place: String) throws(SteleError) {
        var place = place
        while place.count > 1, place.hasSuffix("/") { place.removeLast() }
        self.place = place
        staging = place + ".partial-" + Hex.encode(SystemRandom().bytes(4))
        try Self.requireFree(place)
        try Directory.create(staging)
    }

    private static func requireFree(_ place: String) throws(SteleError) {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return }
        let names = isFolder.boolValue ? try? FileManager.default.contentsOfDirectory(atPath: place) : nil
        guard let names, names.isEmpty else {
            throw SteleError(
                .copyExists, "there is something at the place of the copy already",
                hint: "give another folder with --out, or move away what is there; nothing was changed")
        }
    }

    /// Writes a file and notes its hash.
    /// - Precondition: `path` is one of ``CopyLayout``.
    func write(_ bytes: [UInt8], to path: String) throws(SteleError) {
        precondition(CopyLayout.isPath(path) && files[path] == nil)
        let parts = path.split(separator: "/")
        if parts.count > 1 { try Directory.create(staging + "/" + parts.dropLast().joined(separator: "/")) }
        do {
            let file = try calls.open(staging + "/" + path, .createNew)
            defer { calls.close(file) }
            var written = 0
            while written < bytes.count { written += try calls.write(file, bytes[written...], at: written) }
        } catch {
            throw SteleError(
                error.number == ENOSPC ? .storageFull : .storageIO, "a file of the copy cannot be written",
                hint: "make room or give another folder, then export again", cause: "\(error)")
        }
        files[path] = SHA256.hash(bytes)
    }

    /// Writes the manifest and its signature, makes everything durable, and gives the copy its place.
    func finish(_ manifest: [UInt8], signature: [UInt8]) throws(SteleError) {
        // One call for thousands of files; the manifest comes after it, so a manifest means that all is there.
        sync()
        try AtomicFile(staging + "/" + CopyLayout.manifest).write(manifest)
        try AtomicFile(staging + "/" + CopyLayout.signature).write(Array((Hex.encode(signature) + "\n").utf8))
    }

    /// Gives the copy its place.
    func publish() throws(SteleError) {
        try Self.requireFree(place)
        do {
            try calls.rename(staging, to: place)
        } catch {
            throw SteleError(
                .copyExists, "the copy cannot be given its name",
                hint: "rename the folder \(staging) yourself; it is whole", cause: "\(error)")
        }
        sync()
    }

    /// Removes what there is of it.
    func discard() { try? FileManager.default.removeItem(atPath: staging) }
}

/// A copy that is there.
struct CopyFolder: Sendable {
    /// Largest file, in bytes: a record and its proof.
    static let fileByteCountMax = 64 << 20
    /// Most files.
    static let fileCountMax = 1_000_000

    let path: String

    /// The copy at `path`, as far as can be told from outside; nil if there is a file or nothing.
    init?(_ path: String) {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return nil
        }
        self.path = path
    }

    /// Whether it has a manifest.
    var hasManifest: Bool { FileManager.default.fileExists(atPath: path + "/" + CopyLayout.manifest) }

    /// The manifest with its bytes.
    func manifest() throws(SteleError) -> (manifest: CopyManifest, bytes: [UInt8]) {
        guard hasManifest else { throw CopyManifest.malformed("there is no manifest in the folder") }
        let bytes = try InputFile(path + "/" + CopyLayout.manifest)
            .read("manifest of a copy", byteCountMax: CopyManifest.byteCountMax)
        return (try CopyManifest(decoding: bytes), bytes)
    }

    /// The file at `name`, a path inside the copy.
    func read(_ name: String) throws(SteleError) -> [UInt8] {
        try InputFile(path + "/" + name).read("file of a copy", byteCountMax: Self.fileByteCountMax)
    }

    /// Everything in the folder that is no folder, by path.
    func names() throws(SteleError) -> [String] {
        var names: [String] = []
        guard let all = FileManager.default.enumerator(atPath: path) else {
            throw CopyManifest.malformed("the folder cannot be read")
        }
        while let name = all.nextObject() as? String {
            if all.fileAttributes?[.type] as? FileAttributeType == .typeDirectory { continue }
            names.append(name)
            guard names.count <= Self.fileCountMax else { throw CopyManifest.malformed("it has too many files") }
        }
        return names
    }
}
