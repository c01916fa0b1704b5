// SteleCommand · the grants a patient made, in words only the patient has.
internal import JSON
internal import Node
internal import Primitives
internal import Storage

/// Beside a wallet, `<wallet>.grants`: one line of JSON for each grant made with it, with the words agreed to and the
/// salt that opens the ledger's commitment to them. The ledger has tokens only, so this is where a grant's meaning can
/// be read.
struct GrantBook {
    /// One grant.
    struct Line: Hashable, Sendable {
        /// Its id.
        let grant: Digest
        /// The network and the subject.
        let chainID: Digest
        let subject: SubjectID
        /// The episode it ends with.
        let episode: Bytes32?
        /// What the patient agreed to.
        let words: String
        /// Opens the commitment to the words.
        let salt: Bytes32
        /// Whether it was revoked with this wallet.
        var isRevoked = false
    }

    private static let byteCountMax = 8 << 20

    private let file: AtomicFile

    /// The book of the wallet at `path`.
    init(walletPath path: String) { file = AtomicFile(path + ".grants") }

    /// Every line, oldest first; none if there is no book.
    /// - Throws: `wallet.malformed`.
    func lines() throws(SteleError) -> [Line] {
        guard let bytes = try file.read() else { return [] }
        var lines: [Line] = []
        for text in bytes.split(separator: UInt8(ascii: "\n")) { lines.append(try Line(Array(text))) }
        return lines
    }

    /// Adds lines; durable when this returns.
    func add(_ added: [Line]) throws(SteleError) { try write(lines() + added) }

    /// Marks grants as revoked.
    func markRevoked(_ grants: Set<Digest>) throws(SteleError) {
        try write(
            lines().map { line in
                var line = line
                if grants.contains(line.grant) { line.isRevoked = true }
                return line
            })
    }

    private func write(_ lines: [Line]) throws(SteleError) {
        try file.write(lines.flatMap { $0.json.serialized() + [UInt8(ascii: "\n")] })
    }
}

extension GrantBook.Line {
    /// As one object.
    var json: JSONValue {
        [
            "grant": .string(grant.hex), "chain_id": .string(chainID.hex), "subject": .string(subject.hex),
            "episode": episode.map { .string($0.hex) } ?? .null, "words": .string(words), "salt": .string(salt.hex),
            "revoked": .bool(isRevoked),
        ]
    }

    /// The labels that the words name, as far as they can be read.
    var labels: GrantLabels? {
        var values: [Substring: String] = [:]
        for word in words.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = String(parts[1]) }
        }
        guard let to = values["to"], let classes = values["classes"], let purposes = values["purposes"],
            let scope = try? GrantScope(to: to, classes: classes, except: values["except"])
        else { return nil }
        return GrantLabels(
            grantees: Set(scope.grantees), purposes: Set(purposes.split(separator: ",").map { .purpose(String($0)) }),
            classes: Set(scope.classes), except: Set(scope.except))
    }

    fileprivate init(_ bytes: [UInt8]) throws(SteleError) {
        guard let root = try? JSONDocument(parsing: bytes).root,
            let grant = root["grant"]?.string.flatMap({ Bytes32(hex: $0) }),
            let chainID = root["chain_id"]?.string.flatMap({ Bytes32(hex: $0) }),
            let subject = root["subject"]?.string.flatMap({ Bytes32(hex: $0) }), let words = root["words"]?.string,
            let salt = root["salt"]?.string.flatMap({ Bytes32(hex: $0) }), let isRevoked = root["revoked"]?.bool
        else {
            throw SteleError(
                .walletMalformed, "the list of grants beside the wallet has a line that cannot be read",
                hint: "restore the file ending in .grants from a backup; the grants themselves are on the ledger")
        }
        let episode = root["episode"]?.string.flatMap { Bytes32(hex: $0) }
        self.init(
            grant: grant, chainID: chainID, subject: subject, episode: episode, words: words, salt: salt,
            isRevoked: isRevoked)
    }
}
