// Node · what a history asks for, and which versions it is.
public import Primitives
public import Vault

/// Versions of one resource, or of a patient's resources. Source: FHIR R4 §3.1.0.13.
public struct HistoryQuestion: Sendable {
    /// Whose versions.
    public enum Scope: Sendable {
        /// Those of one resource.
        case resource(ResourceName)
        /// Those of a patient's resources, of one type if given.
        case patient(String, type: String?)
    }

    /// Whose versions.
    public var scope: Scope
    /// Those made at or after this moment only.
    public var since: Timestamp?
    /// Those only that were the newest at this moment.
    public var at: Timestamp?
    /// The record after which the page begins; nil for the first page.
    public var after: Bytes32?
    /// Most versions of one page.
    public var count: Int
    /// From how many bytes of content on a page ends, which then has at least one version; nil for as many as there
    /// are.
    var byteCountMax: Int?

    /// The versions of `scope`.
    public init(_ scope: Scope, since: Timestamp? = nil, at: Timestamp? = nil, after: Bytes32? = nil, count: Int) {
        self.scope = scope
        self.since = since
        self.at = at
        self.after = after
        self.count = count
    }

    /// The patient whom the asker names.
    var patient: String? {
        guard case .patient(let patient, _) = scope else { return nil }
        return patient
    }

    var words: String {
        switch scope {
        case .resource(let resource): "history of \(resource)"
        case .patient(_, let type): "history of \(type ?? "everything")"
        }
    }

    /// What a history finds.
    struct Page: Sendable {
        /// The versions, newest first.
        var entries: [CompartmentEntry] = []
        /// How many there are from the page's start on.
        var total = 0
        /// Whether any version is permitted, whatever the times asked for: if not, a resource is as good as absent.
        var isKnown = false
    }

    /// The page of versions among those whose profile is `permitted`. Newest first, in the order in which they were
    /// confirmed, so that a page begins where the one before ended whatever was written meanwhile.
    func find(in compartment: Compartment, permitted: UInt64) -> Page {
        let all: [CompartmentEntry] =
            switch scope {
            case .resource(let resource): compartment.versions(of: resource)
            case .patient(_, nil): compartment.entries
            case .patient(_, let type?): compartment.entries.filter { $0.resource.type == type }
            }
        let known = all.reversed().filter { permitted >> UInt64($0.profile) & 1 == 1 }
        let found = known.filter { entry in
            since.map { entry.lastUpdated >= $0 } ?? true
                && at.map { wasCurrent(entry, at: $0, in: compartment) } ?? true
        }
        var page = found[...]
        if let after {
            let index = found.firstIndex { $0.recordID == after } ?? found.endIndex - 1
            page = found.isEmpty ? [] : found[(index + 1)...]
        }
        return Page(entries: cut(page.prefix(count)), total: page.count, isKnown: !known.isEmpty)
    }

    private func cut(_ page: ArraySlice<CompartmentEntry>) -> [CompartmentEntry] {
        guard let byteCountMax else { return Array(page) }
        var entries: [CompartmentEntry] = []
        var byteCount = 0
        for entry in page {
            guard entries.isEmpty || byteCount + entry.byteCount <= byteCountMax else { break }
            entries.append(entry)
            byteCount += entry.byteCount
        }
        return entries
    }

    private func wasCurrent(_ entry: CompartmentEntry, at moment: Timestamp, in compartment: Compartment) -> Bool {
        guard entry.lastUpdated <= moment else { return false }
        let next = compartment.version(entry.version + 1, of: entry.resource)
        return next.map { $0.lastUpdated > moment } ?? true
    }
}

extension Question {
    /// The resource that is asked for by its name.
    var resource: ResourceName? {
        switch kind {
        case .read(let resource, _): return resource
        case .search: return nil
        case .history(let history):
            guard case .resource(let resource) = history.scope else { return nil }
            return resource
        }
    }

    /// Whether one version is asked for.
    var isRead: Bool {
        if case .read = kind { true } else { false }
    }
}
