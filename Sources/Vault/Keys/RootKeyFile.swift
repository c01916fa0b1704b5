// Vault · where a root key lies when no hardware holds it.
internal import Cryptography
public import Primitives
internal import Storage

/// A root key in a text file of mode 0600, outside the data directory and outside its backups:
/// ```
/// stele root key 1
/// epoch <decimal>
/// key <64 lower-case hexadecimal digits>
/// ```
/// Each line ends with one newline; nothing else is accepted. Whoever can read the file and the data directory can read
/// every record, so the two belong on different devices.
public struct RootKeyFile: Sendable {
    /// Where the file is.
    public let path: String
    private static let heading = "stele root key 1"

    /// The file at `path`, which need not exist.
    public init(_ path: String) { self.path = path }

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
        var text = Array("\(Self.heading)\nepoch \(root.epoch)\nkey ".utf8)
        root.secret.withSpan { secret in
            for index in secret.indices { text += Hex.encode(CollectionOfOne(secret[index])).utf8 }
        }
        text.append(UInt8(ascii: "\n"))
        defer { _ = SecretBytes(wiping: &text) }
        try AtomicFile(path).write(text)
    }

    /// The root key in the file.
    ///
    /// - Throws: ``SteleError`` with code `keys.root_missing` or `keys.root_malformed`.
    public func load() throws(SteleError) -> RootKey {
        guard var text = try AtomicFile(path).read() else {
            throw SteleError(
                .keysRootMissing, "there is no root key file at the configured path",
                hint: "mount the device that holds it, or correct `[keys] root` in stele.toml")
        }
        defer { _ = SecretBytes(wiping: &text) }
        guard let root = Self.parse(text) else {
            throw SteleError(
                .keysRootMalformed, "the root key file does not have the three lines of a root key",
                hint: "restore the file from your copy of the root key; nothing else opens the vault")
        }
        return root
    }

    private static func parse(_ text: [UInt8]) -> RootKey? {
        let newline = UInt8(ascii: "\n")
        let lines = text.split(separator: newline, omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, Array(lines[0]) == Array(heading.utf8),
            let epochText = rest(of: lines[1], after: "epoch "), let keyText = rest(of: lines[2], after: "key "),
            let epoch = UInt32(epochText), String(epoch) == epochText,
            keyText.utf8.count == 2 * RootKey.byteCount, keyText == keyText.lowercased(), var key = Hex.decode(keyText)
        else { return nil }
        return try? RootKey(epoch: epoch, secret: SecretBytes(wiping: &key))
    }

    private static func rest(of line: ArraySlice<UInt8>, after word: String) -> String? {
        guard line.starts(with: word.utf8) else { return nil }
        return String(validating: line.dropFirst(word.utf8.count), as: UTF8.self)
    }
}
