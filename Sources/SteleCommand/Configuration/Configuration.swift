// SteleCommand · what an operator decides: `stele.toml`.
public import HTTPServer
public import Node
public import Primitives
internal import Storage

extension ErrorCode {
    /// A line of the configuration that cannot be read.
    public static let configurationMalformed = ErrorCode("configuration.malformed")
    /// A section or key that the configuration does not have.
    public static let configurationUnknownKey = ErrorCode("configuration.unknown_key")
    /// A value of the wrong kind, or outside what is allowed, or missing.
    public static let configurationValue = ErrorCode("configuration.value")
    /// There is no configuration file where one was expected.
    public static let configurationMissing = ErrorCode("configuration.missing")
}

/// Everything that can be configured. Source: `docs/operate/configuration.md`.
///
/// Paths in the file are relative to the file; here they are as given, and ``resolve(_:)`` makes them usable. An
/// unknown section or key is an error: a misspelt limit must not be a limit that does not hold.
public struct Configuration: Hashable, Sendable {
    /// What orders transactions.
    public enum Engine: String, Hashable, Sendable, CaseIterable {
        /// This process alone.
        case embedded
    }

    /// What keeps the vault's rows.
    public enum Backend: String, Hashable, Sendable, CaseIterable {
        /// A store inside the data directory.
        case rocksdb
    }

    /// `[node] name`: how this node calls itself to its operator.
    public var name: String
    /// `[node] data`: the data directory.
    public var data = "."
    /// `[node] listen`.
    public var listen = ListenAddress.standard
    /// `[tls] cert`: the certificate chain, PEM.
    public var certificate = "tls/server.pem"
    /// `[tls] key`: its private key, PEM.
    public var certificateKey = "tls/server.key"
    /// `[keys] root`: the root key file, which lies outside the data directory.
    public var rootKey: String
    /// `[keys] module`, `module_token` and `module_pin`: what the root key is sealed with; nil for nothing.
    public var securityModule: SecurityModulePlace?
    /// `[keys] mirror`: a folder on another device with a copy of the newest key store; nil for none.
    public var keyMirror: String?
    /// `[retention]`: for how long records must be kept before they may be erased.
    public var retention = Retention()
    /// `[limits]`: what clients can take.
    public var limits = HTTPLimits()
    /// `[ordering] engine`.
    public var engine = Engine.embedded
    /// `[vault] backend`.
    public var backend = Backend.rocksdb
    /// `[custodian] treating_permit`: whether a patient who is enrolled without a wallet permits the custodian's own
    /// organisation to treat them.
    public var treatingPermit = false
    /// `[witness] list`: the file that lists the witnesses to ask, with their keys; nil to ask none.
    public var witnessList: String?
    /// `[witness] ca`: the PEM file of the authorities that vouch for their addresses; nil for the system's.
    public var witnessAuthority: String?
    /// `[witness] quorum`: how many cosignatures are enough; nil for more than half.
    public var witnessQuorum: Int?
    /// `[witness] interval_seconds`: how often a new head is brought to them.
    public var witnessIntervalSeconds = 5
    /// `[witness] timeout_seconds`: the longest wait for one of them.
    public var witnessTimeoutSeconds = 2
    /// `[disk] reserve_mb`: how much of the disk is kept for what must go on, in MiB; nil for what its size asks for.
    public var diskReserveMiB: Int?
    /// `[notices]`: where word of notices goes, if anywhere.
    public var webhook: Webhook?
    /// `[log] file`: where the log goes; nil for standard error.
    public var logFile: String?
    /// `[log] bytes`: how long the file gets before the next is begun.
    public var logByteCountMax = 64 << 20
    /// `[log] kept`: how many full ones are kept.
    public var logKeptCount = 7
    /// The folder that relative paths start from.
    public var folder = "."

    /// A token of a security module.
    public struct SecurityModulePlace: Hashable, Sendable {
        /// `module`: the PKCS #11 shared library.
        public var path: String
        /// `module_token`: the token's label.
        public var token: String
        /// `module_pin`: the file with the PIN of the token's user.
        public var pin: String
    }

