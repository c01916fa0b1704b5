// SteleCommand · a copy brought to another custodian, with the proofs of where it comes from.
internal import Contracts
internal import Cryptography
internal import FHIR
internal import JSON
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// Sends a copy to a node, part by part, the Patient first.
///
/// A patient who is new there becomes a subject with a key of its own, which goes into their wallet beside those of
/// other custodians. What is there already is passed over, so an import that stopped is continued by the same call.
struct CopyImporter {
    /// About how many bytes of content go in one request, and most versions.
    static let deliveryByteCountMax = 4 << 20
    static let deliveryVersionCountMax = 256
    /// Longest wait for the answer to one.
    static let timeout = Duration.seconds(280)

    /// What came in.
    struct Tally: Hashable, Sendable {
        var writtenCount = 0
        var presentCount = 0
        /// Resources not brought in whole, by the code of the refusal.
        var refusals: [String: Int] = [:]
        var isEnrolled = false
    }

    let folder: CopyFolder
    /// An officer of the node.
    let session: NodeSession
    /// The folder of wallets.
    let wallets: String
    let note: (String) -> Void

    /// Brings the copy in, after checking it whole against the keys in it.
    /// - Throws: `copy.false` or `copy.malformed` before anything is sent.
    func run() async throws -> Tally {
        let (manifest, _) = try folder.manifest()
        let paths = [CopyLayout.trust] + Set(manifest.versions.flatMap(\.originTrust)).sorted()
        let trust = try paths.map { (path) throws(SteleError) in
            try TrustedKeys(parsing: String(decoding: try folder.read(path), as: UTF8.self))
        }
        note("checking the copy")
        let verdict = try CopyVerifier.verify(folder, trust: trust)
        if let finding = verdict.findings.first {
            throw SteleError(
                .copyFalse, "the copy does not hold and was not sent: \(finding.path): \(finding.what)",
                hint: "get the copy again from whoever made it")
        }
        var tally = Tally()
        tally.isEnrolled = try await enrol(manifest)
        let histories = Dictionary(grouping: manifest.versions, by: \.resource)
        let patient = ResourceName(type: "Patient", id: manifest.patient)
        let order = histories.keys.sorted {
            ($0 == patient ? 0 : 1, $0.type, $0.id) < ($1 == patient ? 0 : 1, $1.type, $1.id)
        }
        var batch = Batch(patient: manifest.patient)
        var sentCount = 0
        func send() async throws {
            guard !batch.delivery.histories.isEmpty else { return }
            try Task.checkCancellation()
            try await post(batch.delivery, &tally)
            sentCount += batch.versionCount
            note("\(sentCount) of \(manifest.versions.count) versions")
            batch = Batch(patient: manifest.patient)
        }
        for name in order {
            for (index, version) in histories[name]!.enumerated() {
                batch.add(try delivered(version), of: name, earlierCount: index)
                if batch.isFull { try await send() }
            }
            if name == patient { try await send() }
        }
        try await send()
        return tally
    }

    /// Histories on their way into one request.
    private struct Batch {
        var delivery: CopyDelivery
        var byteCount = 0
        var versionCount = 0
        var isFull: Bool {
            byteCount >= CopyImporter.deliveryByteCountMax || versionCount >= CopyImporter.deliveryVersionCountMax
        }

        init(patient: String) { delivery = CopyDelivery(patient: patient, histories: []) }

        mutating func add(_ version: CopyDelivery.Version, of name: ResourceName, earlierCount: Int) {
            if delivery.histories.last?.resource == name {
                delivery.histories[delivery.histories.count - 1].versions.append(version)
            } else {
                delivery.histories.append(
                    CopyDelivery.History(name, earlierCount: UInt32(earlierCount), versions: [version]))
            }
            byteCount += version.bytes.count + version.origins.reduce(0) { $0 + $1.proof.count }
            versionCount += 1
        }
    }

    /// A version with the proofs of the ledgers it came through, the copy's own being the newest.
    private func delivered(_ version: CopyManifest.Version) throws(SteleError) -> CopyDelivery.Version {
        func origin(_ trust: String, _ proof: String) throws(SteleError) -> KeptOrigin {
            KeptOrigin(
                trust: try TrustedKeys(parsing: String(decoding: try folder.read(trust), as: UTF8.self)).text,
                proof: try ProofFile(decoding: try folder.read(proof)).withoutContent.encoded)
        }
        var origins: [KeptOrigin] = []
        for (index, trust) in version.originTrust.enumerated() {
            origins.append(try origin(trust, version.origin(index)))
        }
        origins.append(try origin(CopyLayout.trust, version.proof))
        return CopyDelivery.Version(
            isTombstone: version.isDeleted, bytes: try folder.read(version.content),
            origins: Array(origins.suffix(KeptOrigin.countMax)))
    }

    private func post(_ delivery: CopyDelivery, _ tally: inout Tally) async throws(SteleError) {
        let root = try await session.send(
            "POST", "/custodian/v1/copy", body: .cbor(delivery.encoded), timeout: Self.timeout
        ).json()
        for result in root["results"]?.elements.map({ $0 }) ?? [] {
            tally.writtenCount += Int(try result.requiredNumber("written"))
            tally.presentCount += Int(try result.requiredNumber("present"))
            if let code = result["refused"]?.string { tally.refusals[code, default: 0] += 1 }
        }
    }

    // MARK: - The patient

    /// Makes the patient a subject of the node, unless their wallet has one there; says whether that was done.
    private func enrol(_ manifest: CopyManifest) async throws(SteleError) -> Bool {
        let folder = try WalletFolder(wallets)
        let path = folder.walletPath(of: manifest.patient)
        let known = try folder.wallet(of: manifest.patient)?.wallet.subjects.last { $0.url == session.client.url }
        if known == nil { _ = try await folder.enrol(try person(manifest), by: session) }
        let file = try WalletFile(path)
        let subject = try file.subject(at: session.client.url)
        let hasPermit = try GrantBook(walletPath: path).lines().contains {
            $0.chainID == subject.chainID && $0.subject == subject.id
        }
        if !hasPermit {
            let order = try PatientRegistrar.ownPermit(DIDKey.did(of: try subject.consentKey().publicKey))
            _ = try await PatientConnection(wallet: file, subject: subject, client: session.client).give(order)
        }
        return known == nil
    }

    /// The patient as the newest version of their Patient names them.
    private func person(_ manifest: CopyManifest) throws(SteleError) -> ImportPatient {
        let name = ResourceName(type: "Patient", id: manifest.patient)
        let newest = manifest.versions.last { $0.resource == name && !$0.isDeleted }
        let root = newest.flatMap { version in
            try? JSONDocument(parsing: folder.read(version.content)).root
        }
        let text = root.flatMap { CopyText($0).personName } ?? "Patient " + manifest.patient
        return ImportPatient(
            id: manifest.patient, displayName: String(text.prefix(200)), birthDate: root?["birthDate"]?.string)
    }
}
