// Vault · which key records of a category are sealed under.
internal import Cryptography
public import Primitives

extension Vault {
    /// The newest key of each category, made now where there is none.
    func newestCategoryKeys(
        _ categories: Set<KeyCategory>, of subject: OpenSubject
    ) async throws(SteleError) -> [KeyCategory: CategoryKey] {
        let newest = try knownCategoryKeys(categories, of: subject).compactMapValues(\.last)
        if newest.count == categories.count { return newest }
        // One maker at a time: two keys of the same version would make what one of them sealed unreadable.
        return try await categoryLock.withLock(subject.keys.subject) { () async throws(SteleError) in
            let known = try knownCategoryKeys(categories, of: subject)
            let missing = known.filter { $0.value.isEmpty }.mapValues { _ in UInt32(1) }
            let added = missing.isEmpty ? [:] : try await keyStore.addCategoryKeys(missing, of: subject.keys)
            subject.noteCategoryKeys(added, after: known)
            return known.compactMapValues(\.last).merging(added) { _, new in new }
        }
    }

    private func knownCategoryKeys(
        _ categories: Set<KeyCategory>, of subject: OpenSubject
    ) throws(SteleError) -> [KeyCategory: [CategoryKey]] {
        var known: [KeyCategory: [CategoryKey]] = [:]
        for category in categories { known[category] = try subject.categoryKeys(category, in: keyStore) }
        return known
    }

    /// Gives every category that a subject has records of a new key.
    /// - Returns: How many.
    @discardableResult
    public func renewKeys(of subject: SubjectID) async throws(SteleError) -> Int {
        let categories = Set(try compartment(of: subject).entries.map(\.category))
        for category in categories { try await renewKey(of: category, of: subject) }
        return categories.count
    }

    /// Gives a category of a subject's records a new key. Records sealed from now on use it; those sealed before stay
    /// as they are. Durable when this returns.
    public func renewKey(of category: KeyCategory, of subject: SubjectID) async throws(SteleError) {
        let open = try openSubject(subject)
        try await categoryLock.withLock(subject) { () async throws(SteleError) in
            let known = try knownCategoryKeys([category], of: open)
            let version = (known[category]?.last?.version ?? 0) + 1
            let added = try await keyStore.addCategoryKeys([category: version], of: open.keys)
            open.noteCategoryKeys(added, after: known)
        }
    }
}
