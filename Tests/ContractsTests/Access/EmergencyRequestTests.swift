// ContractsTests · requests under an emergency override: whose, of whom, how long, and what stays closed.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct EmergencyRequestTests {
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

    /// Opens the subject's records to the person for ten minutes, and returns what requests cite.
    private func open(expecting expected: ProfileSet = ProfileSet(0, 1, 2)) throws -> EmergencyCitation {
        try network.applied(
            AccessOverride(
                subject: subject.id, askerCommitment: network.id(),
                asker: try subject.tokens(["doctor"], random: network.random), action: .read,
                purposes: try subject.tokens(["treat", "emergency"], random: network.random), expected: expected,
                manifestRoot: network.id(), actorCode: person, reason: .unableToConsent, seconds: 600),
            by: overrideKey)
        return EmergencyCitation(transaction: network.lastTransaction, actorCode: person)
    }

    private func request(
        _ citation: EmergencyCitation?, expecting expected: ProfileSet = ProfileSet(0, 1, 2), action: Action = .read
    ) throws -> AccessRequest {
        var request = try network.request(subject, by: ["doctor"], action: action, expected: expected)
        request.emergency = citation
        return request
    }

    private func refusal(_ request: AccessRequest) throws -> String? {
        try network.refusal(of: request, by: network.node)
    }

    @Test func opensWhatNoGrantPermits() throws {
        let citation = try open()
        #expect(try refusal(request(nil)) == "access.stale")
        let result = try network.applied(request(citation), by: network.node)
        #expect(result.number == 2 && result.permitted == ProfileSet(0, 1, 2) && result.permits.isEmpty)
        #expect(result.overridden == ProfileSet(0, 1, 2))
        try network.grant(network.terms(of: subject, to: ["doctor"], on: ["lab"]), of: subject)
        let second = try network.applied(request(citation, action: .search), by: network.node)
        #expect(second.permitted == ProfileSet(0, 1, 2) && second.overridden == ProfileSet(1, 2))
        // An ordinary request says nothing of emergencies.
        #expect(try network.applied(request(nil, expecting: ProfileSet(0)), by: network.node).overridden == nil)
    }

    @Test func aDenyThatHoldsEvenInAnEmergencyHolds() throws {
        let firm = try network.grant(
            network.terms(.deny, of: subject, to: ["doctor"], on: ["psy"], evenInEmergency: true), of: subject)
        try network.grant(network.terms(.deny, of: subject, to: ["doctor"], on: ["lab"]), of: subject)
        let citation = try open(expecting: ProfileSet(0, 2))
        #expect(try refusal(request(citation)) == "access.stale")
        let result = try network.applied(request(citation, expecting: ProfileSet(0, 2)), by: network.node)
        #expect(result.denies == [DenyCitation(grant: firm, profiles: ProfileSet(1))])
    }

    @Test func isForThatPersonAndThatSubjectAlone() throws {
        let citation = try open()
        let codes = [network.id(), .zero].map { EmergencyCitation(transaction: citation.transaction, actorCode: $0) }
        let others = codes + [EmergencyCitation(transaction: network.id(), actorCode: person)]
        for other in others { #expect(try refusal(request(other)) == "emergency.unknown") }
        let neighbour = try network.subject(profiles: [["all"]])
        var call = try network.request(neighbour, by: ["doctor"], expected: ProfileSet(0))
        call.emergency = citation
        #expect(try refusal(call) == "emergency.unknown")
        #expect(try network.state.accessChain(of: neighbour.id).count == 0)
    }

    @Test func noOrganisationUsesAnothersOverride() throws {
        let citation = try open()
        let (admin, node) = (network.key(), network.key())
        try network.applied(
            NetworkAddOrganisation(
                organisation: OrganisationName("clinic")!, adminKey: admin.publicKey, nodeKey: node.publicKey),
            by: network.admin)
        #expect(try network.refusal(of: request(citation), by: node) == "signer.not_allowed")
    }

    @Test func endsWithItsTime() throws {
        let citation = try open()
        network.time = UnixSeconds(ContractNetwork.start + 599)
        #expect(try refusal(request(citation)) == nil)
        network.time = UnixSeconds(ContractNetwork.start + 600)
        #expect(try refusal(request(citation)) == "emergency.ended")
        #expect(
            try network.state.openEmergency(
                of: person, at: OrganisationName("st-elsewhere")!, about: subject.id, time: network.time) == nil)
    }

    @Test func endsWithItsReview() throws {
        let citation = try open()
        let review = AccessReview(
            subject: subject.id, transaction: citation.transaction, finding: .unjustified)
        try network.applied(review, by: network.admin)
        #expect(try refusal(request(citation)) == "emergency.ended")
    }

    @Test func theOneThatHoldsLongestIsFound() throws {
        let first = try open()
        network.time = UnixSeconds(ContractNetwork.start + 60)
        let second = try open()
        let other = try network.subject()
        let name = try #require(OrganisationName("st-elsewhere"))
        func found(_ subject: SubjectID, _ person: Bytes32) throws -> EmergencyCitation? {
            try network.state.openEmergency(of: person, at: name, about: subject, time: network.time)
        }
        #expect(try found(subject.id, person) == second && first != second)
        #expect(try found(other.id, person) == nil)
        #expect(try found(subject.id, network.id()) == nil)
        #expect(try network.state.openReviews().count == 2)
    }

    @Test func isForReadingAndSearchingOnly() throws {
        let citation = try open()
        for action in [Action.export, .write, .delegate] {
            #expect(throws: SteleError.self) {
                try network.run(request(citation, action: action), by: network.node)
            }
        }
    }

    @Test func isAnEventThatNamesTheOverride() throws {
        let citation = try open()
        let override = try #require(network.lastBody)
        let opening = try #require(try network.state.review(of: citation.transaction, about: subject.id))
        #expect(opening.until == UnixSeconds(ContractNetwork.start + 600))
        let outcome = try network.run(request(citation), by: network.node)
        let body = try #require(network.lastBody)
        let event = try #require(AccessEvent(of: body, result: outcome.result, time: network.time))
        #expect(event.kind == .emergency && event.override == citation.transaction && event.number == 2)
        #expect(override.id == citation.transaction)
        let row = try network.state.accessChain(of: subject.id)
        #expect(try AccessRequest.Result(decoding: outcome.result).head == row.head)
        #expect(throws: AccessChain.Fault.count(expected: 2)) {
            try AccessChain.verify([], of: subject.id, against: row)
        }
    }
}
