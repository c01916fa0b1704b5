// API · episodes of care that end with an encounter.
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Binding an open episode of the patient to an encounter of theirs.
struct EpisodeRoutes: Sendable {
    let services: Services

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .post, "/custodian/v1/episodes", .token,
                Operation(
                    "bind-episode", "custodian",
                    "Lets an episode that the patient opened so end when the encounter is finished or cancelled. For "
                        + "the patient.",
                    body: [.json(Self.schema)], status: 201, answer: [.json()])
            ) { request async throws(SteleError) in try await bind(request) }
        ]
    }

    private func bind(_ request: RouteRequest) async throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        guard let subject = caller.actor.patientSubject else { throw Caller.notYours }
        var fields = try JSONFields(try request.json())
        let episode = try fields.hash("episode")
        let encounter = try fields.text("encounter")
        try fields.finish()
        guard encounter.hasPrefix("Encounter/") else { throw .malformedRequest("`encounter` is no Encounter/id") }
        let patient = try services.custodian.vault.directory.subject(subject).patient
        try await services.custodian.bindEpisode(
            episode, to: String(encounter.dropFirst("Encounter/".count)), of: patient)
        return .json(["episode": .string(episode.hex), "encounter": .string(encounter)], status: 201)
    }

    private static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["episode", "encounter"],
        "properties": [
            "episode": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
            "encounter": ["type": "string", "examples": ["Encounter/stay-1"]],
        ],
    ]
}
