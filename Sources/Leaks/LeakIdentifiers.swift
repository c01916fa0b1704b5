// Leaks · what this vault calls its patients, as it would look on a ledger.
internal import Cryptography
internal import Primitives

/// Texts that identify somebody here, kept as hashes: in memory only, never written anywhere.
///
/// Whoever reads the memory of the node can try texts against these hashes, and has the index keys beside them: the
/// node's memory is trusted, see the threat model.
public struct LeakIdentifiers: Sendable {
    /// How many bytes the shortest text has that is looked for anywhere in a field.
    static let embeddedByteCountMin = 6
    /// Longest text that is taken up, in bytes: what is longer than a field is cut by whoever plants it.
    static let textByteCountMax = 256

    /// What is looked for of a longer text: its first bytes.
    static let cutByteCount = 12

    // The first eight bytes of every digest, and of identifiers that are bytes written as hexadecimal digits.
    private var heads: [UInt64] = []
    // The same, to be found; made anew, twice as large, when it is full.
    private var table = FingerprintTable(countMax: 64)
    // Hashes of the texts themselves, in lower case.
    private var words: Set<UInt64> = []

    /// Nobody's.
    static let none = LeakIdentifiers()

    /// Nobody's.
    public init() {}

    /// How many hashes are kept.
    public var count: Int { heads.count + words.count }

    /// What `texts` look like: each as it is, in lower and upper case, and without what stands between letters and
    /// digits. About 2 KB and 30 µs for all texts of one patient.
    public init(_ texts: some Sequence<String>) {
        for text in texts {
            let bytes = Array(text.utf8.prefix(Self.textByteCountMax))
            guard bytes.count >= 2 else { continue }
            let lower = bytes.map(VisibleText.lowercased)
            let bare = lower.filter(VisibleText.isAlphanumeric)
            var spellings: Set = [bytes]
            // With its system an identifier has only this spelling; by itself it has more.
            if !bytes.contains(UInt8(ascii: "|")) {
                spellings.formUnion([lower, bytes.map(VisibleText.uppercased), bare, bare.map(VisibleText.uppercased)])
            }
            for spelling in spellings where spelling.count >= 2 {
                let heads = PlainDigestHeads.of(spelling)
                for index in heads.indices { insert(head: heads[index]) }
            }
            for word in [lower, bare] where word.count >= Self.embeddedByteCountMin {
                words.insert(VisibleText.hash(word[...]))
                // A long one may be cut to fit a field.
                if word.count > Self.cutByteCount { words.insert(VisibleText.hash(word[..<Self.cutByteCount])) }
            }
            // A UUID, and whatever else is bytes written in hexadecimal.
            let digits = (lower.starts(with: "urn:uuid:".utf8) ? lower.dropFirst(9) : lower[...]).filter { $0 != 0x2d }
            if let raw = Hex.decode(String(decoding: digits, as: UTF8.self)), raw.count >= 8 {
                insert(head: raw.littleEndianWord(at: 0))
            }
        }
    }

    /// Takes up what `others` look like.
    public mutating func formUnion(_ others: LeakIdentifiers) {
        for head in others.heads { insert(head: head) }
        words.formUnion(others.words)
    }

    private mutating func insert(head: UInt64) {
        if table.contains(head) { return }
        if table.count == table.countMax {
            table = FingerprintTable(countMax: 2 * heads.count)
            for head in heads { table.insert(head) }
        }
        heads.append(head)
        table.insert(head)
    }

    /// Whether a digest or an identifier that begins with `head` is somebody's here.
    func contains(head: UInt64) -> Bool { table.contains(head) }

    /// Whether `text`, in lower case, or a part of it is an identifier here.
    func occur(in text: ArraySlice<UInt8>) -> Bool {
        guard !words.isEmpty, text.count >= Self.embeddedByteCountMin else { return false }
        return VisibleText.hasPart(of: text, countMin: Self.embeddedByteCountMin) { words.contains($0) }
    }
}

extension [UInt8] {
    /// The eight bytes at `offset` as they lie in memory.
    func littleEndianWord(at offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 { word |= UInt64(self[offset + index]) << UInt64(8 * index) }
        return word
    }
}