    /// Where word of notices goes.
    public struct Webhook: Hashable, Sendable {
        /// `webhook`: an https URL, or an http one on this machine.
        public var url: String
        /// `secret`: the file with the secret that signs what is sent, 32 bytes or more.
        public var secret: String
        /// `ca`: the certificate that the receiver's must come from, PEM; those of the system if nil.
        public var authority: String?
    }

    /// A configuration with every default.
    public init(name: String, rootKey: String) {
        self.name = name
        self.rootKey = rootKey
    }

    /// `path`, from the configuration's folder if it is relative.
    public func resolve(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        return path == "." ? folder : folder + "/" + path
    }
}

// MARK: - Reading
extension Configuration {
    /// Reads the file at `path`.
    /// - Throws: `configuration.missing` when there is none, and the errors of ``init(parsing:)``.
    public static func load(_ path: String) throws(SteleError) -> Configuration {
        guard let bytes = try AtomicFile(path).read() else {
            throw SteleError(
                .configurationMissing, "there is no configuration file at the path given",
                hint: "make a data directory with stele init, or give --data or --config")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .configuration(.configurationMalformed, line: 1, "is part of a file that is no UTF-8")
        }
        var configuration = try Configuration(parsing: text)
        configuration.folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return configuration
    }

    /// Reads the text of a configuration.
    /// - Throws: `configuration.malformed`, `configuration.unknown_key` or `configuration.value`, naming the line.
    public init(parsing text: String) throws(SteleError) {
        let text = try ConfigurationText(parsing: text)
        for section in text.sections where Self.keys[section.name] == nil {
            throw .configuration(
                .configurationUnknownKey, line: section.line, "opens a section that does not exist",
                hint: Self.hint(section.name, among: Array(Self.keys.keys)))
        }
        for entry in text.entries {
            let keys = Self.keys[entry.section] ?? []
            guard keys.contains(entry.key) else {
                throw .configuration(
                    .configurationUnknownKey, line: entry.line, "gives a key that [\(entry.section)] does not have",
                    hint: Self.hint(entry.key, among: keys))
            }
        }
        let reader = ConfigurationReader(text)
        name = try reader.required("node", "name")
        rootKey = try reader.required("keys", "root")
        keyMirror = try reader.string("keys", "mirror")
        try readSecurityModule(reader)
        retention.years = try reader.integer("retention", "years", 0...200) ?? retention.years
        retention.minorUntilYears =
            try reader.integer("retention", "minor_until_years", 0...200) ?? retention.minorUntilYears
        data = try reader.string("node", "data") ?? data
        listen =
            try reader.value("node", "listen", "is no address such as 127.0.0.1:8443", ListenAddress.init) ?? listen
        certificate = try reader.string("tls", "cert") ?? certificate
        certificateKey = try reader.string("tls", "key") ?? certificateKey
        engine = try reader.value("ordering", "engine", "names no engine", Engine.init) ?? engine
        backend = try reader.value("vault", "backend", "names no backend", Backend.init) ?? backend
        treatingPermit = try reader.boolean("custodian", "treating_permit") ?? treatingPermit
        witnessList = try reader.string("witness", "list")
        witnessAuthority = try reader.string("witness", "ca")
        witnessQuorum = try reader.integer("witness", "quorum", 1...32)
        witnessIntervalSeconds =
            try reader.integer("witness", "interval_seconds", 1...3600) ?? witnessIntervalSeconds
        witnessTimeoutSeconds = try reader.integer("witness", "timeout_seconds", 1...30) ?? witnessTimeoutSeconds
        logFile = try reader.string("log", "file")
        logByteCountMax = try reader.integer("log", "bytes", 4096...(1 << 40)) ?? logByteCountMax
        logKeptCount = try reader.integer("log", "kept", 1...1000) ?? logKeptCount
        diskReserveMiB = try reader.integer("disk", "reserve_mb", 16...(1 << 24))
        try readLimits(reader)
        try readWebhook(reader)
    }

