// ContractsTests · consent: grants, episodes, delegates and keys, and every reason for refusal.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct ConsentContractTests {
    private let network: ContractNetwork
    private let subject: TestSubject

    init() throws {
        network = try ContractNetwork()
        subject = try network.subject(profiles: [["all", "lab"], ["all", "psy"]])
    }

    /// What `asker` may read now.
    private func permitted(_ asker: String = "doctor") throws -> ProfileSet {
        try network.request(subject, by: [asker]).expected
    }

    private func refusal(_ call: some ContractCall, by key: SigningKey? = nil) throws -> String? {
        try network.refusal(of: call, by: key ?? subject.key)
    }

    private func delegate(_ kind: DelegateKind, until: UInt64 = ContractNetwork.start + 3600) throws -> SigningKey {
        let key = network.key()
        try network.applied(
            ConsentRegisterDelegate(
                subject: subject.id, delegate: key.publicKey, kind: kind, notAfter: UnixSeconds(until)),
            by: subject.key)
        return key
    }

    // MARK: - Grants

    @Test func grantsAreNamedByTransactionAndPlace() throws {
        let terms = try (0..<3).map { _ in try network.terms(of: subject, to: ["doctor"]) }
        let outcome = try network.run(ConsentGrant(subject: subject.id, grants: terms), by: subject.key)
        let result = try ConsentGrant.Result(decoding: outcome.result)
        #expect(result.signedAs == .subject)
        #expect(result.grants == (0..<3).map { Grant.id(transaction: network.lastTransaction, index: $0) })
        let policy = try #require(try AccessPreview.policy(of: subject.id, in: network.state))
        #expect(Set(policy.grants.map(\.id)) == Set(result.grants))
        #expect(policy.grants.first { $0.id == result.grants[1] }?.terms == terms[1])
        var key = [UInt8(ascii: "c")] + subject.id.bytes
        key.append(bigEndian: network.height)
        #expect(outcome.indexKeys == [key + network.lastTransaction.bytes])
    }

    @Test func revokedGrantsEndAtOnceAndLeaveAProof() throws {
        let grant = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        #expect(try permitted() == ProfileSet(0, 1))
        network.time = UnixSeconds(ContractNetwork.start + 5)
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [grant])) == nil)
        #expect(try permitted() == ProfileSet())
        let proof = try #require(network.committed.rows[StateKey.revokedGrant(grant, of: subject.id)])
        #expect(try EndedRow(decoding: proof).endedAt == network.time)
        #expect(network.committed.rows[StateKey.grant(grant, of: subject.id)] == nil)
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [grant])) == "grant.unknown")
    }

    @Test func revokesAllOrNone() throws {
        let grant = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [grant, network.id()])) == "grant.unknown")
        #expect(try permitted() == ProfileSet(0, 1))
        #expect(throws: SteleError.self) {
            try network.run(ConsentRevoke(subject: subject.id, grants: [grant, grant]), by: subject.key)
        }
        let other = try network.subject()
        #expect(try refusal(ConsentRevoke(subject: other.id, grants: [grant]), by: other.key) == "grant.unknown")
    }

    @Test func boundsAreWholeMinutesOrDays() throws {
        let start = ContractNetwork.start
        func isAccepted(from: UInt64, until: UInt64) throws -> Bool {
            let terms = try network.terms(of: subject, to: ["doctor"], from: from, until: until)
            do { return try refusal(ConsentGrant(subject: subject.id, grants: [terms])) == nil } catch { return false }
        }
        #expect(try isAccepted(from: start, until: start + 60))
        #expect(try isAccepted(from: start + 60, until: start + 60 + 90 * 86_400))
        #expect(try !isAccepted(from: start, until: start + 90))
        #expect(try !isAccepted(from: start + 1, until: start + 61))
        #expect(try !isAccepted(from: start + 60, until: start + 120 + 90 * 86_400))
        #expect(try isAccepted(from: start, until: start + 91 * 86_400))
        #expect(try !isAccepted(from: start, until: start + 91 * 86_400 + 60))
        #expect(try !isAccepted(from: start + 60, until: start + 60))
        #expect(try !isAccepted(from: start + 120, until: start + 60))
    }

    @Test func termsKeepToTheirKind() throws {
        for terms in [
            try network.terms(.permit, of: subject, to: ["doctor"], evenInEmergency: true),
            try network.terms(.deny, of: subject, to: ["doctor"], obligations: .noReuse),
            try network.terms(.permit, of: subject, to: ["doctor"], actions: []),
        ] {
            let error = #expect(throws: SteleError.self) {
                try network.run(ConsentGrant(subject: subject.id, grants: [terms]), by: subject.key)
            }
            #expect(error?.code == .contractArguments)
        }
        #expect(throws: SteleError.self) {
            try network.run(ConsentGrant(subject: subject.id, grants: []), by: subject.key)
        }
        let terms = try (0..<17).map { _ in try network.terms(of: subject, to: ["doctor"]) }
        #expect(throws: SteleError.self) {
            try network.run(ConsentGrant(subject: subject.id, grants: terms), by: subject.key)
        }
    }

    @Test func refusesGrantsThatCannotApply() throws {
        let terms = try network.terms(of: subject, to: ["doctor"])
        network.time = UnixSeconds(ContractNetwork.start + 86_400)
        #expect(try refusal(ConsentGrant(subject: subject.id, grants: [terms])) == "grant.expired")
        network.time = UnixSeconds(ContractNetwork.start + 86_399)
        #expect(try refusal(ConsentGrant(subject: subject.id, grants: [terms])) == nil)
        let old = try network.terms(of: subject, to: ["doctor"], version: 2)
        #expect(try refusal(ConsentGrant(subject: subject.id, grants: [old])) == "policy_key.version")
    }

    @Test func onlyTheSubjectOrADelegateSigns() throws {
        let grant = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let other = try network.subject()
        let terms = try network.terms(of: subject, to: ["doctor"])
        let calls: [any ContractCall] = [
            ConsentGrant(subject: subject.id, grants: [terms]), ConsentRevoke(subject: subject.id, grants: [grant]),
            ConsentOpenEpisode(subject: subject.id, episode: network.id()),
            ConsentEndEpisode(subject: subject.id, episode: network.id()),
            ConsentRegisterDelegate(
                subject: subject.id, delegate: network.id(), kind: .wallet, notAfter: UnixSeconds.max),
            ConsentRevokeDelegate(subject: subject.id, delegate: network.id()),
            ConsentRotateConsentKey(subject: subject.id, consentKey: network.id()),
            ConsentRestate(
                subject: subject.id, policyKeyVersion: 2,
                grants: [try network.restated(grant, of: subject, to: ["doctor"], version: 2)]),
            ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: 2),
        ]
        for call in calls {
            for key in [network.node, network.admin, other.key] {
                #expect(try network.refusal(of: call, by: key) == "signer.not_allowed")
            }
        }
        let unknown = ConsentRevoke(subject: network.id(), grants: [grant])
        #expect(try refusal(unknown) == "subject.unknown")
    }

    // MARK: - Limits

    @Test func keepsAtMost256Grants() throws {
        for _ in 0..<15 {
            let terms = try (0..<16).map { _ in try network.terms(of: subject, to: ["doctor"]) }
            try network.applied(ConsentGrant(subject: subject.id, grants: terms), by: subject.key)
        }
        let brief = try (0..<16).map { _ in
            try network.terms(of: subject, to: ["doctor"], until: ContractNetwork.start + 60)
        }
        try network.applied(ConsentGrant(subject: subject.id, grants: brief), by: subject.key)
        let one = ConsentGrant(subject: subject.id, grants: [try network.terms(of: subject, to: ["nurse"])])
        #expect(try refusal(one) == "grant.limit")

        // When the brief ones are over they make room, in the act that needs it.
        network.time = UnixSeconds(ContractNetwork.start + 60)
        #expect(try refusal(one) == nil)
        #expect(network.lastChanges.count == 17)
        let policy = try #require(try AccessPreview.policy(of: subject.id, in: network.state))
        #expect(policy.grants.count == 241)
        #expect(try permitted("nurse") == ProfileSet(0, 1))
        let fifteen = try (0..<15).map { _ in try network.terms(of: subject, to: ["doctor"]) }
        #expect(try refusal(ConsentGrant(subject: subject.id, grants: fifteen)) == nil)
        #expect(try refusal(one) == "grant.limit")

        // So do those of an ended episode, and those that a policy key left behind because they were over.
        network.time = UnixSeconds(ContractNetwork.start + 86_400)
        for number in 0..<2 {
            try network.register(profile: number, ["all"], of: subject, version: 2)
        }
        try network.applied(ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: 2), by: subject.key)
        let next = try network.terms(
            of: subject, to: ["doctor"], until: ContractNetwork.start + 2 * 86_400, version: 2)
        #expect(try refusal(ConsentGrant(subject: subject.id, grants: [next])) == nil)
        #expect(try AccessPreview.policy(of: subject.id, in: network.state)?.grants.count == 1)
    }

    @Test func opensAtMost64Episodes() throws {
        let first = network.id()
        try network.applied(ConsentOpenEpisode(subject: subject.id, episode: first), by: subject.key)
        for _ in 1..<64 {
            try network.applied(ConsentOpenEpisode(subject: subject.id, episode: network.id()), by: subject.key)
        }
        let one = ConsentOpenEpisode(subject: subject.id, episode: network.id())
        #expect(try refusal(one) == "episode.limit")
        let terms = try network.terms(of: subject, to: ["doctor"])
        #expect(
            try refusal(ConsentGrant(subject: subject.id, grants: [terms], episode: network.id())) == "episode.limit")
        try network.applied(ConsentEndEpisode(subject: subject.id, episode: first), by: subject.key)
        #expect(try refusal(one) == nil)
    }

    @Test func registersAtMost16Delegates() throws {
        for _ in 0..<15 { _ = try delegate(.proxy) }
        _ = try delegate(.proxy, until: ContractNetwork.start + 60)
        let one = ConsentRegisterDelegate(
            subject: subject.id, delegate: network.id(), kind: .wallet, notAfter: UnixSeconds.max)
        #expect(try refusal(one) == "delegate.limit")
        network.time = UnixSeconds(ContractNetwork.start + 60)
        #expect(try refusal(one) == nil)
        #expect(try network.state.delegates(of: subject.id).count == 16)
    }

    // MARK: - Episodes

    @Test func endingAnEpisodeEndsAllItsGrants() throws {
        let episode = network.id()
        for asker in ["surgeon", "laboratory", "anaesthetist"] {
            try network.grant(network.terms(of: subject, to: [asker]), of: subject, episode: episode)
        }
        try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        #expect(try permitted("surgeon") == ProfileSet(0, 1))
        #expect(try refusal(ConsentEndEpisode(subject: subject.id, episode: episode)) == nil)
        #expect(network.lastChanges.count == 2)
        for asker in ["surgeon", "laboratory", "anaesthetist"] { #expect(try permitted(asker) == ProfileSet()) }
        #expect(try permitted() == ProfileSet(0, 1))
        #expect(network.committed.rows[StateKey.endedEpisode(episode, of: subject.id)] != nil)

        #expect(try refusal(ConsentEndEpisode(subject: subject.id, episode: episode)) == "episode.unknown")
        #expect(try refusal(ConsentOpenEpisode(subject: subject.id, episode: episode)) == "episode.ended")
        let terms = try network.terms(of: subject, to: ["surgeon"])
        #expect(
            try refusal(ConsentGrant(subject: subject.id, grants: [terms], episode: episode)) == "episode.ended")
    }

    @Test func anEpisodeOpenedFirstTakesGrants() throws {
        let episode = network.id()
        #expect(try refusal(ConsentOpenEpisode(subject: subject.id, episode: episode)) == nil)
        #expect(try refusal(ConsentOpenEpisode(subject: subject.id, episode: episode)) == "episode.exists")
        try network.grant(network.terms(of: subject, to: ["surgeon"]), of: subject, episode: episode)
        #expect(try permitted("surgeon") == ProfileSet(0, 1))
    }

    @Test func theCustodianEndsEpisodesThatWereOpenedSo() throws {
        let (open, firm) = (network.id(), network.id())
        let terms = try network.terms(of: subject, to: ["surgeon"])
        try network.applied(
            ConsentGrant(subject: subject.id, grants: [terms], episode: open, custodianMayEnd: true), by: subject.key)
        try network.applied(ConsentOpenEpisode(subject: subject.id, episode: firm), by: subject.key)
        for key in [network.admin, network.key()] {
            #expect(try refusal(ConsentEndEpisode(subject: subject.id, episode: open), by: key) == "signer.not_allowed")
        }
        // The other episode, one that is none and one that the custodian would open stay out of its hands.
        for episode in [firm, network.id()] {
            let end = ConsentEndEpisode(subject: subject.id, episode: episode)
            #expect(try refusal(end, by: network.node) == "signer.not_allowed")
        }
        let opening = ConsentOpenEpisode(subject: subject.id, episode: network.id(), custodianMayEnd: true)
        #expect(try refusal(opening, by: network.node) == "signer.not_allowed")
        #expect(try permitted("surgeon") == ProfileSet(0, 1))
        let result = try network.applied(ConsentEndEpisode(subject: subject.id, episode: open), by: network.node)
        #expect(result.signedAs == .custodian)
        #expect(try permitted("surgeon") == ProfileSet())
        let again = ConsentEndEpisode(subject: subject.id, episode: open)
        #expect(try refusal(again, by: network.node) == "signer.not_allowed")
        #expect(try refusal(again) == "episode.unknown")
    }

    @Test func anotherCustodianEndsNoEpisode() throws {
        let (admin, node) = (network.key(), network.key())
        try network.applied(
            NetworkAddOrganisation(
                organisation: OrganisationName("clinic")!, adminKey: admin.publicKey, nodeKey: node.publicKey),
            by: network.admin)
        let episode = network.id()
        let opening = ConsentOpenEpisode(subject: subject.id, episode: episode, custodianMayEnd: true)
        #expect(try refusal(opening) == nil)
        let end = ConsentEndEpisode(subject: subject.id, episode: episode)
        #expect(try refusal(end, by: node) == "signer.not_allowed")
        #expect(try refusal(end, by: network.node) == nil)
    }

    @Test func aCustodianMayEndNothingWithoutAnEpisode() throws {
        let terms = try network.terms(of: subject, to: ["surgeon"])
        #expect(throws: SteleError.self) {
            try network.run(
                ConsentGrant(subject: subject.id, grants: [terms], custodianMayEnd: true), by: subject.key)
        }
    }

    // MARK: - Delegates

    @Test(arguments: DelegateKind.allCases)
    func delegatesAreMarkedAndEnd(kind: DelegateKind) throws {
        let key = try delegate(kind)
        let terms = try network.terms(of: subject, to: ["doctor"])
        let result = try network.applied(ConsentGrant(subject: subject.id, grants: [terms]), by: key)
        #expect(result.signedAs == ConsentSigner(kind) && result.signedAs.name == kind.name)
        let grant = try #require(result.grants.first)

        // Keys are the subject's own, or its wallet's, to change.
        let rotation = ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: 3)
        #expect(try refusal(rotation, by: key) == (kind == .wallet ? "policy_key.version" : "signer.not_allowed"))
        let addition = ConsentRegisterDelegate(
            subject: subject.id, delegate: network.id(), kind: .proxy, notAfter: UnixSeconds.max)
        #expect(try refusal(addition, by: key) == (kind == .wallet ? nil : "signer.not_allowed"))

        network.time = UnixSeconds(ContractNetwork.start + 3600)
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [grant]), by: key) == "signer.not_allowed")
        network.time = UnixSeconds(ContractNetwork.start + 3599)
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [grant]), by: key) == nil)
    }

    @Test func revokedDelegatesNeverReturn() throws {
        let key = try delegate(.proxy)
        let other = try delegate(.assisted)
        let revocation = ConsentRevokeDelegate(subject: subject.id, delegate: key.publicKey)
        #expect(try refusal(revocation, by: other) == "signer.not_allowed")
        #expect(try refusal(revocation, by: key) == nil)
        #expect(try refusal(revocation) == "delegate.unknown")
        #expect(try refusal(ConsentOpenEpisode(subject: subject.id, episode: network.id()), by: key) != nil)
        #expect(network.committed.rows[StateKey.revokedDelegate(key.publicKey, of: subject.id)] != nil)
        func registration(_ key: PublicKey, until: UInt64 = ContractNetwork.start + 60) -> ConsentRegisterDelegate {
            ConsentRegisterDelegate(subject: subject.id, delegate: key, kind: .proxy, notAfter: UnixSeconds(until))
        }
        #expect(try refusal(registration(key.publicKey)) == "delegate.exists")
        #expect(try refusal(registration(other.publicKey)) == "delegate.exists")
        #expect(try refusal(registration(subject.key.publicKey)) == "delegate.exists")
        #expect(try refusal(registration(network.node.publicKey)) == "consent_key.shared")
        #expect(try refusal(registration(network.id(), until: ContractNetwork.start)) == "delegate.expired")
    }

    // MARK: - Keys

    @Test func aRotatedConsentKeyIsSpent() throws {
        let new = network.key()
        #expect(try refusal(ConsentRotateConsentKey(subject: subject.id, consentKey: new.publicKey)) == nil)
        let episode = ConsentOpenEpisode(subject: subject.id, episode: network.id())
        #expect(try refusal(episode) == "signer.not_allowed")
        #expect(try refusal(episode, by: new) == nil)
        for key in [subject.key.publicKey, new.publicKey] {
            #expect(
                try refusal(ConsentRotateConsentKey(subject: subject.id, consentKey: key), by: new) == "delegate.exists"
            )
        }
        let shared = ConsentRotateConsentKey(subject: subject.id, consentKey: network.node.publicKey)
        #expect(try refusal(shared, by: new) == "consent_key.shared")
    }
}
