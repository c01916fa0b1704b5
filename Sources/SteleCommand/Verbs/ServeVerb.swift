// SteleCommand · `stele serve`.
internal import Foundation
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
        let log = ServiceLog(terminal, time: SystemTime())
        do {
            return try await serve(arguments, terminal, log)
        } catch  where !(error is CancellationError || Task.isCancelled) {
            let error = error as? SteleError ?? SteleError(foreign: error)
            log.write(.failed(error))
            guard log.isOnStandardError else { throw error }
            terminal.result(of: error)
            return ExitCode(for: error.code)
        }
    }

    private func serve(
        _ arguments: Arguments, _ terminal: Terminal, _ log: ServiceLog
    ) async throws -> ExitCode {
        let setup = try NodeSetup.load(arguments)
        try log.open(setup.configuration)
        let hangUps = log.reopeningAtHangUp()
        defer { hangUps?.cancel() }
        log.write(.starting(process: getpid()))
        if arguments.contains(Self.accept) { try Restoration.accept(setup.directory) }
        let environment = ProcessInfo.processInfo.environment
        let service = try await Service(setup, cache: LeakCache(environment), log: log)
        let manager = ServiceManager(environment)
        let head = service.node.custodian.ledger.head.header
        terminal.line(
            "stele: ready at \(service.url), network \(setup.genesis.name) of \(setup.genesis.organisation), "
                + "block \(head.height)")
        terminal.result([
            "ready": true, "url": .string(service.url), "network": .string(setup.genesis.name),
            "organisation": .string(setup.genesis.organisation), "chain_id": .string(setup.genesis.chainID.hex),
            "height": .number(String(head.height)),
        ])
        log.write(
            .listening(
                url: service.url, network: setup.genesis.name, organisation: setup.genesis.organisation,
                height: head.height))
        manager?.tell(.ready)
        do {
            try await service.run()
        } catch is CancellationError {
            log.write(.stopping)
            manager?.tell(.stopping)
            // Stopping must not be cancelled half-way by the same signal.
            try await Task { try await service.stop() }.value
            log.write(.stopped(height: service.node.custodian.ledger.head.header.height))
            return .success
        } catch {
            manager?.tell(.stopping)
            try? await Task { try await service.stop() }.value
            throw error
        }
        return .success
    }
}
