// Node · roles as credentials on the ledger: issued, suspended, resumed and taken away.
internal import Contracts
internal import Cryptography
public import Primitives
public import Vault

extension Custodian {
    /// For how long a role is given, in seconds: ten years.
    static let roleSeconds: UInt64 = 3653 * 86_400

    /// The roles that `actor` holds at this moment: those whose credential the ledger says holds. A patient is one
    /// without a credential.
    ///
    /// It is asked for each request, so a role that is suspended or taken away counts for none that begins afterwards.
    /// - Complexity: one look at the state for each role.
    func rolesHeld(by actor: RegisteredActor) throws(SteleError) -> [String] {
        guard actor.patientSubject == nil else { return actor.roles }
        let now = UnixSeconds(time.now())
        var held: [String] = []
        for role in actor.roles {
            guard let credential = actor.credentials.first(where: { $0.code == role }),
                let value = try ledger.value(for: StateKey.role(credential.id)),
                let row = try? RoleRow(decoding: value), row.holds(for: actor.ledgerID, at: now)
            else { continue }
            held.append(role)
        }
        return held
    }

    /// Whether `actor` holds `role` but it is suspended.
    public func isSuspended(_ role: String, of actor: RegisteredActor) throws(SteleError) -> Bool {
        guard let credential = actor.credentials.first(where: { $0.code == role }),
            let value = try ledger.value(for: StateKey.role(credential.id)),
            let row = try? RoleRow(decoding: value)
        else { return false }
        return row.isSuspended
    }

    /// Brings the ledger to what the directory says: a credential for each role, none for a role no longer held.
    ///
    /// The directory knows an id before the ledger does, so after a crash the same call goes on where it stopped.
    func issueRoles(to id: String) async throws(SteleError) -> RegisteredActor {
        let random = self.random
        let actor = try await vault.directory.updateActor(id: id) { (actor) throws(SteleError) in
            guard actor.patientSubject == nil else { return }
            for role in actor.roles where !actor.credentials.contains(where: { $0.code == role }) {
                actor.credentials.append(
                    RegisteredActor.RoleCredential(code: role, id: random.bytes32(), salt: random.bytes32()))
            }
        }
        guard actor.patientSubject == nil, !actor.isRevoked else { return actor }
        let now = time.now().seconds
        for credential in actor.credentials {
            let isKnown = try ledger.value(for: StateKey.role(credential.id)) != nil
            if !actor.roles.contains(credential.code) {
                if isKnown { try await apply(IdentityRevokeRole(credential: credential.id), accepting: .roleRevoked) }
            } else if !isKnown {
                try await apply(
                    IdentityIssueRole(
                        credential: credential.id, actor: actor.ledgerID,
                        roleCommitment: HMACSHA256.code(of: Array(credential.code.utf8), salt: credential.salt),
                        notBefore: UnixSeconds(now), notAfter: UnixSeconds(now + Self.roleSeconds)),
                    accepting: .roleExists)
            }
        }
        return try await vault.directory.updateActor(id: id) { actor in
            let roles = actor.roles
            actor.credentials.removeAll { !roles.contains($0.code) }
        }
    }

    /// Gives credentials to actors who were registered before roles had any, and ends what a crash left half done.
    func issueMissingRoles() async throws(SteleError) {
        for actor in try vault.directory.actors()
        where actor.patientSubject == nil && actor.isOnLedger && !actor.isRevoked
            && Set(actor.roles) != Set(actor.credentials.map(\.code))
        {
            _ = try await issueRoles(to: actor.id)
        }
    }

    /// Lets a role of an actor hold no more until it is resumed, or hold again. What is asked once this returns is
    /// decided with it.
    /// - Throws: `vault.actor_unknown`, `role.unknown`, `role.suspended`, `role.not_suspended`.
    public func suspendRole(_ role: String, of id: String, _ isSuspended: Bool) async throws(SteleError) {
        guard let actor = try vault.directory.actor(id: id) else { throw Self.actorUnknown }
        guard let credential = actor.credentials.first(where: { $0.code == role }), actor.roles.contains(role) else {
            throw Self.refusal(Refusal.roleUnknown.status)
        }
        if isSuspended {
            try await apply(IdentitySuspendRole(credential: credential.id))
        } else {
            try await apply(IdentityResumeRole(credential: credential.id))
        }
    }
}
