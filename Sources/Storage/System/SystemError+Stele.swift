// Storage · a failed system call as people see it.
import Glibc
import Primitives

extension SystemError {
    /// This failure while `task`, such as "writing the sign-state". A full disk gets its own code.
    func whileDoing(_ task: String) -> SteleError {
        switch number {
        case ENOSPC, EDQUOT:
            SteleError(
                .storageFull, "the disk is full while \(task)", hint: "free space, then restart the node",
                cause: description)
        default:
            SteleError(
                .storageIO, "the disk failed while \(task)",
                hint: "check the disk and the permissions of the data directory",
                cause: description)
        }
    }
}

/// Runs system calls and names the task they belong to if one fails.
func doing<Result: ~Copyable>(_ task: String, _ calls: () throws(SystemError) -> Result) throws(SteleError) -> Result {
    do {
        return try calls()
    } catch {
        throw error.whileDoing(task)
    }
}
