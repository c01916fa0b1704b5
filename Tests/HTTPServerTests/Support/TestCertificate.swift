// HTTPServerTests · certificates for an hour, made by the openssl command.
import Foundation
import Glibc
import HTTPServer

/// A self-signed certificate for loopback, with its key.
struct TestCertificate {
    let certificatePEM: String
    let keyPEM: String

    /// Made once: each costs a process.
    static let shared = Result { try TestCertificate() }

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stele-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = folder.appendingPathComponent("key.pem")
        let certificate = folder.appendingPathComponent("certificate.pem")
        try Command.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost"
                + " -addext subjectAltName=IP:127.0.0.1,DNS:localhost"
                + " -keyout '\(key.path)' -out '\(certificate.path)'")
        certificatePEM = try String(contentsOf: certificate, encoding: .utf8)
        keyPEM = try String(contentsOf: key, encoding: .utf8)
    }

    var forServer: HTTPServerCertificate {
        HTTPServerCertificate(certificatePEM: Array(certificatePEM.utf8), keyPEM: Array(keyPEM.utf8))
    }
}

/// A shell command run to its end. Blocks.
///
/// By `popen`: Foundation's `Process` goes wrong when other threads open and close hundreds of sockets meanwhile.
enum Command {
    /// Everything that `line` prints, errors included.
    @discardableResult
    static func run(_ line: String) throws -> String {
        guard let stream = unsafe popen("{ \(line) ; } 2>&1", "r") else {
            throw RawSocket.Failure(call: "popen", errno: errno)
        }
        defer { unsafe pclose(stream) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = unsafe fread(&buffer, 1, buffer.count, stream), count > 0 {
            output += buffer.prefix(count)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
