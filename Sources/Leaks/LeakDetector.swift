// Leaks · personal data in a field that should be random: found before it can be ordered.
public import Ledger

/// Inspects the byte fields of transactions for personal data. Source: `docs/spec/leaks.md`.
///
/// **What it protects.** A mistake or a malicious program that puts a name, a date, a number or an identifier of this
/// vault where an id, a commitment or a token belongs, in clear, encoded or as a plain hash. **What it does not
/// protect.** Whatever looks random: encrypted text, a hash with a salt that the planter knows, bits hidden in ids.
///
/// Ids, commitments, tokens and keys are hashes or random, so everything here is a deviation from that.
public struct LeakDetector: Sendable {
    /// So many zeros in one field do not occur by chance: text in UTF-16, small numbers.
    static let zeroCountMin = 6
    /// So many equal bytes at either end are filling.
    static let fillCountMin = 5

    private let dictionary: LeakDictionary

    /// A detector of what `dictionary` covers, and of text.
    public init(_ dictionary: LeakDictionary) { self.dictionary = dictionary }

    /// Where the encoded body of `transaction` has byte fields, its sixteen random bytes included, that hold personal
    /// data: what anybody can guess, or one of `identifiers`. Never says which.
    ///
    /// - Complexity: about half a microsecond for each field of random bytes, most of it waiting for memory.
    public func leaks(in transaction: Transaction, _ identifiers: LeakIdentifiers) -> [Range<Int>] {
        let body = transaction.body
        var found: [Range<Int>] = []
        if isLeak(body.encoded, body.randomRange, identifiers) { found.append(body.randomRange) }
        var fields = ByteFields(body.encoded, in: body.argumentRange)
        while let field = fields.next() {
            if isLeak(body.encoded, field, identifiers) { found.append(field) }
        }
        return found
    }

    /// Whether the field of `bytes` at `range` holds personal data.
    func isLeak(_ bytes: [UInt8], _ range: Range<Int>, _ identifiers: LeakIdentifiers) -> Bool {
        guard !range.isEmpty else { return false }
        return Self.isWritten(bytes, range, identifiers) || holdsDigest(bytes, range, identifiers)
    }

    /// Whether the field of `bytes` at `range`, which is not empty, holds something to be read, or one of
    /// `identifiers`.
    static func isWritten(_ bytes: [UInt8], _ range: Range<Int>, _ identifiers: LeakIdentifiers) -> Bool {
        // Without branches that depend on the bytes: random ones would mispredict every third.
        var (run, longest, zeroCount, controlCount) = (0, 0, 0, 0)
        for index in range {
            let byte = bytes[index]
            run = (run &+ 1) &* (VisibleText.isPrintable(byte) ? 1 : 0)
            longest = max(longest, run)
            zeroCount &+= byte == 0 ? 1 : 0
            controlCount &+= byte < 0x20 || byte == 0x7f ? 1 : 0
        }
        if zeroCount >= zeroCountMin || isFilled(bytes, range) { return true }
        if longest >= VisibleText.runCountMin, holdsTellingRun(bytes[range], identifiers) { return true }
        return controlCount == zeroCount && VisibleText.isText(bytes[range])
    }

    /// Whether either end is filled with one byte, so that the field holds less than it could.
    private static func isFilled(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count > fillCountMin else { return true }
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        var (front, back) = (true, true)
        for offset in 1..<fillCountMin {
            front = front && bytes[first + offset] == bytes[first]
            back = back && bytes[last - offset] == bytes[last]
        }
        return front || back
    }

    private static func holdsTellingRun(_ field: ArraySlice<UInt8>, _ identifiers: LeakIdentifiers) -> Bool {
        field.split { !VisibleText.isPrintable($0) }
            .contains { run in
                run.count >= VisibleText.runCountMin
                    && VisibleText.isTelling(
                        run, identifiers,
                        edges: (run.startIndex == field.startIndex, run.endIndex == field.endIndex))
            }
    }

    /// Whether a digest begins where the field does, or an MD5 or SHA-1 digest ends where it ends.
    private func holdsDigest(_ bytes: [UInt8], _ range: Range<Int>, _ identifiers: LeakIdentifiers) -> Bool {
        func isKnown(at offset: Int) -> Bool {
            guard offset >= 0, offset + 8 <= range.count else { return false }
            let head = bytes.littleEndianWord(at: range.lowerBound + offset)
            return dictionary.contains(head: head) || identifiers.contains(head: head)
        }
        return isKnown(at: 0) || range.count > 20 && isKnown(at: range.count - 20)
            || range.count > 16 && isKnown(at: range.count - 16)
    }
}
