// SteleCommand · the demonstration: what the patient decides.
internal import Contracts
internal import Cryptography
internal import Primitives

/// What the patient gave.
struct StoryConsent {
    /// The episode that the grants end with.
    let episode: Bytes32
    /// The grants, in the order of ``StoryActor/all``.
    let grants: [GrantBook.Line]

    /// The grant to `actor`.
    func grant(to actor: StoryActor) -> Digest? {
        zip(StoryActor.all, grants).first { $0.0.id == actor.id }?.1.grant
    }
}

extension Story {
    func give(_ patient: PatientConnection, _ cast: StoryCast) async throws -> StoryConsent {
        narrator.chapter("\(cast.patientName) gives three scopes for fourteen days, in one act.")
        narrator.tell("An operation is planned. Psychiatric treatment is nobody's business in that.")
        var scopes: [GrantScope] = []
        for actor in StoryActor.all { scopes.append(try GrantScope(actor.scope)) }
        let episode = SystemRandom().bytes32()
        let grants = try await patient.give(
            GrantOrder(
                scopes: scopes, purposes: ["TREAT"], actions: Actions([.read, .search]), dayCount: StoryCast.dayCount),
            episode: episode)
        for (actor, line) in zip(StoryActor.all, grants) {
            let except = actor.except.map { ", but nothing labelled \($0)" } ?? ""
            narrator.tell(
                "The \(actor.role) may see \(actor.classes.replacing(",", with: ", "))\(except). Grant "
                    + "\(line.grant.hex.prefix(16))…")
        }
        narrator.tell(
            "What is psychiatric carries the label PSY by its codes or by what it says of itself, so \"medicines\" does "
                + "not reveal it. The ledger got tokens: it enforces this without being able to read it.")
        return StoryConsent(episode: episode, grants: grants)
    }

    func revoke(
        _ patient: PatientConnection, _ staff: StoryStaff, _ consent: StoryConsent, _ cast: StoryCast
    ) async throws {
        narrator.chapter("\(cast.patientName) takes it back.")
        guard let grant = consent.grant(to: .laboratory) else { return }
        try await patient.revoke([grant])
        let refusal = try await Self.refusal(of: "a read after the revocation") { () throws(SteleError) in
            _ = try await staff.laboratory.read(cast.document(.result).name)
        }
        try Self.expect(refusal.code.name == "access.refused", "the laboratory's read after the revocation")
        narrator.tell("The patient revokes the laboratory's grant. The laboratory's very next read:")
        narrator.quote("\(refusal.code): \(refusal.message)")
        _ = try await staff.surgeon.read(cast.document(.report).name)
        narrator.tell(
            "The surgeon can still read. Then the patient ends the whole episode, and with it every grant in it.")
        try await patient.end(episode: consent.episode)
        let second = try await Self.refusal(of: "a read after the episode") { () throws(SteleError) in
            _ = try await staff.surgeon.read(cast.document(.report).name)
        }
        try Self.expect(second.code.name == "access.refused", "the surgeon's read after the episode")
        narrator.tell("The surgeon's next read:")
        narrator.quote("\(second.code): \(second.message)")
    }
}
