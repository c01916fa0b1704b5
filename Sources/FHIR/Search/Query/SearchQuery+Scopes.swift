// FHIR · a search narrowed to the types that somebody may look at.

extension SearchQuery {
    /// The same search along links to allowed types alone, or nil if a condition needs another type.
    ///
    /// A chain that may lead to several types leads to the allowed ones; what comes along is of allowed types.
    public func narrowed(to isAllowed: (ResourceType) -> Bool) -> SearchQuery? {
        var query = self
        query.conditions = []
        for condition in conditions {
            guard let condition = condition.narrowed(to: isAllowed) else { return nil }
            query.conditions.append(condition)
        }
        if !includes.isEmpty { query.includable = Set(ResourceType.allCases.filter(isAllowed)) }
        return query
    }

    /// A search that leads to the resources that those found refer to, of any type.
    public func includingReferred(of types: Set<ResourceType>? = nil) -> SearchQuery {
        var query = self
        query.includes = [SearchInclude.referred]
        query.includable = types
        return query
    }
}

extension SearchCondition {
    fileprivate func narrowed(to isAllowed: (ResourceType) -> Bool) -> SearchCondition? {
        switch self {
        case .value: return self
        case .chain(let parameter, let conditions, let link):
            var allowed: [ResourceType: SearchCondition] = [:]
            for (type, condition) in conditions where isAllowed(type) {
                allowed[type] = condition.narrowed(to: isAllowed)
            }
            return allowed.isEmpty ? nil : .chain(parameter, allowed, link: link)
        case .has(let type, let parameter, let condition, let link):
            guard isAllowed(type), let condition = condition.narrowed(to: isAllowed) else { return nil }
            return .has(type, parameter, condition, link: link)
        }
    }
}
