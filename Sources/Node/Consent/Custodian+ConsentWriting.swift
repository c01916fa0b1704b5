// Node · consents written down here: signed by an assisted delegate, or handed out to be signed.
public import Contracts
internal import Cryptography
public import FHIR
public import Ledger
public import Primitives
public import Vault

/// What became of a consent that was written down.
public enum ConsentWriting: Sendable {
    /// Signed by the assisted delegate, and in force.
    case made(Receipt)
    /// To be signed by the patient, or by a delegate that is not here; `salt` opens the commitment to the words.
    /// Nothing holds before it is signed and submitted.
    case unsigned(UnsignedTransaction, salt: Bytes32)
}

/// Who signs a consent that is written down.
public enum ConsentWriter: Sendable {
    /// The assisted delegate if the subject has one that may sign now; otherwise the subject.
    case assisted
    /// The subject's own consent key, or the key of a delegate elsewhere.
    case elsewhere(PublicKey?)
}

extension Custodian {
    /// Writes down a consent: the grant that `statement` becomes, with a commitment to the words as they came.
    ///
    /// The words are kept under the patient's key before anything is signed, with the name of whoever wrote them down.
    public func write(
        _ statement: ConsentStatement, words: [UInt8], of subject: SubjectID, by actor: RegisteredActor,
        signer: ConsentWriter
    ) async throws(SteleError) -> ConsentWriting {
        let salt = random.bytes32()
        let commitment = HMACSHA256.code(of: SHA256.hash(words), salt: salt)
        let terms = try terms(of: statement, under: policy(of: subject).key, commitment: commitment)
        let call = ConsentGrant(
            subject: subject, grants: [terms], episode: statement.episode.flatMap { Bytes32(hex: $0) })
        let kept = KeptConsent(
            statement: words, salt: salt, labels: statement.labels, writerDID: actor.did,
            writerDisplayName: actor.displayName)
        return try await act(call, keeping: kept, of: subject, signer: signer)
    }

    /// Writes down that `grant` is to hold no longer.
    public func writeRevocation(
        of grant: Digest, of subject: SubjectID, by actor: RegisteredActor, signer: ConsentWriter
    ) async throws(SteleError) -> ConsentWriting {
        let kept = KeptConsent(
            statement: [], salt: random.bytes32(), labels: [], writerDID: actor.did,
            writerDisplayName: actor.displayName)
        return try await act(
            ConsentRevoke(subject: subject, grants: [grant]), keeping: kept, of: subject, signer: signer)
    }

    private func act(
        _ call: some ContractCall, keeping kept: KeptConsent, of subject: SubjectID, signer: ConsentWriter
    ) async throws(SteleError) -> ConsentWriting {
        try ledger.disk?.checkSubmission()
        let maker = UnsignedTransactionMaker(chainID: ledger.chainID, time: time, random: random)
        var key = PublicKey.zero
        switch signer {
        case .assisted:
            if let assisted = try liveAssistedKey(of: subject) {
                let unsigned = maker.unsigned(call, signer: assisted.publicKey)
                try await vault.keep(kept, for: unsigned.id, of: subject)
                let receipt = try await ledger.submit(unsigned.signed(by: [assisted]))
                guard receipt.isApplied else { throw Self.refusal(receipt.status) }
                await openReleases.end(of: subject)
                return .made(receipt)
            }
            key = try consentKey(of: subject)
        case .elsewhere(let given?): key = given
        case .elsewhere(nil): key = try consentKey(of: subject)
        }
        let unsigned = maker.unsigned(call, signer: key)
        try await vault.keep(kept, for: unsigned.id, of: subject)
        return .unsigned(unsigned, salt: kept.salt)
    }

    // MARK: - The assisted delegate

    /// The key with which staff write down what a patient says, made now if there is none that could be registered, and
    /// the act that registers it until `notAfter`, for the patient to sign. Until then it signs nothing.
    public func prepareAssistedDelegate(
        of subject: SubjectID, until notAfter: UnixSeconds
    ) async throws(SteleError) -> (delegate: PublicKey, act: UnsignedTransaction) {
        let known = try vault.assistedKey(of: subject)
        let mayServe = try known.map { key throws(SteleError) in try isUnused(key.publicKey, of: subject) } ?? false
        let delegate: SigningKey
        if let known, mayServe { delegate = known } else { delegate = try await vault.makeAssistedKey(of: subject) }
        let call = ConsentRegisterDelegate(
            subject: subject, delegate: delegate.publicKey, kind: .assisted, notAfter: notAfter)
        let act = UnsignedTransactionMaker(chainID: ledger.chainID, time: time, random: random)
            .unsigned(call, signer: try consentKey(of: subject))
        return (delegate.publicKey, act)
    }

    /// The assisted key of a subject, if the subject lets it sign now.
    func liveAssistedKey(of subject: SubjectID) throws(SteleError) -> SigningKey? {
        guard let key = try vault.assistedKey(of: subject) else { return nil }
        let now = UnixSeconds(time.now())
        let isLive = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try state.delegates(of: subject).contains { $0.key == key.publicKey && now < $0.row.notAfter }
        }
        return isLive ? key : nil
    }

    /// Whether `key` was never registered: a registered one is spent once its time is over or it is revoked.
    private func isUnused(_ key: PublicKey, of subject: SubjectID) throws(SteleError) -> Bool {
        let isDelegate = try ledger.value(for: StateKey.delegate(key, of: subject)) != nil
        let wasRevoked = try ledger.value(for: StateKey.revokedDelegate(key, of: subject)) != nil
        return !isDelegate && !wasRevoked
    }

    /// The key that signs the consent of `subject`, by the ledger.
    /// - Throws: `subject.unknown`, for one that was erased too.
    public func consentKey(of subject: SubjectID) throws(SteleError) -> PublicKey {
        let key = try ledger.withState(about: subject) { (state) throws(SteleError) in
            try state.consentKey(of: subject)
        }
        guard let key else { throw Self.refusal(Refusal.subjectUnknown.status) }
        return key
    }
}
