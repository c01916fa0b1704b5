// SteleCommand · the witness protocol over HTTP.
internal import HTTPServer
internal import Ledger
internal import Primitives

/// Answers `POST /add-checkpoint`. Source: C2SP tlog-witness. There is nothing else, and nobody is asked who they are:
/// a checkpoint speaks for itself.
struct WitnessHandler: HTTPHandler {
    let logs: WitnessedLogs

    /// What a client can take: a request is small, and answered at once.
    static var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.bodyByteCountMax = WitnessRequest.byteCountMax
        limits.bufferedByteCountMax = 16 << 20
        limits.connectionCountMax = 256
        limits.connectionPerClientCountMax = 64
        limits.requestCountMax = 64
        limits.bodyTimeout = .seconds(10)
        limits.handlerTimeout = .seconds(10)
        return limits
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.path == "/add-checkpoint" else { return Self.text(404, "there is only /add-checkpoint here") }
        guard request.method == "POST" else {
            var response = Self.text(405, "add-checkpoint is a POST")
            response.headers.add("Allow", "POST")
            return response
        }
        switch await logs.add(request.body) {
        case .cosigned(let line): return HTTPResponse(contentType: "text/plain; charset=utf-8", bytes: line)
        case .conflict(let size):
            return HTTPResponse(status: 409, contentType: "text/x.tlog.size", bytes: Array("\(size)\n".utf8))
        case .malformed: return Self.text(400, "the body is not an add-checkpoint request")
        case .unsigned: return Self.text(403, "the keys known for this log did not sign the checkpoint")
        case .unknown: return Self.text(404, "this witness does not know the log")
        case .inconsistent: return Self.text(422, "the consistency proof does not lead to this checkpoint")
        case .faulted: return Self.text(500, "the witness has stopped cosigning: its disk failed")
        }
    }

    private static func text(_ status: Int, _ sentence: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", bytes: Array((sentence + "\n").utf8))
    }
}
