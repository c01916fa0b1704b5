import Foundation
import HTTPServer
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ConfigurationTests {
    static let least = """
        [node]
        name = "clinic"
        [keys]
        root = "/media/key/root"
        """

    @Test func fillsInDefaults() throws {
        let configuration = try Configuration(parsing: Self.least)
        var expected = Configuration(name: "clinic", rootKey: "/media/key/root")
        #expect(configuration == expected)
        #expect(configuration.listen.text == "127.0.0.1:8443")
        #expect(configuration.limits.bodyByteCountMax == 32 << 20)
        expected.name = "other"
        #expect(configuration != expected)
    }

    @Test func readsEveryKey() throws {
        let configuration = try Configuration(
            parsing: """
                # A comment with "quotes" and [brackets]
                [node]
                name = 'clinic'   # behind a value
                data = "/srv/\\"stele\\"\\\\\\t"
                listen = "[::1]:0"

                [ tls ]
                cert = "c.pem"
                key = "k.pem"
                [keys]
                root = "r"
                [limits]
                body_bytes = 1_048_576
                buffered_bytes = 2048
                header_bytes = 2048
                target_bytes = 512
                connections = 10
                connections_per_client = 2
                requests = 5
                header_seconds = 1
                body_seconds = 2
                idle_seconds = 3
                request_seconds = 4
                [ordering]
                engine = "embedded"
                [vault]
                backend = "rocksdb"
                [witness]
                list = "w.txt"
                ca = "ca.pem"
                quorum = 3
                interval_seconds = 9
                timeout_seconds = 4
                [log]
                file = "/var/log/stele/stele.log"
                bytes = 4096
                kept = 2
                """)
        #expect(configuration.logFile == "/var/log/stele/stele.log" && configuration.logByteCountMax == 4096)
        #expect(configuration.logKeptCount == 2)
        #expect(configuration.witnessList == "w.txt" && configuration.witnessAuthority == "ca.pem")
        #expect(configuration.witnessQuorum == 3 && configuration.witnessIntervalSeconds == 9)
        #expect(configuration.witnessTimeoutSeconds == 4)
        #expect(configuration.data == "/srv/\"stele\"\\\t")
        #expect(configuration.listen == ListenAddress(host: "::1", port: 0))
        #expect(configuration.certificate == "c.pem" && configuration.certificateKey == "k.pem")
        #expect(configuration.limits.bodyByteCountMax == 1 << 20)
        #expect(configuration.limits.connectionPerClientCountMax == 2)
        #expect(configuration.limits.handlerTimeout == .seconds(4))
    }

    /// The example that `make install` puts beside the command, with and without what it leaves out.
    @Test func readsTheExampleThatIsInstalled() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../packaging/stele.toml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(try Configuration(parsing: text).logFile == nil)
        let whole = text.replacing("\n# [log]", with: "\n[log]").replacing("\n# file =", with: "\nfile =")
        #expect(try Configuration(parsing: whole).logFile == "/var/log/stele/stele.log")
    }

    @Test func writesWhatItReads() throws {
        var configuration = Configuration(name: "a \"b\" \\ \n \t #", rootKey: "../x.root")
        configuration.listen = ListenAddress(host: "::1", port: 1)
        configuration.logFile = "l"
        configuration.logKeptCount = 3
        #expect(try Configuration(parsing: configuration.text) == configuration)
    }

    @Test(arguments: [
        ("[node]\nnmae = \"x\"", 2, "did you mean name?"), ("[nodes]", 1, "did you mean node?"),
        ("[limits]\nbody_byte = 1", 2, "did you mean body_bytes?"),
        ("[witness]\nurl = \"x\"", 2, "use one of: ca, interval_seconds, list, quorum, timeout_seconds"),
        ("\n\n[vault]\nsomething = true", 4, "use one of: backend"),
    ])
    func namesTheLineOfAnUnknownKey(text: String, line: Int, hint: String) {
        let error = #expect(throws: SteleError.self) { try Configuration(parsing: text) }
        #expect(error?.code == .configurationUnknownKey)
        #expect(error?.message.hasPrefix("line \(line) ") == true)
        #expect(error?.hint == hint)
    }

    @Test(arguments: [
        ("name = \"x\"", 1), ("[node", 1), ("[node] x", 1), ("[a.b]", 1), ("[\"node\"]", 1), ("[node]\nname", 2),
        ("[node]\nname = ", 2), ("[node]\nname = x", 2), ("[node]\nname = \"x", 2), ("[node]\nname = \"\\q\"", 2),
        ("[node]\nname = \"\\", 2), ("[node]\nname = \"a\u{1}\"", 2), ("[node]\nname = 'a", 2),
        ("[node]\nname = \"x\" \"y\"", 2), ("[node]\nname = \"x\"\nname = \"y\"", 3), ("[node]\n[node]", 2),
        ("[limits]\nrequests = 01", 2), ("[limits]\nrequests = 1__0", 2), ("[limits]\nrequests = 1_", 2),
        ("[limits]\nrequests = 1.0", 2), ("[limits]\nrequests = 99999999999999999999", 2),
        ("[limits]\nrequests = [1]", 2),
        ("[node]\nna.me = \"x\"", 2), ("[node]\r", 1), ("[node]\n# a \u{1} b", 2), ("= 1", 1), ("[]", 1),
        ("[node]\nname = \"\"\"x\"\"\"", 2), ("[node]\nname = { a = 1 }", 2), ("[node]\nname = +", 2),
    ])
    func refusesWhatIsNoLine(text: String, line: Int) {
        let error = #expect(throws: SteleError.self) { try Configuration(parsing: text) }
        #expect(error?.code == .configurationMalformed)
        #expect(error?.message.hasPrefix("line \(line) ") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "", "[keys]\nroot = 'r'", "[node]\nname = 'n'", "[keys]\nroot = 'r'\n[node]\nname = 1",
        "[keys]\nroot = 'r'\n[node]\nname = \"\"", "[keys]\nroot = 'r'\n[node]\nname = true",
        "[keys]\nroot = 'r'\n[node]\nname = 'n'\nlisten = '8443'", least + "\n[ordering]\nengine = 'etcd'",
        least + "\n[vault]\nbackend = 'RocksDB'", least + "\n[limits]\nrequests = 0",
        least + "\n[limits]\nrequests = '1'", least + "\n[limits]\nrequests = -1",
        least + "\n[limits]\nbody_seconds = 86401", least + "\n[log]\nkept = 0", least + "\n[log]\nbytes = 1",
    ])
    func refusesWrongAndMissingValues(text: String) {
        let error = #expect(throws: SteleError.self) { try Configuration(parsing: text) }
        #expect(error?.code == .configurationValue)
    }

    @Test func acceptsLineEndsOfEitherKind() throws {
        let text = Self.least.replacing("\n", with: "\r\n") + "\r\n"
        #expect(try Configuration(parsing: text) == Configuration(parsing: Self.least))
    }

    @Test func refusesAFileThatIsTooLarge() {
        let text = Self.least + String(repeating: "\n#", count: 40_000)
        let error = #expect(throws: SteleError.self) { try Configuration(parsing: text) }
        #expect(error?.code == .configurationMalformed)
    }

    @Test func resolvesPathsFromItsFolder() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Array(Self.least.utf8), to: "stele.toml")
        let configuration = try Configuration.load(path)
        #expect(configuration.resolve(configuration.data) == folder.path)
        #expect(configuration.resolve("tls/server.pem") == folder.path + "/tls/server.pem")
        #expect(configuration.resolve("/x") == "/x")
    }

    @Test func refusesMissingAndUnreadableFiles() throws {
        let folder = try TemporaryDirectory()
        let missing = #expect(throws: SteleError.self) { try Configuration.load(folder.path + "/none") }
        #expect(missing?.code == .configurationMissing)
        let path = try folder.write([0x5b, 0xff], to: "bad.toml")
        let malformed = #expect(throws: SteleError.self) { try Configuration.load(path) }
        #expect(malformed?.code == .configurationMalformed)
    }
}

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8443", "127.0.0.1", 8443, true), ("[::1]:0", "::1", 0, true),
        ("records.example:443", "records.example", 443, false), ("localhost:65535", "localhost", 65535, false),
    ])
    func readsAndWrites(text: String, host: String, port: UInt16, isNumeric: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.text == text)
        #expect(address.isNumeric == isNumeric)
    }

    @Test(arguments: [
        "", ":", "8443", "host", "host:", ":1", "host:65536", "host:-1", "host:+1", "host: 1", "::1:80", "[::1]",
        "[host]:1", "a b:1", "a/b:1", "user@host:1", "hôst:1", "[]:1",
    ])
    func refuses(text: String) { #expect(ListenAddress(text) == nil) }
}
