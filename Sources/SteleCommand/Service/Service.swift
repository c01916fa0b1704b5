// SteleCommand · a node in service: its custodian, its listener, and what it does every minute.
internal import API
internal import Cryptography
internal import HTTPClient
internal import HTTPServer
internal import Node
internal import Primitives
internal import Vault

/// A node that answers, from ``init(_:log:)`` to ``stop()``.
final class Service: Sendable {
    /// How often staged records are settled by the ledger.
    static let sweepInterval = Duration.seconds(60)
    /// How often it is looked how the witnesses fare, and whether the ledger stands still.
    static let watchInterval = Duration.seconds(1)
    /// Longest wait for requests under way when the node stops.
    static let stopLimit = Duration.seconds(10)

    /// The open stores.
    let node: OpenNode
    /// Where clients reach the node.
    let url: String
    private let server: HTTPServer
    private let witnessing: Witnessing?
    private let courier: NoticeCourier?
    private let log: ServiceLog

    /// Opens the node that `setup` names, settles what a crash left, and begins to answer.
    init(_ setup: NodeSetup, cache: LeakCache?, log: ServiceLog) async throws(SteleError) {
        let (time, random) = (SystemTime(), SystemRandom())
        let configuration = setup.configuration
        guard configuration.listen.port != 0 else {
            throw SteleError(
                .configurationValue, "[node] listen has port 0, but clients sign assertions for the node's own address",
                hint: "name a port there")
        }
        let tls = HTTPServerCertificate(
            certificatePEM: try InputFile(configuration.resolve(configuration.certificate))
                .read("certificate", byteCountMax: 1 << 20),
            keyPEM: try InputFile(configuration.resolve(configuration.certificateKey))
                .readSecret("certificate's private key", byteCountMax: 1 << 16))
        node = try OpenNode(setup, time: time, random: random, cache: cache, log: log)
        try await node.custodian.start()
        try await Operator.register(at: node.custodian, keys: setup.keys)
        await Self.recordJournal(node.custodian, log)
        witnessing = try Self.witnessing(node.custodian.ledger, configuration)
        url = "https://" + configuration.listen.text
        var api = APIConfiguration(baseURL: url)
        api.treatingPermit = configuration.treatingPermit
        let opened = node
        api.backUp = { (path) async throws(SteleError) -> BackupSummary in
            let made = try await opened.backUp(to: path)
            log.write(.backupMade(fileCount: made.fileCount, byteCount: made.byteCount, height: made.height))
            return BackupSummary(fileCount: made.fileCount, byteCount: made.byteCount, height: made.height)
        }
        let handler = APIHandler(
            custodian: node.custodian, configuration: api, time: time, random: random,
            report: log.fault)
        server = try HTTPServer(
            configuration: HTTPServerConfiguration(
                address: configuration.listen.host, port: configuration.listen.port, tls: tls,
                limits: configuration.limits),
            handler: handler)
        courier = try Self.courier(setup, node.custodian, time, log)
        self.log = log
    }

    /// What brings the ledger's heads to the witnesses that the configuration lists; nil if it lists none.
    private static func witnessing(
        _ ledger: LedgerNode, _ configuration: Configuration
    ) throws(SteleError) -> Witnessing? {
        guard let list = configuration.witnessList else { return nil }
        let text = try InputFile(configuration.resolve(list)).read("list of witnesses", byteCountMax: 65_536)
        let peers = try WitnessList.peers(parsing: String(decoding: text, as: UTF8.self))
        guard configuration.witnessQuorum ?? 0 <= peers.count else {
            throw SteleError(
                .configurationValue,
                "[witness] quorum is \(configuration.witnessQuorum ?? 0), of \(peers.count) witnesses",
                hint: "ask for as many as are listed, or fewer")
        }
        var policy = WitnessPolicy(peers, quorum: configuration.witnessQuorum)
        policy.interval = .seconds(configuration.witnessIntervalSeconds)
        policy.timeout = .seconds(configuration.witnessTimeoutSeconds)
        let client = try WitnessClient(caFile: configuration.witnessAuthority.map(configuration.resolve))
        return ledger.witness(policy, transport: client)
    }

