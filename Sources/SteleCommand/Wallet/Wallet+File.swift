// SteleCommand · a wallet as a file. Source: `docs/spec/wallet.md`.
internal import Cryptography
internal import JSON
public import Primitives
internal import Storage

extension Wallet {
    private static let byteCountMax = 1 << 20

    /// Writes the wallet, replacing the file at `path` as a whole; durable when this returns, with mode 0600.
    public func save(to path: String) throws(SteleError) {
        var bytes = encoded
        defer { _ = SecretBytes(wiping: &bytes) }
        try AtomicFile(path).write(bytes)
    }

    /// Writes a new wallet.
    /// - Throws: `wallet.exists` when there is a file at `path`; it is left alone, since it may hold the only copy of
    ///   keys.
    public func create(at path: String) throws(SteleError) {
        guard try AtomicFile(path).read() == nil else {
            throw SteleError(
                .walletExists, "there is a file at the wallet's path already",
                hint: "give another path; a wallet that is overwritten is lost")
        }
        try save(to: path)
    }

    /// Reads the wallet at `path`, strictly: every key once, none unknown, every value of its shape.
    /// - Throws: `wallet.malformed`, `file.missing`, `file.permissions` or `file.too_large`.
    public static func load(_ path: String) throws(SteleError) -> Wallet {
        try Wallet(decoding: InputFile(path).readSecret("wallet", byteCountMax: byteCountMax))
    }

    /// Changes `subject` in the wallet at `path` as the file is by now: something else may have put another subject
    /// into it, or another key. Durable when this returns.
    /// - Throws: `wallet.no_subject` if it is not there any more.
    static func change(
        _ path: String, _ subject: Subject, _ body: (inout Subject) -> Void
    ) throws(SteleError) {
        var wallet = try load(path)
        guard var found = wallet.subjects.first(where: { $0.isSame(as: subject) }) else {
            throw SteleError(
                .walletNoSubject, "the wallet does not hold the subject any more",
                hint: "put the wallet back where it was and repeat the command")
        }
        body(&found)
        try wallet.put(found)
        try wallet.save(to: path)
    }

    /// The file's bytes.
    var encoded: [UInt8] {
        let subjects = subjects.map { subject -> JSONValue in
            [
                "chain_id": .string(subject.chainID.hex), "url": .string(subject.url),
                "subject": .string(subject.id.hex),
                "consent_seed": .string(Hex.encode(subject.consentSeed.exposedCopy())),
                "policy_key": .string(Hex.encode(subject.policyKey.secret.exposedCopy())),
                "policy_key_version": .number(String(subject.policyKey.version)),
                "patient": .string(subject.patient),
            ]
        }
        let value: JSONValue = ["stele_wallet": 1, "did": .string(did), "subjects": .array(subjects)]
        return value.serialized(pretty: true) + [UInt8(ascii: "\n")]
    }

    /// Decodes a file strictly.
    init(decoding bytes: [UInt8]) throws(SteleError) {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(
                parsing: bytes, limits: JSONLimits(byteCountMax: Self.byteCountMax, depthMax: 4))
        } catch {
            throw Self.malformed("is no JSON: \(error)")
        }
        let root = try Fields(document.root, ["stele_wallet", "did", "subjects"])
        guard try root.number("stele_wallet") == 1 else {
            throw Self.malformed("has a form this program does not know")
        }
        self.init(did: try root.text("did"))
        for element in try root.array("subjects") {
            let subject = try Subject(element)
            guard !subjects.contains(where: { $0.chainID == subject.chainID && $0.id == subject.id }) else {
                throw Self.malformed("holds a subject twice")
            }
            try put(subject)
        }
    }

    fileprivate static func malformed(_ what: String) -> SteleError {
        SteleError(.walletMalformed, "the wallet \(what)", hint: "restore the file from its backup")
    }
}

extension Wallet.Subject {
    fileprivate init(_ node: JSONNode) throws(SteleError) {
        let fields = try Fields(
            node,
            ["chain_id", "url", "subject", "consent_seed", "policy_key", "policy_key_version", "patient"])
        guard let version = UInt32(exactly: try fields.number("policy_key_version")), version > 0 else {
            throw Wallet.malformed("has a policy key version that is none")
        }
        self.init(
            chainID: try fields.bytes32("chain_id"), url: try fields.text("url"), id: try fields.bytes32("subject"),
            consentSeed: try fields.secret("consent_seed"),
            policyKey: try PolicyKey(version: version, secret: try fields.secret("policy_key")),
            patient: try fields.text("patient"))
    }
}

/// The members of an object, each taken as what it must be.
private struct Fields {
    private let node: JSONNode

    init(_ node: JSONNode, _ keys: Set<String>) throws(SteleError) {
        guard node.kind == .object, Set(node.members.map(\.key)) == keys else {
            throw Wallet.malformed("lacks a field or has an unknown one")
        }
        self.node = node
    }

    func text(_ key: String) throws(SteleError) -> String {
        guard let text = node[key]?.string, (1...2048).contains(text.utf8.count),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { throw Wallet.malformed("has no text in \(key)") }
        return text
    }

    func number(_ key: String) throws(SteleError) -> UInt64 {
        guard let number = node[key]?.uint else { throw Wallet.malformed("has no whole number in \(key)") }
        return number
    }

    func array(_ key: String) throws(SteleError) -> JSONElements {
        guard let array = node[key], array.kind == .array else { throw Wallet.malformed("has no list in \(key)") }
        return array.elements
    }

    func bytes32(_ key: String) throws(SteleError) -> Bytes32 {
        guard let bytes = Bytes32(hex: try text(key)) else { throw Wallet.malformed("has no 32 bytes in \(key)") }
        return bytes
    }

    func secret(_ key: String) throws(SteleError) -> SecretBytes { SecretBytes(try bytes32(key).bytes) }
}
