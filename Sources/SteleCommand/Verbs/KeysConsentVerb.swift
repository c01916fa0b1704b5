// SteleCommand · `stele keys consent`.
internal import API
internal import Contracts
internal import Cryptography
internal import JSON
internal import Node
internal import Primitives
internal import Storage

/// Replaces the key with which a patient decides.
struct KeysConsentVerb: Verb {
    let name = "keys consent"
    let summary = "replace the key with which a patient decides, and end the old one"
    let help = Help(
        meaning: """
            Makes a new consent key, signs it in with the old one, and lets the custodian know the patient by it from \
            then on. Grants stay as they are. Every copy of the wallet from before can then decide nothing more: do \
            this when somebody else may have had it. Cut off, it is gone on with by the same command: until it is over \
            the new key lies beside the wallet, in the file ending in .next.
            """,
        options: Connection.patientOptions, examples: ["stele keys consent --wallet marta.wallet"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let path = try arguments.required(.wallet)
        let old = try Connection(arguments, Connection.patientOptions).patient()
        let next = try Self.next(of: old, at: path + ".next")
        let key = try next.subject.consentKey().publicKey
        // An attempt that was cut off may have got this far, or to the ledger.
        if try await !next.isKnown() {
            if try await !old.isFollowed(to: key) {
                try await old.act(ConsentRotateConsentKey(subject: old.subject.id, consentKey: key))
                guard try await old.isFollowed(to: key) else {
                    throw NodeAnswer.malformed("it does not follow to the key that its ledger has")
                }
            }
        }
        // Into the wallet as it is by now: something else may have put another subject into it.
        try Wallet.change(path, next.subject) { $0.consentSeed = next.subject.consentSeed }
        try AtomicFile(next.wallet.path).remove()
        terminal.line("\(old.subject.logicalID) decides with a new key: \(key.hex). Replace your copies of the wallet.")
        terminal.result(["patient": .string(old.subject.logicalID), "key": .string(key.hex)])
        return .success
    }

    /// The patient with a new key, kept at `path`: that of an attempt before, or one made now.
    private static func next(of patient: PatientConnection, at path: String) throws(SteleError) -> PatientConnection {
        // An attempt that was cut off after all was done.
        if try AtomicFile(path).read() != nil,
            try Wallet.load(path).subjects.contains(where: { next in
                patient.wallet.wallet.subjects.contains { $0.isSame(as: next) && $0.consentSeed == next.consentSeed }
            })
        {
            try AtomicFile(path).remove()
        }
        if try AtomicFile(path).read() == nil {
            var subject = patient.subject
            subject.consentSeed = .random(count: SigningKey.seedByteCount, from: SystemRandom())
            var wallet = Wallet(did: patient.wallet.wallet.did)
            try wallet.put(subject)
            try wallet.create(at: path)
        }
        // One subject alone, so that nobody takes it for another custodian's, or for the wallet.
        let wallet = try WalletFile(path)
        guard wallet.wallet.subjects.count == 1, let subject = wallet.wallet.subjects.first,
            subject.isSame(as: patient.subject),
            subject.consentSeed != patient.subject.consentSeed
        else {
            throw SteleError(
                .walletNoSubject, "the file ending in .next is of another custodian, or of an attempt that is over",
                hint: "finish that with its --url first; or move the file away, but it may hold the only copy of a key")
        }
        return try PatientConnection(wallet: wallet, subject: subject, client: patient.client)
    }
}

extension PatientConnection {
    /// Whether the custodian knows the patient by this wallet's key.
    fileprivate func isKnown() async throws(SteleError) -> Bool {
        do throws(SteleError) {
            _ = try await session.issue()
            return true
        } catch {
            guard error.code == .tokenClient else { throw error }
            return false
        }
    }

    /// Lets the custodian know the patient by `key`, which it does if that is the consent key on the ledger.
    fileprivate func isFollowed(to key: PublicKey) async throws(SteleError) -> Bool {
        do throws(SteleError) {
            try await session.rotateActorKey(identity.id, to: key)
            return true
        } catch {
            guard error.code == .actorNotAllowed else { throw error }
            return false
        }
    }
}
