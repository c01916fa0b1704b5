// HTTPClient · its faults in words.
internal import CCurl
internal import Primitives

extension SteleError {
    /// A request that cannot be sent as it is.
    static let requestMalformed = SteleError(
        .clientRequestMalformed, "the URL, the method or a header field of a request is malformed",
        hint: "give an absolute http or https URL without a password, and header fields without line breaks")

    /// An answer longer than allowed.
    static let responseTooLarge = SteleError(
        .clientResponseTooLarge, "the answer is longer than the request allows", hint: "ask for less at once")

    /// A task that no longer waits.
    static let cancelled = SteleError(
        .clientCancelled, "the request was cancelled", hint: "find out whether it was carried out before repeating it")

    /// A client that is no longer there, or cannot be made.
    static let noResources = SteleError(
        .clientUnreachable, "the client has no thread, memory or descriptors left",
        hint: "allow the process more of them")

    /// Authorities or an identity that cannot be read.
    static let trustUnusable = SteleError(
        .clientTLS, "the trusted certificates, or the client's own, cannot be read",
        hint: "give certificates and keys as PEM")

    /// What libcurl's `code` means. Its own words are general: they name no host, path or header field.
    static func curl(_ code: CURLcode) -> SteleError {
        let cause = unsafe String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            return SteleError(
                .clientTimeout, "there was no whole answer in time",
                hint: "find out whether the request was carried out before repeating it", cause: cause)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
            CURLE_USE_SSL_FAILED:
            return SteleError(
                .clientTLS, "the other side cannot be trusted, or speaks no TLS 1.2",
                hint: "compare its certificate with the trusted authorities, and the clocks of both sides",
                cause: cause)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED: return .requestMalformed
        case CURLE_FILESIZE_EXCEEDED: return .responseTooLarge
        default:
            return SteleError(
                .clientUnreachable, "the other side cannot be reached, or left before it had answered",
                hint: "check that it runs, and the address and port", cause: cause)
        }
    }
}
