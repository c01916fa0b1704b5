// ContractsTests · records: subjects, profiles, anchors, and every reason for refusal.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct RecordsContractTests {
    private let network: ContractNetwork

    init() throws { network = try ContractNetwork() }

    private func version(_ profile: Int = 0, supersedes: Bytes32? = nil, from sources: [Bytes32]? = nil)
        -> RecordVersion
    {
        RecordVersion(
            record: network.id(), anchor: network.id(), profile: ProfileNumber(UInt64(profile))!,
            supersedes: supersedes, derivedFrom: sources)
    }

    private func anchor(
        _ versions: [RecordVersion], of subject: TestSubject, by key: SigningKey? = nil
    ) throws -> String? {
        try network.refusal(of: RecordsAnchor(subject: subject.id, versions: versions), by: key ?? network.node)
    }

    private func otherNode() throws -> SigningKey {
        let key = network.key()
        try network.applied(
            NetworkAddOrganisation(
                organisation: OrganisationName("clinic")!, adminKey: network.id(), nodeKey: key.publicKey),
            by: network.admin)
        return key
    }

    @Test func registersASubjectOnce() throws {
        let subject = try network.subject()
        #expect(try network.state.subject(subject.id)?.custodian.text == "st-elsewhere")
        #expect(try network.state.consentKey(of: subject.id) == subject.key.publicKey)
        let again = RecordsRegisterSubject(subject: subject.id, consentKey: network.id())
        #expect(try network.refusal(of: again, by: network.node) == "subject.exists")
        let other = RecordsRegisterSubject(subject: network.id(), consentKey: network.id())
        #expect(try network.refusal(of: other, by: network.admin) == "signer.not_allowed")
        #expect(try network.refusal(of: other, by: network.key()) == "signer.not_allowed")
        let shared = RecordsRegisterSubject(subject: network.id(), consentKey: network.node.publicKey)
        #expect(try network.refusal(of: shared, by: network.node) == "consent_key.shared")
    }

    @Test func registersAProfileOnceForEachPolicyKey() throws {
        let subject = try network.subject(profiles: [["all"]])
        var call = RecordsRegisterProfile(
            subject: subject.id, profile: ProfileNumber(0)!,
            classes: try subject.tokens(["all"], random: network.random))
        #expect(try network.refusal(of: call, by: network.node) == "profile.exists")
        call.policyKeyVersion = 3
        #expect(try network.refusal(of: call, by: network.node) == "policy_key.version")
        call.policyKeyVersion = 2
        #expect(try network.refusal(of: call, by: network.node) == nil)
        // Until the subject moves on, again takes the place of before.
        call.classes = try subject.tokens(["all"], version: 2, random: network.random)
        #expect(try network.refusal(of: call, by: network.node) == nil)
        #expect(try network.state.restatedPolicy(of: subject.id)?.profiles == [ProfileNumber(0)!: call.classes])
        call.profile = ProfileNumber(1)!
        #expect(try network.refusal(of: call, by: network.node) == "profile.unknown")
        call.profile = ProfileNumber(0)!
        try network.applied(ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: 2), by: subject.key)
        #expect(try network.refusal(of: call, by: network.node) == "profile.exists")
        #expect(try network.refusal(of: call, by: try otherNode()) == "signer.not_allowed")
        call.subject = network.id()
        #expect(try network.refusal(of: call, by: network.node) == "subject.unknown")
        call.subject = subject.id
        call.policyKeyVersion = 1
        call.profile = ProfileNumber(63)!
        #expect(try network.refusal(of: call, by: network.node) == "policy_key.version")
        call.policyKeyVersion = 2
        #expect(try network.refusal(of: call, by: network.node) == nil)
        #expect(try network.state.subject(subject.id)?.profiles == ProfileSet(0, 63))
    }

    @Test func anchorsAVersionWithOneRow() throws {
        let subject = try network.subject(profiles: [["all"]])
        let first = version()
        let outcome = try network.run(RecordsAnchor(subject: subject.id, versions: [first]), by: network.node)
        #expect(outcome.status == 0 && outcome.result == [0xa0])
        #expect(outcome.indexKeys == [[UInt8(ascii: "r")] + subject.id.bytes + first.record.bytes])
        let row = try #require(try network.state.record(first.record, of: subject.id))
        #expect(row.anchor == first.anchor && row.profile == first.profile && row.supersededBy == nil)
        #expect(network.lastChanges.count == 1)

        // With subject and key decoded before, a new version costs one look for its own row.
        let readCount = network.committed.readCount
        #expect(try anchor([version()], of: subject) == nil)
        #expect(network.committed.readCount == readCount + 1 && network.lastChanges.count == 1)
    }

    @Test func supersedesOnceWithinASubject() throws {
        let subject = try network.subject(profiles: [["all"]])
        let other = try network.subject(profiles: [["all"]])
        let first = version()
        #expect(try anchor([first], of: subject) == nil)
        #expect(try anchor([version(supersedes: first.record)], of: other) == "record.unknown")
        let second = version(supersedes: first.record)
        #expect(try anchor([second], of: subject) == nil)
        #expect(network.lastChanges.count == 2)
        #expect(try network.state.record(first.record, of: subject.id)?.supersededBy == second.record)
        #expect(try anchor([version(supersedes: first.record)], of: subject) == "record.superseded")
        #expect(try anchor([version(supersedes: network.id())], of: subject) == "record.unknown")
        var tombstone = version(supersedes: second.record)
        tombstone.isTombstone = true
        #expect(try anchor([tombstone], of: subject) == nil)
        #expect(try network.state.record(tombstone.record, of: subject.id)?.isTombstone == true)
    }

    @Test func anchorsAllOrNone() throws {
        let subject = try network.subject(profiles: [["all"]])
        let versions = (0..<256).map { _ in version() }
        #expect(try anchor(versions, of: subject) == nil)
        #expect(network.lastChanges.count == 256)
        #expect(try anchor([version(), versions[7]], of: subject) == "record.exists")
        let repeated = version()
        #expect(try anchor([repeated, repeated], of: subject) == "record.exists")
        #expect(try network.state.record(repeated.record, of: subject.id) == nil)
        #expect(try anchor([version(), version(1)], of: subject) == "profile.unknown")
        // A later version of the call may name an earlier one, not the other way round.
        let first = version()
        let second = version(supersedes: first.record, from: [first.record])
        #expect(try anchor([second, first], of: subject) == "record.unknown")
        #expect(try anchor([first, second], of: subject) == nil)
    }

    @Test func derivesFromTheSubjectsOwnRecords() throws {
        let subject = try network.subject(profiles: [["all"]])
        let first = version()
        #expect(try anchor([first], of: subject) == nil)
        #expect(try anchor([version(from: [network.id()])], of: subject) == "record.unknown")
        let derived = version(from: [first.record])
        #expect(try anchor([derived], of: subject) == nil)
        #expect(try network.state.record(derived.record, of: subject.id)?.derivedFrom == [first.record])
    }

    @Test func onlyTheCustodiansNodeAnchors() throws {
        let subject = try network.subject(profiles: [["all"]])
        for key in [network.admin, subject.key, network.key(), try otherNode()] {
            #expect(try anchor([version()], of: subject, by: key) == "signer.not_allowed")
        }
        let second = network.key()
        try network.applied(NetworkAddKey(key: second.publicKey, kind: .node), by: network.admin)
        #expect(try anchor([version()], of: subject, by: second) == nil)
        try network.applied(NetworkRevokeKey(key: second.publicKey), by: network.admin)
        #expect(try anchor([version()], of: subject, by: second) == "signer.not_allowed")
        let unknown = RecordsAnchor(subject: network.id(), versions: [version()])
        #expect(try network.refusal(of: unknown, by: network.node) == "subject.unknown")
    }
}
