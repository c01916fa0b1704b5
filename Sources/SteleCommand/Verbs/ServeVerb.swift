// SteleCommand · `stele serve`.
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

/// Runs a node until it is told to stop.
struct ServeVerb: Verb {
    static let accept = Option(
        flag: "accept-restored", "serve a restored directory: nothing newer is left, and blocks will be signed anew")

    let name = "serve"
    let summary = "run the node of a data directory"
    let help = Help(
        meaning: """
            Opens the data directory, checks it against its own signatures, and answers FHIR, OAuth and ledger \
            requests over TLS until it is stopped. One line says when it is ready. SIGTERM and SIGINT stop it in \
            order: requests under way are answered, everything accepted is durable, the stores are closed. A directory \
            that is locked, damaged, newer than this program, of another network or older than what the node has \
            signed is refused with exit code 5 and left as it is.
            """,
        options: [.data, .config, accept],
        examples: ["stele serve --data /srv/stele", "stele serve --config /etc/stele/stele.toml"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        CoreDumps.forbid()
        let setup = try NodeSetup.load(arguments)
        if arguments.contains(Self.accept) { try Restoration.accept(setup.directory) }
        let service = try await Service(setup, terminal: terminal)
        let head = service.node.custodian.ledger.head.header
        terminal.line(
            "stele: ready at \(service.url), network \(setup.genesis.name) of \(setup.genesis.organisation), "
                + "block \(head.height)")
        terminal.result([
            "ready": true, "url": .string(service.url), "network": .string(setup.genesis.name),
            "organisation": .string(setup.genesis.organisation), "chain_id": .string(setup.genesis.chainID.hex),
            "height": .number(String(head.height)),
        ])
        do {
            try await service.run()
        } catch is CancellationError {
            // Stopping must not be cancelled half-way by the same signal.
            try await Task { try await service.stop() }.value
            terminal.note("stele: stopped in order")
            return .success
        } catch {
            try? await Task { try await service.stop() }.value
            throw error
        }
        return .success
    }
}
