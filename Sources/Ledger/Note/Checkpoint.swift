// Ledger · what a validator signs about the log.
public import Primitives

extension ErrorCode {
    /// Text that is no checkpoint.
    public static let checkpointMalformed = ErrorCode("checkpoint.malformed")
}

/// A head of the log, as C2SP tlog-checkpoint writes it, with one extension line of ours.
///
/// ```
/// <origin>
/// <size, decimal>
/// <base64 root>
/// block <epoch> <height> <base64 header hash>
/// ```
public struct Checkpoint: Hashable, Sendable {
    /// The block a checkpoint certifies.
    public struct Block: Hashable, Sendable {
        /// The epoch in which its batch was ordered.
        public let epoch: UInt64
        /// Its height.
        public let height: UInt64
        /// The hash of its header.
        public let headerHash: Digest

        /// A block.
        public init(epoch: UInt64, height: UInt64, headerHash: Digest) {
            self.epoch = epoch
            self.height = height
            self.headerHash = headerHash
        }
    }

    /// The log's name.
    public let origin: String
    /// How many leaves it has.
    public let size: UInt64
    /// Its root.
    public let root: Digest
    /// Extension lines, without newlines.
    public let extensionLines: [String]

    /// The checkpoint of a block: the same bytes at every validator.
    /// - Precondition: `origin` is a line of text.
    public init(origin: String, size: UInt64, root: Digest, block: Block) {
        precondition(Self.isLine(origin), "a log's origin is one line of text")
        self.origin = origin
        self.size = size
        self.root = root
        extensionLines = ["block \(block.epoch) \(block.height) \(Base64.encode(block.headerHash.bytes))"]
    }

    /// Reads a note's text strictly: what this accepts, ``text`` writes back byte for byte.
    /// - Throws: `SteleError` with code `checkpoint.malformed`.
    public init(parsing text: [UInt8]) throws(SteleError) {
        let lines = String(validating: text, as: UTF8.self)?.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
        // The last line ends with a newline, so an empty one follows.
        guard let lines, lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy(Self.isLine),
            let size = Self.decimal(lines[1]), let root = Base64.decode(lines[2]).flatMap({ Digest($0) })
        else {
            throw SteleError(
                .checkpointMalformed, "the signed text is not a checkpoint",
                hint: "fetch it again from GET /ledger/v1/checkpoint")
        }
        origin = lines[0]
        self.size = size
        self.root = root
        extensionLines = Array(lines[3..<(lines.count - 1)])
    }

    /// What is signed.
    public var text: [UInt8] {
        var text = "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
        for line in extensionLines { text += line + "\n" }
        return Array(text.utf8)
    }

    /// The block that the extension line names, if there is exactly one such line and it is well formed.
    public var block: Block? {
        let lines = extensionLines.filter { $0.hasPrefix("block ") }
        guard lines.count == 1 else { return nil }
        let words = lines[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, let epoch = Self.decimal(words[1]), let height = Self.decimal(words[2]),
            let bytes = Base64.decode(words[3]), let hash = Digest(bytes)
        else { return nil }
        return Block(epoch: epoch, height: height, headerHash: hash)
    }

    private static func isLine(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 } }

    // Digits only, no leading zero: one spelling for one number.
    static func decimal(_ text: String) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || !text.hasPrefix("0")
        else { return nil }
        return UInt64(text)
    }
}
