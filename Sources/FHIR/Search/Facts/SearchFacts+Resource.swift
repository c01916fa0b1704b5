// FHIR · the facts of a resource, read in one walk.
internal import JSON
public import Primitives

extension ErrorCode {
    /// A resource with more to be found by than an index takes.
    public static let resourceTooManyFacts = ErrorCode("resource.too_many_facts")
}

extension SearchFacts {
    /// Most values of one resource that an index keeps, each counted once for a source.
    public static let countMax = 16_384
    /// Most bytes of them.
    public static let byteCountMax = 1 << 20

    /// The facts of `resource`, for every search parameter of its type; each value of a source once.
    ///
    /// - Throws: `resource.too_many_facts` for one that has more than ``countMax`` or ``byteCountMax``: leaving some
    ///   out would hide it from searches without a word.
    public init(of resource: Resource) throws(SteleError) {
        let table = SearchParameters.table(of: resource.type)
        let reading = FactReading(table)
        reading.walk(resource.node, at: 0, group: 0)
        guard !reading.isTooMuch else {
            throw SteleError(
                .resourceTooManyFacts,
                "the resource holds more than \(Self.countMax) values, or \(Self.byteCountMax) bytes, to be found by",
                hint: "split the resource, or leave out what nobody searches by")
        }
        self.init(encoded: reading.encoded)
    }
}

/// Collects facts while a resource is walked. A class, since closures add to it: a struct would be copied with all its
/// buckets for each value.
private final class FactReading {
    private struct Bucket {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        /// The values, once there are so many that looking through them all would take long.
        var seen: Set<ArraySlice<UInt8>> = []
    }

    private let table: SearchTable
    private var scratch = CBORWriter(capacity: 256)
    private var buckets: [Bucket?]
    private var count = 0
    private var byteCount = 0
    private var groupCount: UInt64 = 0
    private(set) var isTooMuch = false

    init(_ table: SearchTable) {
        self.table = table
        buckets = Array(repeating: nil, count: table.sources.count)
    }

    var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 16 + byteCount + 4 * buckets.count)
        let filled = buckets.count { $0 != nil }
        guard filled > 0 else { return [0x80] }
        writer.write(arrayCount: 1 + 2 * filled)
        writer.write(SearchFacts.version)
        for (number, bucket) in buckets.enumerated() {
            guard let bucket else { continue }
            writer.write(UInt64(number))
            writer.write(bytes: bucket.bytes)
        }
        return writer.bytes
    }

    func walk(_ value: JSONNode, at place: Int, group: UInt64) {
        guard !isTooMuch else { return }
        if value.kind == .array {
            for element in value.elements { walk(element, at: place, group: group) }
            return
        }
        for number in table.tree.nodes[place].leaves {
            FactValues.read(value, table.sources[number]!) { add($0, to: number, group: group) }
        }
        guard value.kind == .object, !table.tree.nodes[place].ways.isEmpty else { return }
        for (key, member) in value.memberNodes {
            for branch in table.tree.branches(from: place, for: key) {
                enter(member, branch, from: value, group: group)
            }
        }
    }

    private func enter(
        _ value: JSONNode, _ branch: SourceTree.Branch, from parent: JSONNode, group: UInt64
    ) {
        if value.kind == .array {
            for element in value.elements { enter(element, branch, from: parent, group: group) }
            return
        }
        if let condition = branch.condition, value[condition.member]?.isString(condition.text) != true { return }
        if branch.isGroup { groupCount += 1 }
        walk(value, at: branch.node, group: branch.isGroup ? groupCount : group)
    }

    private func add(_ value: FactValue, to number: Int, group: UInt64) {
        guard !isTooMuch else { return }
        scratch.removeAll()
        if table.sources[number]!.isGrouped { scratch.write(group) }
        value.encode(into: &scratch)
        guard append(scratch.bytes, to: &buckets[number]) else { return }
        count += 1
        byteCount += scratch.bytes.count
        isTooMuch = count > SearchFacts.countMax || byteCount > SearchFacts.byteCountMax
    }

    /// Appends `encoding` unless it is there.
    private func append(_ encoding: [UInt8], to place: inout Bucket?) -> Bool {
        var bucket = place ?? Bucket()
        place = nil
        defer { place = bucket }
        if bucket.ends.count < 8 {
            var start = 0
            for end in bucket.ends {
                if bucket.bytes[start..<end] == encoding[...] { return false }
                start = end
            }
        } else {
            if bucket.seen.isEmpty {
                var start = 0
                for end in bucket.ends {
                    bucket.seen.insert(Array(bucket.bytes[start..<end])[...])
                    start = end
                }
            }
            guard bucket.seen.insert(encoding[...]).inserted else { return false }
        }
        bucket.bytes += encoding
        bucket.ends.append(bucket.bytes.count)
        return true
    }
}
