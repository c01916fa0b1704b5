// SteleCommand · a patient's own copy, fetched, written down and checked. Source: `docs/spec/copy.md`.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Vault

/// Makes the copy of one patient with their wallet.
///
/// Every page of records is an access event of its own. The log comes last, so that the copy holds the events of its
/// own making. Before the copy gets its place it is checked like any other: one that does not hold is not handed out.
struct CopyExporter {
    /// Longest wait for one page.
    static let pageTimeout = Duration.seconds(280)
    /// Largest record whose content is shown in the page, in bytes; larger ones are named there.
    static let shownByteCountMax = 1 << 20

    let connection: PatientConnection
    /// Told what is happening.
    let note: (String) -> Void

    /// What was made.
    struct Made {
        let manifest: CopyManifest
        let verdict: CopyVerdict
    }

    /// What was fetched, and is needed for the page and the manifest.
    private struct Fetched {
        var trust = ""
        var organisation = ""
        var events: [TransactionID] = []
        var versions: [CopyManifest.Version] = []
        var newest: [CopyContent.Record] = []
        var seen: Set<ResourceName> = []
    }

    /// Writes the copy to `place`.
    func run(to place: String) async throws -> Made {
        let writer = try CopyWriter(place)
        do {
            let made = try await make(writer)
            try writer.publish()
            return made
        } catch {
            writer.discard()
            throw error
        }
    }

    private func make(_ writer: CopyWriter) async throws -> Made {
        var fetched = try await records(writer)
        fetched.versions.sort {
            ($0.resource.type, $0.resource.id, $0.version) < ($1.resource.type, $1.resource.id, $1.version)
        }
        note("consents and access log")
        let consents = try await consents(writer)
        let key = StateKey.authority(of: connection.subject.id)
        try writer.write(
            try await connection.session.proof("state/" + Hex.encode(key)), to: CopyLayout.subjectProof)
        let log = try await accessLog(writer)
        let trust = try TrustedKeys(parsing: fetched.trust)
        let heading = "# checkpoint keys of the ledger that this copy was made from, as its custodian named them\n"
        try writer.write(Array((heading + trust.text).utf8), to: CopyLayout.trust)

        var manifest = CopyManifest(
            made: SystemTime().now().description, patient: connection.subject.logicalID,
            organisation: fetched.organisation, chainID: connection.subject.chainID,
            ledger: trust.keys[0].key.name, subject: connection.subject.id, events: fetched.events,
            versions: fetched.versions, grants: consents.map(\.grant), files: [:])
        let content = CopyContent(
            manifest: manifest, records: fetched.newest, consents: consents.map(\.consent), log: log)
        try writer.write(CopyDocument(content).bytes, to: CopyLayout.page)
        manifest.files = writer.files
        let bytes = manifest.encoded
        try writer.finish(bytes, signature: try connection.subject.consentKey().sign(tag: "copy", bytes))
        try Task.checkCancellation()
        note("checking the copy")
        return Made(manifest: manifest, verdict: try Self.check(writer.staging, trust, manifest))
    }

    private static func check(
        _ path: String, _ trust: TrustedKeys, _ manifest: CopyManifest
    ) throws(SteleError) -> CopyVerdict {
        guard let folder = CopyFolder(path) else { throw CopyManifest.malformed("it is gone") }
        let others = try Set(manifest.versions.flatMap(\.originTrust)).sorted().map { (path) throws(SteleError) in
            try TrustedKeys(parsing: String(decoding: try folder.read(path), as: UTF8.self))
        }
        let verdict = try CopyVerifier.verify(folder, trust: [trust] + others)
        guard let finding = verdict.findings.first else { return verdict }
        throw SteleError(
            .copyFalse, "what the node gave does not hold, so no copy was made: \(finding.what)",
            hint: "export again; if it fails again, tell the custodian, whose ledger then does not show its records")
    }

    // MARK: - Records

