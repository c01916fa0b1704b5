// SteleCommand · the hospital of the demonstration: its data directory, its node, its operator.
internal import Cryptography
internal import HTTPClient
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// A fresh node of one organisation, not yet started.
final class StoryHouse {
    /// A client of the node.
    let client: NodeClient
    /// The operator's session.
    let operations: NodeSession
    private let folder: StoryFolder
    private let executable: String
    private let narrator: Narrator
    private var node: ChildNode?

    /// Makes keys, genesis, certificate and an empty vault.
    init(folder: StoryFolder, executable: String, narrator: Narrator) async throws {
        self.folder = folder
        self.executable = executable
        self.narrator = narrator
        narrator.chapter("A hospital starts a ledger of its own.")
        var new = NewNode(
            name: StoryCast.network, organisation: StoryCast.organisation, path: folder.data,
            rootPath: folder.file("node.root"))
        new.listen = ListenAddress(host: "127.0.0.1", port: try await Self.freePort())
        let made = try new.make(time: SystemTime(), random: SystemRandom())
        let setup = try NodeSetup.load(Configuration.load(made.directory.configurationPath))
        client = try NodeClient(
            url: "https://" + new.listen.text, trust: .caFile(made.directory.authorityPath))
        operations = NodeSession(client, try Operator.identity(setup.keys), .operations)
        try folder.write(
            try InputFile(made.directory.trustPath).read("trust file", byteCountMax: 65_536), "trust.key")
        narrator.tell(
            "Network \(StoryCast.network), chain \(made.genesis.chainID.hex.prefix(16))…, one organisation, one signer. "
                + "The root key lies outside the data, in node.root.")
    }

    /// Starts the node and waits until it is ready.
    func open(isFirst: Bool = true) async throws {
        let node = try await ChildNode(
            executable, data: folder.data, log: folder.file("node.log"), client: client)
        self.node = node
        if isFirst { narrator.tell("Its node answers at \(client.url), as process \(node.identifier), over TLS only.") }
    }

    /// Stops the node if it runs.
    func stop() async {
        await node?.stop()
        node = nil
    }

    /// The node's process.
    var processID: Int32 { node?.identifier ?? 0 }

    /// A port that nobody listens on: the one a listener got that was closed again at once.
    static func freePort() async throws(SteleError) -> UInt16 {
        struct Nobody: HTTPHandler {
            func respond(to request: HTTPRequest) async -> HTTPResponse { HTTPResponse(status: 404) }
        }
        let server = try HTTPServer(configuration: HTTPServerConfiguration(), handler: Nobody())
        let port = server.boundPort
        await server.stop(within: .zero)
        return port
    }
}

/// The staff of the demonstration, each with a key of their own.
struct StoryStaff {
    let surgeon: NodeSession
    let laboratory: NodeSession
    let anaesthetist: NodeSession

    /// Registers all three, who will treat `patient`; their keys go to `keys/`.
    init(_ house: StoryHouse, _ folder: StoryFolder, patient: String) async throws(SteleError) {
        func register(_ actor: StoryActor) async throws(SteleError) -> NodeSession {
            let key = SigningKey.random(from: SystemRandom())
            try folder.write(key.pem.exposedCopy(), "keys/\(actor.id).pem")
            _ = try await house.operations.addActor(
                ActorOrder(id: actor.id, displayName: actor.name, roles: [actor.role], key: key.publicKey))
            return NodeSession(
                house.client, ClientIdentity(id: actor.id, key: key), .treatment(of: patient))
        }
        surgeon = try await register(.surgeon)
        laboratory = try await register(.laboratory)
        anaesthetist = try await register(.anaesthetist)
    }
}