    private static func courier(
        _ setup: NodeSetup, _ custodian: Custodian, _ time: any TimeSource, _ log: ServiceLog
    ) throws(SteleError) -> NoticeCourier? {
        let configuration = setup.configuration
        guard let webhook = configuration.webhook else { return nil }
        var bytes = try InputFile(configuration.resolve(webhook.secret))
            .readSecret("webhook's secret", byteCountMax: 4096)
        let secret = SecretBytes(wiping: &bytes)
        guard secret.count >= 32 else {
            throw SteleError(
                .configurationValue, "the secret in [notices] has fewer than 32 bytes",
                hint: "write 32 random bytes or more into the file")
        }
        return try NoticeCourier(
            custodian: custodian, url: webhook.url, secret: secret,
            trust: webhook.authority.map { .caFile(configuration.resolve($0)) } ?? .system,
            cursorPath: setup.directory.noticeCursorPath, time: time, report: log.write)
    }

    /// Sweeps each minute, has checkpoints witnessed, delivers notices and records the journal, until the task is
    /// cancelled or something fails.
    ///
    /// A ledger that has a fault ends nothing: until the operator restarts the node it serves emergencies
    /// (`docs/decisions/0029-journal-of-emergencies.md`).
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let witnessing {
                group.addTask { await witnessing.run() }
                group.addTask { try await self.watchWitnesses() }
            }
            if let courier { group.addTask { try await courier.run() } }
            group.addTask { try await self.sweep() }
            group.addTask { try await self.watch() }
            defer { group.cancelAll() }
            do {
                for try await _ in group {}
            } catch {
                guard node.custodian.fault != nil, !(error is CancellationError) else { throw error }
                // What failed is what the fault failed: what is left of the node serves on.
                while true { try await Task.sleep(for: Self.sweepInterval) }
            }
        }
    }

    /// Says when the ledger stands still and when it works again, and then brings it what the journal has.
    private func watch() async throws {
        var standstill: SteleError?
        while true {
            try await Task.sleep(for: Self.watchInterval)
            let now = node.custodian.standstill
            if let now, standstill?.code != now.code {
                log.write(.ledgerStandsStill(now))
            } else if standstill != nil, now == nil {
                log.write(.ledgerWorks)
            }
            standstill = now
            await Self.recordJournal(node.custodian, log)
        }
    }

    /// Records what the journal has; a reason against it is told, and nothing else stops for it.
    private static func recordJournal(_ custodian: Custodian, _ log: ServiceLog) async {
        do throws(SteleError) {
            let count = try await custodian.admission.shared { () async throws(SteleError) in
                try await custodian.recordJournal()
            }
            if count > 0 { log.write(.journalRecorded(entryCount: count)) }
        } catch {
            log.fault(error)
        }
    }

    private func sweep() async throws {
        // Questions across patients wait for this, so it begins at once.
        try await node.custodian.gatherAccesses()
        while true {
            try await Task.sleep(for: Self.sweepInterval)
            guard node.custodian.standstill == nil else { continue }
            do throws(SteleError) {
                let settled = try await node.custodian.sweep()
                if settled.discardedCount > 0 { log.write(.swept(discardedCount: settled.discardedCount)) }
            } catch {
                guard error.code == .diskFull else { throw error }  // What is left is swept once there is room.
            }
            try await node.custodian.admission.shared { () async throws(SteleError) in try node.mirrorKeys() }
        }
    }

    private func watchWitnesses() async throws {
        var watch = WitnessWatch()
        while true {
            try await Task.sleep(for: Self.watchInterval)
            guard let status = node.custodian.ledger.witnessStatus else { continue }
            for event in watch.events(status) { log.write(event) }
        }
    }

    /// Accepts nothing more, finishes what is under way and closes the stores.
    func stop() async throws(SteleError) {
        await server.stop(within: Self.stopLimit)
        try await node.close()
    }
}
