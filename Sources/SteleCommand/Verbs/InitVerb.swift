// SteleCommand · `stele init`.
internal import Cryptography
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// Makes the data directory of a new network of one node.
struct InitVerb: Verb {
    static let networkName = Option(
        "name", "NETWORK", "the network's name: lower-case letters, digits, dots, hyphens", isRequired: true)
    static let organisation = Option(
        "organisation", "ORG", "the founding organisation's name, in the same letters", isRequired: true)
    static let root = Option("root", "FILE", "where the root key goes, outside --data", default: "--data with .root")
    static let listen = Option("listen", "ADDRESS", "where the node will answer", default: "127.0.0.1:8443")
    static let host = Option(
        "host", "NAME", "a further name or address for the certificate", isRepeatable: true)

    let name = "init"
    let summary = "make a data directory for a new network of one node"
    let help = Help(
        meaning: """
            Makes new keys, a genesis, a TLS certificate and an empty vault, and writes them into a folder that must \
            be empty or not exist. Afterwards the folder is whole or, after a crash, not there. The root key opens \
            every record; it lies in a file of its own, which belongs on another device than the data and in no \
            backup of them. Without it, nothing can be opened again.
            """,
        options: [.data, networkName, organisation, root, listen, host],
        examples: [
            "stele init --data /srv/stele --name clinic --organisation st-anna --root /media/key/stele.root",
            "stele init --name test --organisation test",
        ])

    var time: any TimeSource = SystemTime()

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let path = Files.absolutePath(arguments.value(.data) ?? NodeSetup.defaultPath)
        let rootPath = arguments.value(Self.root).map(Files.absolutePath) ?? path + ".root"
        var node = NewNode(
            name: try arguments.required(Self.networkName), organisation: try arguments.required(Self.organisation),
            path: path, rootPath: rootPath)
        if let text = arguments.value(Self.listen) {
            guard let listen = ListenAddress(text) else {
                throw SteleError(
                    .usageValue, "the value of --listen is no address",
                    hint: "write it like 127.0.0.1:8443 or [::1]:8443")
            }
            node.listen = listen
        }
        node.hosts = arguments.all(Self.host)
        report(try node.make(time: time, random: SystemRandom()), of: node, to: terminal)
        return .success
    }

    private func report(_ made: NewNode.Made, of node: NewNode, to terminal: Terminal) {
        terminal.line("Made a data directory for the network \(node.name) of \(node.organisation).")
        terminal.line("  data       \(node.path)")
        terminal.line("  root key   \(node.rootPath)")
        terminal.line("             Move it to another device. Without it nothing opens; with it everything does.")
        terminal.line("  auditors   \(made.directory.trustPath)")
        terminal.line("  clients    \(made.directory.authorityPath)")
        terminal.line("  chain id   \(made.genesis.chainID.hex)")
        terminal.line("  TLS        SHA-256 \(made.certificate.fingerprint.hex)")
        terminal.line("Next: stele serve --data \(node.path)")
        terminal.result([
            "data": .string(node.path), "root_key": .string(node.rootPath),
            "configuration": .string(made.directory.configurationPath), "trust": .string(made.directory.trustPath),
            "authority": .string(made.directory.authorityPath), "chain_id": .string(made.genesis.chainID.hex),
            "origin": .string(made.genesis.origin), "listen": .string(node.listen.text),
            "certificate_sha256": .string(made.certificate.fingerprint.hex),
        ])
    }
}
