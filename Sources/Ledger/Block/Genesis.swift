// Ledger · the file a network starts from; its hash is the network's name in every signature.
internal import Cryptography
public import Primitives

extension ErrorCode {
    /// Bytes that are no genesis.
    public static let genesisMalformed = ErrorCode("genesis.malformed")
}

/// A node that signs blocks.
public struct Validator: Hashable, Sendable {
    /// Its vote key.
    public let key: PublicKey
    /// Its weight in a quorum.
    public let weight: UInt64

    /// A validator.
    public init(key: PublicKey, weight: UInt64) {
        self.key = key
        self.weight = weight
    }
}

/// What a network starts from. Source: `docs/spec/ledger.md` §5.
///
/// ```
/// {1: 1, 2: name, 3: time (ms), 4: random 32, 5: [[validator key 32, weight] …],
///  6: organisation, 7: admin key 32, 8: node key 32}
/// ```
public struct Genesis: Hashable, Sendable {
    /// Most validators a network has.
    public static let validatorCountMax = 100
    /// Greatest weight of one validator.
    public static let weightMax: UInt64 = 1 << 32

    /// The network's name, lower-case letters, digits, dots and hyphens.
    public let name: String
    /// When the network starts: the time of block 0.
    public let time: Timestamp
    /// Makes two networks of one name differ.
    public let random: Bytes32
    /// Who signs blocks in epoch 0, in order of their index.
    public let validators: [Validator]
    /// The founding organisation's name.
    public let organisation: String
    /// The key that governs while there is one organisation.
    public let adminKey: PublicKey
    /// The key with which the founding organisation's node signs `records.*` and `access.*`.
    public let nodeKey: PublicKey
    /// The bytes all of this is hashed from.
    public let encoded: [UInt8]

    /// `H("stele/v1/genesis\0" ‖ encoded)`.
    public var chainID: Digest { SHA256.hash(tag: "genesis", encoded) }
    /// The log's name in checkpoints, derived from the chain id.
    public var origin: String { "stele/" + String(chainID.hex.prefix(16)) + "/" + name }

    /// A new network.
    /// - Throws: `genesis.malformed` unless both names are names, and there are 1–100 validators of
    ///   different keys, each of a weight from 1 to 2³².
    public init(
        name: String, time: Timestamp, random: Bytes32, validators: [Validator], organisation: String,
        adminKey: PublicKey, nodeKey: PublicKey
    ) throws(SteleError) {
        guard Self.isName(name), Self.isName(organisation), time <= PrepareVote.timeMax else {
            throw SteleError(
                .genesisMalformed, "the name of the network or organisation, or its time, is not valid",
                hint: "use 1–64 lower-case letters, digits, dots and hyphens, and a clock that is right")
        }
        // A key listed twice would count twice, and one signer could pass for a quorum.
        guard (1...Self.validatorCountMax).contains(validators.count),
            Set(validators.map(\.key)).count == validators.count,
            validators.allSatisfy({ (1...Self.weightMax).contains($0.weight) })
        else {
            throw SteleError(
                .genesisMalformed, "the validators are none, too many, of equal keys, or of a weight out of range",
                hint: "list 1–100 validators, each with a key of its own and a weight from 1")
        }
        var writer = CBORWriter(capacity: 400)
        writer.write(mapCount: 8)
        writer.write(UInt64(1))
        writer.write(UInt64(1))
        writer.write(UInt64(2))
        writer.write(text: name)
        writer.write(UInt64(3))
        writer.write(time.milliseconds)
        writer.write(UInt64(4))
        writer.write(random)
        writer.write(UInt64(5))
        writer.write(arrayCount: validators.count)
        for validator in validators {
            writer.write(arrayCount: 2)
            writer.write(validator.key)
            writer.write(validator.weight)
        }
        writer.write(UInt64(6))
        writer.write(text: organisation)
        writer.write(UInt64(7))
        writer.write(adminKey)
        writer.write(UInt64(8))
        writer.write(nodeKey)
        self.name = name
        self.time = time
        self.random = random
        self.validators = validators
        self.organisation = organisation
        self.adminKey = adminKey
        self.nodeKey = nodeKey
        encoded = writer.bytes
    }

    /// Decodes the file strictly.
    public init(decoding bytes: [UInt8]) throws(SteleError) {
        let fields: (String, UInt64, Bytes32, [Validator], String, PublicKey, PublicKey)
        do throws(CBORError) {
            var reader = CBORReader(bytes)
            _ = try reader.readMapCount(8...8)
            func key(_ expected: UInt64) throws(CBORError) {
                guard try reader.readKey(after: nil) == expected else {
                    throw CBORError(.missingKey, at: reader.position)
                }
            }
            try key(1)
            _ = try reader.readUInt(max: 1)
            try key(2)
            let name = try reader.readText(1...64)
            try key(3)
            let time = try reader.readUInt(max: PrepareVote.timeMax.milliseconds)
            try key(4)
            let random = try reader.readBytes32()
            try key(5)
            var validators: [Validator] = []
            for _ in 0..<(try reader.readArrayCount(1...Self.validatorCountMax)) {
                _ = try reader.readArrayCount(2...2)
                let key = try reader.readBytes32()
                validators.append(Validator(key: key, weight: try reader.readUInt(max: Self.weightMax)))
            }
            try key(6)
            let organisation = try reader.readText(1...64)
            try key(7)
            let adminKey = try reader.readBytes32()
            try key(8)
            let nodeKey = try reader.readBytes32()
            try reader.finish()
            fields = (name, time, random, validators, organisation, adminKey, nodeKey)
        } catch {
            throw SteleError(
                .genesisMalformed, "the genesis file is malformed: \(error.reason.rawValue) at byte \(error.offset)",
                hint: "copy genesis.cbor again from the organisation that founded the network")
        }
        try self.init(
            name: fields.0, time: Timestamp(milliseconds: fields.1), random: fields.2, validators: fields.3,
            organisation: fields.4, adminKey: fields.5, nodeKey: fields.6)
        guard encoded == bytes else {
            throw SteleError(
                .genesisMalformed, "the genesis file is not in its one encoding",
                hint: "copy genesis.cbor again from the organisation that founded the network")
        }
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
