// SteleCommand · what a node's log can say. Source: `docs/operate/logs.md`.
internal import JSON
internal import Primitives

/// One thing that happened to a node.
///
/// **What a reader of the log learns.** How the node fares: counts, sizes, codes, words of the program and of its
/// configuration. There is no event that takes a request, a record, a person, a token or a key, and a value is one line
/// of bounded length, whatever is in it.
struct LogEvent: Hashable, Sendable {
    /// What happened. The names are a promise to whoever searches for them.
    enum Name: String, CaseIterable, Sendable {
        case starting
        case listening
        case stopping
        case stopped
        case failed
        case fault
        case swept
        case witnessesFailing = "witnesses.failing"
        case witnessesRecovered = "witnesses.recovered"
        case witnessesContradict = "witnesses.contradict"
        case webhookFailing = "webhook.failing"
        case webhookRecovered = "webhook.recovered"
        case backupMade = "backup.made"
        case erasureEnded = "erasure.ended"
        case ledgerStandsStill = "ledger.stands_still"
        case ledgerWorks = "ledger.works"
        case journalRecorded = "journal.recorded"
        case rootRenewed = "root.renewed"
        case logReopened = "log.reopened"
    }

    /// Whom it concerns.
    enum Level: String, Sendable {
        /// Nobody now.
        case info
        /// Somebody during the day.
        case warning
        /// Somebody at once.
        case error
    }

    /// What a field can hold.
    enum Value: Hashable, Sendable {
        case number(UInt64)
        case text(String)

        static func number(_ count: Int) -> Value { .number(UInt64(max(0, count))) }
    }

    /// One value with its name.
    struct Field: Hashable, Sendable {
        let name: String
        let value: Value
    }

    let name: Name
    let level: Level
    let fields: [Field]

    private init(_ name: Name, _ level: Level, _ fields: KeyValuePairs<String, Value> = [:]) {
        self.name = name
        self.level = level
        self.fields = fields.map { Field(name: $0.key, value: $0.value) }
    }

    private init(_ name: Name, _ level: Level, _ error: SteleError, _ more: [Field] = []) {
        self.name = name
        self.level = level
        var fields = [
            Field(name: "code", value: .text(error.code.name)), Field(name: "message", value: .text(error.message)),
            Field(name: "hint", value: .text(error.hint)),
        ]
        if let cause = error.cause { fields.append(Field(name: "cause", value: .text(cause))) }
        self.fields = fields + more
    }
}

// MARK: - The events
extension LogEvent {
    /// The program has begun to open a data directory.
    static func starting(process: Int32) -> LogEvent {
        LogEvent(
            .starting, .info,
            [
                "version": .text(Version.number), "format": .number(Version.dataFormat),
                "process": .number(Int(process)),
            ])
    }

    /// The node answers.
    static func listening(url: String, network: String, organisation: String, height: UInt64) -> LogEvent {
        LogEvent(
            .listening, .info,
            [
                "url": .text(url), "network": .text(network), "organisation": .text(organisation),
                "height": .number(height),
            ])
    }

    /// The node takes no more requests.
    static let stopping = LogEvent(.stopping, .info)

    /// The node has stopped in order.
    static func stopped(height: UInt64) -> LogEvent { LogEvent(.stopped, .info, ["height": .number(height)]) }

    /// The node ends because of `error`, or never began.
    static func failed(_ error: SteleError) -> LogEvent { LogEvent(.failed, .error, error) }

    /// Something was not done because of `error`, though nobody asked for anything wrong.
    /// - Parameter untoldCount: How many of the same code there were since the last that the log told.
    static func fault(_ error: SteleError, untoldCount: Int) -> LogEvent {
        LogEvent(
            .fault, .error, error, untoldCount > 0 ? [Field(name: "untold", value: .number(untoldCount))] : [])
    }

    /// Records whose anchor never committed were removed.
    static func swept(discardedCount: Int) -> LogEvent {
        LogEvent(.swept, .warning, ["discarded": .number(discardedCount)])
    }

