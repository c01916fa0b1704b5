// SteleCommand · what a witness keeps: its key, and the newest tree of each log.
internal import Cryptography
internal import Ledger
public import Primitives
internal import Storage

extension ErrorCode {
    /// A folder of a witness that lacks a file, or has one that cannot be read.
    public static let witnessDamaged = ErrorCode("witness.damaged")
    /// A name that cannot name a witness.
    public static let witnessName = ErrorCode("witness.name")
}

/// The folder of a witness. Source: `docs/operate/witness.md`.
///
/// ```
/// LOCK               held while a process uses the folder
/// witness.pem        the private key
/// witness.key        its public half as a C2SP verifier key: what others trust
/// <log>.note         the newest checkpoint cosigned of a log, named by the SHA-256 of its origin
/// <log>.fork         the first checkpoint that contradicted it: evidence that its log signs two histories
/// ```
struct WitnessFolder {
    /// Where it is.
    let path: String

    private var privateKeyPath: String { path + "/witness.pem" }
    /// The public key.
    var publicKeyPath: String { path + "/witness.key" }

    /// Makes the folder of a new witness called `name`.
    /// - Throws: `witness.name`, `data.not_empty`, or what the disk says.
    func make(name: String, random: some RandomSource) throws(SteleError) -> NoteVerifierKey {
        guard NoteVerifierKey.isName(name), name.utf8.count <= 255 else {
            throw SteleError(
                .witnessName, "the name cannot name a witness",
                hint: "use an address without a scheme, such as witness.example/one: no white space, no +")
        }
        try Directory.create(path)
        let lock = try DirectoryLock(path)
        defer { withExtendedLifetime(lock) {} }
        guard try AtomicFile(privateKeyPath).read() == nil else {
            throw SteleError(
                .dataNotEmpty, "the folder holds a witness already",
                hint: "name another folder: a witness's key is never replaced, and never used in two places")
        }
        let key = SigningKey.random(from: random)
        let cosigner = Cosigner(name: name, key: key)
        // The public half first: a folder with a private key is whole.
        try AtomicFile(publicKeyPath).write(Array((cosigner.verifierKey.text + "\n").utf8))
        try AtomicFile(privateKeyPath).write(key.pem.exposedCopy())
        return cosigner.verifierKey
    }

    /// The witness's key and name.
    /// - Throws: `witness.damaged`, `file.permissions`, or what the disk says.
    func cosigner() throws(SteleError) -> Cosigner {
        guard let text = try AtomicFile(publicKeyPath).read(),
            let word = String(decoding: text, as: UTF8.self).split(separator: "\n").first,
            let verifierKey = try? NoteVerifierKey(parsing: String(word))
        else { throw Self.damaged }
        let cosigner = Cosigner(name: verifierKey.name, key: try InputFile(privateKeyPath).readSigningKey())
        guard cosigner.verifierKey == verifierKey else { throw Self.damaged }
        return cosigner
    }

    /// The newest checkpoint that was cosigned of the log `origin`, or nil.
    func note(of origin: String) throws(SteleError) -> SignedNote? {
        guard let bytes = try AtomicFile(notePath(origin)).read() else { return nil }
        guard let note = try? SignedNote(parsing: bytes), let checkpoint = try? Checkpoint(parsing: note.text),
            checkpoint.origin == origin
        else { throw Self.damaged }
        return note
    }

    /// Makes `note` the newest of `origin`; durable when this returns.
    func keep(_ note: SignedNote, of origin: String) throws(SteleError) {
        try AtomicFile(notePath(origin)).write(note.encoded)
    }

    /// Keeps `note`, which contradicts the newest of `origin`, unless one is kept already.
    func keepEvidence(_ note: SignedNote, of origin: String) throws(SteleError) {
        let file = AtomicFile(stem(origin) + ".fork")
        if try file.read() == nil { try file.write(note.encoded) }
    }

    private func stem(_ origin: String) -> String { path + "/" + SHA256.hash(Array(origin.utf8)).hex }
    private func notePath(_ origin: String) -> String { stem(origin) + ".note" }

    private static var damaged: SteleError {
        SteleError(
            .witnessDamaged, "the witness's folder lacks a file or holds one that cannot be read",
            hint: "never start it from an older copy: it could cosign a smaller tree; make a new witness with a new key"
        )
    }
}
