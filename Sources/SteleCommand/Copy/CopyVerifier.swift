// SteleCommand · a whole copy checked offline. Source: `docs/spec/copy.md` §5.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Ledger
internal import Primitives
internal import Vault

/// What a check of a copy came to.
struct CopyVerdict: Sendable {
    /// A file that is not what it should be.
    struct Finding: Sendable, Hashable {
        let path: String
        let what: String
    }

    /// What is wrong; nothing if the copy holds.
    var findings: [Finding] = []
    /// How many versions, grants and access events hold.
    var versionCount = 0
    var grantCount = 0
    var eventCount = 0
    /// Proofs of origin that hold, and those of ledgers for which no keys were given, by the ledger's name.
    var originCount = 0
    var uncheckedOrigins: [String: Int] = [:]
    /// The newest block that the copy's proofs lead to.
    var height: UInt64 = 0
    var time: Timestamp?
    /// Whether one key alone signs the ledger.
    var isSingleSigner = false
    /// The trusted witnesses that cosigned every proof of the copy's own ledger; nil before there was one.
    var witnesses: Set<String>?

    /// Whether one key's holder could rewrite what the copy shows, with nobody to contradict them.
    var isRewritable: Bool { isSingleSigner && witnesses?.isEmpty ?? true }
}

/// Checks a copy with nothing but its folder and the keys an auditor pinned. It goes on after what is wrong, so that
/// everything wrong is named.
struct CopyVerifier {
    let folder: CopyFolder
    let trust: [TrustedKeys]
    private let witnesses: [NoteVerifierKey]
    private let requiredCount: Int
    private var verdict = CopyVerdict()
    private var wrongPaths: Set<String> = []
    private let own: TrustedKeys

    /// A check of `folder`.
    /// - Throws: `copy.false` when none of `trust` is of the ledger that the copy says it was made from.
    private init(
        _ folder: CopyFolder, _ manifest: CopyManifest, trust: [TrustedKeys], witnesses: [NoteVerifierKey],
        requiredCount: Int
    ) throws(SteleError) {
        guard let own = trust.first(where: { $0.keys[0].key.name == manifest.ledger }) else {
            throw SteleError(
                .copyFalse, "none of the trusted keys is of the ledger that the copy was made from",
                hint: "give the trust.key of that custodian, from the custodian and not from the copy")
        }
        self.folder = folder
        self.trust = trust
        self.witnesses = witnesses
        self.requiredCount = requiredCount
        self.own = own
        verdict.isSingleSigner = own.isSingleSigner
    }

    /// Checks everything.
    /// - Parameter requiredCount: how many of `witnesses` must have cosigned each proof of the copy's own ledger.
    /// - Throws: `copy.malformed` when there is no manifest to go by.
    static func verify(
        _ folder: CopyFolder, trust: [TrustedKeys], witnesses: [NoteVerifierKey] = [], requiredCount: Int = 0
    ) throws(SteleError) -> CopyVerdict {
        let (manifest, bytes) = try folder.manifest()
        var check = try CopyVerifier(
            folder, manifest, trust: trust, witnesses: witnesses, requiredCount: requiredCount)
        check.checkFiles(manifest)
        check.checkSignature(manifest, bytes)
        check.checkVersions(manifest)
        check.checkLog(manifest)
        check.checkConsents(manifest)
        return check.verdict
    }

    /// A file is named once, with the first thing that is wrong.
    private mutating func wrong(_ path: String, _ what: String) {
        guard wrongPaths.insert(path).inserted else { return }
        verdict.findings.append(CopyVerdict.Finding(path: path, what: what))
    }

    /// Runs `body` about the file at `path`; what it throws is found wrong with it.
    private mutating func check(_ path: String, _ body: (inout CopyVerifier) throws(SteleError) -> Void) {
        guard !wrongPaths.contains(path) else { return }
        do throws(SteleError) { try body(&self) } catch { wrong(path, error.message) }
    }

