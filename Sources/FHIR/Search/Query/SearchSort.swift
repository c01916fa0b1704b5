// FHIR · the order of results. Source: FHIR R4 §3.1.1.5.3.
internal import Primitives

/// One key to sort by.
public struct SearchSort: Sendable {
    /// What is compared.
    public let parameter: SearchParameter
    /// Whether the greatest comes first.
    public let isDescending: Bool
}

/// The values that a resource is sorted by, one for each key.
public struct SortKeys: Sendable {
    /// A value that is compared with others of its key.
    enum Key: Sendable, Comparable {
        case instant(Int64)
        case number(DecimalNumber)
        case text([UInt8])

        static func < (left: Key, right: Key) -> Bool {
            switch (left, right) {
            case (.instant(let left), .instant(let right)): left < right
            case (.number(let left), .number(let right)): left < right
            case (.text(let left), .text(let right)): left.lexicographicallyPrecedes(right)
            default: false  // Keys of one parameter are of one kind.
            }
        }
    }

    let keys: [Key?]

    /// Whether `self` comes before `other`, or nil if neither does. What has no value comes last, whichever way.
    public func precedes(_ other: SortKeys, by sort: [SearchSort]) -> Bool? {
        for (index, key) in sort.enumerated() {
            switch (keys[index], other.keys[index]) {
            case (nil, nil): continue
            case (nil, _?): return false
            case (_?, nil): return true
            case (let left?, let right?):
                if left < right { return !key.isDescending }
                if right < left { return key.isDescending }
            }
        }
        return nil
    }
}

extension SearchSort {
    /// The smallest value of `record` for an ascending key, the greatest for a descending one; nil without a value.
    func key(of record: some SearchRecord, in table: SearchTable) -> SortKeys.Key? {
        let keys: [SortKeys.Key]
        switch parameter.place {
        case .id: return .text(Array(record.logicalID.utf8))
        case .lastUpdated: return .instant(Int64(clamping: record.lastUpdated.milliseconds))
        case .components: return nil
        case .sources(let numbers): keys = record.facts.values(of: numbers, in: table).compactMap { Self.key($0.value) }
        }
        return isDescending ? keys.max() : keys.min()
    }

    private static func key(_ value: FactValue) -> SortKeys.Key? {
        switch value {
        case .token(_, let code): .text(Array(code.utf8))
        case .string(let text): .text(FoldedText(text).bytes)
        case .date(let start, let end): (start ?? end).map(SortKeys.Key.instant)
        case .number(let low, let high), .quantity(let low, let high, _, _, _):
            (low ?? high).flatMap { DecimalNumber($0) }.map(SortKeys.Key.number)
        case .reference(let text, _): .text(Array(text.utf8))
        case .identified(_, let value): .text(Array(value.utf8))
        case .text, .typed: nil
        }
    }
}
