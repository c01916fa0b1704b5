// SteleCommand · a data directory made from nothing.
internal import Cryptography
internal import Ledger
internal import Node
internal import Primitives
internal import Storage
internal import Vault

/// A new network of one organisation and one node.
///
/// Everything is written into a hidden folder beside the data directory and synced there; then the root key is written,
/// then the folder takes its name. After a crash there is no data directory, and the next attempt begins by removing
/// what the last one left; only a root key that opens nothing may remain.
struct NewNode {
    /// How long the first certificate is good for.
    static let certificateSeconds: UInt64 = 730 * 86_400
    /// By how much it begins early, for clients whose clock is behind.
    static let clockSlackSeconds: UInt64 = 3600

    /// The network's name.
    var name: String
    /// The founding organisation's name.
    var organisation: String
    /// The data directory, absolute.
    var path: String
    /// The root key file, absolute.
    var rootPath: String
    /// Where the node listens.
    var listen = ListenAddress.standard
    /// Further names or addresses under which clients call it.
    var hosts: [String] = []

    /// What was made.
    struct Made {
        let genesis: Genesis
        let directory: DataDirectory
        let certificate: CertificateSummary
    }

    private var staging: String {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return path[..<slash] + "/." + path[path.index(after: slash)...] + ".init"
    }

    /// Makes it.
    /// - Throws: `data.not_empty`, `data.root_inside`, `keys.root_exists`, `genesis.malformed`,
    ///   `certificate.malformed`, or the errors of the disk. Nothing that was there before is touched.
    func make(time: any TimeSource, random: some RandomSource) throws(SteleError) -> Made {
        try checkPlaces()
        let keys = NodeKeys.random(from: random)
        let genesis = try Genesis(
            name: name, time: time.now(), random: random.bytes32(),
            validators: [Validator(key: keys.vote.publicKey, weight: 1)], organisation: organisation,
            adminKey: keys.admin.publicKey, nodeKey: keys.node.publicKey)
        let root = RootKey.random(from: random)
        try Directory.create(staging)
        // Held until the folder has its name: two attempts at once do not write into one another.
        let lock = try DirectoryLock(staging)
        try clearStaging()
        try FormatFile.write(major: Version.dataFormat, in: staging)
        try writeNetwork(genesis)
        try Directory.create(staging + "/keys")
        try keys.save(in: staging + "/keys", root: root.secret, chainID: genesis.chainID, random: random)
        let certificate = try writeCertificate(genesis, root: root.secret, time: time, random: random)
        try Vault.create(at: staging, root: root, random: random).close()
        try RootKeyFile(rootPath).write(root)
        try takeName()
        _ = lock
        return Made(genesis: genesis, directory: DataDirectory(path), certificate: certificate)
    }

    // MARK: - Before

    private func checkPlaces() throws(SteleError) {
        guard rootPath != path, !rootPath.hasPrefix(path + "/") else {
            throw SteleError(
                .dataRootInside, "the root key file would lie inside the data directory that it opens",
                hint: "give --root a path outside, best on another device")
        }
        let calls = LinuxSystemCalls()
        let isFree: Bool
        do throws(SystemError) {
            let names = try calls.exists(path) ? calls.names(in: path) : []
            isFree = names.isEmpty
        } catch {
            isFree = false
        }
        guard isFree else {
            throw SteleError(
                .dataNotEmpty, "there is something at the path of the data directory already",
                hint: "give --data a path where nothing is; to start the node that is there, run stele serve")
        }
        guard try !RootKeyFile(rootPath).exists() else {
            throw SteleError(
                .keysRootExists, "there is a root key file at the path of the new one",
                hint: "give another --root; remove the file only if no data directory was ever made with it")
        }
    }

    private func clearStaging() throws(SteleError) {
        do {
            for name in try LinuxSystemCalls().names(in: staging) where name != DirectoryLock.name {
                try Files.removeAll("\(staging)/\(name)")
            }
        } catch {
            throw SteleError(
                .storageIO, "what an interrupted attempt left beside the data directory cannot be removed",
                hint: "remove the hidden folder that ends in .init beside the data directory",
                cause: String(describing: type(of: error)))
        }
    }

    // MARK: - Content

    private func writeNetwork(_ genesis: Genesis) throws(SteleError) {
        try AtomicFile(staging + "/genesis.cbor").write(genesis.encoded)
        let trust = TrustedKeys(origin: genesis.origin, validators: ValidatorSet(genesis.validators))
        let heading = "# Checkpoint keys of the network \(name), epoch 0. Give this file to auditors.\n"
        try AtomicFile(staging + "/trust.key").write(Array((heading + trust.text).utf8))
        _ = try SyncedSlotFile.create(staging + "/signstate", payload: LedgerNode.emptySignState)
        var configuration = Configuration(name: name, rootKey: rootFromDirectory)
        configuration.listen = listen
        let text = configuration.text
        guard let read = try? Configuration(parsing: text), read == configuration else {
            throw SteleError(
                .usageValue, "a path or name has characters that the configuration cannot hold",
                hint: "use paths without control characters")
        }
        try AtomicFile(staging + "/stele.toml").write(Array(text.utf8))
        try Directory.create(staging + "/ledger")
    }

    /// The root key's path as the configuration names it: relative if it lies beside the data directory, so that both
    /// can move together.
    private var rootFromDirectory: String {
        let parent = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        let rest = rootPath.dropFirst(parent.count)
        return rootPath.hasPrefix(parent) && !rest.contains("/") ? "../" + rest : rootPath
    }

    private func writeCertificate(
        _ genesis: Genesis, root: SecretBytes, time: any TimeSource, random: some RandomSource
    ) throws(SteleError) -> CertificateSummary {
        var (names, addresses) = (["localhost"], ["127.0.0.1", "::1"])
        for host in [listen.host] + hosts {
            let isNumeric = ListenAddress(host: host, port: 0).isNumeric
            if isNumeric, !addresses.contains(host) { addresses.append(host) }
            if !isNumeric, !names.contains(host) { names.append(host) }
        }
        let now = time.now().seconds
        let made = try SelfSignedCertificate.make(
            dnsNames: names, addresses: addresses,
            validFrom: Timestamp(seconds: now - min(now, Self.clockSlackSeconds)),
            validUntil: Timestamp(seconds: now + Self.certificateSeconds), random: random)
        try Directory.create(staging + "/tls")
        try AtomicFile(staging + "/tls/ca.pem").write(Array(made.authority.utf8))
        try AtomicFile(staging + "/tls/server.pem").write(Array(made.server.utf8))
        // The server's key stays readable to the process without the root key, as any TLS server's does.
        try AtomicFile(staging + "/tls/server.key").write(made.serverKey.exposedCopy())
        try SealedKeyFile(folder: staging + "/keys", use: "tls-authority", chainID: genesis.chainID)
            .save(made.authorityKey, root: root, random: random)
        return try CertificateSummary(pem: made.server)
    }

    // MARK: - After

    private func takeName() throws(SteleError) {
        let calls = LinuxSystemCalls()
        do throws(SystemError) {
            try calls.rename(staging, to: path)
            let parent = try calls.open(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/", .directory)
            defer { calls.close(parent) }
            try calls.sync(parent)
        } catch {
            throw SteleError(
                .storageIO, "the finished data directory cannot take its name",
                hint: "check that its parent folder is writable, remove the new root key file, and try again",
                cause: error.description)
        }
    }
}
