// SteleCommand · where a node keeps what is its own.
internal import Cryptography
public import Ledger
public import Primitives
internal import Storage
public import Vault

extension ErrorCode {
    /// A data directory that lacks a file it was made with.
    public static let storeIncomplete = ErrorCode("store.incomplete")
    /// A folder that should become a data directory and has something in it.
    public static let dataNotEmpty = ErrorCode("data.not_empty")
    /// A root key file inside the data directory whose content it would open.
    public static let dataRootInside = ErrorCode("data.root_inside")
}

/// A node's data directory. Source: `docs/operate/data-directory.md`.
///
/// ```
/// FORMAT        the format of everything below; written first
/// LOCK          held while a process uses the directory
/// genesis.cbor  what the network starts from
/// stele.toml    what the operator decides
/// trust.key     the checkpoint keys an auditor pins
/// signstate     what this node has signed; never restored from an old copy
/// ledger/       blocks, log and state
/// vault/ blobs/ keystore/   sealed records, sealed large objects, wrapped keys
/// keys/         the node's own keys, sealed under the root key
/// tls/          ca.pem, server.pem, server.key
/// UPGRADE       which format an upgrade leads away from, while it lasts
/// journal       emergencies that the ledger does not have yet, if there are any
/// notices.cursor  which notice the webhook took last, if there is one
/// tmp/          what is being written
/// ```
public struct DataDirectory: Hashable, Sendable {
    /// Where it is.
    public let path: String

    /// The directory at `path`, which need not exist.
    public init(_ path: String) { self.path = path }

    /// The folders of the stores, each of which may be on a disk of its own.
    static let stores = ["ledger", "vault", "blobs", "keystore"]

    /// The genesis file.
    public var genesisPath: String { path + "/genesis.cbor" }
    /// The configuration.
    public var configurationPath: String { path + "/stele.toml" }
    /// The checkpoint keys.
    public var trustPath: String { path + "/trust.key" }
    /// The sign-state.
    public var signStatePath: String { path + "/signstate" }
    /// The ledger's store.
    public var ledgerPath: String { path + "/ledger" }
    /// The certificate that clients trust.
    public var authorityPath: String { path + "/tls/ca.pem" }
    /// The journal of emergencies.
    var journalPath: String { path + "/journal" }
    /// The place of the last notice that the webhook took.
    var noticeCursorPath: String { path + "/notices.cursor" }
    /// The sealed keys of the node.
    var keysPath: String { path + "/keys" }

    /// The genesis the directory was made with.
    /// - Throws: `store.incomplete` or `genesis.malformed`.
    public func genesis() throws(SteleError) -> Genesis {
        guard let bytes = try AtomicFile(genesisPath).read() else {
            throw SteleError(
                .storeIncomplete, "the data directory has no genesis.cbor",
                hint: "restore it from a backup, or copy it from the organisation that founded the network")
        }
        return try Genesis(decoding: bytes)
    }
}

/// Everything a node is started from, read and checked: configuration, format, genesis and keys.
public struct NodeSetup: Sendable {
    /// What the operator decides.
    public let configuration: Configuration
    /// The data directory.
    public let directory: DataDirectory
    /// What the network starts from.
    public let genesis: Genesis
    /// The keys above all others: the one in force and, after a crash while it was replaced, the next one.
    public let roots: [RootKey]
    /// The node's own keys.
    public let keys: NodeKeys

    /// Reads what `--data` and `--config` name: the configuration file given, or the one inside the data directory.
    /// - Throws: the errors of the configuration, `store.newer`, `store.older`, `store.upgrading`, `store.corrupt`,
    ///   `store.incomplete`, `keys.root_missing`, `keys.root_malformed` or `key.file_rejected`.
    public static func load(_ arguments: Arguments) throws(SteleError) -> NodeSetup {
        try load(configuration(arguments))
    }

    /// The configuration that `--data` and `--config` name.
    static func configuration(_ arguments: Arguments) throws(SteleError) -> Configuration {
        let given = arguments.value(.data)
        let path = arguments.value(.config) ?? DataDirectory(given ?? Self.defaultPath).configurationPath
        var configuration = try Configuration.load(path)
        // Beside a configuration file, --data says where the data is; alone, it says where both are.
        if arguments.contains(.config), let given { configuration.data = Files.absolutePath(given) }
        return configuration
    }

    /// Reads what `configuration` names.
    public static func load(_ configuration: Configuration) throws(SteleError) -> NodeSetup {
        let directory = DataDirectory(configuration.resolve(configuration.data))
        try FormatFile.check(major: Version.dataFormat, in: directory.path)
        try FormatUpgrade.check(directory)
        let genesis = try directory.genesis()
        let roots = try configuration.rootKeyFile().candidates()
        let keys = try NodeKeys.load(from: directory.keysPath, roots: roots, chainID: genesis.chainID)
        return NodeSetup(
            configuration: configuration, directory: directory, genesis: genesis, roots: roots, keys: keys)
    }

    /// The node's own keys as they are on disk now, or in the copy of them at `folder`: both they and the root may have
    /// been replaced since.
    func keysNow(in folder: String? = nil) throws(SteleError) -> NodeKeys {
        let roots = try configuration.rootKeyFile().candidates()
        return try NodeKeys.load(from: folder ?? directory.keysPath, roots: roots, chainID: genesis.chainID)
    }

    /// Opens the vault with the root that its key store is of.
    func openVault(random: any RandomSource) throws(SteleError) -> Vault {
        try Vault.open(at: directory.path, roots: roots, random: random)
    }

    /// Where a data directory is unless told otherwise.
    static let defaultPath = "stele-data"
}
