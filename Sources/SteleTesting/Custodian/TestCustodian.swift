// SteleTesting · a whole custodian in a directory of its own: vault, ledger, and people to ask.
public import Contracts
public import Cryptography
public import FHIR
public import Leaks
public import Node
internal import Ledger
public import Primitives
public import Storage
internal import Synchronization
public import Vault

/// A custodian on disk that can be stopped and started again.
public final class TestCustodian: Sendable {
    /// What runs until it is stopped.
    private struct Running: Sendable {
        let custodian: Custodian
        let store: RocksDBStore
        let vault: Vault
    }

    /// The network and its keys.
    public let network: TestNetwork
    /// The clock of everything.
    public let clock: any TimeSource
    /// Where randomness comes from.
    public let random: any RandomSource
    /// The data directory.
    public let directory: String
    private let running: Mutex<Running>  // Replaced by a restart; held for a moment.
    /// Where the root key lies: beside the data directory.
    public let rootFile: RootKeyFile
    /// Where its own key is kept.
    public let nodeKeys: TestNodeKeys
    private let retention: Retention
    private let leaks: LeakCoverage
    private let disk: DiskGuard?
    /// What its ledger keeps out, as a node has it, with a dictionary that takes no time.
    public static let quickCoverage = LeakCoverage(years: 1980...1980, digitCountMax: 3)

    /// The running custodian.
    public var custodian: Custodian { running.withLock { $0.custodian } }

    /// A new custodian in the empty directory `directory`.
    public init(
        _ directory: String, clock: any TimeSource = SystemTime(), random: any RandomSource = SystemRandom(),
        leaks: LeakCoverage = quickCoverage, retention: Retention = .none, space: (any DiskSpaceSource)? = nil
    ) async throws {
        disk = space.map { DiskGuard($0, reserve: DiskReserve(), time: clock) }
        self.leaks = leaks
        self.retention = retention
        self.directory = directory
        self.clock = clock
        self.random = random
        network = try TestNetwork(random: random, time: clock.now())
        nodeKeys = try TestNodeKeys(network.nodeKey)
        rootFile = RootKeyFile(directory + ".root")
        let root = RootKey.random(from: random)
        try rootFile.write(root)
        let vault = try Vault.create(at: directory, root: root, random: random)
        let terms = ErasureTerms(retention: retention, rootKeeper: rootFile)
        running = Mutex(try Self.run(network, nodeKeys, vault, directory, clock, random, leaks, terms, disk))
        try await custodian.start()
    }

    /// Stops in order and starts again.
    public func restart() async throws {
        try await stop()
        let vault = try Vault.open(at: directory, roots: rootFile.candidates(), random: random)
        try rootFile.settle(onEpoch: vault.epoch)
        let terms = ErasureTerms(retention: retention, rootKeeper: rootFile)
        let started = try Self.run(network, nodeKeys, vault, directory, clock, random, leaks, terms, disk)
        running.withLock { $0 = started }
        try await started.custodian.start()
    }

    /// Stops in order.
    public func stop() async throws {
        let stopping = running.withLock { $0 }
        await stopping.custodian.ledger.settle()
        try stopping.vault.close()
        try stopping.store.close()
    }

    private static func run(
        _ network: TestNetwork, _ nodeKeys: TestNodeKeys, _ vault: Vault, _ directory: String,
        _ clock: any TimeSource, _ random: any RandomSource, _ leaks: LeakCoverage, _ terms: ErasureTerms,
        _ disk: DiskGuard?
    ) throws -> Running {
        let store = try RocksDBStore(path: directory + "/ledger", columnFamilies: LedgerStore.columnFamilies)
        let ledger = try network.start(
            store, signStateIn: directory, contracts: StandardContracts(), time: clock,
            leaks: LeakGuard(leaks), disk: disk)
        try EmergencyJournal.create(directory + "/journal")
        let custodian = Custodian(
            ledger: ledger, vault: vault, nodeKey: nodeKeys.current, commonsKey: nodeKeys.commonsKey,
            nodeKeyKeeper: nodeKeys, emergencyKeys: network.emergencyKeys,
            journal: try EmergencyJournal(directory + "/journal", of: network.genesis.organisation, on: ledger),
            organisation: network.genesis.organisation, time: clock, random: random, erasure: terms)
        return Running(custodian: custodian, store: store, vault: vault)
    }

    // MARK: - People

    /// A patient's wallet.
    public struct Wallet: Sendable {
        /// The patient's logical id.
        public let patient: String
        /// Signs the patient's consent.
        public let consentKey: SigningKey
        /// What the custodian gave back.
        public let enrolment: Enrolment
        /// Makes the patient's tokens.
        public var policyKey: PolicyKey
        /// The subject.
        public var subject: SubjectID { enrolment.subject.id }

        /// A wallet of these parts.
        public init(patient: String, consentKey: SigningKey, enrolment: Enrolment, policyKey: PolicyKey) {
            self.patient = patient
            self.consentKey = consentKey
            self.enrolment = enrolment
            self.policyKey = policyKey
        }
    }

    /// Enrols a patient with a wallet of their own.
    public func enrol(_ patient: String, name: String = "A Patient") async throws -> Wallet {
        let key = SigningKey.random(from: random)
        let enrolment = try await custodian.enrol(
            SubjectDraft(
                patient: patient, displayName: name, consentKey: key.publicKey, organisation: custodian.organisation))
        return Wallet(
            patient: patient, consentKey: key, enrolment: enrolment, policyKey: enrolment.subject.newestPolicyKey)
    }

    /// Registers a person with one role.
    public func person(_ id: String, role: String) async throws -> RegisteredActor {
        try await custodian.addActor(
            ActorDraft(
                id: id, kind: .person, displayName: "Dr \(id)", roles: [role],
                key: .okp(SigningKey.random(from: random).publicKey)))
    }

    /// An asker for treatment.
    public func asker(_ actor: RegisteredActor, patient: String? = nil, purposes: [String] = ["TREAT"]) -> Asker {
        Asker(actor: actor, purposes: purposes, assertion: Array("assertion of \(actor.id)".utf8), patient: patient)
    }

    /// Signs a call with the wallet's key and submits it.
    @discardableResult
    public func submit(_ call: some ContractCall, by wallet: Wallet) async throws -> Receipt {
        let maker = UnsignedTransactionMaker(chainID: custodian.ledger.chainID, time: clock, random: random)
        return try await custodian.ledger.submit(maker.envelope(call, key: wallet.consentKey))
    }

    /// A permit for treatment over fourteen days.
    public func permit(
        _ wallet: Wallet, to grantees: [Label], classes: [Label], except: [Label] = [], purposes: [String] = ["TREAT"],
        days: UInt64 = 14
    ) -> GrantTerms {
        let key = wallet.policyKey
        func set(_ labels: [Label]) -> TokenSet {
            TokenSet(padding: labels.map { key.token(for: $0) }, random: random)!
        }
        let start = clock.now().seconds / 60 * 60
        return GrantTerms(
            kind: .permit, grantees: set(grantees), actions: .all, purposes: set(purposes.map(Label.purpose)),
            classes: set(classes), except: except.isEmpty ? nil : set(except), notBefore: UnixSeconds(start),
            notAfter: UnixSeconds(start + days * 86_400), termsCommitment: random.bytes32(),
            policyKeyVersion: key.version)
    }

    /// A small resource, as text.
    public static func resource(_ text: String) throws -> Resource { try Resource(parsing: Array(text.utf8)) }
}