    private func records(_ writer: CopyWriter) async throws -> Fetched {
        var fetched = Fetched()
        var after: Bytes32?
        var remaining: UInt64?
        var total: UInt64 = 0
        repeat {
            try Task.checkCancellation()
            let path = "/custodian/v1/copy" + (after.map { "?after=\($0.hex)" } ?? "")
            let answer = try await connection.session.send(
                "GET", path, accept: "application/cbor", timeout: Self.pageTimeout)
            let page = try CopyPage(decoding: answer.body)
            // Rights that ended meanwhile would leave a copy that is whole to look at.
            guard remaining == nil || remaining == page.remainingCount,
                page.remainingCount >= page.versions.count, page.remainingCount == 0 || !page.versions.isEmpty
            else {
                throw SteleError(
                    .copyChanged, "what you may export changed while the copy was made",
                    hint: "export again; nothing was written")
            }
            if remaining == nil { total = page.remainingCount }
            for version in page.versions { try add(version, of: page, to: &fetched, writer) }
            fetched.trust = page.trust
            fetched.organisation = page.organisation
            fetched.events.append(page.event)
            remaining = page.remainingCount - UInt64(page.versions.count)
            after = page.versions.last?.record
            note("\(total - remaining!) of \(total) versions")
        } while remaining != 0
        return fetched
    }

    private func add(
        _ version: CopyPage.Version, of page: CopyPage, to fetched: inout Fetched, _ writer: CopyWriter
    ) throws(SteleError) {
        // Names become paths, and a node is not trusted with paths.
        guard ResourceType(name: version.resource.type) != nil, Resource.isID(version.resource.id) else {
            throw NodeAnswer.malformed("a record has no FHIR name")
        }
        let trust = version.origins.map { CopyLayout.originTrust($0.trust) }
        let line = CopyManifest.Version(
            resource: version.resource, version: version.version, isDeleted: version.isTombstone,
            lastUpdated: version.lastUpdated.description, record: version.record, originTrust: trust)
        guard writer.files[line.content] == nil else { throw NodeAnswer.malformed("a version comes twice") }
        try writer.write(version.bytes, to: line.content)
        try writer.write(try page.proof(of: version).encoded, to: line.proof)
        for (index, origin) in version.origins.enumerated() {
            let file = try ProofFile(decoding: origin.proof).opening(version.bytes)
            try writer.write(file.encoded, to: line.origin(index))
            if writer.files[trust[index]] == nil { try writer.write(Array(origin.trust.utf8), to: trust[index]) }
        }
        fetched.versions.append(line)
        // Newest first: the first version met of a resource is its newest.
        if fetched.seen.insert(version.resource).inserted {
            let isShown = version.bytes.count <= Self.shownByteCountMax
            fetched.newest.append(CopyContent.Record(line, bytes: isShown ? version.bytes : nil))
        }
    }

    // MARK: - Consents and log

    private func consents(
        _ writer: CopyWriter
    ) async throws(SteleError) -> [(grant: Digest, consent: JSONNode)] {
        let patient = connection.subject.logicalID
        var found: [(grant: Digest, consent: JSONNode)] = []
        for bytes in try await connection.session.search(type: "Consent", patient: patient).resources {
            // What is no grant is stored, and among the records.
            guard let root = try? JSONDocument(parsing: bytes).root,
                let grant = root["id"]?.string.flatMap({ Bytes32(hex: $0) })
            else { continue }
            try writer.write(bytes, to: CopyLayout.consent(grant))
            try writer.write(
                try await connection.session.proof("grant/" + grant.hex), to: CopyLayout.consentProof(grant))
            found.append((grant, root))
        }
        let lines = try GrantBook(walletPath: connection.wallet.path).lines().filter {
            $0.chainID == connection.subject.chainID && $0.subject == connection.subject.id
        }
        if !lines.isEmpty {
            try writer.write(
                lines.flatMap { line -> [UInt8] in
                    let words: JSONValue = [
                        "grant": .string(line.grant.hex), "words": .string(line.words), "salt": .string(line.salt.hex),
                    ]
                    return words.serialized() + [UInt8(ascii: "\n")]
                }, to: CopyLayout.words)
        }
        return found
    }

    private func accessLog(_ writer: CopyWriter) async throws(SteleError) -> [AccessLogEntry] {
        let subject = connection.subject.id
        let proof = try await connection.session.proof("access/" + subject.hex)
        let count = try ProofFile(decoding: proof).entries.count {
            [AccessRequest.declaration.name, AccessOverride.declaration.name, AccessUnordered.declaration.name]
                .contains($0.body.call)
        }
        var entries: [AccessLogEntry] = []
        while entries.count < count {
            let page = try await connection.session.accessLog(of: subject, from: UInt64(entries.count) + 1)
            guard !page.isEmpty else { throw NodeAnswer.malformed("the access log is shorter than its proof") }
            entries += page.prefix(count - entries.count)
        }
        try writer.write(entries.flatMap { $0.json.serialized() + [UInt8(ascii: "\n")] }, to: CopyLayout.accessLog)
        try writer.write(proof, to: CopyLayout.accessLogProof)
        return entries
    }
}
