// SteleCommand · `stele witness init` and `stele witness serve`.
internal import Cryptography
internal import HTTPServer
internal import JSON
internal import Ledger
internal import Node
internal import Primitives

extension Option {
    /// Where a witness keeps its key and what it has cosigned.
    static let witnessData = Option("data", "DIR", "the witness's folder", default: "stele-witness")
}

/// Where a witness's folder is unless told otherwise.
private func witnessFolder(_ arguments: Arguments) -> WitnessFolder {
    WitnessFolder(path: Files.absolutePath(arguments.value(.witnessData) ?? "stele-witness"))
}

/// Makes the folder and the key of a witness.
struct WitnessInitVerb: Verb {
    static let witnessName = Option(
        "name", "NAME", "the witness's name: an address without a scheme, such as witness.example/one",
        isRequired: true)

    let name = "witness init"
    let summary = "make the key of a witness for other people's ledgers"
    let help = Help(
        meaning: """
            Makes a folder with a new key. A witness cosigns the checkpoints of ledgers it is told to watch, and only \
            those that extend what it cosigned before, so that nobody can rewrite a ledger without the witness's help. \
            Run it on a machine that whoever signs the ledger does not control.
            """,
        options: [.witnessData, witnessName],
        examples: ["stele witness init --data /srv/witness --name witness.example/one"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let folder = witnessFolder(arguments)
        let key = try folder.make(name: try arguments.required(Self.witnessName), random: SystemRandom())
        terminal.line("Made a witness.")
        terminal.line("  folder  \(folder.path)")
        terminal.line("  key     \(key.text)")
        terminal.line("Next: stele witness serve --data \(folder.path) --trust trust.key")
        terminal.result(["data": .string(folder.path), "name": .string(key.name), "key": .string(key.text)])
        return .success
    }
}

/// Runs a witness until it is told to stop.
struct WitnessServeVerb: Verb {
    static let trust = Option(
        "trust", "KEYFILE", "the keys of the ledgers to watch: their trust.key files, one after the other",
        isRequired: true)
    static let listen = Option("listen", "ADDRESS", "where it answers", default: "127.0.0.1:8550")
    static let certificate = Option("cert", "FILE", "a certificate chain, PEM, to serve under", default: "plain HTTP")
    static let certificateKey = Option("cert-key", "FILE", "its private key, PEM")

    let name = "witness serve"
    let summary = "cosign the checkpoints of ledgers that only grow"
    let help = Help(
        meaning: """
            Answers POST /add-checkpoint (C2SP tlog-witness) for the ledgers whose keys it is given. It keeps the \
            newest checkpoint of each, durably, before it answers; a smaller tree, or another one than it knows, is \
            never cosigned. A folder that was put back from an older copy must not be served again.
            """,
        options: [.witnessData, trust, listen, certificate, certificateKey],
        examples: ["stele witness serve --data /srv/witness --trust trust.key --listen 0.0.0.0:8550"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let trust = try InputFile(arguments.required(Self.trust)).read("trust file", byteCountMax: 1 << 20)
        var listen = ListenAddress(host: "127.0.0.1", port: 8550)
        if let text = arguments.value(Self.listen) {
            guard let address = ListenAddress(text) else {
                throw SteleError(
                    .usageValue, "the value of --listen is no address",
                    hint: "write it like 127.0.0.1:8550 or [::1]:8550")
            }
            listen = address
        }
        let service = try WitnessService(
            witnessFolder(arguments), trust: String(decoding: trust, as: UTF8.self), listen: listen,
            tls: try certificate(arguments), time: SystemTime())
        let address = ListenAddress(host: listen.host, port: service.port).text
        terminal.line("stele: witness \(service.verifierKey.name) ready at \(address), for \(service.logCount) logs")
        terminal.result([
            "ready": true, "address": .string(address), "name": .string(service.verifierKey.name),
            "key": .string(service.verifierKey.text), "logs": .number(String(service.logCount)),
        ])
        while (try? await Task.sleep(for: .seconds(3600))) != nil {}
        await Task { await service.stop() }.value
        terminal.note("stele: stopped in order")
        return .success
    }

    private func certificate(_ arguments: Arguments) throws(SteleError) -> HTTPServerCertificate? {
        guard let path = arguments.value(Self.certificate) else { return nil }
        return HTTPServerCertificate(
            certificatePEM: try InputFile(path).read("certificate", byteCountMax: 1 << 20),
            keyPEM: try InputFile(arguments.required(Self.certificateKey))
                .readSecret("certificate's private key", byteCountMax: 1 << 16))
    }
}