    /// Fewer witnesses than are enough cosigned in the newest round.
    static func witnessesFailing(cosigned: Int, asked: Int) -> LogEvent {
        LogEvent(.witnessesFailing, .warning, ["cosigned": .number(cosigned), "asked": .number(asked)])
    }

    /// Enough witnesses cosign again.
    static func witnessesRecovered(cosigned: Int, asked: Int) -> LogEvent {
        LogEvent(.witnessesRecovered, .info, ["cosigned": .number(cosigned), "asked": .number(asked)])
    }

    /// Witnesses know a longer log than this node, or another one.
    static func witnessesContradict(count: Int) -> LogEvent {
        LogEvent(.witnessesContradict, .error, ["witnesses": .number(count)])
    }

    /// The webhook did not take a notice; it is tried again until it does.
    static let webhookFailing = LogEvent(.webhookFailing, .warning)

    /// The webhook takes notices again.
    static func webhookRecovered(attempts: Int) -> LogEvent {
        LogEvent(.webhookRecovered, .info, ["attempts": .number(attempts)])
    }

    /// A backup is whole on its disk.
    static func backupMade(fileCount: Int, byteCount: Int, height: UInt64) -> LogEvent {
        LogEvent(
            .backupMade, .info,
            ["files": .number(fileCount), "bytes": .number(byteCount), "height": .number(height)])
    }

    /// A patient was erased, and the statement of it is signed.
    static func erasureEnded(recordCount: Int, bodyCount: Int) -> LogEvent {
        LogEvent(.erasureEnded, .info, ["records": .number(recordCount), "bodies": .number(bodyCount)])
    }

    /// Nothing can be recorded because of `error`: emergencies go to the journal, everybody else waits.
    static func ledgerStandsStill(_ error: SteleError) -> LogEvent { LogEvent(.ledgerStandsStill, .error, error) }

    /// The ledger records again.
    static let ledgerWorks = LogEvent(.ledgerWorks, .info)

    /// What the journal of emergencies had is on the ledger.
    static func journalRecorded(entryCount: Int) -> LogEvent {
        LogEvent(.journalRecorded, .warning, ["entries": .number(entryCount)])
    }

    /// Everything is sealed under a new root key.
    static func rootRenewed(epoch: UInt32) -> LogEvent {
        LogEvent(.rootRenewed, .info, ["epoch": .number(UInt64(epoch))])
    }

    /// The file of the log was opened by its name again.
    static let logReopened = LogEvent(.logReopened, .info)
}

// MARK: - As a line
extension LogEvent {
    /// Longest text of one field, in characters.
    static let textCountMax = 500

    /// For programs: one JSON object.
    func json(at time: Timestamp) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for (key, text) in [("time", time.description), ("level", level.rawValue), ("event", name.rawValue)] {
            writer.write(key: key)
            writer.write(text)
        }
        for field in fields {
            writer.write(key: field.name)
            switch field.value {
            case .number(let number): writer.write(number)
            case .text(let text): writer.write(Self.printable(text))
            }
        }
        writer.endObject()
        return writer.bytes
    }

    /// For a person at a terminal.
    var text: String {
        let values = fields.map { field in
            switch field.value {
            case .number(let number): "\(field.name) \(number)"
            case .text(let text): "\(field.name) \(Self.printable(text))"
            }
        }
        return "stele: "
            + ([level == .info ? name.rawValue : "\(level.rawValue): \(name.rawValue)"] + values)
            .joined(separator: ", ")
    }

    /// `text` on one line, whatever a reader takes for the end of one, without what a terminal would obey, and bounded.
    static func printable(_ text: String) -> String {
        var printable = ""
        for scalar in text.unicodeScalars.prefix(textCountMax) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: printable.append("\u{FFFD}")
            default: printable.unicodeScalars.append(scalar)
            }
        }
        return printable
    }
}
