// SteleCommand · a data directory brought to the newest format.
internal import Ledger
public import Primitives
internal import Storage

extension ErrorCode {
    /// A data directory whose upgrade to a later format has begun and not ended.
    public static let storeUpgrading = ErrorCode("store.upgrading")
    /// A backup that does not hold what the data directory holds now.
    public static let backupOutdated = ErrorCode("backup.outdated")
}

/// Takes a directory from its format to the newest, step by step.
///
/// ```
/// UPGRADE  stele <format it has>   durable, as is each of the next before the one after it
/// FORMAT   stele <the next>        from here on the program that wrote the directory refuses it
/// the step to it                   may be broken off anywhere, and is then run again; so on for each step
/// UPGRADE  removed
/// ```
/// While `UPGRADE` names an earlier format than `FORMAT`, the directory is neither the one nor the other, and every
/// verb but `stele upgrade` refuses it.
struct FormatUpgrade {
    /// The name of the mark inside the data directory.
    static let markName = "UPGRADE"
    /// What a backup has to have as it is now, for there to be a way back.
    private static let stores = ["ledger/", "vault/", "keystore/", "blobs/", "keys/"]
    private static let files: Set<String> = ["genesis.cbor", "signstate", "journal"]

    let configuration: Configuration
    let directory: DataDirectory
    /// The format to reach.
    let newest: Int
    let steps: [UpgradeStep]
    private let calls: any SystemCalls

    /// The upgrade of what `configuration` names.
    init(
        _ configuration: Configuration, newest: Int = Version.dataFormat, steps: [UpgradeStep] = UpgradeStep.all,
        calls: any SystemCalls = LinuxSystemCalls()
    ) {
        self.configuration = configuration
        directory = DataDirectory(configuration.resolve(configuration.data))
        self.newest = newest
        self.steps = steps
        self.calls = calls
    }

    /// What is left to do.
    struct Plan {
        /// The format the directory has, or had before an upgrade that was broken off.
        let format: Int
        /// Whether one was broken off.
        let isBegun: Bool
        /// The steps to take, in order, with the one that may have ended or not.
        let steps: [UpgradeStep]
    }

    /// Finds the steps that lead to the newest format.
    /// - Throws: `store.corrupt` where there is no data directory, `store.newer` for a later format than this program
    ///   knows, `store.older` where no step leads on.
    func plan() throws(SteleError) -> Plan {
        let begun = try Self.begun(directory)
        // Of a format that is none, or newer, the check knows what to say.
        guard let found = try FormatFile.read(in: directory.path), found < newest || (found == newest && begun != nil)
        else {
            try FormatFile.check(major: newest, in: directory.path)
            return Plan(format: newest, isBegun: false, steps: [])
        }
        let format = begun == nil ? found : found - 1
        let taken = steps.filter { $0.from >= format && $0.from < newest }.sorted { $0.from < $1.from }
        guard taken.map(\.from) == Array(format..<newest) else {
            throw SteleError(
                .storeOlder, "the data directory has format \(format), and no steps lead from there to \(newest)",
                hint: "serve it with the version of stele that wrote it, and import from there into a new directory")
        }
        return Plan(format: begun ?? format, isBegun: begun != nil, steps: taken)
    }

    /// Takes the steps of `plan`, which is this directory's. The caller holds the directory's lock.
    /// - Parameters:
    ///   - backup: a backup of the directory as it is now. Not looked at if the upgrade had begun: it was then.
    ///   - progress: Called with what is being done and how far it is, in thousandths.
    /// - Throws: `backup.other_node` or `backup.outdated`, with nothing changed; or what a step meets, and then the
    ///   next call goes on with that step.
    func run(_ plan: Plan, backup: String, progress: (String, Int) -> Void) throws(SteleError) {
        guard !plan.steps.isEmpty else { return }
        if !plan.isBegun { try check(backup, progress) }
        // Neither list is true of what comes now, not even for files that keep their names.
        for name in [FileList.name, FileList.signatureName, FileList.formerName] {
            try AtomicFile("\(directory.path)/\(name)", calls: calls).remove()
        }
        let mark = AtomicFile("\(directory.path)/\(Self.markName)", calls: calls)
        try mark.write(Array("stele \(plan.format)\n".utf8))
        for step in plan.steps {
            try FormatFile.write(major: step.from + 1, in: directory.path, calls: calls)
            try step.run(configuration, directory) { progress("format \(step.from + 1)", $0) }
        }
        try mark.remove()
    }

    /// Throws while an upgrade of `directory` is broken off.
    static func check(_ directory: DataDirectory) throws(SteleError) {
        guard let format = try begun(directory) else { return }
        throw SteleError(
            .storeUpgrading, "an upgrade of the data directory from format \(format) has begun and not ended",
            hint: "run stele upgrade again: it goes on where it stopped")
    }

    /// The format that an upgrade which has begun leads away from; nil if none has.
    private static func begun(_ directory: DataDirectory) throws(SteleError) -> Int? {
        guard let mark = try AtomicFile("\(directory.path)/\(markName)").read(),
            let format = try FormatFile.read(in: directory.path)
        else { return nil }
        // A mark that names the format there is: nothing was begun, and its own program may have served it since.
        return (1..<format).last { mark == Array("stele \($0)\n".utf8) }
    }

    /// Throws unless the backup at `path` is whole, of this node, and of what the directory holds now.
    private func check(_ path: String, _ progress: (String, Int) -> Void) throws(SteleError) {
        let genesis = try directory.genesis()
        guard try DataDirectory(path).genesis().encoded == genesis.encoded else {
            throw SteleError(
                .backupOtherNode, "the backup is of another network than the data directory",
                hint: "give --backup the newest backup of this data directory")
        }
        let list = try FileList.load(path, genesis)
        try list.check(path) { progress("backup", $1 == 0 ? 1000 : $0 * 1000 / $1) }
        let now = try FileList.make(directory.path)
        guard now.lines.filter(Self.isKept) == list.lines.filter(Self.isKept),
            try FormatFile.read(in: path) == FormatFile.read(in: directory.path)
        else {
            throw SteleError(
                .backupOutdated, "the backup does not hold what the data directory holds now",
                hint: "stop the node, make a backup with the version of stele that served it, and give that")
        }
    }

    private static func isKept(_ line: FileList.Line) -> Bool {
        files.contains(line.path) || stores.contains { line.path.hasPrefix($0) }
    }
}
