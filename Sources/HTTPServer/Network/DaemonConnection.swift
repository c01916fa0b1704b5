// HTTPServer · libmicrohttpd's handle of one connection.
internal import CMicrohttpd

/// A connection as libmicrohttpd knows it. Valid during a callback for it, and from suspending it until it is resumed.
@safe
struct DaemonConnection: @unchecked Sendable {
    // Unchecked: the library allows resuming from any thread, and everything else is done on the connection's own.
    private let handle: OpaquePointer

    /// The connection behind `handle`.
    @unsafe
    init(_ handle: OpaquePointer) { unsafe self.handle = handle }

    /// Takes the connection out of its loop. Only on its own thread.
    func suspend() { unsafe MHD_suspend_connection(handle) }

    /// Puts the connection back into its loop, once for each time it was suspended.
    func resume() { unsafe MHD_resume_connection(handle) }

    /// Makes `response` the answer; returns false if the connection cannot take one.
    func queue(status: Int, _ response: borrowing DaemonResponse) -> Bool {
        unsafe MHD_queue_response(handle, CUnsignedInt(status), response.handle) == .YES
    }

    /// How many bytes request line and header section took.
    var headerByteCount: Int { unsafe stele_http_header_size(handle) }

    /// Shows each header field to `reader`, in the order they came, until it wants no more.
    func readHeaders(with reader: inout HeaderReader) {
        unsafe withUnsafeMutablePointer(to: &reader) { reader in
            _ = unsafe MHD_get_connection_values_n(
                handle, .HEADER_KIND,
                { context, _, name, nameCount, value, valueCount in
                    let reader = unsafe context!.assumingMemoryBound(to: HeaderReader.self)
                    let isWanted = unsafe reader.pointee.take(
                        name: UnsafeRawBufferPointer(start: name, count: nameCount),
                        value: UnsafeRawBufferPointer(start: value, count: valueCount))
                    return isWanted ? .YES : .NO
                }, reader)
        }
    }
}

/// An answer as libmicrohttpd takes it. Owns its reference; `deinit` gives it up exactly once.
@safe
struct DaemonResponse: ~Copyable {
    fileprivate let handle: OpaquePointer

    /// An answer with `bytes`, which are copied; nil if there is no memory.
    init?(_ bytes: [UInt8]) {
        let handle = unsafe bytes.withUnsafeBytes { bytes in
            // Copied, so the pointer is only read.
            unsafe MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let handle = unsafe handle else { return nil }
        unsafe self.handle = handle
    }

    /// Takes over `handle`.
    @unsafe
    init(owning handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe MHD_destroy_response(handle) }

    /// Adds `headers`, except those without a value, which the library refuses; returns false if one cannot be sent.
    func add(_ headers: HTTPHeaders) -> Bool {
        unsafe headers.allSatisfyCStrings { name, value in
            unsafe value.pointee == 0 || MHD_add_response_header(handle, name, value) == .YES
        }
    }
}
