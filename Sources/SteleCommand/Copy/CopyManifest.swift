// SteleCommand · what a copy consists of, signed by the patient. Source: `docs/spec/copy.md` §4.
internal import FHIR
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// The list of everything in a copy: each file with its hash, each version with its place on the ledger.
struct CopyManifest: Sendable, Equatable {
    /// One version of a record.
    struct Version: Sendable, Equatable {
        let resource: ResourceName
        let version: UInt32
        /// Whether it says that the resource was deleted.
        let isDeleted: Bool
        /// When it was written, RFC 3339.
        let lastUpdated: String
        /// The record's id on the ledger.
        let record: Bytes32
        /// The trust files of the ledgers it came through, the first one first.
        let originTrust: [String]

        var content: String { CopyLayout.record(resource, version, isDeleted: isDeleted) }
        var proof: String { CopyLayout.proof(resource, version) }
        func origin(_ index: Int) -> String { CopyLayout.origin(resource, version, index + 1) }
    }

    /// Largest manifest, in bytes.
    static let byteCountMax = 64 << 20

    /// When the copy was made, RFC 3339.
    var made: String
    /// The patient's logical id at the custodian, and the custodian's name on the network.
    var patient: String
    var organisation: String
    /// The network, the name of its log, and the subject that the patient is there.
    var chainID: Digest
    var ledger: String
    var subject: SubjectID
    /// The access events under which the records were released.
    var events: [TransactionID]
    /// Every version, in the order of resources and versions.
    var versions: [Version]
    /// Every grant.
    var grants: [Digest]
    /// The hash of every other file, by path.
    var files: [String: Digest]
}

// MARK: - As a file
extension CopyManifest {
    /// The file's bytes.
    var encoded: [UInt8] {
        let versions = versions.map { version -> JSONValue in
            [
                "resource": .string(version.resource.description), "version": .number(String(version.version)),
                "deleted": .bool(version.isDeleted), "last_updated": .string(version.lastUpdated),
                "record": .string(version.record.hex), "origins": .array(version.originTrust.map { .string($0) }),
            ]
        }
        let files = files.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value.hex)) }
        let value: JSONValue = [
            "stele_copy": 1, "made": .string(made), "patient": .string(patient),
            "organisation": .string(organisation), "chain_id": .string(chainID.hex), "ledger": .string(ledger),
            "subject": .string(subject.hex), "events": .array(events.map { .string($0.hex) }),
            "records": .array(versions), "consents": .array(grants.map { .string($0.hex) }),
            "files": .object(files),
        ]
        return value.serialized(pretty: true) + [UInt8(ascii: "\n")]
    }

    /// Reads a manifest strictly: no path leads out of the folder, every file that belongs to a version is listed.
    /// - Throws: `copy.malformed`.
    init(decoding bytes: [UInt8]) throws(SteleError) {
        let limits = JSONLimits(byteCountMax: Self.byteCountMax, depthMax: 6)
        guard let root = try? JSONDocument(parsing: bytes, limits: limits).root, root["stele_copy"]?.uint == 1 else {
            throw Self.malformed("the manifest is no JSON, or of a form this program does not know")
        }
        func text(_ key: String) throws(SteleError) -> String {
            guard let text = root[key]?.string, (1...1024).contains(text.utf8.count) else {
                throw Self.malformed("the manifest lacks \(key)")
            }
            return text
        }
        func hash(_ key: String) throws(SteleError) -> Bytes32 {
            guard let hash = Bytes32(hex: try text(key)) else { throw Self.malformed("\(key) is not 32 bytes") }
            return hash
        }
        func hashes(_ key: String) throws(SteleError) -> [Bytes32] {
            let found = root[key]?.elements.compactMap { $0.string.flatMap { Bytes32(hex: $0) } } ?? []
            guard let list = root[key], list.kind == .array, found.count == list.count else {
                throw Self.malformed("\(key) is no list of 32 bytes each")
            }
            return found
        }
        made = try text("made")
        patient = try text("patient")
        organisation = try text("organisation")
        chainID = try hash("chain_id")
        ledger = try text("ledger")
        subject = try hash("subject")
        events = try hashes("events")
        grants = try hashes("consents")
        guard Resource.isID(patient), let records = root["records"], records.kind == .array,
            let files = root["files"], files.kind == .object
        else { throw Self.malformed("the manifest lacks its records or files") }
        self.files = [:]
        for (path, hash) in files.members {
            guard CopyLayout.isPath(path), let hash = hash.string.flatMap({ Bytes32(hex: $0) }) else {
                throw Self.malformed("a file is listed under a path that is none")
            }
            self.files[path] = hash
        }
        versions = []
        for record in records.elements { versions.append(try Version(record)) }
        try checkLists()
    }

    private func checkLists() throws(SteleError) {
        var named = [
            CopyLayout.page, CopyLayout.trust, CopyLayout.accessLog, CopyLayout.accessLogProof,
            CopyLayout.subjectProof,
        ]
        named += grants.flatMap { [CopyLayout.consent($0), CopyLayout.consentProof($0)] }
        for version in versions {
            named += [version.content, version.proof] + version.originTrust
            named += version.originTrust.indices.map { version.origin($0) }
        }
        guard named.allSatisfy({ files[$0] != nil }) else {
            throw Self.malformed("the manifest does not list every file of a version or consent")
        }
        guard Set(versions.map(\.content)).count == versions.count, Set(grants).count == grants.count else {
            throw Self.malformed("the manifest lists something twice")
        }
    }

    static func malformed(_ rule: String) -> SteleError {
        SteleError(
            .copyMalformed, "this is no copy, or a damaged one: \(rule)",
            hint: "give the folder that stele export made, whole; it has manifest.json in it")
    }
}

extension CopyManifest.Version {
    fileprivate init(_ node: JSONNode) throws(SteleError) {
        let name = node["resource"]?.string?.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let name, name.count == 2, ResourceType(name: name[0]) != nil, Resource.isID(name[1]),
            let version = node["version"]?.uint.flatMap({ UInt32(exactly: $0) }), version > 0,
            let isDeleted = node["deleted"]?.bool, let lastUpdated = node["last_updated"]?.string,
            let record = node["record"]?.string.flatMap({ Bytes32(hex: $0) }), let origins = node["origins"],
            origins.kind == .array, origins.count <= KeptOrigin.countMax
        else { throw CopyManifest.malformed("a record in the manifest is not described as it should be") }
        let trust = origins.elements.compactMap(\.string)
        guard trust.count == origins.count, trust.allSatisfy({ $0.hasPrefix("trust/") && CopyLayout.isPath($0) })
        else { throw CopyManifest.malformed("an origin in the manifest has no trust file") }
        self.init(
            resource: ResourceName(type: name[0], id: name[1]), version: version, isDeleted: isDeleted,
            lastUpdated: lastUpdated, record: record, originTrust: trust)
    }
}