    private func require(_ condition: Bool, _ what: String) throws(SteleError) {
        guard condition else { throw SteleError(.copyFalse, what, hint: "") }
    }

    // MARK: - Files

    private mutating func checkFiles(_ manifest: CopyManifest) {
        var present: Set<String> = []
        check(CopyLayout.manifest) { (check) throws(SteleError) in present = Set(try check.folder.names()) }
        for (path, hash) in manifest.files.sorted(by: { $0.key < $1.key }) {
            guard present.contains(path) else {
                wrong(path, "the file is missing")
                continue
            }
            check(path) { (check) throws(SteleError) in
                let found = SHA256.hash(try check.folder.read(path))
                try check.require(found == hash, "the file is not the one that was exported")
            }
        }
        for path in present.subtracting(manifest.files.keys).sorted()
        where path != CopyLayout.manifest && path != CopyLayout.signature {
            wrong(path, "the file does not belong to the copy")
        }
    }

    /// The manifest is signed with the consent key that the ledger has for the subject.
    private mutating func checkSignature(_ manifest: CopyManifest, _ bytes: [UInt8]) {
        var key: PublicKey?
        check(CopyLayout.subjectProof) { (check) throws(SteleError) in
            let file = try ProofFile(decoding: try check.folder.read(CopyLayout.subjectProof))
            _ = try check.verifyOwn(file)
            let row = file.rows.first { $0.key == StateKey.authority(of: manifest.subject) }
            key = row?.value.flatMap { try? AuthorityRow(decoding: $0) }?.consentKey
            try check.require(key != nil, "it does not show the patient's key")
            let chainID = try Header(decoding: file.header).chainID
            try check.require(chainID == manifest.chainID, "it is of another network than the manifest says")
        }
        guard let key else { return }
        check(CopyLayout.signature) { (check) throws(SteleError) in
            let text = String(decoding: try check.folder.read(CopyLayout.signature), as: UTF8.self)
            let signature = Hex.decode(String(text.prefix { $0 != "\n" })) ?? []
            try check.require(
                Ed25519.isValid(signature: signature, tag: "copy", of: bytes, by: key),
                "the patient's key did not sign this manifest")
        }
    }

    /// Checks a proof of the copy's own ledger.
    private mutating func verifyOwn(_ file: ProofFile) throws(SteleError) -> ProofVerdict {
        let made = try ProofVerifier.verify(
            file.encoded, trust: own, witnesses: witnesses, requiredCount: requiredCount)
        if made.header.height >= verdict.height {
            verdict.height = made.header.height
            verdict.time = made.header.time
        }
        let names = Set(made.cosignatures.map(\.key.name))
        verdict.witnesses = verdict.witnesses?.intersection(names) ?? names
        return made
    }

    // MARK: - Records

    private mutating func checkVersions(_ manifest: CopyManifest) {
        var earlier: (version: CopyManifest.Version, anchor: RecordVersion)?
        for version in manifest.versions {
            var anchor: RecordVersion?
            check(version.proof) { (check) throws(SteleError) in
                anchor = try check.anchor(of: version, in: manifest)
            }
            guard let anchor else { continue }
            check(version.content) { (check) throws(SteleError) in try check.checkName(version) }
            if let earlier, earlier.version.resource == version.resource {
                check(version.proof) { (check) throws(SteleError) in
                    try check.require(
                        earlier.version.version < version.version
                            && (earlier.version.version + 1 < version.version
                                || anchor.supersedes == earlier.anchor.record),
                        "the version does not follow the one before it")
                }
            }
            earlier = (version, anchor)
            checkOrigins(of: version)
            verdict.versionCount += 1
        }
    }

