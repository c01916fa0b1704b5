// Vault · where a root key lies when no hardware holds it.
public import Cryptography
public import Primitives
internal import Storage

/// A root key in a text file of mode 0600, outside the data directory and outside its backups:
/// ```
/// stele root key 1
/// epoch <decimal>
/// key <64 lower-case hexadecimal digits>              or, with a security module:
/// sealed <lower-case hexadecimal digits>              what the module alone opens
/// ```
/// Each line ends with one newline; nothing else is accepted. Without a module, whoever can read the file and the data
/// directory can read every record, so the two belong on different devices. With one, each root is sealed under its own
/// key in the module, which is destroyed with the root; a file from before is read, and sealed when it is replaced.
public struct RootKeyFile: Sendable {
    /// Where the file is.
    public let path: String
    /// What the key is sealed with, if anything.
    public let module: SecurityModule?
    let random: any RandomSource
    private static let heading = "stele root key 1"

    /// The file at `path`, which need not exist. What is written into it is sealed with `module`, if there is one.
    public init(_ path: String, module: SecurityModule? = nil, random: any RandomSource = SystemRandom()) {
        self.path = path
        self.module = module
        self.random = random
    }

    /// Whether there is a file.
    public func exists() throws(SteleError) -> Bool { try AtomicFile(path).read() != nil }

    /// Writes a new root key of epoch 1, durable when this returns.
    ///
    /// - Throws: ``SteleError`` with code `keys.root_exists` when there is a file; it is left alone.
    public func create(random: some RandomSource) throws(SteleError) -> RootKey {
        guard try !exists() else {
            throw SteleError(
                .keysRootExists, "there is a root key file already",
                hint: "use it, or give another path; a vault whose root key is overwritten is lost")
        }
        let root = RootKey.random(from: random)
        try write(root)
        return root
    }

    /// Replaces the file; after a crash it has the old key or the new one. Durable when this returns.
    public func write(_ root: RootKey) throws(SteleError) {
        var text = Array("\(Self.heading)\nepoch \(root.epoch)\n".utf8)
        var sealed: [UInt8] = []
        if let module {
            sealed = try module.seal(root.secret, associated: Self.associated(root.epoch), random: random)
            text += "sealed \(Hex.encode(sealed))".utf8
        } else {
            text += "key ".utf8
            root.secret.withSpan { secret in
                for index in secret.indices { text += Hex.encode(CollectionOfOne(secret[index])).utf8 }
            }
        }
        text.append(UInt8(ascii: "\n"))
        defer { _ = SecretBytes(wiping: &text) }
        do throws(SteleError) {
            try AtomicFile(path).write(text)
        } catch {
            discard(sealed)
            throw error
        }
    }

    /// Destroys the module's key of a write that failed. A file that cannot be read may hold what was sealed with it:
    /// then the key stays.
    private func discard(_ sealed: [UInt8]) {
        guard let module else { return }
        do throws(SteleError) {
            if try sealedContent() != sealed { try module.destroyKey(of: sealed) }
        } catch {}  // What failed first is what is told.
    }

    /// The root key in the file.
    ///
    /// - Throws: ``SteleError`` with code `keys.root_missing` or `keys.root_malformed`, or `module.unavailable`,
    ///   `module.key_missing` or `module.failed` of the security module it is sealed with.
    public func load() throws(SteleError) -> RootKey {
        guard var text = try AtomicFile(path).read() else {
            throw SteleError(
                .keysRootMissing, "there is no root key file at the configured path",
                hint: "mount the device that holds it, or correct `[keys] root` in stele.toml")
        }
        defer { _ = SecretBytes(wiping: &text) }
        guard let (epoch, content) = Self.parse(text) else {
            throw SteleError(
                .keysRootMalformed, "the root key file does not have the three lines of a root key",
                hint: "restore the file from your copy of the root key; nothing else opens the vault")
        }
        switch content {
        case .secret(let secret): return try RootKey(epoch: epoch, secret: secret)
        case .sealed(let sealed):
            guard let module else {
                throw SteleError(
                    .moduleUnavailable, "the root key file is sealed by a security module, and none is configured",
                    hint: "name it in [keys]: module, module_token and module_pin")
            }
            return try RootKey(epoch: epoch, secret: module.open(sealed, associated: Self.associated(epoch)))
        }
    }

    /// Destroys the module's key that the file is sealed with, so that every copy of the file is noise. Nothing happens
    /// if there is no file, or it is not sealed, or that was done before.
    func destroyModuleKey() throws(SteleError) {
        guard let module, let sealed = try sealedContent() else { return }
        try module.destroyKey(of: sealed)
    }

    /// What the module sealed, if the file is there and is sealed.
    func sealedContent() throws(SteleError) -> [UInt8]? {
        guard let text = try AtomicFile(path).read(), let parsed = Self.parse(text),
            case .sealed(let sealed) = parsed.content
        else { return nil }
        return sealed
    }

    private static func associated(_ epoch: UInt32) -> [UInt8] { Array("stele/v1/root-file/\(epoch)".utf8) }

    private enum Content {
        case secret(SecretBytes)
        case sealed([UInt8])
    }

    private static func parse(_ text: [UInt8]) -> (epoch: UInt32, content: Content)? {
        let newline = UInt8(ascii: "\n")
        let lines = text.split(separator: newline, omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, Array(lines[0]) == Array(heading.utf8),
            let epochText = rest(of: lines[1], after: "epoch "), let epoch = UInt32(epochText), epoch >= 1,
            String(epoch) == epochText
        else { return nil }
        if let text = rest(of: lines[2], after: "sealed "), text == text.lowercased(), let sealed = Hex.decode(text) {
            return (epoch, .sealed(sealed))
        }
        guard let text = rest(of: lines[2], after: "key "), text.utf8.count == 2 * RootKey.byteCount,
            text == text.lowercased(), var key = Hex.decode(text)
        else { return nil }
        return (epoch, .secret(SecretBytes(wiping: &key)))
    }

    private static func rest(of line: ArraySlice<UInt8>, after word: String) -> String? {
        guard line.starts(with: word.utf8) else { return nil }
        return String(validating: line.dropFirst(word.utf8.count), as: UTF8.self)
    }
}
