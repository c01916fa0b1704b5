// FHIR · what comes along with the resources found. Source: FHIR R4 §3.1.1.5.4.
public import Primitives

extension SearchQuery {
    /// Most resources that come along with one page.
    public static let includedCountMax = 2000
    /// How often an include that iterates goes on from what came along.
    static let iterationCountMax = 8

    /// The resources of `space` that come along with `found`, each once, in the order in which they are reached.
    ///
    /// - Throws: `search.parameter` for more than ``includedCountMax``: leaving some out would not show.
    public func included<Space: SearchSpace>(
        with found: [Space.Record], in space: Space
    ) throws(SteleError) -> [Space.Record] {
        guard !includes.isEmpty else { return [] }
        var included: [Space.Record] = []
        var names = Set(found.map { $0.typeName + "/" + $0.logicalID })
        var newest = found
        for round in 0..<Self.iterationCountMax where !newest.isEmpty {
            var added: [Space.Record] = []
            for include in includes where round == 0 || include.isIterated {
                let reached =
                    include.isReverse
                    ? referring(to: newest, by: include, in: space) : referred(by: newest, include, in: space)
                for record in reached
                where mayCome(record) && names.insert(record.typeName + "/" + record.logicalID).inserted {
                    added.append(record)
                }
            }
            included += added
            newest = added
            guard included.count <= Self.includedCountMax else {
                throw .searchRefused("more than \(Self.includedCountMax) resources come along; ask for smaller pages")
            }
        }
        return included
    }

    private func mayCome(_ record: some SearchRecord) -> Bool {
        includable.map { types in ResourceType(name: record.typeName).map { types.contains($0) } ?? false } ?? true
    }

    private func referred<Space: SearchSpace>(
        by records: [Space.Record], _ include: SearchInclude, in space: Space
    ) -> [Space.Record] {
        records.flatMap { record in
            names(in: record, include).compactMap { name in
                include.target.map { $0 == name.type } ?? true ? space.record(name.type, name.id) : nil
            }
        }
    }

    private func referring<Space: SearchSpace>(
        to records: [Space.Record], by include: SearchInclude, in space: Space
    ) -> [Space.Record] {
        let targets = Set(
            records.filter { include.target.map(\.name) ?? $0.typeName == $0.typeName }
                .map { $0.typeName + "/" + $0.logicalID })
        var reached: [Space.Record] = []
        space.forEachRecord(of: include.source) { record in
            if names(in: record, include).contains(where: { targets.contains($0.text) }) { reached.append(record) }
        }
        return reached
    }

    /// What `record` refers to along `include`.
    private func names(in record: some SearchRecord, _ include: SearchInclude) -> [ReferredName] {
        guard let type = ResourceType(name: record.typeName), include.source.map({ $0 == type }) ?? true else {
            return []
        }
        let table = SearchParameters.table(of: type)
        let parameters = include.parameter.map { [$0] } ?? table.references
        return parameters.flatMap { record.facts.references(of: $0, in: table, baseURL: baseURL) }
    }
}

extension SearchTable {
    /// The parameters that are references, by name.
    var references: [SearchParameter] {
        parameters.values.filter { $0.kind == .reference }.sorted { $0.code < $1.code }
    }
}