    private mutating func readSecurityModule(_ reader: ConfigurationReader) throws(SteleError) {
        let words = [
            try reader.string("keys", "module"), try reader.string("keys", "module_token"),
            try reader.string("keys", "module_pin"),
        ].compactMap(\.self)
        guard !words.isEmpty else { return }
        guard words.count == 3, words[1].utf8.count <= 32 else {
            throw SteleError(
                .configurationValue, "the configuration names a part of a security module in [keys]",
                hint: "give module, module_token of at most 32 bytes, and module_pin, or none of them")
        }
        securityModule = SecurityModulePlace(path: words[0], token: words[1], pin: words[2])
    }

    private mutating func readWebhook(_ reader: ConfigurationReader) throws(SteleError) {
        let url = try reader.value(
            "notices", "webhook", "is no https URL, nor an http one on this machine"
        ) { (text: String) -> String? in
            let isLocal = ["127.0.0.1", "localhost", "[::1]"].contains { host in
                ["/", ":"].contains { text.hasPrefix("http://" + host + $0) }
            }
            return text.hasPrefix("https://") || isLocal ? text : nil
        }
        let secret = try reader.string("notices", "secret")
        let authority = try reader.string("notices", "ca")
        guard let url else { return }
        guard let secret else {
            throw SteleError(
                .configurationValue, "the configuration has a webhook but no secret in [notices]",
                hint: "add secret = \"…\" there, the path of a file with 32 random bytes or more")
        }
        webhook = Webhook(url: url, secret: secret, authority: authority)
    }

    private mutating func readLimits(_ reader: ConfigurationReader) throws(SteleError) {
        func count(_ key: String, _ range: ClosedRange<Int>, _ field: WritableKeyPath<HTTPLimits, Int>)
            throws(SteleError)
        {
            if let value = try reader.integer("limits", key, range) { limits[keyPath: field] = value }
        }
        func time(_ key: String, _ field: WritableKeyPath<HTTPLimits, Duration>) throws(SteleError) {
            if let value = try reader.integer("limits", key, 1...86_400) { limits[keyPath: field] = .seconds(value) }
        }
        try count("body_bytes", 1024...(1 << 30), \.bodyByteCountMax)
        try count("buffered_bytes", 1024...(1 << 40), \.bufferedByteCountMax)
        try count("header_bytes", 1024...(48 << 10), \.headerByteCountMax)
        try count("target_bytes", 256...(16 << 10), \.targetByteCountMax)
        try count("connections", 1...1_000_000, \.connectionCountMax)
        try count("connections_per_client", 1...1_000_000, \.connectionPerClientCountMax)
        try count("requests", 1...1_000_000, \.requestCountMax)
        try time("header_seconds", \.headerTimeout)
        try time("body_seconds", \.bodyTimeout)
        try time("idle_seconds", \.idleTimeout)
        try time("request_seconds", \.handlerTimeout)
    }

    /// Every section with its keys.
    static let keys: [String: [String]] = [
        "node": ["name", "data", "listen"],
        "tls": ["cert", "key"],
        "keys": ["root", "mirror", "module", "module_token", "module_pin"],
        "retention": ["years", "minor_until_years"],
        "limits": [
            "body_bytes", "buffered_bytes", "header_bytes", "target_bytes", "connections", "connections_per_client",
            "requests", "header_seconds", "body_seconds", "idle_seconds", "request_seconds",
        ],
        "ordering": ["engine"],
        "vault": ["backend"],
        "custodian": ["treating_permit"],
        "witness": ["list", "ca", "quorum", "interval_seconds", "timeout_seconds"],
        "notices": ["webhook", "secret", "ca"],
        "log": ["file", "bytes", "kept"],
        "disk": ["reserve_mb"],
    ]

    private static func hint(_ word: String, among names: [String]) -> String {
        let known = names.isEmpty ? "remove it" : "use one of: " + names.sorted().joined(separator: ", ")
        return NearestName.of(word, among: names).map { "did you mean \($0)?" } ?? known
    }
}

/// Takes the entries out of a text, each as what it must be.
private struct ConfigurationReader {
    private let entries: [[String]: ConfigurationText.Entry]

    init(_ text: ConfigurationText) {
        entries = Dictionary(uniqueKeysWithValues: text.entries.map { ([$0.section, $0.key], $0) })
    }

