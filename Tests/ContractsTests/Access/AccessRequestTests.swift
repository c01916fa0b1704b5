// ContractsTests · access.request: what is recorded, what is refused, and that the preview tells the truth.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct AccessRequestTests {
    private let network: ContractNetwork
    private let subject: TestSubject

    init() throws {
        network = try ContractNetwork()
        subject = try network.subject(profiles: [["all", "lab"], ["all", "psy"], ["all", "image"]])
    }

    @Test func recordsWhatWasDecidedAndWhy() throws {
        let all = try network.grant(
            network.terms(of: subject, to: ["doctor"], except: ["image"], obligations: .noReuse), of: subject)
        let lab = try network.grant(
            network.terms(of: subject, to: ["doctor"], on: ["lab"], obligations: .noRedisclosure), of: subject)
        let deny = try network.grant(network.terms(.deny, of: subject, to: ["doctor"], on: ["psy"]), of: subject)
        var request = try network.request(subject, by: ["doctor"])
        request.retryOf = network.id()
        let outcome = try network.run(request, by: network.node)
        let result = try AccessRequest.Result(decoding: outcome.result)
        #expect(result.number == 1 && result.permitted == ProfileSet(0))
        let permits = [
            PermitCitation(grant: all, profiles: ProfileSet(0), obligations: .noReuse),
            PermitCitation(grant: lab, profiles: ProfileSet(0), obligations: .noRedisclosure),
        ]
        #expect(result.permits == permits.sorted { $0.grant < $1.grant })
        #expect(result.denies == [DenyCitation(grant: deny, profiles: ProfileSet(1))])
        #expect(outcome.indexKeys == [[UInt8(ascii: "a")] + subject.id.bytes + [0, 0, 0, 0, 0, 0, 0, 1]])
        #expect(network.lastChanges.count == 1)

        var event = AccessEvent()
        event.number = 1
        event.transaction = network.lastTransaction
        event.time = network.time
        event.askerCommitment = request.askerCommitment
        event.permitted = ProfileSet(0)
        event.manifestRoot = request.manifestRoot
        event.retryOf = request.retryOf
        let head = SHA256.hash(tag: "event", subject.id.bytes + event.encoded())
        #expect(result.head == head)
        #expect(try network.state.accessChain(of: subject.id).head == head)
    }

    @Test func aRefusalIsAnEventToo() throws {
        let result = try network.applied(try network.request(subject, by: ["stranger"]), by: network.node)
        #expect(result.number == 1 && result.permitted.isEmpty && result.permits.isEmpty && result.denies.isEmpty)
        #expect(try network.state.accessChain(of: subject.id).count == 1)
    }

    @Test func refusesWhatWasPreparedUnderAnotherPolicy() throws {
        let grant = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let request = try network.request(subject, by: ["doctor"])
        try network.applied(ConsentRevoke(subject: subject.id, grants: [grant]), by: subject.key)
        #expect(try network.refusal(of: request, by: network.node) == "access.stale")
        for expected in [ProfileSet(0), ProfileSet(5), ProfileSet(bits: .max)] {
            let wrong = try network.request(subject, by: ["doctor"], expected: expected)
            #expect(try network.refusal(of: wrong, by: network.node) == "access.stale")
        }
        #expect(try network.state.accessChain(of: subject.id).count == 0)
    }

    @Test func onlyTheCustodiansNodeAsks() throws {
        let request = try network.request(subject, by: ["doctor"])
        for key in [network.admin, subject.key, network.key()] {
            #expect(try network.refusal(of: request, by: key) == "signer.not_allowed")
        }
        var unknown = request
        unknown.subject = network.id()
        #expect(try network.refusal(of: unknown, by: network.node) == "subject.unknown")
    }

    @Test func timeIsTheBlocksAndBoundsAreHalfOpen() throws {
        let (from, until) = (ContractNetwork.start + 60, ContractNetwork.start + 120)
        try network.grant(network.terms(of: subject, to: ["doctor"], from: from, until: until), of: subject)
        for (time, isPermitted) in [(from - 1, false), (from, true), (until - 1, true), (until, false)] {
            network.time = UnixSeconds(time)
            let expected = isPermitted ? ProfileSet(0, 1, 2) : ProfileSet()
            let request = try network.request(subject, by: ["doctor"], expected: expected)
            #expect(try network.refusal(of: request, by: network.node) == nil)
        }
    }

    @Test func aWarmDecisionReadsNothing() throws {
        try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        try network.applied(try network.request(subject, by: ["doctor"]), by: network.node)
        let request = try network.request(subject, by: ["doctor"])
        let readCount = network.committed.readCount
        try network.applied(request, by: network.node)
        #expect(network.committed.readCount == readCount)
    }

    /// The promise of F24: what the preview shows is what is enforced. A thousand policies, each asked once.
    @Test func previewEqualsWhatIsEnforced() throws {
        var generator = PolicyGenerator(seed: 24)
        for _ in 0..<1000 {
            let grants = try (0..<generator.number(below: 3)).map { _ in
                try network.terms(
                    generator.number(below: 3) == 0 ? .deny : .permit, of: subject,
                    to: [generator.pick(["doctor", "nurse"])], for: [generator.pick(["treat", "research"])],
                    on: [generator.pick(["all", "lab", "psy", "image"])],
                    except: generator.number(below: 4) == 0 ? [generator.pick(["lab", "psy"])] : nil)
            }
            var made: [Digest] = []
            if !grants.isEmpty {
                made = try network.applied(ConsentGrant(subject: subject.id, grants: grants), by: subject.key).grants
            }
            let asker = try subject.tokens([generator.pick(["doctor", "nurse", "clerk"])], random: network.random)
            let purposes = try subject.tokens([generator.pick(["treat", "research"])], random: network.random)
            let question = ConsentQuestion(asker: asker, purposes: purposes, action: .read, time: network.time)
            let preview = try #require(try AccessPreview.decide(question, about: subject.id, in: network.state))
            let result = try network.applied(
                AccessRequest(
                    subject: subject.id, askerCommitment: network.id(), asker: asker, action: .read,
                    purposes: purposes, expected: preview.permitted, manifestRoot: network.id()), by: network.node)
            #expect(result.permitted == preview.permitted)
            #expect(result.permits == preview.permits && result.denies == preview.denies)
            if !made.isEmpty { try network.applied(ConsentRevoke(subject: subject.id, grants: made), by: subject.key) }
        }
    }
}
