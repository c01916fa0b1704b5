// ContractsTests · network: who may add whom, and every reason for refusal.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct NetworkContractTests {
    private let network: ContractNetwork

    init() throws { network = try ContractNetwork() }

    private func add(_ name: String, by key: SigningKey? = nil) throws -> (admin: SigningKey, node: SigningKey, String?)
    {
        let (admin, node) = (network.key(), network.key())
        let call = NetworkAddOrganisation(
            organisation: OrganisationName(name)!, adminKey: admin.publicKey, nodeKey: node.publicKey)
        return (admin, node, try network.refusal(of: call, by: key ?? network.admin))
    }

    @Test func genesisRegistersTheFounder() throws {
        let admin = try #require(try network.state.networkKey(network.admin.publicKey))
        #expect(admin.kind == .admin && admin.organisation.text == "st-elsewhere" && !admin.isRevoked)
        #expect(try network.state.networkKey(network.node.publicKey)?.kind == .node)
        #expect(try network.state.networkKey(.zero) == nil)
        #expect(try network.state.parameters() == ParametersRow())
        #expect(ParametersRow().overrideSecondsMax == 7200 && ParametersRow().reviewSeconds == 259_200)
    }

    @Test func genesisNeedsTwoKeys() throws {
        let genesis = try Genesis(
            name: "test", time: Timestamp(seconds: 0), random: .zero, validators: [Validator(key: .zero, weight: 1)],
            organisation: "a", adminKey: .zero, nodeKey: .zero)
        #expect(throws: SteleError.self) {
            try StandardContracts().writeGenesis(genesis, into: StateView(reader: MemoryState()))
        }
    }

    @Test func founderAddsOrganisations() throws {
        let first = try add("clinic")
        #expect(first.2 == nil)
        #expect(try network.state.networkKey(first.node.publicKey)?.organisation.text == "clinic")
        #expect(try add("clinic").2 == "organisation.exists")
        #expect(try add("other", by: network.node).2 == "signer.not_allowed")
        #expect(try add("other", by: first.admin).2 == "signer.not_allowed")
        let taken = NetworkAddOrganisation(
            organisation: OrganisationName("other")!, adminKey: network.id(), nodeKey: first.node.publicKey)
        #expect(try network.refusal(of: taken, by: network.admin) == "network_key.exists")
        let same = NetworkAddOrganisation(organisation: OrganisationName("x")!, adminKey: .zero, nodeKey: .zero)
        #expect(throws: SteleError.self) { try network.run(same, by: network.admin) }
    }

    @Test func organisationsManageTheirOwnKeys() throws {
        let clinic = try add("clinic")
        let key = network.key()
        let addition = NetworkAddKey(key: key.publicKey, kind: .override)
        #expect(try network.refusal(of: addition, by: clinic.node) == "signer.not_allowed")
        #expect(try network.refusal(of: addition, by: clinic.admin) == nil)
        #expect(try network.state.networkKey(key.publicKey)?.kind == .override)
        #expect(try network.refusal(of: addition, by: clinic.admin) == "network_key.exists")

        let revocation = NetworkRevokeKey(key: key.publicKey)
        #expect(try network.refusal(of: revocation, by: network.admin) == "network_key.unknown")
        #expect(try network.refusal(of: revocation, by: clinic.node) == "signer.not_allowed")
        #expect(try network.refusal(of: revocation, by: clinic.admin) == nil)
        #expect(try network.refusal(of: revocation, by: clinic.admin) == "network_key.revoked")
        #expect(try network.refusal(of: NetworkRevokeKey(key: .zero), by: clinic.admin) == "network_key.unknown")
        #expect(try network.refusal(of: addition, by: clinic.admin) == "network_key.exists")
    }

    @Test func lastAdminKeyStays() throws {
        let second = network.key()
        let last = NetworkRevokeKey(key: network.admin.publicKey)
        #expect(try network.refusal(of: last, by: network.admin) == "network_key.last_admin")
        try network.applied(NetworkAddKey(key: second.publicKey, kind: .admin), by: network.admin)
        #expect(try network.refusal(of: last, by: network.admin) == nil)
        // The revoked key signs nothing any more; the other one is the last now.
        #expect(try network.refusal(of: last, by: network.admin) == "signer.not_allowed")
        #expect(
            try network.refusal(of: NetworkRevokeKey(key: second.publicKey), by: second) == "network_key.last_admin")
    }

    @Test func parametersStayInBounds() throws {
        #expect(try network.refusal(of: NetworkSetParameters(reviewSeconds: 3600), by: network.admin) == nil)
        #expect(try network.refusal(of: NetworkSetParameters(overrideSecondsMax: 600), by: network.admin) == nil)
        let row = try network.state.parameters()
        #expect(row.overrideSecondsMax == 600 && row.reviewSeconds == 3600)
        #expect(
            try network.refusal(of: NetworkSetParameters(reviewSeconds: 7200), by: network.node) == "signer.not_allowed"
        )
        for call in [
            NetworkSetParameters(), NetworkSetParameters(overrideSecondsMax: 59),
            NetworkSetParameters(overrideSecondsMax: 7201), NetworkSetParameters(reviewSeconds: 3599),
            NetworkSetParameters(reviewSeconds: 259_201),
        ] {
            #expect(throws: SteleError.self) { try network.run(call, by: network.admin) }
        }
    }

    @Test func unknownCallsNeverEnterABlock() {
        let error = #expect(throws: SteleError.self) { try network.run("records.forget", [0xa0], by: network.node) }
        #expect(error?.code == .contractUnknownCall)
    }

    @Test func actsAreListedByHeight() throws {
        let outcome = try network.run(NetworkSetParameters(reviewSeconds: 3600), by: network.admin)
        var key = [UInt8(ascii: "n")]
        key.append(bigEndian: network.height)
        #expect(outcome.indexKeys == [key + network.lastTransaction.bytes])
    }
}
