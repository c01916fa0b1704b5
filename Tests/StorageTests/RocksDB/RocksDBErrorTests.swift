// RocksDB's words and the codes they become; the texts are those of RocksDB 7.8.
import Primitives
import Testing

@testable import Storage

@Suite struct RocksDBErrorTests {
    @Test(arguments: [
        (
            "IO error: No space left on device: While appending to file: /d/000004.log: No space left on device",
            "storage.full"
        ),
        ("IO error: While lock file: /d/LOCK: Resource temporarily unavailable", "storage.locked"),
        (
            "IO error: lock hold by current process, acquire time 1 acquiring thread 2: /d/LOCK: No locks available",
            "storage.locked"
        ),
        ("IO error: While fdatasync: /d/000004.log: Input/output error", "storage.io"),
        ("Corruption: block checksum mismatch: stored = 1, computed = 2, type = 4 in /d/000009.sst", "storage.corrupt"),
        ("Invalid argument: Column families not opened: leaf", "storage.layout"),
        ("Shutdown in progress: Database shutdown", "storage.io"),
    ])
    func getTheRightCode(text: String, code: String) {
        let error = RocksDBError.error(text, "testing")
        #expect(error.code.name == code)
        #expect(error.cause == text)
    }

    @Test func systemErrorsNameTheCall() {
        #expect(SystemError.full("pwrite").whileDoing("testing").code == .storageFull)
        let error = SystemError.io("fdatasync").whileDoing("testing")
        #expect(error.code == .storageIO)
        #expect(error.cause == "fdatasync: Input/output error (errno 5)")
    }
}
