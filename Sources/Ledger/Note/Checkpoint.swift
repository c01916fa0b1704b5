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

    /// The checkpoint of a block.
    public init(origin: String, size: UInt64, root: Digest, block: Block) {
        self.origin = origin
        self.size = size
        self.root = root
        extensionLines = ["block \(block.epoch) \(block.height) \(Base64.encode(block.headerHash.bytes))"]
    }

    /// Reads a note's text strictly.
    public init(parsing text: [UInt8]) throws(SteleError) {
        let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard text.last == 0x0a, lines.count >= 4, !lines[0].isEmpty, let size = Self.decimal(lines[1]),
            let rootBytes = Base64.decode(lines[2]), let root = Digest(rootBytes),
            lines[3..<(lines.count - 1)].allSatisfy({ !$0.isEmpty })
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

    // Digits only, no leading zero: one spelling for one number.
    private static func decimal(_ text: String) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || !text.hasPrefix("0")
        else { return nil }
        return UInt64(text)
    }
}
