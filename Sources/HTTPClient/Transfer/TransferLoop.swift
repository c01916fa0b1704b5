// HTTPClient · the thread that moves the bytes of all transfers.
internal import CCurl
internal import Primitives
internal import Synchronization

/// Runs transfers side by side over a shared set of connections, which libcurl keeps and uses again.
@safe
final class TransferLoop: @unchecked Sendable {
    private struct Inbox {
        var begun: [Transfer] = []
        var hasCancelled = false
        var isEnded = false
    }

    /// Longest sleep; libcurl wakes earlier for its own deadlines, and `wake` for ours.
    private static let sleepMsMax: CInt = 1000
    /// Prepares libcurl for all threads, once a process.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let trust: HTTPClientTrust
    private let identity: HTTPClientIdentity?
    // What has been asked of the loop since it last looked.
    private let inbox = Mutex(Inbox())
    // Unchecked: libcurl allows waking a multi handle from any thread; everything else is done on the loop's own.
    private let multi: UnsafeMutableRawPointer
    private var active: [UInt: EasyHandle] = [:]  // By address.

    /// A loop, not yet running.
    init(trust: HTTPClientTrust, identity: HTTPClientIdentity?) throws(SteleError) {
        guard Self.isReady, let multi = unsafe curl_multi_init() else { throw .noResources }
        self.trust = trust
        self.identity = identity
        unsafe self.multi = unsafe multi
        unsafe stele_curl_multi_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, HTTPClient.connectionCountMax)
        unsafe stele_curl_multi_set_number(multi, CURLMOPT_MAXCONNECTS, HTTPClient.connectionCountMax)
    }

    deinit { unsafe curl_multi_cleanup(multi) }
}

// MARK: - From any thread
extension TransferLoop {
    /// Begins `transfer`.
    func submit(_ transfer: Transfer) {
        let isEnded = inbox.withLock { inbox in
            if !inbox.isEnded { inbox.begun.append(transfer) }
            return inbox.isEnded
        }
        if isEnded { transfer.finish(.failure(.cancelled)) }
        wake()
    }

    /// Ends `transfer`, begun or not.
    func cancel(_ transfer: Transfer) {
        transfer.cancel()
        inbox.withLock { $0.hasCancelled = true }
        wake()
    }

    /// Ends `run` and all transfers.
    func end() {
        inbox.withLock { $0.isEnded = true }
        wake()
    }

    private func wake() { unsafe curl_multi_wakeup(multi) }
}

// MARK: - On the loop's thread
extension TransferLoop {
    /// Moves bytes until `end`.
    func run() {
        while true {
            let news = inbox.withLock { inbox in
                defer {
                    inbox.begun = []
                    inbox.hasCancelled = false
                }
                return inbox
            }
            if news.isEnded { return abandon(news.begun) }
            for transfer in news.begun { start(transfer) }
            if news.hasCancelled { dropCancelled() }
            var runningCount: CInt = 0
            unsafe curl_multi_perform(multi, &runningCount)
            var result = CURLE_OK
            while let handle = unsafe stele_curl_next_finished(multi, &result) {
                finish(UInt(bitPattern: handle), result)
            }
            unsafe curl_multi_poll(multi, nil, 0, Self.sleepMsMax, nil)
        }
    }

    private func start(_ transfer: Transfer) {
        guard !transfer.isCancelled else { return transfer.finish(.failure(.cancelled)) }
        do throws(SteleError) {
            let easy = try EasyHandle(transfer, trust: trust, identity: identity)
            try easy.directAnswer()
            guard unsafe curl_multi_add_handle(multi, easy.handle) == CURLM_OK else { throw .noResources }
            active[easy.address] = easy
        } catch {
            transfer.finish(.failure(error))
        }
    }

    private func finish(_ address: UInt, _ result: CURLcode) {
        guard let easy = active.removeValue(forKey: address) else { return }
        unsafe curl_multi_remove_handle(multi, easy.handle)
        if easy.transfer.isTooLarge {
            easy.transfer.finish(.failure(.responseTooLarge))
        } else if result != CURLE_OK {
            easy.transfer.finish(.failure(.curl(result)))
        } else {
            easy.transfer.finish(.success(easy.transfer.response(status: easy.status)))
        }
    }

    private func dropCancelled() {
        for easy in active.values.filter({ $0.transfer.isCancelled }) { drop(easy) }
    }

    private func abandon(_ begun: [Transfer]) {
        for transfer in begun { transfer.finish(.failure(.cancelled)) }
        for easy in Array(active.values) { drop(easy) }
    }

    private func drop(_ easy: EasyHandle) {
        active[easy.address] = nil
        unsafe curl_multi_remove_handle(multi, easy.handle)
        easy.transfer.finish(.failure(.cancelled))
    }
}