    func string(_ section: String, _ key: String) throws(SteleError) -> String? {
        try value(section, key, "is no path or name") { $0.isEmpty ? nil : $0 }
    }

    func required(_ section: String, _ key: String) throws(SteleError) -> String {
        if let value = try string(section, key) { return value }
        throw SteleError(
            .configurationValue, "the configuration lacks \(key) in [\(section)]", hint: "add \(key) = \"…\" there")
    }

    func value<Value>(
        _ section: String, _ key: String, _ fault: String, _ convert: (String) -> Value?
    ) throws(SteleError) -> Value? {
        guard let entry = entries[[section, key]] else { return nil }
        guard case .string(let text) = entry.value else {
            throw .configuration(.configurationValue, line: entry.line, "needs a string in quotation marks")
        }
        guard let value = convert(text) else {
            throw .configuration(.configurationValue, line: entry.line, "gives a value that \(fault)")
        }
        return value
    }

    func boolean(_ section: String, _ key: String) throws(SteleError) -> Bool? {
        guard let entry = entries[[section, key]] else { return nil }
        guard case .boolean(let value) = entry.value else {
            throw .configuration(.configurationValue, line: entry.line, "needs true or false")
        }
        return value
    }

    func integer(_ section: String, _ key: String, _ range: ClosedRange<Int>) throws(SteleError) -> Int? {
        guard let entry = entries[[section, key]] else { return nil }
        guard case .integer(let value) = entry.value, range.contains(value) else {
            throw .configuration(
                .configurationValue, line: entry.line,
                "needs a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}

// MARK: - Writing
extension Configuration {
    /// The text of a file that says the same. Keys with their default value are written too, so that they can be seen.
    public var text: String {
        var lines = [
            "# Stele node. Paths are relative to this file. Unknown keys are errors.",
            "[node]", "name = \(quoted(name))", "data = \(quoted(data))", "listen = \(quoted(listen.text))", "",
            "[tls]", "cert = \(quoted(certificate))", "key = \(quoted(certificateKey))", "",
            "# The root key opens the vault. Keep it on another device than the data, and out of its backups.",
            "[keys]", "root = \(quoted(rootKey))",
        ]
        if let keyMirror { lines.append("mirror = \(quoted(keyMirror))") }
        if let securityModule {
            lines += [
                "module = \(quoted(securityModule.path))", "module_token = \(quoted(securityModule.token))",
                "module_pin = \(quoted(securityModule.pin))",
            ]
        }
        lines += [
            "", "[ordering]", "engine = \(quoted(engine.rawValue))", "",
            "[vault]", "backend = \(quoted(backend.rawValue))", "",
            "# Whether patients enrolled without a wallet permit this organisation to treat them.",
            "[custodian]", "treating_permit = \(treatingPermit)", "",
            "# For how long records must be kept: years after the last one, and for children until a birthday.",
            "[retention]", "years = \(retention.years)", "minor_until_years = \(retention.minorUntilYears)",
        ]
        lines += ["", "# Outside witnesses that cosign checkpoints: see docs/operate/witness.md.", "[witness]"]
        if let witnessList { lines.append("list = \(quoted(witnessList))") }
        if let witnessAuthority { lines.append("ca = \(quoted(witnessAuthority))") }
        if let witnessQuorum { lines.append("quorum = \(witnessQuorum)") }
        lines += [
            "interval_seconds = \(witnessIntervalSeconds)", "timeout_seconds = \(witnessTimeoutSeconds)",
        ]
        if let diskReserveMiB { lines += ["", "[disk]", "reserve_mb = \(diskReserveMiB)"] }
        if let webhook {
            lines += ["", "[notices]", "webhook = \(quoted(webhook.url))", "secret = \(quoted(webhook.secret))"]
            if let authority = webhook.authority { lines.append("ca = \(quoted(authority))") }
        }
        if let logFile {
            lines += [
                "", "# Where the log goes, instead of standard error: see docs/operate/logs.md.", "[log]",
                "file = \(quoted(logFile))", "bytes = \(logByteCountMax)", "kept = \(logKeptCount)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            switch character {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }
}
