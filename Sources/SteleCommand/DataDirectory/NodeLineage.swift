// SteleCommand · which key of a node succeeded which.
internal import Cryptography
internal import Ledger
internal import Primitives
internal import Storage

/// The keys that a node has had, the first of them named by the genesis, each vouched for by the one before. It is kept
/// beside the keys, in `node.lineage`, and in every backup: whoever has the genesis can tell which key may have signed.
/// ```
/// <old key> <new key> <signature>     hexadecimal; a line for each succession, oldest first
/// ```
/// The signature is the old key's over `"stele/v1/node-successor" ‖ 00 ‖ chain id ‖ new key`.
struct NodeLineage {
    static let name = "node.lineage"
    /// More successions than any node has had.
    static let countMax = 10_000
    private static let tag: StaticString = "node-successor"

    /// The keys, oldest first. Never empty.
    private(set) var keys: [PublicKey]
    private let chainID: Digest
    private let file: AtomicFile
    private var text = ""

    /// The lineage in `folder`; only the key of `genesis` if there is no file.
    /// - Throws: `key.file_rejected` if a line is malformed, does not follow the one before, or is not signed by it.
    init(_ folder: String, _ genesis: Genesis) throws(SteleError) {
        keys = [genesis.nodeKey]
        chainID = genesis.chainID
        file = AtomicFile("\(folder)/\(Self.name)")
        guard let bytes = try file.read() else { return }
        guard let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\n") else { throw Self.rejected }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= Self.countMax else { throw Self.rejected }
        for line in lines {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, let old = PublicKey(hex: words[0]), let new = PublicKey(hex: words[1]),
                let signature = Hex.decode(words[2]), old == keys.last, !keys.contains(new),
                Ed25519.isValid(signature: signature, tag: Self.tag, of: chainID.bytes + new.bytes, by: old)
            else { throw Self.rejected }
            keys.append(new)
        }
        self.text = text
    }

    /// Adds `next`, vouched for by `former`, unless it is the newest already; durable when this returns.
    mutating func append(_ next: PublicKey, after former: SigningKey) throws(SteleError) {
        guard keys.last != next else { return }
        guard keys.last == former.publicKey else { throw Self.rejected }
        let signature = former.sign(tag: Self.tag, chainID.bytes + next.bytes)
        text += "\(former.publicKey.hex) \(next.hex) \(Hex.encode(signature))\n"
        try file.write(Array(text.utf8))
        keys.append(next)
    }

    static var rejected: SteleError {
        SteleError(
            .keyFileRejected, "the list of keys that this node has had is damaged or not of this network",
            hint: "restore keys/node.lineage from a backup or the mirror of the keys")
    }
}
