// API · notices: what a patient and the officers are told at once.
internal import HTTPServer
internal import JSON
internal import Node
internal import Primitives
internal import Vault

/// Notices as server-sent events, or as a list for who prefers JSON.
///
/// A patient sees those about themself, an officer of this custodian all. The id of a notice is `height.index`; a
/// client that sends the last one as `Last-Event-ID` misses none, and one that sends none gets all of them.
struct NoticeRoutes: Sendable {
    let services: Services
    private let open = OpenStreams()

    init(_ services: Services) { self.services = services }

    var routes: [Route] {
        [
            Route(
                .get, "/custodian/v1/notices", .token,
                Operation(
                    "notices", "custodian",
                    "Notices of emergencies as server-sent events, resumed by Last-Event-ID; as a list if JSON is "
                        + "preferred. A patient sees those about themself, an officer all.",
                    answer: [Operation.Content("text/event-stream", ["type": "string"]), .json()])
            ) { request throws(SteleError) in try answer(request) }
        ]
    }

    private func answer(_ request: RouteRequest) throws(SteleError) -> HTTPResponse {
        let caller = try request.requireCaller()
        try requireRecipient(caller)
        var place = Notice.Place.start
        if let text = try request.header("Last-Event-ID") {
            guard let found = Notice.Place(text) else {
                throw .malformedRequest("Last-Event-ID is not the id of a notice")
            }
            place = found
        }
        if try request.header("Accept") == "application/json" {
            let notices = try notices(after: place, for: caller)
            return .json(["notices": .array(notices.map { json($0, for: caller) })])
        }
        return try services.eventStream(open, for: caller) { [place] writer in
            try await produce(after: place, for: caller, to: writer)
        }
    }

    private func requireRecipient(_ caller: Caller) throws(SteleError) {
        if caller.isPatient { return }
        guard caller.actor.isOfficer, caller.actor.organisation == services.custodian.organisation else {
            throw SteleError(
                .actorNotAllowed, "notices are for patients and for officers of this custodian",
                hint: "use an access token of the patient or of an officer")
        }
    }

    private func notices(after place: Notice.Place, for caller: Caller) throws(SteleError) -> [Notice] {
        try services.custodian.notices(after: place, about: caller.actor.patientSubject)
    }

    /// Sends what there is and what comes, as soon as its block is durable, until the token ends.
    private func produce(
        after place: Notice.Place, for caller: Caller, to writer: HTTPBodyWriter
    ) async throws {
        var last = place
        try await services.follow(for: caller, to: writer) { now in
            var text = ""
            for notice in try notices(after: last, for: now) {
                let data = String(decoding: json(notice, for: now).serialized(), as: UTF8.self)
                text += "id: \(notice.place.text)\nevent: \(notice.kind.rawValue)\ndata: \(data)\n\n"
                last = notice.place
            }
            return text
        }
    }

    private func json(_ notice: Notice, for caller: Caller) -> JSONValue {
        let emergency = notice.emergency
        var members: [JSONValue.Member] = [
            .init("id", .string(notice.place.text)), .init("kind", .string(notice.kind.rawValue)),
            .init("time", .string(notice.time.description)), .init("emergency", emergency.json),
            .init("asker", .string(emergency.request?.askerDisplayName ?? "")),
        ]
        if !caller.isPatient { members.append(.init("patient", .string(emergency.patient))) }
        return .object(members)
    }
}
