// SteleCommand · `stele episode open` and `stele episode end`.
internal import Contracts
internal import Cryptography
internal import JSON
internal import Primitives

/// Opens an episode of care: grants made under it end together.
struct EpisodeOpenVerb: Verb {
    static let encounter = Option(
        "encounter", "Encounter/ID", "the stay with whose end the episode ends: the custodian may end it, and only that"
    )

    let name = "episode open"
    let summary = "open an episode of care, with the grants that end with it"
    let help = Help(
        meaning: """
            Opens an episode under a fresh random id and makes the scopes given for it, in one act. Ending the episode \
            ends them all. With --encounter it ends by itself when that encounter is finished or cancelled. Without a \
            scope only the episode is opened; grants can join it by stele grant --episode.
            """,
        options: GrantVerb.scopeOptions + [encounter] + Connection.patientOptions,
        examples: [
            "stele episode open --wallet marta.wallet --days 14 "
                + "--scope \"to=role:surgeon@st-anna classes=laboratory,imaging except=PSY\" "
                + "--scope \"to=role:laboratory@st-anna classes=laboratory\"",
            "stele episode open --wallet marta.wallet --encounter Encounter/kestrel-stay "
                + "--to role:surgeon@st-anna --classes all",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let hasScopes = [GrantVerb.to, GrantVerb.classes, GrantVerb.scope].contains { arguments.contains($0) }
        let order = hasScopes ? try GrantVerb.order(arguments) : nil
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let episode = SystemRandom().bytes32()
        let encounter = arguments.value(Self.encounter)
        var lines: [GrantBook.Line] = []
        if let order {
            lines = try await patient.give(order, episode: episode, custodianMayEnd: encounter != nil)
        } else {
            try await patient.act(
                ConsentOpenEpisode(
                    subject: patient.subject.id, episode: episode, custodianMayEnd: encounter != nil))
        }
        if let encounter { try await patient.bind(episode: episode, to: encounter) }
        terminal.line("episode \(episode.hex) is open" + (encounter.map { " until \($0) is over" } ?? ""))
        for line in lines { terminal.line("granted \(line.grant.hex)"); terminal.line("  \(line.words)") }
        terminal.result([
            "episode": .string(episode.hex), "encounter": encounter.map { .string($0) } ?? .null,
            "grants": .array(lines.map(\.json)),
        ])
        return .success
    }
}

/// Ends an episode and every grant made under it.
struct EpisodeEndVerb: Verb {
    let name = "episode end"
    let summary = "end an episode of care and every grant made under it"
    let help = Help(
        meaning: "Signs the end of an episode with the patient's key and submits it. It cannot be opened again.",
        operands: Operands("EPISODE", 1...1),
        options: Connection.patientOptions,
        examples: ["stele episode end 41d0…9a --wallet marta.wallet"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        guard let episode = Bytes32(hex: arguments.operands[0]) else {
            throw SteleError(
                .usageValue, "the episode's id is not 64 hexadecimal digits", hint: "copy it whole, as it was printed")
        }
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        try await patient.end(episode: episode)
        terminal.line("episode \(episode.hex) has ended, and every grant made under it")
        terminal.result(["ended": .string(episode.hex)])
        return .success
    }
}
