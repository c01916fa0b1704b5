// SteleTesting · a network of one, in memory or in a directory, that can be stopped and started again.
public import Cryptography
public import Ledger
public import Node
public import Primitives
public import Storage

/// The keys and the genesis of a test network.
public struct TestNetwork: Sendable {
    /// The validator's vote key.
    public let voteKey: SigningKey
    /// The organisation's node key.
    public let nodeKey: SigningKey
    /// The organisation's admin key.
    public let adminKey: SigningKey
    /// The organisation's override key, which its custodian registers when it starts.
    public let overrideKey: SigningKey
    /// The genesis.
    public let genesis: Genesis

    /// A network made from `random`, starting when `time` says.
    public init(random: some RandomSource, time: Timestamp) throws(SteleError) {
        voteKey = .random(from: random)
        nodeKey = .random(from: random)
        adminKey = .random(from: random)
        genesis = try Genesis(
            name: "test", time: time, random: random.bytes32(),
            validators: [Validator(key: voteKey.publicKey, weight: 1)], organisation: "st-elsewhere",
            adminKey: adminKey.publicKey, nodeKey: nodeKey.publicKey)
        overrideKey = .random(from: random)
    }

    /// What the organisation opens and reviews emergencies with.
    public var emergencyKeys: EmergencyKeys { EmergencyKeys(override: overrideKey, admin: adminKey) }

    /// A running node over `store`; the sign-state is the file `signstate` in `directory`, created if missing.
    public func start(
        _ store: any KeyValueStore, signStateIn directory: String, contracts: any ContractSet, time: any TimeSource,
        leaks: LeakGuard? = nil, disk: DiskGuard? = nil
    ) throws(SteleError) -> LedgerNode {
        let path = directory + "/signstate"
        let signState: SyncedSlotFile
        if let existing = try? SyncedSlotFile.open(path) {
            signState = existing
        } else {
            signState = try SyncedSlotFile.create(path, payload: LedgerNode.emptySignState)
        }
        return try LedgerNode(
            genesis: genesis, contracts: contracts, store: store, signState: signState, key: voteKey, time: time,
            leaks: leaks, disk: disk)
    }

    /// An envelope signed by `key` that is valid for a minute.
    public func envelope(
        _ call: String, _ arguments: [UInt8], key: SigningKey? = nil, validUntil: UInt64, random: some RandomSource
    ) -> [UInt8] {
        let key = key ?? nodeKey
        return UnsignedTransaction(
            chainID: genesis.chainID, signer: key.publicKey, validUntil: validUntil, call: call, arguments: arguments,
            random: random
        ).signed(by: [key])
    }

    /// The keys an auditor of this network pins.
    public var trust: TrustedKeys {
        TrustedKeys(origin: genesis.origin, validators: ValidatorSet(genesis.validators))
    }
}
