// SteleCommand · every file of a data directory or a backup, with its hash, signed by the node.
internal import Cryptography
internal import Ledger
public import Primitives
internal import Storage

extension ErrorCode {
    /// A file that is not as it was when the list of files was written.
    public static let filesDamaged = ErrorCode("files.damaged")
    /// A list of files that cannot be read, or that another node signed.
    public static let filesListRejected = ErrorCode("files.list_rejected")
}

/// The list of files of a folder, in two files of its own:
/// ```
/// FILES      <64 hexadecimal digits> <bytes> <path>          a line for each file, by path
/// FILES.sig  C2SP note of the node's key over: stele files 1 / <hash of FILES> / further lines
/// ```
/// Stores check what they read. This finds what they do not read: options, padding, filters, certificates, comments. It
/// is written when a node has stopped in order, and into each backup. Source: `docs/spec/backup.md` §1.
struct FileList {
    /// One file.
    struct Line: Hashable {
        let path: String
        let byteCount: Int
        let hash: Digest
    }

    static let name = "FILES"
    static let signatureName = "FILES.sig"
    /// Where a list is kept while the node runs, for the hashes of files that never change.
    static let formerName = "FILES.former"
    private static let heading = "stele files 1"
    private static let unlisted: Set<String> = [name, signatureName, formerName, DirectoryLock.name]

    /// The files, by path.
    let lines: [Line]
    /// What else is signed with the list: lines of `<word> <text>`.
    let facts: [String]

    init(lines: [Line], facts: [String]) {
        self.lines = lines.sorted { $0.path < $1.path }
        self.facts = facts
    }

    /// The fact that begins with `word`.
    func fact(_ word: String) -> String? {
        facts.first { $0.hasPrefix(word + " ") }.map { String($0.dropFirst(word.utf8.count + 1)) }
    }

    // MARK: - Making

    /// The files of `folder` as they are. Those of sorted files and blobs, which never change under their names, are
    /// not read again if `former` has them with the same size.
    static func make(_ folder: String, facts: [String] = [], reusing former: FileList? = nil) throws(SteleError)
        -> FileList
    {
        var known: [String: Line] = [:]
        for line in former?.lines ?? [] where line.path.hasSuffix(".sst") || line.path.hasSuffix(".blob") {
            known[line.path] = line
        }
        var lines: [Line] = []
        for path in try FolderCopy.files(in: folder) where isListed(path) {
            let byteCount = try FolderCopy.byteCount(of: "\(folder)/\(path)")
            if let line = known[path], line.byteCount == byteCount {
                lines.append(line)
            } else {
                lines.append(Line(path: path, byteCount: byteCount, hash: try hash("\(folder)/\(path)")))
            }
        }
        return FileList(lines: lines, facts: facts)
    }

    private static func isListed(_ path: String) -> Bool {
        !unlisted.contains(path) && !path.hasPrefix("tmp/") && !path.hasSuffix("/" + DirectoryLock.name)
    }

    /// Writes the list into `folder`; durable when this returns.
    func write(in folder: String, origin: String, key: SigningKey) throws(SteleError) {
        let text = Array(lines.map { "\($0.hash.hex) \($0.byteCount) \($0.path)\n" }.joined().utf8)
        let signed = ([Self.heading, SHA256.hash(text).hex] + facts).joined(separator: "\n") + "\n"
        try AtomicFile("\(folder)/\(Self.name)").write(text)
        try AtomicFile("\(folder)/\(Self.signatureName)").write(
            NoteSigner(name: origin, key: key).sign(Array(signed.utf8)).encoded)
    }

    /// Takes the list of `folder` away, because its files change from now on; keeps it for ``make(_:facts:reusing:)``.
    static func setAside(in folder: String) throws(SteleError) {
        guard try AtomicFile("\(folder)/\(name)").read() != nil else { return }
        try AtomicFile("\(folder)/\(signatureName)").remove()
        try AtomicFile("\(folder)/\(name)").rename(to: "\(folder)/\(formerName)")
    }

