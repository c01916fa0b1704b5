// ContractsTests · emergency overrides: what they open, how long, and the review that must follow.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct AccessOverrideTests {
    private let network: ContractNetwork
    private let subject: TestSubject
    private let overrideKey: SigningKey
    private let person: Bytes32

    init() throws {
        network = try ContractNetwork()
        subject = try network.subject(profiles: [["all", "lab"], ["all", "psy"], ["all", "image"]])
        overrideKey = network.key()
        person = network.id()
        try network.applied(NetworkAddKey(key: overrideKey.publicKey, kind: .override), by: network.admin)
    }

    private func override(
        expecting expected: ProfileSet = ProfileSet(0, 1, 2), seconds: UInt32 = 600, by person: Bytes32? = nil
    ) throws -> AccessOverride {
        AccessOverride(
            subject: subject.id, askerCommitment: network.id(),
            asker: try subject.tokens(["doctor"], random: network.random), action: .read,
            purposes: try subject.tokens(["treat", "emergency"], random: network.random), expected: expected,
            manifestRoot: network.id(), actorCode: person ?? self.person, reason: .unableToConsent, seconds: seconds)
    }

    private func refusal(_ call: some ContractCall, by key: SigningKey? = nil) throws -> String? {
        try network.refusal(of: call, by: key ?? overrideKey)
    }

    @Test func beatsAMissingPermit() throws {
        let call = try override()
        let outcome = try network.run(call, by: overrideKey)
        let result = try AccessOverride.Result(decoding: outcome.result)
        #expect(result.permitted == ProfileSet(0, 1, 2) && result.overridden == ProfileSet(0, 1, 2))
        #expect(result.denies.isEmpty)
        #expect(result.until == UnixSeconds(ContractNetwork.start + 600))
        #expect(result.reviewBy == UnixSeconds(ContractNetwork.start + 259_200))
        let place = [0, 0, 0, 0, 0, 0, 0, UInt8(network.height)] + network.lastTransaction.bytes
        #expect(
            outcome.indexKeys == [
                [UInt8(ascii: "a")] + subject.id.bytes + [0, 0, 0, 0, 0, 0, 0, 1], [UInt8(ascii: "e")] + place,
            ])
        let review = try #require(try network.state.review(of: network.lastTransaction, about: subject.id))
        #expect(review.reviewBy == result.reviewBy && review.finding == nil)
        #expect(try network.state.accessChain(of: subject.id).head == result.head)
    }

    @Test func beatsADenyUnlessItHoldsEvenInAnEmergency() throws {
        try network.grant(network.terms(of: subject, to: ["doctor"], on: ["image"]), of: subject)
        try network.grant(network.terms(.deny, of: subject, to: ["doctor"], on: ["lab"]), of: subject)
        let firm = try network.grant(
            network.terms(.deny, of: subject, to: ["doctor"], on: ["psy"], evenInEmergency: true), of: subject)
        #expect(try refusal(override()) == "access.stale")
        let result = try network.applied(override(expecting: ProfileSet(0, 2)), by: overrideKey)
        #expect(result.permitted == ProfileSet(0, 2) && result.overridden == ProfileSet(0))
        #expect(result.denies == [DenyCitation(grant: firm, profiles: ProfileSet(1))])
    }

    @Test func onlyAnOverrideKeyOfTheCustodianSigns() throws {
        for key in [network.node, network.admin, subject.key, network.key()] {
            #expect(try refusal(override(), by: key) == "signer.not_allowed")
        }
        #expect(try refusal(network.request(subject, by: ["doctor"]), by: overrideKey) == "signer.not_allowed")
        var unknown = try override()
        unknown.subject = network.id()
        #expect(try refusal(unknown) == "subject.unknown")
    }

    @Test func isLimitedInTime() throws {
        for seconds: UInt32 in [59, 7201] {
            #expect(throws: SteleError.self) { try network.run(override(seconds: seconds), by: overrideKey) }
        }
        #expect(try refusal(override(seconds: 7200)) == nil)
        try network.applied(NetworkSetParameters(overrideSecondsMax: 600), by: network.admin)
        #expect(try refusal(override(seconds: 601)) == "override.too_long")
        #expect(try refusal(override(seconds: 600)) == nil)
    }

    @Test func anOverdueReviewRefusesThatPersonsNextOverride() throws {
        try network.applied(override(), by: overrideKey)
        let transaction = network.lastTransaction
        network.time = UnixSeconds(ContractNetwork.start + 259_200)
        #expect(try refusal(override()) == nil)
        let second = network.lastTransaction
        network.time = UnixSeconds(ContractNetwork.start + 259_201)
        #expect(try refusal(override()) == "override.review_overdue")
        #expect(try refusal(override(by: network.id())) == nil)

        // A late review lifts the bar; the other review is not overdue.
        let review = AccessReview(subject: subject.id, transaction: transaction, finding: .justified)
        #expect(try refusal(review, by: network.node) == "signer.not_allowed")
        #expect(try refusal(review) == "signer.not_allowed")
        #expect(try refusal(review, by: network.admin) == nil)
        #expect(try refusal(review, by: network.admin) == "review.unknown")
        #expect(try refusal(override()) == nil)
        let row = try #require(try network.state.review(of: transaction, about: subject.id))
        #expect(row.finding == .justified && row.reviewedAt == network.time)
        #expect(try network.state.review(of: second, about: subject.id)?.finding == nil)
    }

    @Test func reviewsAreOfTheSubjectsOwnOverrides() throws {
        try network.applied(override(), by: overrideKey)
        let transaction = network.lastTransaction
        let other = try network.subject()
        for (subject, transaction) in [(other.id, transaction), (subject.id, network.id())] {
            let review = AccessReview(subject: subject, transaction: transaction, finding: .unjustified)
            #expect(try refusal(review, by: network.admin) == "review.unknown")
        }
        let unknown = AccessReview(subject: network.id(), transaction: transaction, finding: .unjustified)
        #expect(try refusal(unknown, by: network.admin) == "subject.unknown")
    }

    @Test func noOrganisationBlocksAnothersStaff() throws {
        // Another organisation repeats the person's code, and lets the review go overdue.
        let (admin, node, key) = (network.key(), network.key(), network.key())
        try network.applied(
            NetworkAddOrganisation(
                organisation: OrganisationName("clinic")!, adminKey: admin.publicKey, nodeKey: node.publicKey),
            by: network.admin)
        try network.applied(NetworkAddKey(key: key.publicKey, kind: .override), by: admin)
        let theirs = TestSubject(id: network.id(), key: network.key())
        try network.applied(RecordsRegisterSubject(subject: theirs.id, consentKey: theirs.key.publicKey), by: node)
        var call = try override(expecting: ProfileSet())
        call.subject = theirs.id
        try network.applied(call, by: key)
        network.time = UnixSeconds(ContractNetwork.start + 300_000)
        #expect(try refusal(call, by: key) == "override.review_overdue")
        #expect(try refusal(override()) == nil)
    }

    @Test func openReviewsAreLimited() throws {
        for _ in 0..<256 { try network.applied(override(), by: overrideKey) }
        #expect(try refusal(override()) == "override.review_limit")
        let review = AccessReview(
            subject: subject.id, transaction: network.lastTransaction, finding: .inconclusive)
        #expect(try refusal(review, by: network.admin) == "review.unknown")
        #expect(try network.state.accessChain(of: subject.id).count == 256)
    }

    @Test func overridesAreEventsOfTheLog() throws {
        let outcome = try network.run(try override(), by: overrideKey)
        let body = try #require(network.lastBody)
        let event = try #require(AccessEvent(of: body, result: outcome.result, time: network.time))
        #expect(event.kind == .override && event.permitted == ProfileSet(0, 1, 2))
        let row = try network.state.accessChain(of: subject.id)
        try AccessChain.verify([event.encoded()], of: subject.id, against: row)
    }
}
