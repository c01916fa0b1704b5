// SteleCommand · a witness in service.
internal import HTTPServer
internal import Ledger
internal import Primitives
internal import Storage
internal import Synchronization

/// A witness that answers from ``init(_:trust:listen:tls:time:)`` to ``stop()``, and the only one with its folder.
final class WitnessService: Sendable {
    /// Its key.
    let verifierKey: NoteVerifierKey
    /// How many logs it knows.
    let logCount: Int
    /// The port in use.
    var port: UInt16 { server.boundPort }
    private let server: HTTPServer
    private let lock: Mutex<DirectoryLock?>  // Until the service has stopped.

    /// Opens the folder and begins to answer.
    /// - Throws: `store.locked`, `witness.damaged`, `trust.malformed`, `http.address_unavailable` or
    ///   `http.certificate_rejected`.
    init(
        _ folder: WitnessFolder, trust: String, listen: ListenAddress, tls: HTTPServerCertificate? = nil,
        time: any TimeSource
    ) throws(SteleError) {
        let lock = try DirectoryLock(folder.path)
        let cosigner = try folder.cosigner()
        let trust = try WitnessedLogs.parseTrust(trust)
        verifierKey = cosigner.verifierKey
        logCount = trust.count
        let logs = try WitnessedLogs(folder, cosigner: cosigner, trust: trust, time: time)
        server = try HTTPServer(
            configuration: HTTPServerConfiguration(
                address: listen.host, port: listen.port, tls: tls, limits: WitnessHandler.limits, threadCount: 1),
            handler: WitnessHandler(logs: logs))
        self.lock = Mutex(lock)
    }

    /// Answers what is under way and stops; another process may have the folder then.
    func stop() async {
        await server.stop(within: .seconds(5))
        lock.withLock { $0 = nil }
    }
}
