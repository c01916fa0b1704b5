// SteleCommand · what somebody probably meant.

/// Finds the known name that a mistyped one is closest to.
enum NearestName {
    /// The name among `names` that differs least from `word`, if the difference is small enough to be a slip.
    static func of(_ word: String, among names: [String]) -> String? {
        let slipMax = word.utf8.count < 4 ? 1 : 2
        let nearest = names.map { (name: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= slipMax else { return nil }
        return nearest.name
    }

    /// How many letters must be added, dropped or changed (Levenshtein). Long words count as far apart.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let changed = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