    /// What the ledger has of `version`, whose content and proof belong together.
    private mutating func anchor(
        of version: CopyManifest.Version, in manifest: CopyManifest
    ) throws(SteleError) -> RecordVersion {
        let file = try ProofFile(decoding: try folder.read(version.proof))
        _ = try verifyOwn(file)
        guard let opening = file.openings.first, file.openings.count == 1, opening.record == version.record,
            let anchored = file.anchoredVersions[version.record], anchored.subject == manifest.subject
        else { throw SteleError(.copyFalse, "it proves another record than the manifest says", hint: "") }
        try require(
            anchored.version.isTombstone == version.isDeleted, "the ledger does not say that it was deleted, or says so"
        )
        try require(
            version.version > 1 || anchored.version.supersedes == nil, "the ledger has a version before the first")
        if opening.bytes != (try? folder.read(version.content)) {
            wrong(version.content, "the content is not what was anchored")
        }
        return anchored.version
    }

    /// The content calls itself what the manifest calls it.
    private func checkName(_ version: CopyManifest.Version) throws(SteleError) {
        let bytes = try folder.read(version.content)
        guard !version.isDeleted else { return try require(bytes.isEmpty, "a deletion has content") }
        guard let root = try? JSONDocument(parsing: bytes).root else {
            throw SteleError(.copyFalse, "the content is no JSON", hint: "")
        }
        try require(
            root["resourceType"]?.isString(version.resource.type) == true
                && root["id"]?.isString(version.resource.id) == true,
            "the content is of another resource than the manifest says")
    }

    private mutating func checkOrigins(of version: CopyManifest.Version) {
        for index in version.originTrust.indices {
            let path = version.origin(index)
            check(path) { (check) throws(SteleError) in
                let file = try ProofFile(decoding: try check.folder.read(path))
                guard let keys = check.trust.first(where: { $0.keys[0].key.name == file.claimedOrigin }) else {
                    check.verdict.uncheckedOrigins[file.claimedOrigin, default: 0] += 1
                    return
                }
                _ = try ProofVerifier.verify(file.encoded, trust: keys)
                guard let opening = file.openings.first, file.openings.count == 1,
                    opening.bytes == (try check.folder.read(version.content)),
                    file.anchoredVersions[opening.record]?.version.isTombstone == version.isDeleted
                else { throw SteleError(.copyFalse, "it proves other content than that of the version", hint: "") }
                check.verdict.originCount += 1
            }
        }
    }

    // MARK: - The access log

    private mutating func checkLog(_ manifest: CopyManifest) {
        var events: [TransactionID: (number: UInt64, manifestRoot: Digest?)] = [:]
        check(CopyLayout.accessLogProof) { (check) throws(SteleError) in
            let file = try ProofFile(decoding: try check.folder.read(CopyLayout.accessLogProof))
            let made = try check.verifyOwn(file)
            var isComplete = false
            for statement in made.statements {
                switch statement {
                case .complete(manifest.subject, _): isComplete = true
                case .access(manifest.subject, let number, _, _, _, let transaction):
                    events[transaction] = (number, nil)
                default: break
                }
            }
            try check.require(isComplete, "it does not show every access event of the patient")
            for entry in file.entries {
                let event = AccessEvent(of: entry.body, result: entry.result, time: UnixSeconds(0))
                events[entry.body.id]?.manifestRoot = event?.manifestRoot
            }
        }
        guard !events.isEmpty else { return }
        let proven = events
        check(CopyLayout.accessLog) { (check) throws(SteleError) in try check.checkLines(manifest, proven) }
    }

