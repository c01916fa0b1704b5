// SteleCommand · nothing of a node's memory is written to a disk when it crashes.
internal import Glibc

/// The memory of a node holds keys and records; an image of it would outlive every erasure.
enum CoreDumps {
    /// Forbids core dumps to this process and those it starts.
    static func forbid() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // Lowering one's own limit cannot fail.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
