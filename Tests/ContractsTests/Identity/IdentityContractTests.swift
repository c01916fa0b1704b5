// ContractsTests · identity: actors and roles, and every reason for refusal.
import Contracts
import Cryptography
import Primitives
import Testing

@Suite struct IdentityContractTests {
    private let network: ContractNetwork
    private let stranger: SigningKey

    init() throws {
        network = try ContractNetwork()
        stranger = network.key()
        try network.applied(
            NetworkAddOrganisation(
                organisation: OrganisationName("clinic")!, adminKey: network.id(), nodeKey: stranger.publicKey),
            by: network.admin)
    }

    private func actor() throws -> Bytes32 {
        let actor = network.id()
        let call = IdentityRegister(actor: actor, didCommitment: network.id(), keyCommitment: network.id())
        try network.applied(call, by: network.node)
        return actor
    }

    private func role(_ credential: Bytes32, for actor: Bytes32) -> IdentityIssueRole {
        IdentityIssueRole(
            credential: credential, actor: actor, roleCommitment: network.id(), notBefore: UnixSeconds(60),
            notAfter: UnixSeconds(120))
    }

    @Test func registersAndRotates() throws {
        let actor = try actor()
        #expect(try network.state.actor(actor)?.organisation.text == "st-elsewhere")
        let key = network.id()
        #expect(try network.refusal(of: IdentityRotateKey(actor: actor, keyCommitment: key), by: network.admin) == nil)
        #expect(try network.state.actor(actor)?.keyCommitment == key)
        let again = IdentityRegister(actor: actor, didCommitment: .zero, keyCommitment: .zero)
        #expect(try network.refusal(of: again, by: network.node) == "actor.exists")
        #expect(try network.refusal(of: again, by: network.key()) == "signer.not_allowed")
    }

    @Test func onlyTheOwnOrganisationChangesAnActor() throws {
        let actor = try actor()
        for key in [stranger] {
            #expect(try network.refusal(of: IdentityRevoke(actor: actor), by: key) == "actor.unknown")
            #expect(
                try network.refusal(of: IdentityRotateKey(actor: actor, keyCommitment: .zero), by: key)
                    == "actor.unknown")
            #expect(try network.refusal(of: role(network.id(), for: actor), by: key) == "actor.unknown")
        }
        #expect(try network.refusal(of: IdentityRevoke(actor: actor), by: network.key()) == "signer.not_allowed")
        #expect(
            try network.refusal(of: IdentityRotateKey(actor: network.id(), keyCommitment: .zero), by: network.node)
                == "actor.unknown")
    }

    @Test func revokedActorsStayRevoked() throws {
        let actor = try actor()
        #expect(try network.refusal(of: IdentityRevoke(actor: actor), by: network.node) == nil)
        #expect(try network.state.actor(actor)?.isRevoked == true)
        #expect(try network.refusal(of: IdentityRevoke(actor: actor), by: network.node) == "actor.revoked")
        #expect(
            try network.refusal(of: IdentityRotateKey(actor: actor, keyCommitment: .zero), by: network.node)
                == "actor.revoked")
        #expect(try network.refusal(of: role(network.id(), for: actor), by: network.node) == "actor.revoked")
    }

    @Test func suspendsAndResumesRoles() throws {
        let actor = try actor()
        let credential = network.id()
        try network.applied(role(credential, for: actor), by: network.node)
        let (suspension, resumption) = (
            IdentitySuspendRole(credential: credential), IdentityResumeRole(credential: credential)
        )
        func holds(at seconds: UInt64 = 60, for person: Bytes32? = nil) throws -> Bool {
            try #require(try network.state.role(credential)).holds(for: person ?? actor, at: UnixSeconds(seconds))
        }
        #expect(try holds())
        #expect(try !holds(at: 59) && holds(at: 119) && !holds(at: 120) && !holds(for: network.id()))
        #expect(try network.refusal(of: resumption, by: network.node) == "role.not_suspended")
        for key in [stranger] { #expect(try network.refusal(of: suspension, by: key) == "role.unknown") }
        #expect(try network.refusal(of: suspension, by: network.key()) == "signer.not_allowed")
        #expect(try network.refusal(of: suspension, by: network.node) == nil)
        #expect(try !holds())
        #expect(try network.refusal(of: suspension, by: network.admin) == "role.suspended")
        #expect(try network.refusal(of: resumption, by: network.admin) == nil)
        #expect(try holds())
        let unknown = IdentitySuspendRole(credential: network.id())
        #expect(try network.refusal(of: unknown, by: network.node) == "role.unknown")
    }

    @Test func issuesAndRevokesRoles() throws {
        let actor = try actor()
        let credential = network.id()
        #expect(try network.refusal(of: role(credential, for: actor), by: network.node) == nil)
        #expect(try network.state.role(credential)?.actor == actor)
        #expect(try network.refusal(of: role(credential, for: actor), by: network.node) == "role.exists")
        #expect(try network.refusal(of: role(credential, for: actor), by: network.key()) == "signer.not_allowed")
        let revocation = IdentityRevokeRole(credential: credential)
        #expect(try network.refusal(of: revocation, by: stranger) == "role.unknown")
        #expect(try network.refusal(of: revocation, by: network.key()) == "signer.not_allowed")
        #expect(try network.refusal(of: revocation, by: network.admin) == nil)
        #expect(try network.refusal(of: revocation, by: network.admin) == "role.revoked")
        #expect(
            try network.refusal(of: IdentityRevokeRole(credential: network.id()), by: network.node) == "role.unknown")
        #expect(
            try network.refusal(of: IdentitySuspendRole(credential: credential), by: network.node) == "role.revoked")
        var backwards = role(network.id(), for: actor)
        backwards.notAfter = backwards.notBefore
        #expect(throws: SteleError.self) { try network.run(backwards, by: network.node) }
    }
}
