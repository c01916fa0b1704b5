// SteleCommand · nothing of a node's memory is written to a disk when it crashes.
internal import CLinux
internal import Glibc

/// The memory of this program holds keys and records; an image of it would outlive every erasure.
///
/// The limit stops dumps into files and is passed on to programs that are started. A kernel that pipes dumps to a
/// program (`core_pattern` with `|`) does not ask the limit, so the process is marked as well: then there is no dump at
/// all, and no other process of the same user reads its memory. Swift's own report of a crash shows what registers
/// point at, so crashes are left to the kernel. What this does not stop is root, and memory that is swapped out.
enum CoreDumps {
    /// The signals of a crash. Source: signal(7), those whose action is a core dump.
    private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS]

    /// Forbids images of this process.
    static func forbid() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // Lowering one's own limit and one's own mark cannot fail.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = stele_linux_set_dumpable(0)
        for number in signals { signal(number, SIG_DFL) }
    }
}
