// The dictionary kept between starts: only the right one is taken, and none is needed.
import Foundation
import Leaks
import SteleTesting
import Storage
import Testing

@testable import Node

@Suite final class LeakCacheTests {
    private let folder = NSTemporaryDirectory() + "stele-leak-cache-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Computed or read once for all of these tests; its bytes are what `LeakDictionaryTests` compares.
    private static let standard =
        LeakCache(ProcessInfo.processInfo.environment)?.dictionary()
        ?? LeakDictionary(.standard)

    @Test func isReadByTheNextStart() throws {
        let cache = LeakCache(folder: folder + "/deep/stele")
        var computedCount = 0
        for _ in 0..<3 {
            let dictionary = cache.dictionary {
                computedCount += 1
                return Self.standard
            }
            #expect(dictionary.count == Self.standard.count)
        }
        #expect(computedCount == 1)
        let path = folder + "/deep/stele/leaks"
        #expect(try AtomicFile(path).read() == Self.standard.encoded)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func isReplacedWhenItIsAnythingElse() throws {
        let cache = LeakCache(folder: folder)
        let file = AtomicFile(folder + "/leaks")
        var right = Self.standard.encoded
        right[right.count / 3] ^= 0x40
        for wrong in [[1, 2, 3], right, Self.standard.encoded + [0]] {
            try file.write(wrong)
            var isComputed = false
            _ = cache.dictionary {
                isComputed = true
                return Self.standard
            }
            #expect(isComputed, "\(wrong.count) bytes")
            #expect(try file.read() == Self.standard.encoded)
        }
    }

    @Test func isDoneWithoutWhenTheDiskFails() throws {
        for operation in 1... {
            try? FileManager.default.removeItem(atPath: folder + "/stele")
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: .before))
            let cache = LeakCache(folder: folder + "/stele", calls: calls)
            #expect(cache.dictionary { Self.standard }.count == Self.standard.count)
            if calls.calls.count < operation { break }
            #expect(try (FolderCopy.files(in: folder + "/stele")).filter { $0 != "leaks" } == [])
            // Whatever it left, the next start has the right one.
            #expect(LeakCache(folder: folder + "/stele").dictionary { Self.standard }.count == Self.standard.count)
        }
        // Nor where a folder of that name cannot be.
        #expect(LeakCache(folder: "/dev/null/stele").dictionary { Self.standard }.count == Self.standard.count)
    }

    @Test(
        arguments: [
            (["CACHE_DIRECTORY": "/var/cache/stele", "HOME": "/users/ada"], "/var/cache/stele"),
            (["CACHE_DIRECTORY": "/var/cache/stele:/var/cache/more"], "/var/cache/stele"),
            (["XDG_CACHE_HOME": "/users/ada/cached", "HOME": "/users/ada"], "/users/ada/cached/stele"),
            (["XDG_CACHE_HOME": "relative", "HOME": "/users/ada"], "/users/ada/.cache/stele"),
            (["HOME": "/users/ada"], "/users/ada/.cache/stele"),
            (["HOME": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
    func liesWhereTheUserKeepsSuchFiles(environment: [String: String], folder: String?) {
        #expect(LeakCache(environment)?.folder == folder)
    }
}
