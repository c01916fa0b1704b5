// Ledger · rows as blocks left them lately.

/// Rows that a view wrote, at most so many twice over, those of the older half forgotten together.
///
/// A row that counts, such as the end of a subject's access log, is read again by whoever counts on; a look into the
/// store takes as long as the rest of the transaction.
struct RecentRows {
    private let countMax: Int
    private var newer: [RowName: [UInt8]?] = [:]
    private var older: [RowName: [UInt8]?] = [:]

    init(countMax: Int) { self.countMax = countMax }

    /// The row under `name`: nil if it is not known here, nil inside if it was removed.
    func row(_ name: RowName) -> [UInt8]?? { newer[name] ?? older[name] }

    mutating func insert(_ row: [UInt8]?, for name: RowName) {
        if newer.count >= countMax {
            older = newer
            newer = Dictionary(minimumCapacity: countMax)
        }
        newer.updateValue(row, forKey: name)
    }
}
