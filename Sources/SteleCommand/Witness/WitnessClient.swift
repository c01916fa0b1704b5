// SteleCommand · how a node reaches its witnesses.
internal import HTTPClient
internal import Ledger
internal import Node
internal import Primitives

/// Carries requests to witnesses over HTTP.
struct WitnessClient: WitnessTransport {
    /// Longest answer, in bytes: some signature lines.
    static let answerByteCountMax = 16_384

    private let client: HTTPClient

    /// A client that believes the system's authorities, or only those in the PEM file `caFile`.
    init(caFile: String? = nil) throws(SteleError) {
        client = try HTTPClient(trust: caFile.map { .caFile($0) } ?? .system)
    }

    func post(_ body: [UInt8], to url: String, within limit: Duration) async throws(SteleError) -> WitnessAnswer {
        var request = HTTPClientRequest(
            method: "POST", url: url, headers: [("Content-Type", "text/plain; charset=utf-8")], body: body)
        request.timeout = limit
        request.responseByteCountMax = Self.answerByteCountMax
        let response = try await client.send(request)
        return WitnessAnswer(
            status: response.status, contentType: response.header("Content-Type"), body: response.body)
    }
}

/// A file that lists witnesses: one `URL VERIFIERKEY` a line; `#` starts a comment.
enum WitnessList {
    /// The witnesses that `text` lists.
    /// - Throws: `trust.malformed`, naming the line.
    static func peers(parsing text: String) throws(SteleError) -> [WitnessPeer] {
        var peers: [WitnessPeer] = []
        for (index, line) in lines(of: text).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            let url = first.hasSuffix("/") ? first.dropLast() : first
            guard words.count == 2, url.hasPrefix("https://") || url.hasPrefix("http://"),
                let key = try? NoteVerifierKey(parsing: String(words[1])),
                let peer = WitnessPeer(url: String(url), key: key),
                !peers.contains(where: { $0.key == key }), peers.count < WitnessPolicy.peerCountMax
            else { throw malformed(index + 1) }
            peers.append(peer)
        }
        guard !peers.isEmpty else { throw malformed(0) }
        return peers
    }

    /// The keys that `text` lists: verifier keys of witnesses, one a line, or lines of a list of witnesses.
    /// - Throws: `trust.malformed`, naming the line.
    static func keys(parsing text: String) throws(SteleError) -> [NoteVerifierKey] {
        var keys: [NoteVerifierKey] = []
        for (index, line) in lines(of: text).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let last = words.last, !words[0].hasPrefix("#") else { continue }
            guard words.count <= 2, let key = try? NoteVerifierKey(parsing: String(last)), key.kind == .cosignature,
                !keys.contains(key), keys.count < WitnessPolicy.peerCountMax
            else { throw malformed(index + 1) }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw malformed(0) }
        return keys
    }

    // A line end of two characters is one `Character`.
    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    private static func malformed(_ line: Int) -> SteleError {
        SteleError(
            .trustMalformed, "the file names no usable witness (line \(line))",
            hint:
                "write the verifier key from each witness's witness.key on a line of its own, for a node after its URL")
    }
}