    /// Makes the list of a stopped node's directory anew, if it has one or had one: whoever opened its stores changed
    /// it.
    static func refresh(_ setup: NodeSetup) throws(SteleError) {
        let folder = setup.directory.path
        var former = try read(folder)
        if former == nil { former = try read(folder, name: formerName) }
        guard let former else { return }
        try make(folder, reusing: former).write(in: folder, origin: setup.genesis.origin, key: setup.keys.node)
        try AtomicFile("\(folder)/\(formerName)").remove()
    }

    // MARK: - Reading

    /// The list in the file `name` of `folder`, whoever signed it; nil if there is none.
    /// - Throws: `files.list_rejected`.
    static func read(_ folder: String, name: String = name) throws(SteleError) -> FileList? {
        guard let bytes = try AtomicFile("\(folder)/\(name)").read() else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw rejected("is no text") }
        var lines: [Line] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let hash = Digest(hex: String(words[0])), let byteCount = Int(words[1]) else {
                throw rejected("has a line that is none")
            }
            lines.append(Line(path: String(words[2]), byteCount: byteCount, hash: hash))
        }
        return FileList(lines: lines, facts: [])
    }

    /// The list of `folder`, which the node of the network that `genesis` began signed with a key it has had.
    /// - Throws: `files.list_rejected`, also when there is none.
    static func load(_ folder: String, _ genesis: Genesis) throws(SteleError) -> FileList {
        guard let list = try read(folder), let bytes = try AtomicFile("\(folder)/\(name)").read(),
            let signature = try AtomicFile("\(folder)/\(signatureName)").read()
        else { throw rejected("is missing") }
        let trusted = try NodeLineage(folder + "/keys", genesis).keys.map {
            NoteVerifierKey(name: genesis.origin, publicKey: $0)
        }
        guard let note = try? SignedNote(parsing: signature), let signers = try? note.verifiedKeys(among: trusted),
            !signers.isEmpty
        else { throw rejected("was not signed by this node") }
        let words = String(decoding: note.text, as: UTF8.self).split(separator: "\n").map(String.init)
        guard words.count >= 2, words[0] == heading, words[1] == SHA256.hash(bytes).hex else {
            throw rejected("is not the one that was signed")
        }
        return FileList(lines: list.lines, facts: Array(words.dropFirst(2)))
    }

    private static func rejected(_ what: String) -> SteleError {
        SteleError(
            .filesListRejected, "the list of files (FILES, signed in FILES.sig) \(what)",
            hint: "use a backup that this node made whole; a data directory has a list when its node stopped in order")
    }

    // MARK: - Checking

    /// Reads every file of `folder` again.
    /// - Parameter progress: Called with the bytes read and all bytes.
    /// - Throws: `files.damaged`, naming every file that is missing, new, or not as listed.
    func check(_ folder: String, progress: (Int, Int) -> Void = { _, _ in }) throws(SteleError) {
        let total = lines.reduce(0) { $0 + $1.byteCount }
        var (done, damaged): (Int, [String]) = (0, [])
        var rest = Set(try FolderCopy.files(in: folder).filter(Self.isListed))
        for line in lines {
            if rest.remove(line.path) == nil {
                damaged.append(line.path)
            } else if try Self.line(line.path, in: folder) != line {
                damaged.append(line.path)
            }
            done += line.byteCount
            progress(done, total)
        }
        damaged += rest.sorted()
        guard damaged.isEmpty else {
            let named = damaged.prefix(8).joined(separator: ", ")
            throw SteleError(
                .filesDamaged,
                "files are not as they were when the list was written: \(named)"
                    + (damaged.count > 8 ? " and \(damaged.count - 8) more" : ""),
                hint: "keep this directory as it is; restore a backup, or the files named if they are no store's")
        }
    }

    /// The file at `path` as it is.
    private static func line(_ path: String, in folder: String) throws(SteleError) -> Line {
        let whole = "\(folder)/\(path)"
        return Line(path: path, byteCount: try FolderCopy.byteCount(of: whole), hash: try hash(whole))
    }

    private static func hash(_ path: String) throws(SteleError) -> Digest {
        var stream = SHA256Stream()
        var offset = 0
        while case let piece = try FolderCopy.piece(of: path, from: offset), !piece.isEmpty {
            stream.update(piece)
            offset += piece.count
        }
        return stream.finish()
    }
}
