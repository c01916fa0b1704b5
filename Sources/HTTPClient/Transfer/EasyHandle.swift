// HTTPClient · libcurl's handle of one transfer.
internal import CCurl
internal import Primitives

/// One transfer as libcurl knows it. Owns its handle; `deinit` frees it exactly once.
@safe
final class EasyHandle {
    /// The handle.
    let handle: UnsafeMutableRawPointer
    /// What is transferred; the callbacks find it through the handle's owner.
    let transfer: Transfer
    private var headerList: UnsafeMutablePointer<curl_slist>?

    /// A handle set up for `transfer`.
    init(_ transfer: Transfer, trust: HTTPClientTrust, identity: HTTPClientIdentity?) throws(SteleError) {
        guard let handle = unsafe curl_easy_init() else { throw .noResources }
        unsafe self.handle = unsafe handle
        self.transfer = transfer
        unsafe self.headerList = nil
        try setUpPolicy()
        try setUp(trust, identity)
        try setUpRequest(transfer.request)
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe curl_slist_free_all(headerList)
    }

    /// What names this transfer in libcurl's answers.
    var address: UInt { UInt(bitPattern: unsafe handle) }

    /// The status of the answer.
    var status: Int { unsafe stele_curl_status(handle) }
}

// MARK: - Options
extension EasyHandle {
    /// What holds for every request.
    private func setUpPolicy() throws(SteleError) {
        try set(CURLOPT_PROTOCOLS_STR, "https,http")
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_PROXY, "")  // Otherwise the environment may name one.
        try set(CURLOPT_NOSIGNAL, 1)  // Time limits by signals would hit any thread.
    }

    private func setUp(_ trust: HTTPClientTrust, _ identity: HTTPClientIdentity?) throws(SteleError) {
        switch trust {
        case .system: break
        case .caPEM(let pem):
            try set(CURLOPT_CAINFO_BLOB, Array(pem.utf8))
            try check(unsafe stele_curl_set_text(handle, CURLOPT_CAPATH, nil))  // Or the system's count too.
        case .caFile(let path):
            try set(CURLOPT_CAINFO, path)
            try check(unsafe stele_curl_set_text(handle, CURLOPT_CAPATH, nil))
        }
        guard let identity else { return }
        try set(CURLOPT_SSLCERT_BLOB, identity.certificatePEM)
        try set(CURLOPT_SSLKEY_BLOB, identity.keyPEM)
    }

    /// How long a body is sent without asking; beyond this libcurl asks by itself.
    private static let askedByteCount = 1 << 20

    private func setUpRequest(_ request: HTTPClientRequest) throws(SteleError) {
        try set(CURLOPT_URL, request.url)
        if request.method == "HEAD" { try set(CURLOPT_NOBODY, 1) }
        if let body = request.body {
            try check(unsafe body.withUnsafeBytes { unsafe stele_curl_set_body(handle, $0.baseAddress, $0.count) })
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        let (seconds, attoseconds) = request.timeout.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        try set(CURLOPT_TIMEOUT_MS, Int(max(1, milliseconds)))
        // An empty header removes what libcurl would add: a question before the body, and a guess at its type. A long
        // body is asked about: a server that refuses it may cut the connection under it, and its answer be lost.
        var lines = request.body?.count ?? 0 > Self.askedByteCount ? [] : ["Expect:"]
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        for (name, value) in request.headers { lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        for line in lines {
            guard let list = unsafe curl_slist_append(headerList, line) else { throw .noResources }
            unsafe headerList = unsafe list
        }
        try check(unsafe stele_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList))
    }

    private func set(_ option: CURLoption, _ value: Int) throws(SteleError) {
        try check(unsafe stele_curl_set_number(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(SteleError) {
        try check(unsafe stele_curl_set_text(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: [UInt8]) throws(SteleError) {
        try check(unsafe value.withUnsafeBytes { unsafe stele_curl_set_blob(handle, option, $0.baseAddress, $0.count) })
    }

    /// The options are right by construction, so only memory can be missing.
    func check(_ code: CURLcode) throws(SteleError) {
        guard code == CURLE_OK else { throw .curl(code) }
    }
}
