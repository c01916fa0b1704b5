// ContractsTests · records.erase: every row of the subject goes, and nothing can be done about it any more.
import Contracts
import Ledger
import Primitives
import Testing

@Suite struct RecordsEraseTests {
    private let network: ContractNetwork

    init() throws { network = try ContractNetwork() }

    @Test func removesEveryRowOfTheSubjectAndNoOther() throws {
        let subject = try network.subject(profiles: [["all"]])
        let other = try network.subject(profiles: [["all"]])
        for patient in [subject, other] {
            let grant = try network.grant(network.terms(of: patient, to: ["ada"]), of: patient)
            try network.applied(try network.request(patient, by: ["ada"]), by: network.node)
            try network.applied(ConsentRevoke(subject: patient.id, grants: [grant]), by: patient.key)
            let version = RecordVersion(record: network.id(), anchor: network.id(), profile: ProfileNumber(0)!)
            try network.applied(RecordsAnchor(subject: patient.id, versions: [version]), by: network.node)
        }
        func rows(_ subject: TestSubject) throws -> [[UInt8]] {
            try network.state.rows(prefix: []).map(\.key).filter { $0.dropFirst(2).starts(with: subject.id.bytes) }
        }
        let otherRows = try rows(other)
        #expect(try rows(subject).count == otherRows.count && otherRows.count > 4)

        try network.applied(RecordsErase(subject: subject.id, reason: .withdrawn), by: network.node)
        #expect(try rows(subject) == [StateKey.subject(subject.id)])
        #expect(try network.state.subject(subject.id)?.erasedAt != nil)
        #expect(try network.state.subject(subject.id)?.profiles == ProfileSet())
        #expect(try rows(other) == otherRows)
    }

    @Test func refusesWhateverComesAfterIt() throws {
        let subject = try network.subject(profiles: [["all"]])
        let request = try network.request(subject, by: ["ada"])
        let erase = RecordsErase(subject: subject.id, reason: .unlawful)
        #expect(try network.refusal(of: erase, by: subject.key) == "signer.not_allowed")
        #expect(
            try network.refusal(of: RecordsErase(subject: network.id(), reason: .unlawful), by: network.node)
                == "subject.unknown")
        try network.applied(erase, by: network.node)
        #expect(try network.refusal(of: erase, by: network.node) == "subject.erased")
        #expect(try network.refusal(of: request, by: network.node) == "subject.erased")
        let version = RecordVersion(record: network.id(), anchor: network.id(), profile: ProfileNumber(0)!)
        #expect(
            try network.refusal(of: RecordsAnchor(subject: subject.id, versions: [version]), by: network.node)
                == "subject.erased")
        #expect(
            try network.refusal(of: ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: 2), by: subject.key)
                == "subject.unknown")
        #expect(
            try network.refusal(
                of: RecordsRegisterSubject(subject: subject.id, consentKey: network.id()), by: network.node)
                == "subject.exists")
    }
}
