// Storage · the order of keys.
import Glibc

/// The order in which every store keeps its keys: byte by byte as unsigned numbers, shorter first among equals.
enum ByteOrder {
    /// Whether `left` sorts strictly before `right`.
    static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let shared = min(left.count, right.count)
        let order = unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                // An empty array may have no address; `memcmp` must not see it.
                shared == 0 ? 0 : unsafe memcmp(left.baseAddress!, right.baseAddress!, shared)
            }
        }
        return order == 0 ? left.count < right.count : order < 0
    }
}
