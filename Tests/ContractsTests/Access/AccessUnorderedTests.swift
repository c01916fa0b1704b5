// ContractsTests · what a journal has is recorded once, in order, marked and reviewed, whatever the policy says now.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct AccessUnorderedTests {
    private let network: ContractNetwork
    private let subject: TestSubject
    private let overrideKey: SigningKey
    private let person: Bytes32
    private let organisation = OrganisationName("st-elsewhere")!  // That of the network's genesis.
    private static let claimed = ContractNetwork.start - 3600

    init() throws {
        network = try ContractNetwork()
        subject = try network.subject(profiles: [["all", "lab"], ["all", "psy"]])
        overrideKey = network.key()
        person = network.id()
        try network.applied(NetworkAddKey(key: overrideKey.publicKey, kind: .override), by: network.admin)
    }

    /// The next entry of the journal, or the one after `row`.
    private func call(
        after row: JournalRow? = nil, opening: (number: UInt64, transaction: TransactionID)? = nil,
        override: TransactionID? = nil, by person: Bytes32? = nil, seconds: UInt32 = 600
    ) throws -> AccessUnordered {
        let row = try row ?? network.state.journal(of: organisation)
        var entry = JournalEntry()
        entry.number = row.count + 1
        entry.time = UnixSeconds(Self.claimed)
        entry.askerCommitment = network.id()
        entry.asker = try subject.tokens(["doctor"], random: network.random)
        entry.purposes = try subject.tokens(["treat", "emergency"], random: network.random)
        entry.permitted = ProfileSet(0, 1)
        entry.manifestRoot = network.id()
        entry.actorCode = person ?? self.person
        entry.kept = network.id()
        entry.opening = opening?.number
        entry.override = override
        if opening == nil, override == nil { (entry.reason, entry.seconds) = (.urgentCare, seconds) }
        return AccessUnordered(subject: subject.id, entry, previous: row.head, opening: opening?.transaction)
    }

    private func refusal(_ call: some ContractCall, by key: SigningKey? = nil) throws -> String? {
        try network.refusal(of: call, by: key ?? overrideKey)
    }

    @Test func chainsAnOpeningMarkedWithTheTimeClaimedAndOpensItsReview() throws {
        let call = try call()
        let outcome = try network.run(call, by: overrideKey)
        let result = try AccessUnordered.Result(decoding: outcome.result)
        #expect(result.permitted == ProfileSet(0, 1) && result.overridden == ProfileSet(0, 1))
        #expect(result.until == UnixSeconds(Self.claimed + 600))
        #expect(result.reviewBy == UnixSeconds(ContractNetwork.start + 259_200))
        let place = [0, 0, 0, 0, 0, 0, 0, UInt8(network.height)] + network.lastTransaction.bytes
        #expect(
            outcome.indexKeys == [
                [UInt8(ascii: "a")] + subject.id.bytes + [0, 0, 0, 0, 0, 0, 0, 1],
                AccessUnordered.indexKey(1, of: organisation), [UInt8(ascii: "e")] + place,
            ])
        let review = try #require(try network.state.review(of: network.lastTransaction, about: subject.id))
        #expect(review.until == result.until && review.isOf(person, at: organisation))
        #expect(try network.state.accessChain(of: subject.id).head == result.head)
        var expected = JournalRow(of: organisation)
        expected.append(encoded: call.entry.encoded(), of: subject.id)
        #expect(try network.state.journal(of: organisation) == expected)
    }

    @Test func recordsReleasesUnderTheOpeningOrAnOverride() throws {
        try network.applied(call(), by: overrideKey)
        let opening = network.lastTransaction
        let result = try network.applied(call(opening: (1, opening)), by: overrideKey)
        #expect(result.number == 2 && result.until == nil && result.reviewBy == nil)
        #expect(try refusal(call(opening: (1, network.id()))) == "emergency.unknown")
        #expect(try refusal(call(opening: (1, opening), by: network.id())) == "emergency.unknown")
        #expect(try refusal(call(override: network.id())) == "emergency.unknown")
        // Its review may be closed and its time over: it was not, by the custodian's clock.
        network.time = UnixSeconds(ContractNetwork.start + 100_000)
        try network.applied(
            AccessReview(subject: subject.id, transaction: opening, finding: .justified), by: network.admin)
        #expect(try refusal(call(override: opening)) == nil)
        #expect(try network.state.journal(of: organisation).count == 3)
    }

    @Test func refusesEveryEntryButTheNext() throws {
        let start = try network.state.journal(of: organisation)
        let first = try call()
        #expect(try refusal(first) == nil)
        #expect(try refusal(first) == "journal.out_of_order")
        #expect(try refusal(call(after: start)) == "journal.out_of_order")
        var row = try network.state.journal(of: organisation)
        row.count += 1
        #expect(try refusal(call(after: row)) == "journal.out_of_order")
        row.count -= 1
        row.head = network.id()
        #expect(try refusal(call(after: row)) == "journal.out_of_order")
        #expect(try refusal(call()) == nil)
        #expect(try network.state.accessChain(of: subject.id).count == 2)
    }

    @Test func whatHappenedIsRecordedWhateverThePolicySaysByNow() throws {
        let firm = try network.grant(
            network.terms(.deny, of: subject, to: ["doctor"], on: ["psy"], evenInEmergency: true), of: subject)
        let result = try network.applied(call(), by: overrideKey)
        #expect(result.permitted == ProfileSet(0, 1))
        #expect(result.denies == [DenyCitation(grant: firm, profiles: ProfileSet(1))])
        // Nor does an overdue review of the same person keep it out: that is the node's to look at before.
        network.time = UnixSeconds(ContractNetwork.start + 259_201)
        #expect(try refusal(call()) == nil)
    }

    @Test func onlyAnOverrideKeyOfTheCustodianSigns() throws {
        for key in [network.node, network.admin, subject.key, network.key()] {
            #expect(try refusal(call(), by: key) == "signer.not_allowed")
        }
        var unknown = try call()
        unknown.subject = network.id()
        #expect(try refusal(unknown) == "subject.unknown")
    }

    @Test func anEntryIsAnOpeningOrAReleaseUnderOneBeforeIt() throws {
        var both = try call()
        both.entry.override = network.id()
        var neither = try call()
        (neither.entry.reason, neither.entry.seconds) = (nil, nil)
        var itself = try call(opening: (1, network.id()))
        itself.entry.opening = itself.entry.number
        var unnamed = try call(opening: (1, network.id()))
        unnamed.opening = nil
        var long = try call()
        long.entry.seconds = 7201
        for call in [both, neither, itself, unnamed, long] {
            #expect(throws: SteleError.self) { try network.run(call, by: overrideKey) }
        }
    }

    @Test func theEventCanBeRebuiltFromTheTransaction() throws {
        let call = try call()
        let outcome = try network.run(call, by: overrideKey)
        var event = AccessEvent()
        event.transaction = network.lastTransaction
        event.kind = .override
        event.time = network.time
        event.askerCommitment = call.entry.askerCommitment
        event.permitted = call.entry.permitted
        event.manifestRoot = call.entry.manifestRoot
        event.claimed = call.entry.time
        var chain = AccessChainRow(of: subject.id)
        chain.append(encoded: event.encoded())
        #expect(try AccessUnordered.Result(decoding: outcome.result).head == chain.head)
    }
}
