// SteleCommand · which node a call speaks to, and as whom.
internal import Cryptography
internal import HTTPClient
internal import Primitives
internal import Storage

extension Option {
    /// Whom the client believes when it connects.
    static let authority = Option(
        "ca", "FILE", "the certificate the node's own must come from, PEM",
        default: "tls/ca.pem in --data, if it is there"
    )
    /// As whom a key signs.
    static let client = Option("as", "ID", "the actor whose key --key is", default: "the key file's name without .pem")
    /// The patient's wallet.
    static let wallet = Option("wallet", "FILE", "the patient's wallet: their keys and subjects")
    /// Why records are asked for.
    static let purpose = Option(
        "purpose", "CODE", "a purpose of use, such as TREAT", default: "TREAT; with --wallet PATRQT", isRepeatable: true
    )
}

/// The options that say which node a call speaks to and as whom.
///
/// A call is made by a patient (`--wallet`), by an actor (`--key`, `--as`), or, with neither, by the operator, whose
/// key comes out of the data directory and needs the root key.
struct Connection {
    /// Options of calls that only patients make.
    static let patientOptions: [Option] = [.wallet, .url, .authority, .data, .config]
    /// Options of calls that only officers make.
    static let officerOptions: [Option] = [.key, .client, .url, .authority, .data, .config]
    /// Options of calls that anybody makes.
    static let allOptions: [Option] = [.wallet, .key, .client, .url, .authority, .data, .config]

    private let arguments: Arguments
    private let declared: Set<Option>

    /// The connection that `arguments` describe, of which `options` are declared.
    init(_ arguments: Arguments, _ options: [Option]) {
        self.arguments = arguments
        declared = Set(options)
    }

    private func value(_ option: Option) -> String? { declared.contains(option) ? arguments.value(option) : nil }

    /// A client of the node: `--url`, else the wallet's custodian, else the address in the configuration.
    func client(for subject: Wallet.Subject? = nil) throws(SteleError) -> NodeClient {
        let configuration = try configuration()
        let url = value(.url) ?? subject?.url ?? configuration.map { "https://" + $0.listen.text }
        return try NodeClient(
            url: url ?? "https://" + ListenAddress.standard.text, trust: try trust(configuration))
    }

    /// The configuration that `--data` or `--config` names; nil if neither does and there is none in the usual place.
    private func configuration() throws(SteleError) -> Configuration? {
        let folder = value(.data) ?? NodeSetup.defaultPath
        let path = value(.config) ?? DataDirectory(folder).configurationPath
        if value(.data) == nil, value(.config) == nil, try AtomicFile(path).read() == nil { return nil }
        return try Configuration.load(path)
    }

    private func trust(_ configuration: Configuration?) throws(SteleError) -> HTTPClientTrust {
        if let path = value(.authority) { return .caFile(path) }
        guard let configuration else { return .system }
        let path = DataDirectory(configuration.resolve(configuration.data)).authorityPath
        guard let bytes = try AtomicFile(path).read() else { return .system }
        return .caPEM(String(decoding: bytes, as: UTF8.self))
    }

    // MARK: - As whom

    /// The patient whose wallet is given.
    func patient() throws(SteleError) -> PatientConnection { try patient(wallet: arguments.required(.wallet)) }

    /// The patient whose wallet lies at `path`.
    func patient(wallet path: String) throws(SteleError) -> PatientConnection {
        let wallet = try WalletFile(path)
        let subject = try wallet.subject(at: value(.url))
        return try PatientConnection(wallet: wallet, subject: subject, client: try client(for: subject))
    }

    /// The actor whose key is given; without one the operator.
    func identity() throws(SteleError) -> ClientIdentity {
        guard let path = value(.key) else { return try Operator.identity(NodeSetup.load(arguments).keys) }
        return ClientIdentity(id: value(.client) ?? Self.name(of: path), key: try InputFile(path).readSigningKey())
    }

    /// A session of the actor or operator for `wish`.
    func session(_ wish: TokenWish) throws(SteleError) -> NodeSession {
        NodeSession(try client(), try identity(), wish)
    }

    /// The file's name without folder and `.pem`.
    private static func name(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".pem") ? String(name.dropLast(4)) : name
    }
}

/// A patient, the wallet they decide with, and their custodian's node.
struct PatientConnection {
    /// The wallet's file.
    let wallet: WalletFile
    /// The patient at this custodian.
    let subject: Wallet.Subject
    /// The node.
    let client: NodeClient
    /// The patient as a client of the token endpoint.
    let identity: ClientIdentity
    /// The patient's own session: for their record and their log.
    let session: NodeSession

    init(wallet: WalletFile, subject: Wallet.Subject, client: NodeClient) throws(SteleError) {
        self.wallet = wallet
        self.subject = subject
        self.client = client
        identity = ClientIdentity(id: "patient-" + subject.logicalID, key: try subject.consentKey())
        session = NodeSession(client, identity, .ownRecord(subject.logicalID))
    }
}

extension Wallet.Subject {
    /// The logical id of the `Patient` resource, without its type.
    var logicalID: String { patient.hasPrefix("Patient/") ? String(patient.dropFirst(8)) : patient }
}

/// A wallet with the place it is kept.
struct WalletFile {
    /// Where it is.
    let path: String
    /// What it holds.
    let wallet: Wallet

    /// The wallet at `path`.
    init(_ path: String) throws(SteleError) {
        self.path = path
        wallet = try Wallet.load(path)
    }

    /// The subject at the custodian `url`; without a URL the only one, or the newest.
    func subject(at url: String?) throws(SteleError) -> Wallet.Subject {
        let found = url.map { url in wallet.subjects.last { $0.url == url } } ?? wallet.subjects.last
        if let subject = found ?? (wallet.subjects.count == 1 ? wallet.subjects[0] : nil) { return subject }
        throw SteleError(
            .walletNoSubject, "the wallet holds no subject at this custodian",
            hint: "give --url as the wallet spells it, or the wallet that was made at this custodian")
    }
}
