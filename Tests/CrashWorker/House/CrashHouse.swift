// CrashWorker · a custodian on disk whose keys all follow from one seed, so that any process can open it again.
import Consensus
import Contracts
import Cryptography
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Vault

/// Everything secret of one test house: what must be nowhere in its directory.
struct HouseSecrets {
    let network: TestNetwork
    let root: RootKey
    let wallets: [SigningKey]
    static let patientCount = 3

    init(seed: UInt64) throws {
        let random = SeededRandom(seed)
        network = try TestNetwork(random: random, time: Timestamp(seconds: 1_700_000_000))
        root = RootKey.random(from: random)
        wallets = (0..<Self.patientCount).map { _ in SigningKey.random(from: random) }
    }
}

/// A running custodian. Buffers are small and flushes frequent, so that it is killed in the midst of them as well.
final class CrashHouse: Sendable {
    let secrets: HouseSecrets
    let markers: Markers
    let clock: OffsetTime
    let directory: String
    let store: RocksDBStore
    let vaultStores: VaultStores
    let vault: Vault
    let custodian: Custodian

    /// Opens the house in `directory`, making it first where that has not been done.
    init(_ directory: String, seed: UInt64, offsetMs: UInt64, failpoints: Failpoints? = nil) throws {
        secrets = try HouseSecrets(seed: seed)
        markers = Markers(seed: seed)
        clock = OffsetTime(offsetMs: offsetMs)
        self.directory = directory
        vaultStores = try Self.vaultStores(directory, failpoints)
        do {
            vault = try Vault.open(in: vaultStores, root: secrets.root, random: SystemRandom())
        } catch  where error.code == .vaultMissing {
            vault = try Vault.create(in: vaultStores, root: secrets.root, random: SystemRandom())
        }
        store = try Self.ledgerStore(directory, failpoints)
        let ledger = try LedgerNode(
            genesis: secrets.network.genesis, contracts: StandardContracts(), store: store,
            signState: try Self.signState(directory, failpoints), key: secrets.network.voteKey, time: clock,
            flushBlockCount: 16)
        custodian = Custodian(
            ledger: ledger, vault: vault, nodeKey: secrets.network.nodeKey,
            organisation: secrets.network.genesis.organisation, time: clock, random: SystemRandom())
    }

    func close() async throws {
        await custodian.ledger.settle()
        try vault.close()
        try store.close()
    }

    static func signStatePath(_ directory: String) -> String { directory + "/signstate" }

    private static func signState(_ directory: String, _ failpoints: Failpoints?) throws -> SyncedSlotFile {
        do {
            return try SyncedSlotFile.create(
                signStatePath(directory), payload: LedgerNode.emptySignState, failpoints: failpoints)
        } catch  where error.code == .storageExists {
            return try SyncedSlotFile.open(signStatePath(directory), failpoints: failpoints)
        }
    }

    static func ledgerStore(_ directory: String, _ failpoints: Failpoints?) throws -> RocksDBStore {
        try RocksDBStore(
            path: directory + "/ledger", columnFamilies: LedgerStore.columnFamilies, options: smallBuffers,
            failpoints: failpoints)
    }

    private static func vaultStores(_ directory: String, _ failpoints: Failpoints?) throws -> VaultStores {
        VaultStores(
            keys: try RocksDBStore(
                path: directory + "/keystore", columnFamilies: Vault.keyFamilies, options: smallBuffers,
                failpoints: failpoints),
            content: try RocksDBStore(
                path: directory + "/vault", columnFamilies: Vault.contentFamilies, options: smallBuffers,
                failpoints: failpoints),
            blobs: try BlobDirectory(
                directory + "/blobs", temporaryPath: directory + "/tmp", failpoints: failpoints))
    }

    static let smallBuffers = {
        var options = RocksDBOptions()
        options.writeBufferByteCount = 256 << 10
        options.logByteCountMax = 1 << 20
        options.blockCacheByteCount = 4 << 20
        return options
    }()
}

// MARK: - People
extension CrashHouse {
    /// Enrols patient `number`; the same again after a crash half-way.
    func enrol(_ number: Int) async throws -> Enrolment {
        let draft = SubjectDraft(
            patient: markers.patient(number), displayName: markers.text(.name),
            consentKey: secrets.wallets[number].publicKey, organisation: custodian.organisation)
        return try await custodian.enrol(draft)
    }

    /// The one person who asks; the same again after a crash half-way.
    func reader() async throws -> RegisteredActor {
        let id = markers.text(.actor)
        if let known = try vault.directory.actor(id: id), known.isOnLedger { return known }
        return try await custodian.addActor(
            ActorDraft(
                id: id, kind: .person, displayName: markers.text(.actorName), roles: ["surgeon"],
                key: .okp(SigningKey.random(from: SeededRandom(secrets.seedOfActor)).publicKey)))
    }

    func asker(_ actor: RegisteredActor, patient: Int) -> Asker {
        Asker(
            actor: actor, purposes: ["TREAT"], assertion: Array(markers.text(.assertion).utf8),
            patient: markers.patient(patient))
    }

    /// A permit for the reader's role over a day.
    func permit(_ enrolment: Enrolment) -> GrantTerms {
        let key = enrolment.subject.newestPolicyKey
        func set(_ labels: [Label]) -> TokenSet {
            TokenSet(padding: labels.map { key.token(for: $0) }, random: SystemRandom())!  // One label each.
        }
        let start = clock.now().seconds / 60 * 60
        return GrantTerms(
            kind: .permit, grantees: set([.role(code: "surgeon", organisation: custodian.organisation)]), actions: .all,
            purposes: set([.purpose("TREAT")]), classes: set([.category("laboratory")]), notBefore: UnixSeconds(start),
            notAfter: UnixSeconds(start + 86_400), termsCommitment: SystemRandom().bytes32())
    }

    /// Signs a call with the wallet of patient `number` and submits it.
    func submit(_ call: some ContractCall, by number: Int) async throws -> Receipt {
        let maker = UnsignedTransactionMaker(
            chainID: custodian.ledger.chainID, time: clock, random: SystemRandom())
        return try await custodian.ledger.submit(maker.envelope(call, key: secrets.wallets[number]))
    }
}

extension HouseSecrets {
    fileprivate var seedOfActor: UInt64 { 77 }
}
