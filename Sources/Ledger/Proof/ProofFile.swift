// Ledger · a file that proves something offline, and the check that needs no node, store or network.
internal import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no proof file.
    public static let proofMalformed = ErrorCode("proof.malformed")
    /// A proof that does not hold.
    public static let proofFalse = ErrorCode("proof.false")
}

/// The content of a record, opened for whoever checks its anchor.
///
/// `[record id 32, salt 32, bytes bstr]`
public struct RecordOpening: Hashable, Sendable {
    /// The record version.
    public let record: Bytes32
    /// The salt of its anchor: kept off the ledger.
    public let salt: Bytes32
    /// The exact bytes.
    public let bytes: [UInt8]

    /// An opening.
    public init(record: Bytes32, salt: Bytes32, bytes: [UInt8]) {
        self.record = record
        self.salt = salt
        self.bytes = bytes
    }

    /// `HMAC-SHA256(salt, SHA-256(bytes))`: what is anchored. Source: `docs/spec/vault.md` §7.
    public var anchor: Digest { Self.anchor(salt: salt, contentHash: SHA256.hash(bytes)) }

    /// The anchor of content with this hash.
    public static func anchor(salt: Bytes32, contentHash: Digest) -> Digest {
        HMACSHA256.code(of: contentHash, salt: salt)
    }
}

/// A `*.steleproof` file. Source: `docs/spec/proofs.md` §1.
///
/// ```
/// {1: 1, 2: checkpoint note bstr, 3: header bstr, 4: [entry proof …], 5: [row proof …], 6: [record opening …],
///  7: signed statement bstr}                                                             7 is optional
/// ```
public struct ProofFile: Hashable, Sendable {
    /// Largest file, in bytes.
    public static let byteCountMax = 64 << 20
    /// Most entries, rows or openings in one file.
    public static let itemCountMax = 65_536

    /// The signed checkpoint all paths lead to.
    public var note: [UInt8]
    /// The header the checkpoint names.
    public var header: [UInt8]
    /// Transactions.
    public var entries: [EntryProof]
    /// Rows of the state.
    public var rows: [RowProof]
    /// Records.
    public var openings: [RecordOpening]
    /// What somebody says and signed beside it; what may be said is the contracts' business.
    public var statement: [UInt8]?

    /// A file with these parts.
    public init(
        note: [UInt8], header: [UInt8], entries: [EntryProof] = [], rows: [RowProof] = [],
        openings: [RecordOpening] = [], statement: [UInt8]? = nil
    ) {
        self.statement = statement
        self.note = note
        self.header = header
        self.entries = entries
        self.rows = rows
        self.openings = openings
    }

    /// The file's bytes.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 4096)
        writer.write(mapCount: statement == nil ? 6 : 7)
        writer.write(UInt64(1))
        writer.write(UInt64(1))
        writer.write(UInt64(2))
        writer.write(bytes: note)
        writer.write(UInt64(3))
        writer.write(bytes: header)
        writer.write(UInt64(4))
        writer.write(arrayCount: entries.count)
        for entry in entries { entry.encode(into: &writer) }
        writer.write(UInt64(5))
        writer.write(arrayCount: rows.count)
        for row in rows { row.encode(into: &writer) }
        writer.write(UInt64(6))
        writer.write(arrayCount: openings.count)
        for opening in openings {
            writer.write(arrayCount: 3)
            writer.write(opening.record)
            writer.write(opening.salt)
            writer.write(bytes: opening.bytes)
        }
        if let statement {
            writer.write(UInt64(7))
            writer.write(bytes: statement)
        }
        return writer.bytes
    }

    /// Decodes a file strictly.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        do throws(CBORError) {
            guard bytes.count <= Self.byteCountMax else { throw CBORError(.outOfRange, at: 0) }
            var reader = CBORReader(bytes)
            let count = try reader.readMapCount(6...7)
            func key(_ expected: UInt64) throws(CBORError) {
                guard try reader.readKey(after: nil) == expected else {
                    throw CBORError(.missingKey, at: reader.position)
                }
            }
            try key(1)
            guard try reader.readUInt() == 1 else { throw CBORError(.outOfRange, at: 1) }
            try key(2)
            note = try reader.readBytes(1...65_536)
            try key(3)
            header = try reader.readBytes(1...1024)
            try key(4)
            entries = []
            for _ in 0..<(try reader.readArrayCount(0...Self.itemCountMax)) {
                entries.append(try EntryProof(from: &reader))
            }
            try key(5)
            rows = []
            for _ in 0..<(try reader.readArrayCount(0...Self.itemCountMax)) {
                rows.append(try RowProof(from: &reader))
            }
            try key(6)
            openings = []
            for _ in 0..<(try reader.readArrayCount(0...Self.itemCountMax)) {
                _ = try reader.readArrayCount(3...3)
                let record = try reader.readBytes32()
                let salt = try reader.readBytes32()
                openings.append(RecordOpening(record: record, salt: salt, bytes: try reader.readBytes()))
            }
            if count == 7 {
                try key(7)
                statement = try reader.readBytes(1...SignedNote.byteCountMax)
            }
            try reader.finish()
        } catch {
            throw SteleError(
                .proofMalformed, "the proof file is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "ask whoever gave it to you to export it again; a changed byte is enough to break it")
        }
    }

    /// Checks everything that needs no knowledge of contracts: the checkpoint's signatures, the header it names, the
    /// path of every entry and row. Every step is a hash or a signature; nothing is looked up.
    /// - Returns: the certified header.
    /// - Throws: `proof.false` with the first step that failed.
    public func verifyPaths(_ trust: TrustedKeys) throws(SteleError) -> Header {
        let checkpoint = try trust.verify(note)
        let header = try Header(decoding: self.header)
        guard let block = checkpoint.block, block.height == header.height, block.headerHash == header.hash,
            checkpoint.size == header.logSize, checkpoint.root == header.logRoot
        else { throw Self.isFalse("the checkpoint does not name the header in the file") }
        for (index, entry) in entries.enumerated() where !entry.isValid(under: header) {
            throw Self.isFalse("entry \(index) is not in the log that the checkpoint certifies")
        }
        for (index, row) in rows.enumerated() where !row.isValid(under: header) {
            throw Self.isFalse("row \(index) is not in the state that the checkpoint certifies")
        }
        return header
    }

    /// The error of a step that failed.
    public static func isFalse(_ message: String) -> SteleError {
        SteleError(
            .proofFalse, message,
            hint: "do not rely on this file; export it again, and report it if it fails again")
    }
}
