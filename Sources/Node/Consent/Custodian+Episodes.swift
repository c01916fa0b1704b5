// Node · episodes of care that end with an encounter: bound by the patient, ended when the encounter is over.
internal import Contracts
internal import FHIR
internal import JSON
public import Primitives
internal import Vault

extension ErrorCode {
    /// An encounter that is over, or that the patient does not have.
    public static let episodeEncounter = ErrorCode("episode.encounter")
}

extension Custodian {
    /// The states of an encounter after which nothing of its care goes on. Source: FHIR R4, value set encounter-status.
    static let endedEncounterStates: Set<String> = ["finished", "cancelled", "entered-in-error"]

    /// Lets an open episode of a patient end with an encounter of theirs.
    ///
    /// The patient opened it so that the custodian may end it; that is all the custodian may do about it.
    /// - Throws: `episode.unknown` unless such an episode is open, `episode.encounter` unless the encounter is there
    ///   and goes on.
    public func bindEpisode(_ episode: Bytes32, to encounter: String, of patient: String) async throws(SteleError) {
        let subject = try enrolled(patient)
        try await exclusively([patient]) { (_) async throws(SteleError) in
            let row = try ledger.withState(about: subject) { (state) throws(SteleError) in
                try state.openEpisode(episode, of: subject)
            }
            guard row?.custodianMayEnd == true else { throw Self.refusal(Refusal.episodeUnknown.status) }
            guard try isOngoing(encounter, of: subject) else {
                throw SteleError(
                    .episodeEncounter, "the patient has no encounter of this id that goes on",
                    hint: "name an Encounter of the patient that is neither finished nor cancelled")
            }
            var bound = try open(vault.boundEpisodes(of: subject), of: subject)
            bound.removeAll { $0.episode == episode }
            bound.append(BoundEpisode(episode: episode, encounter: encounter))
            try await vault.setBoundEpisodes(bound, of: subject)
        }
    }

    /// Ends the open episodes of `subject` whose encounter is over. Called while nobody else writes the subject's
    /// records, after an encounter was written and before that is answered.
    ///
    /// When it returns, their grants apply no more.
    func endEpisodes(of subject: SubjectID) async throws(SteleError) {
        let bound = try vault.boundEpisodes(of: subject)
        guard !bound.isEmpty else { return }
        for one in bound where try !isOngoing(one.encounter, of: subject) {
            let isOpen = try ledger.withState(about: subject) { (state) throws(SteleError) in
                try state.openEpisode(one.episode, of: subject) != nil
            }
            // Ended by the patient meanwhile, it is refused: there is nothing left to end.
            guard isOpen else { continue }
            try await apply(
                ConsentEndEpisode(subject: subject, episode: one.episode), accepting: .signerNotAllowed)
            await openReleases.end(of: subject)
        }
        let rest = try open(bound, of: subject)
        if rest != bound { try await vault.setBoundEpisodes(rest, of: subject) }
    }

    /// Ends what a crash between the writing of an encounter and the end of its episode left open. Once, at the start.
    ///
    /// - Complexity: one look for each subject.
    func endEpisodesLeftOpen() async throws(SteleError) {
        var subjects: [SubjectID] = []
        try vault.directory.forEachSubject { (subject) throws(SteleError) in
            if subject.isOnLedger, try !vault.boundEpisodes(of: subject.id).isEmpty { subjects.append(subject.id) }
        }
        for subject in subjects { try await endEpisodes(of: subject) }
    }

    /// Those of `episodes` that are open.
    private func open(_ episodes: [BoundEpisode], of subject: SubjectID) throws(SteleError) -> [BoundEpisode] {
        try ledger.withState(about: subject) { (state) throws(SteleError) in
            var found: [BoundEpisode] = []
            for one in episodes where try state.openEpisode(one.episode, of: subject) != nil { found.append(one) }
            return found
        }
    }

    private func isOngoing(_ encounter: String, of subject: SubjectID) throws(SteleError) -> Bool {
        let name = ResourceName(type: ResourceType.encounter.name, id: encounter)
        guard let entry = try vault.compartment(of: subject).current(name), !entry.isTombstone else { return false }
        let status = try Resource(parsing: vault.open(entry, of: subject)).node["status"]?.string
        return !Self.endedEncounterStates.contains(status ?? "")
    }
}
