// Ledger · the keys an auditor pins, and when their signatures suffice.
public import Primitives

extension ErrorCode {
    /// A trust file that names no usable key.
    public static let trustMalformed = ErrorCode("trust.malformed")
}

/// A trust file: one C2SP verifier key a line, with an optional weight; `#` starts a comment.
///
/// ```
/// # checkpoint keys of network example, epoch 0
/// stele/0011223344556677/example+530d903a+AZ… 1
/// ```
/// A checkpoint is trusted when the keys that signed it weigh more than two thirds of all keys in the file.
public struct TrustedKeys: Sendable {
    /// The keys with their weights.
    public let keys: [(key: NoteVerifierKey, weight: UInt64)]

    /// Whether one key alone certifies, so that its holder could rewrite history unseen: it is the only one, or has the
    /// weight of a quorum.
    public var isSingleSigner: Bool { keys.contains { $0.weight >= quorum } }

    private var quorum: UInt64 { 2 * keys.reduce(0) { $0 + $1.weight } / 3 + 1 }

    /// The keys of a validator set.
    public init(origin: String, validators: ValidatorSet) {
        keys = validators.validators.map { (NoteVerifierKey(name: origin, publicKey: $0.key), $0.weight) }
    }

    /// Reads a trust file, 64 KiB at most.
    public init(parsing text: String) throws(SteleError) {
        var keys: [(key: NoteVerifierKey, weight: UInt64)] = []
        guard text.utf8.count <= 65_536 else { throw Self.malformed(line: 0) }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: " ")
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count <= 2, let key = try? NoteVerifierKey(parsing: String(first)), key.kind == .text,
                let weight = words.count == 2 ? UInt64(words[1]) : 1, (1...1 << 32).contains(weight),
                !keys.contains(where: { $0.key == key })
            else { throw Self.malformed(line: number + 1) }
            keys.append((key, weight))
        }
        guard !keys.isEmpty, Set(keys.map(\.key.name)).count == 1 else { throw Self.malformed(line: 0) }
        self.keys = keys
    }

    /// The text of the trust file.
    public var text: String { keys.map { "\($0.key.text) \($0.weight)\n" }.joined() }

    /// Checks a signed checkpoint.
    /// - Throws: `proof.false` unless a quorum signed it.
    public func verify(_ note: [UInt8]) throws(SteleError) -> Checkpoint {
        let note = try SignedNote(parsing: note)
        let signers = try note.verifiedKeys(among: keys.map(\.key))
        let signed = keys.reduce(0) { signers.contains($1.key) ? $0 + $1.weight : $0 }
        guard signed >= quorum else {
            throw ProofFile.isFalse("the checkpoint lacks the signatures of a quorum of the trusted keys")
        }
        let checkpoint = try Checkpoint(parsing: note.text)
        guard checkpoint.origin == keys[0].key.name else {
            throw ProofFile.isFalse("the checkpoint is of another log than the trusted keys")
        }
        return checkpoint
    }

    private static func malformed(line: Int) -> SteleError {
        SteleError(
            .trustMalformed, "the trust file names no usable key (line \(line))",
            hint: "use the trust.key that the node wrote at its start: one verifier key and weight a line")
    }
}
