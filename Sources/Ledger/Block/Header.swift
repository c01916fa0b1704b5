// Ledger · what a block certifies: both roots at its own height.
internal import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no header.
    public static let headerMalformed = ErrorCode("header.malformed")
}

/// A block's header. Source: `docs/spec/ledger.md` §4.
///
/// ```
/// [1, chain id, height, batch epoch, time (ms), previous header hash, batch hash, transaction count,
///  log size, log root, state root, validators hash, next validators hash, params hash, app version]
/// ```
public struct Header: Hashable, Sendable {
    /// The version of contracts and encodings this program runs.
    public static let appVersion: UInt64 = 1

    /// The network.
    public var chainID: Digest
    /// 0 for the genesis block.
    public var height: UInt64
    /// The epoch in which the batch was ordered.
    public var batchEpoch: UInt64
    /// The block's time.
    public var time: Timestamp
    /// The header before, or zeros.
    public var previousHash: Digest
    /// The batch that was executed, or zeros for genesis.
    public var batchHash: Digest
    /// How many transactions have a leaf in this block.
    public var transactionCount: UInt64
    /// Leaves in the log after this block.
    public var logSize: UInt64
    /// The log's root after this block.
    public var logRoot: Digest
    /// The state's root after this block.
    public var stateRoot: Digest
    /// Who certifies this block.
    public var validatorsHash: Digest
    /// Who certifies the next.
    public var nextValidatorsHash: Digest
    /// The parameters in force.
    public var parametersHash: Digest
    /// The version of the contracts.
    public var appVersion: UInt64

    /// A header with these fields.
    public init(
        chainID: Digest, height: UInt64, batchEpoch: UInt64, time: Timestamp, previousHash: Digest, batchHash: Digest,
        transactionCount: UInt64, logSize: UInt64, logRoot: Digest, stateRoot: Digest, validatorsHash: Digest,
        nextValidatorsHash: Digest, parametersHash: Digest, appVersion: UInt64 = Header.appVersion
    ) {
        self.chainID = chainID
        self.height = height
        self.batchEpoch = batchEpoch
        self.time = time
        self.previousHash = previousHash
        self.batchHash = batchHash
        self.transactionCount = transactionCount
        self.logSize = logSize
        self.logRoot = logRoot
        self.stateRoot = stateRoot
        self.validatorsHash = validatorsHash
        self.nextValidatorsHash = nextValidatorsHash
        self.parametersHash = parametersHash
        self.appVersion = appVersion
    }

    /// The header's one encoding.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 360)
        writer.write(arrayCount: 15)
        writer.write(UInt64(1))
        writer.write(chainID)
        writer.write(height)
        writer.write(batchEpoch)
        writer.write(time.milliseconds)
        writer.write(previousHash)
        writer.write(batchHash)
        writer.write(transactionCount)
        writer.write(logSize)
        writer.write(logRoot)
        writer.write(stateRoot)
        writer.write(validatorsHash)
        writer.write(nextValidatorsHash)
        writer.write(parametersHash)
        writer.write(appVersion)
        return writer.bytes
    }

    /// `H("stele/v1/header\0" ‖ encoded)`.
    public var hash: Digest { SHA256.hash(tag: "header", encoded) }

    /// Decodes a header strictly.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readArrayCount(15...15)
            guard try reader.readUInt() == 1 else { throw CBORError(.outOfRange, at: 1) }
            chainID = try reader.readBytes32()
            height = try reader.readUInt()
            batchEpoch = try reader.readUInt()
            time = Timestamp(milliseconds: try reader.readUInt())
            previousHash = try reader.readBytes32()
            batchHash = try reader.readBytes32()
            transactionCount = try reader.readUInt()
            logSize = try reader.readUInt()
            logRoot = try reader.readBytes32()
            stateRoot = try reader.readBytes32()
            validatorsHash = try reader.readBytes32()
            nextValidatorsHash = try reader.readBytes32()
            parametersHash = try reader.readBytes32()
            appVersion = try reader.readUInt()
            try reader.finish()
        } catch {
            throw SteleError(
                .headerMalformed, "the header is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "fetch it again from another node; docs/spec/ledger.md §4 has the format")
        }
    }
}
