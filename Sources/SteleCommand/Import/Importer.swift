// SteleCommand · files of FHIR resources on their way into a node.
internal import Contracts
internal import HTTPClient
internal import JSON
internal import Primitives

/// Sends files to a node: those without a patient first, since the others refer to the people and places in them.
///
/// A patient who is new is enrolled, and permits themself everything, before their records are sent. What is there
/// already with the same bytes is not written again, so an import that stopped is continued by the same call.
struct Importer: Sendable {
    /// How many files with patients are sent at once.
    static let fileCountAtOnceMax = 4
    /// For how long a patient permits themself everything, in days.
    static let ownPermitDays = 3650
    /// Longest wait for the answer to one file.
    static let fileTimeout = Duration.seconds(280)

    /// The officer who imports.
    let session: NodeSession
    /// Where wallets are and go.
    let wallets: WalletFolder
    /// Told how far the import is after each file: the tally so far, and the bytes sent.
    let progress: @Sendable (ImportTally, Int) -> Void

    /// Imports `files`.
    /// - Throws: what makes going on useless: an unreachable node, a refused token. A refused file is in the tally.
    func run(_ files: [ImportFile]) async throws -> ImportTally {
        var tally = ImportTally()
        var sentByteCount = 0
        for file in files where file.patients.isEmpty {
            tally += try await send(file)
            sentByteCount += file.byteCount
            progress(tally, sentByteCount)
        }
        try await withThrowingTaskGroup(of: (ImportTally, Int).self) { group in
            var waiting = files.filter { !$0.patients.isEmpty }[...]
            for file in waiting.prefix(Self.fileCountAtOnceMax) {
                group.addTask { (try await send(file), file.byteCount) }
            }
            waiting = waiting.dropFirst(Self.fileCountAtOnceMax)
            while let (part, byteCount) = try await group.next() {
                tally += part
                sentByteCount += byteCount
                progress(tally, sentByteCount)
                if let file = waiting.popFirst() { group.addTask { (try await send(file), file.byteCount) } }
            }
        }
        return tally
    }

    private func send(_ file: ImportFile) async throws(SteleError) -> ImportTally {
        var tally = ImportTally(fileCount: 1)
        do throws(SteleError) {
            for patient in file.patients {
                if try await enrol(patient) { tally.enrolledCount += 1 } else { tally.knownCount += 1 }
            }
            tally.add(response: try await post(file))
        } catch {
            guard Self.isOfThisFile(error) else { throw error }
            tally.refusals[error.code.name, default: 0] += file.resourceCount
        }
        return tally
    }

    private func post(_ file: ImportFile) async throws(SteleError) -> JSONNode {
        try await session.send(
            "POST", "/custodian/v1/import", accept: "application/fhir+json", body: .fhir(try file.body()),
            timeout: Self.fileTimeout
        ).json()
    }

    /// Whether the next file may fare better.
    private static func isOfThisFile(_ error: SteleError) -> Bool {
        let nouns: Set = ["json", "bundle", "resource", "vault", "subject", "wallet", "request", "client"]
        let noun = String(error.code.name.prefix { $0 != "." })
        return nouns.contains(noun) && ![.clientUnreachable, .clientTLS, .clientCancelled].contains(error.code)
    }

    /// Enrols a patient who has no wallet here; says whether that was done.
    private func enrol(_ patient: ImportFile.Patient) async throws(SteleError) -> Bool {
        let known = try wallets.wallet(of: patient.id)
        let wallet = if let known { known } else { try await wallets.enrol(patient, by: session) }
        // The permit may be missing if the import before was cut off between the two.
        guard try GrantBook(walletPath: wallet.path).lines().isEmpty else { return known == nil }
        let subject = try wallet.subject(at: session.client.url)
        let connection = try PatientConnection(wallet: wallet, subject: subject, client: session.client)
        _ = try await connection.give(try Self.ownPermit(wallet.wallet.did))
        return known == nil
    }

    /// What a patient permits themself: everything, at their own request.
    static func ownPermit(_ did: String) throws(SteleError) -> GrantOrder {
        GrantOrder(
            scopes: [try GrantScope(to: "actor:" + did, classes: "all")], purposes: ["PATRQT"], actions: .all,
            dayCount: ownPermitDays)
    }
}
