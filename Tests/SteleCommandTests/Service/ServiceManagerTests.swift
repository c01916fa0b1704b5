// systemd is told by one datagram, at a path or at a name without one.
import Foundation
import Testing

@testable import SteleCommand

@Suite struct ServiceManagerTests {
    /// A socket that the word comes to.
    private final class Receiver {
        let descriptor: Int32

        init(_ name: String) {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var bytes = Array(name.utf8)
            if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
            let count = socklen_t(2 + bytes.count + (bytes[0] == 0 ? 0 : 1))
            let bound = unsafe withUnsafePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, count) }
            }
            #expect(bound == 0)
        }

        deinit { close(descriptor) }

        func received() -> String {
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            return count < 0 ? "" : String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }

    @Test(arguments: ["path", "abstract"]) func isToldTheWord(kind: String) throws {
        let folder = try TemporaryDirectory()
        let name = kind == "path" ? folder.path + "/notify" : "@stele-test-\(UUID().uuidString)"
        let receiver = Receiver(name)
        let manager = try #require(ServiceManager(["NOTIFY_SOCKET": name]))
        #expect(manager.tell(.ready))
        #expect(receiver.received() == "READY=1")
        #expect(manager.tell(.stopping))
        #expect(receiver.received() == "STOPPING=1")
    }

    @Test(arguments: [nil, "", "@", "relative", "vsock:2:1", "/" + String(repeating: "x", count: 200)])
    func isNotThereWithoutAnAddress(name: String?) {
        #expect(ServiceManager(name.map { ["NOTIFY_SOCKET": $0] } ?? [:]) == nil)
    }

    @Test func isNotToldWhereNobodyListens() throws {
        let folder = try TemporaryDirectory()
        #expect(try #require(ServiceManager(["NOTIFY_SOCKET": folder.path + "/none"])).tell(.ready) == false)
    }
}