    private mutating func checkLines(
        _ manifest: CopyManifest, _ events: [TransactionID: (number: UInt64, manifestRoot: Digest?)]
    ) throws(SteleError) {
        let lines = try folder.read(CopyLayout.accessLog).split(separator: UInt8(ascii: "\n"))
        try require(lines.count == events.count, "it has \(lines.count) lines, and the ledger \(events.count) events")
        var released: Set<Bytes32> = []
        for (index, line) in lines.enumerated() {
            guard let root = try? JSONDocument(parsing: Array(line)).root,
                let transaction = root["transaction"]?.string.flatMap({ Bytes32(hex: $0) }),
                let event = events[transaction], event.number == UInt64(index + 1),
                root["number"]?.uint == event.number
            else { throw SteleError(.copyFalse, "line \(index + 1) is not the event of the ledger", hint: "") }
            let records = root["released"]?.elements.compactMap { $0["record"]?.string.flatMap { Bytes32(hex: $0) } }
            if let salt = root["manifest_salt"]?.string.flatMap({ Bytes32(hex: $0) }) {
                try require(
                    Manifest.root(of: records ?? [], salt: salt) == event.manifestRoot,
                    "line \(index + 1) names other records than were released")
            }
            if manifest.events.contains(transaction) { released.formUnion(records ?? []) }
        }
        try require(manifest.events.allSatisfy { events[$0] != nil }, "it lacks the export of this copy")
        verdict.eventCount = lines.count
        let held = Set(manifest.versions.map(\.record))
        if released != held {
            wrong(
                CopyLayout.manifest,
                released.isSuperset(of: held)
                    ? "\(released.subtracting(held).count) exported versions are not in the copy"
                    : "the copy has versions that were never exported")
        }
    }

    // MARK: - Consents

    private mutating func checkConsents(_ manifest: CopyManifest) {
        let words = wordLines(manifest)
        for grant in manifest.grants {
            var terms: GrantTerms?
            var isStanding = false
            check(CopyLayout.consentProof(grant)) { (check) throws(SteleError) in
                let file = try ProofFile(decoding: try check.folder.read(CopyLayout.consentProof(grant)))
                _ = try check.verifyOwn(file)
                terms = Self.terms(of: grant, by: manifest.subject, in: file)
                try check.require(terms != nil, "it does not show that the grant was made")
                isStanding = file.rows.contains {
                    $0.key == StateKey.grant(grant, of: manifest.subject) && $0.value != nil
                }
            }
            guard let terms else { continue }
            check(CopyLayout.consent(grant)) { (check) throws(SteleError) in
                guard let root = try? JSONDocument(parsing: check.folder.read(CopyLayout.consent(grant))).root,
                    root["id"]?.isString(grant.hex) == true,
                    root["provision"]?["type"]?.isString(terms.kind.name) == true
                else { throw SteleError(.copyFalse, "it is not the grant that was made", hint: "") }
                try check.require(
                    isStanding || root["status"]?.isString("inactive") == true, "it stands in the copy and was ended")
            }
            if let line = words[grant],
                HMACSHA256.code(of: SHA256.hash(line.words), salt: line.salt)
                    != terms.termsCommitment
            {
                wrong(CopyLayout.words, "the words of a grant are not those agreed to")
            }
            verdict.grantCount += 1
        }
    }

    private static func terms(of grant: Digest, by subject: SubjectID, in file: ProofFile) -> GrantTerms? {
        for entry in file.entries where entry.leaf.status == 0 && entry.body.call == ConsentGrant.declaration.name {
            guard let call = try? ConsentGrant(decoding: entry.body.encoded, in: entry.body.argumentRange),
                call.subject == subject
            else { continue }
            for (index, terms) in call.grants.enumerated()
            where Grant.id(transaction: entry.body.id, index: index) == grant { return terms }
        }
        return nil
    }

    private mutating func wordLines(
        _ manifest: CopyManifest
    ) -> [Digest: (words: [UInt8], salt: Bytes32)] {
        var found: [Digest: (words: [UInt8], salt: Bytes32)] = [:]
        guard manifest.files[CopyLayout.words] != nil else { return found }
        check(CopyLayout.words) { (check) throws(SteleError) in
            for line in try check.folder.read(CopyLayout.words).split(separator: UInt8(ascii: "\n")) {
                guard let root = try? JSONDocument(parsing: Array(line)).root,
                    let grant = root["grant"]?.string.flatMap({ Bytes32(hex: $0) }),
                    let words = root["words"]?.string, let salt = root["salt"]?.string.flatMap({ Bytes32(hex: $0) })
                else { throw SteleError(.copyFalse, "a line of it cannot be read", hint: "") }
                found[grant] = (Array(words.utf8), salt)
            }
        }
        return found
    }
}
