// Cryptography · libsodium, made ready once.
internal import CSodium

/// The library's one-time start. Every entry point that calls libsodium asks for it first; after the first time that
/// costs one atomic load.
enum Sodium {
    private static let isStarted: Bool = sodium_init() >= 0

    /// Returns once libsodium has chosen its implementations and opened the system's generator.
    static func start() {
        precondition(isStarted, "libsodium cannot reach the system's random generator")
    }

    /// Overwrites `buffer` with zeros in a way the optimizer keeps.
    @unsafe
    static func wipe(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        if let start = buffer.baseAddress { unsafe sodium_memzero(start, buffer.count) }
    }

    /// Whether both hold the same bytes, in a time that depends on their length only.
    @unsafe
    static func isEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
        return unsafe sodium_memcmp(leftStart, rightStart, left.count) == 0
    }
}
