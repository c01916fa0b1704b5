// API · what one entry of a transaction asks for, read and checked by itself.
internal import FHIR
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// An entry that changes something. Source: FHIR R4 §3.1.0.11.2.
struct TransactionEntry: Sendable {
    enum Action: Sendable { case create, update, delete }

    /// Its place in the bundle.
    let place: Int
    let action: Action
    let type: ResourceType
    /// The resource as sent; nil for a deletion.
    let resource: Resource?
    /// What picks the resource, if its id does not.
    let criteria: Criteria?
    /// The version that must be the newest, 0 for none; nil for whatever it is.
    let expectedVersion: UInt32?
    /// The logical id: the one asked for, the one found, or a new one. Not to be used before ``isResolved``; nil after
    /// that for a deletion that found nothing.
    var id: String?
    /// Whether the criteria, if there are any, have been searched for.
    var isResolved: Bool
    /// Whether a create found its resource, so that nothing is written.
    var isFound = false

    /// `Type/id`, once it is known.
    var name: String? {
        guard isResolved, let id else { return nil }
        return type.name + "/" + id
    }

    /// The entry at `place`, which is no read.
    init(
        _ entry: Bundle.Entry, at place: Int, _ single: EntryRequests, by caller: Caller
    ) throws(SteleError) {
        guard let asked = entry.request, let target = single.target(asked.url), [2, 3].contains(target.segments.count),
            let type = ResourceType(name: target.segments[1])
        else { throw EntryRequests.refused("its url is not a type, a type and an id, or a type and criteria") }
        self.place = place
        self.type = type
        let pathID = target.segments.count == 3 ? target.segments[2] : nil
        let query = pathID == nil && !target.query.isEmpty ? target.query : nil
        guard pathID.map({ Resource.isID($0) && target.query.isEmpty }) ?? true else {
            throw EntryRequests.refused("its url has no id, or an id and criteria")
        }
        switch asked.method {
        case .POST:
            guard pathID == nil, query == nil else { throw EntryRequests.refused("its url is not a type") }
            try caller.require(.create, on: type)
            action = .create
            criteria = try asked.ifNoneExist.map { (text) throws(SteleError) in try Criteria(type, text) }
        case .PUT:
            guard pathID != nil || query != nil else {
                throw EntryRequests.refused("its url has no id and no criteria")
            }
            try caller.require(.update, on: type)
            action = .update
            criteria = try query.map { (fields) throws(SteleError) in try Criteria(type, fields) }
        case .DELETE:
            guard pathID != nil || query != nil else {
                throw EntryRequests.refused("its url has no id and no criteria")
            }
            try caller.require(.delete, on: type)
            action = .delete
            criteria = try query.map { (fields) throws(SteleError) in try Criteria(type, fields) }
        default:
            throw SteleError(
                .routeMethod, "a transaction does not take this method",
                hint: "use GET, POST, PUT or DELETE; send PATCH by itself")
        }
        if criteria != nil { try caller.require(.search, on: type) }
        resource = action == .delete ? nil : entry.resource
        if action != .delete {
            guard let resource else { throw EntryRequests.refused("it holds no resource") }
            guard resource.type == type else { throw EntryRequests.refused("its url is not the type of its resource") }
            guard pathID == nil || pathID == resource.id else {
                throw EntryRequests.refused("its url is not the type and id of its resource")
            }
            try resource.requireValid()
        }
        expectedVersion = try Self.expectedVersion(asked, action, hasCriteria: criteria != nil)
        id = action == .create ? single.services.newID() : pathID
        isResolved = criteria == nil
    }

    /// Takes `found`, the ids that the criteria pick, into account.
    mutating func resolve(_ found: [String], newID: String) throws(SteleError) {
        guard found.count < 2 else { throw Services.criteriaSeveral }
        isResolved = true
        switch action {
        case .create:
            isFound = !found.isEmpty
            id = found.first ?? id
        case .update:
            guard found.isEmpty || resource?.id == nil || resource?.id == found[0] else {
                throw EntryRequests.refused("the id of its resource is not that of what its criteria find")
            }
            id = found.first ?? resource?.id ?? newID
        case .delete: id = found.first
        }
    }

    /// The change, `resource` being what was sent with its references resolved; nil if nothing is to be done.
    func submission(_ resource: Resource?) throws(SteleError) -> Submission? {
        guard let id, !isFound else { return nil }
        guard let resource else {
            return Submission(deleting: ResourceName(type: type.name, id: id), expectedVersion: expectedVersion)
        }
        return Submission(
            try resource.settingIdentity(id: id), expectedVersion: expectedVersion, sayingItsVersion: true)
    }

    private static func expectedVersion(
        _ asked: Bundle.Request, _ action: Action, hasCriteria: Bool
    ) throws(SteleError) -> UInt32? {
        if action == .create { return hasCriteria ? nil : 0 }
        if let match = asked.ifMatch {
            guard let tag = VersionTag(match) else { throw EntryRequests.refused("its ifMatch is no version tag") }
            return tag.number
        }
        return asked.ifNoneMatch == "*" ? 0 : nil
    }
}
