// A data directory brought to later formats by steps that are declared here: in order, once each, and through every
// fault and kill, with a way back and without a moment in which a program takes it for what it is not.
import Foundation
import Ledger
import Primitives
import SteleTesting
import Storage
import Testing

@testable import SteleCommand

@Suite struct FormatUpgradeTests {
    /// The format that directories are made with, from which the declared steps lead on.
    private static let present = Version.dataFormat

    /// A data directory whose `blobs/` holds eight notes, and a backup of it.
    private final class Fixture {
        let folder: TemporaryDirectory
        let configuration: Configuration
        let setup: NodeSetup
        var data: String { folder.path + "/data" }
        var backup: String { folder.path + "/backup" }

        init() async throws {
            folder = try TemporaryDirectory()
            let code = await TestTerminal().run(
                "init", "--data", folder.path + "/data", "--name", "test", "--organisation", "clinic")
            try #require(code == .success)
            configuration = try Configuration.load(folder.path + "/data/stele.toml")
            setup = try NodeSetup.load(configuration)
            for number in 0..<8 {
                try AtomicFile("\(data)/blobs/note-\(number)").write(Array("note \(number)".utf8))
            }
            try makeBackup()
        }

        /// The same layout as `stele backup`, of a directory that never served.
        func makeBackup() throws {
            try FolderCopy.remove(backup)
            try FolderCopy.copy(data, to: backup)
            for name in ["LOCK", "FILES", "FILES.sig"] { try AtomicFile("\(backup)/\(name)").remove() }
            try FileList.make(backup).write(in: backup, origin: setup.genesis.origin, key: setup.keys.node)
        }

        /// The directory as it was made.
        func renew() throws {
            try FileManager.default.removeItem(atPath: data)
            try FileManager.default.copyItem(atPath: backup, toPath: data)
        }

        func upgrade(calls: any SystemCalls = LinuxSystemCalls()) -> FormatUpgrade {
            FormatUpgrade(configuration, newest: present + 2, steps: FormatUpgradeTests.steps(calls), calls: calls)
        }

        /// Takes all steps that are left.
        func run(calls: any SystemCalls = LinuxSystemCalls()) throws(SteleError) {
            let upgrade = upgrade(calls: calls)
            try upgrade.run(try upgrade.plan(), backup: backup) { _, _ in }
        }

        func isUpgraded() throws -> Bool {
            let notes = try FolderCopy.files(in: data + "/blobs")
            let book = try AtomicFile(data + "/blobs/book").read() ?? []
            return try notes == ["book"] && FormatFile.read(in: data) == present + 2
                && book == Array((0..<8).map { "Note \($0).\n" }.joined().utf8)
                && !FolderCopy.exists("\(data)/\(FormatUpgrade.markName)")
        }
    }

    /// Two formats nobody has: in one a note ends with a full stop and a line break, in the next all are one book.
    private static func steps(_ calls: any SystemCalls, told: @escaping @Sendable () -> Void = {}) -> [UpgradeStep] {
        [
            UpgradeStep(from: present, meaning: "Notes begin with a capital and end with a full stop.") {
                (_, directory, progress) throws(SteleError) in
                let folder = directory.path + "/blobs"
                let names = try FolderCopy.files(in: folder).filter { $0.hasPrefix("note-") && !$0.hasSuffix(".new") }
                for (index, name) in names.enumerated() {
                    let file = AtomicFile("\(folder)/\(name)", calls: calls)
                    guard let note = try file.read(), note.first == UInt8(ascii: "n") else { continue }
                    try file.write([UInt8(ascii: "N")] + note.dropFirst() + Array(".\n".utf8))
                    told()
                    progress(1000 * (index + 1) / names.count)
                }
            },
            UpgradeStep(from: present + 1, meaning: "All notes stand in one book.") {
                (_, directory, _) throws(SteleError) in
                let folder = directory.path + "/blobs"
                let book = AtomicFile(folder + "/book", calls: calls)
                if try book.read() == nil {
                    var text: [UInt8] = []
                    for number in 0..<8 { text += try AtomicFile("\(folder)/note-\(number)").read() ?? [] }
                    try book.write(text)
                }
                told()
                for number in 0..<8 { try AtomicFile("\(folder)/note-\(number)", calls: calls).remove() }
                for name in try FolderCopy.files(in: folder) where name.hasSuffix(".new") {
                    try AtomicFile("\(folder)/\(name)", calls: calls).remove()
                }
            },
        ]
    }

    @Test func takesEveryStepInOrderAndThenNone() async throws {
        let fixture = try await Fixture()
        let plan = try fixture.upgrade().plan()
        #expect(plan.format == Self.present && !plan.isBegun)
        #expect(plan.steps.map(\.from) == [Self.present, Self.present + 1])
        var parts: [String] = []
        try fixture.upgrade().run(plan, backup: fixture.backup) { part, _ in
            if parts.last != part { parts.append(part) }
        }
        #expect(try fixture.isUpgraded() && parts == ["backup", "format \(Self.present + 1)"])
        #expect(try fixture.upgrade().plan().steps.isEmpty)
        // The program of the present format refuses it.
        #expect(throws: SteleError.self) { try NodeSetup.load(fixture.configuration) }
    }

    /// The disk fails at each operation in turn, having done nothing or having done its work: the next run ends it.
    @Test(arguments: Fault.Moment.allCases) func goesOnAfterAnyFault(moment: Fault.Moment) async throws {
        let fixture = try await Fixture()
        var faultCount = 0
        for operation in 1... {
            try fixture.renew()
            let calls = FaultInjectingSystemCalls(fault: Fault(operation: operation, moment: moment))
            let isDone = (try? fixture.run(calls: calls)) != nil
            if calls.calls.count < operation { break }
            if !isDone {
                faultCount += 1
                // Whatever it is now, nothing takes it for a directory of the present format that is not as it was.
                if try FormatFile.read(in: fixture.data) == Self.present {
                    #expect(
                        try FileList.make(fixture.data).lines.filter { $0.path.hasPrefix("blobs/") }
                            == FileList.make(fixture.backup).lines.filter { $0.path.hasPrefix("blobs/") })
                } else {
                    #expect(throws: SteleError.self) { try NodeSetup.load(fixture.configuration) }
                }
                try fixture.run()
            }
            #expect(try fixture.isUpgraded(), "operation \(operation)")
        }
        #expect(faultCount > 50)
    }

    /// A process that is killed in the middle of a step, at each place of it.
    @Test(arguments: 1...9) func goesOnAfterAKill(place: Int) async throws {
        let fixture = try await Fixture()
        let data: String = fixture.data
        let backup: String = fixture.backup
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [data = data as String, backup = backup as String, place = place as Int] in
            nonisolated(unsafe) var left = place
            let steps = Self.steps(LinuxSystemCalls()) {
                unsafe left -= 1
                if unsafe left == 0 { kill(getpid(), SIGKILL) }
            }
            let upgrade = FormatUpgrade(
                try Configuration.load(data + "/stele.toml"), newest: Self.present + 2, steps: steps)
            try upgrade.run(try upgrade.plan(), backup: backup) { _, _ in }
        }
        let plan = try fixture.upgrade().plan()
        #expect(plan.isBegun && plan.format == Self.present)
        #expect(plan.steps.first?.from == Self.present + (place <= 8 ? 0 : 1))
        // What had begun needs no backup again: it is not what the directory holds any more.
        try fixture.upgrade().run(plan, backup: "") { _, _ in }
        #expect(try fixture.isUpgraded())
    }

    @Test func noVerbOpensAHalfUpgradedDirectory() async throws {
        let fixture = try await Fixture()
        try AtomicFile(fixture.data + "/UPGRADE").write(Array("stele \(Version.dataFormat - 1)\n".utf8))
        for words in [["serve"], ["inspect"], ["backup", fixture.folder.path + "/b"]] {
            let terminal = TestTerminal()
            let code = await CommandTool(terminal: terminal.terminal).run(words + ["--data", fixture.data])
            #expect(code == .storeDamaged && terminal.errors.joined().contains("store.upgrading"), "\(words)")
        }
    }

    @Test func needsABackupOfWhatIsThere() async throws {
        let fixture = try await Fixture()
        func refusal() throws -> ErrorCode? {
            let upgrade = fixture.upgrade()
            let error = #expect(throws: SteleError.self) {
                try upgrade.run(upgrade.plan(), backup: fixture.backup) { _, _ in }
            }
            #expect(try FormatFile.read(in: fixture.data) == Self.present)
            return error?.code
        }
        // Something was written since.
        try AtomicFile(fixture.data + "/blobs/later").write([1])
        #expect(try refusal() == .backupOutdated)
        try AtomicFile(fixture.data + "/blobs/later").remove()
        // An emergency was written down since.
        try AtomicFile(fixture.data + "/journal").write([1])
        #expect(try refusal() == .backupOutdated)
        try AtomicFile(fixture.data + "/journal").remove()
        // Something in the backup is not as it was.
        try AtomicFile(fixture.backup + "/blobs/note-0").write([1])
        #expect(try refusal() == .filesDamaged)
        try fixture.makeBackup()
        try AtomicFile(fixture.backup + "/FILES.sig").remove()
        #expect(try refusal() == .filesListRejected)
        try FolderCopy.remove(fixture.backup)
        #expect(try refusal() == .storeIncomplete)
        // Another node's.
        let other = try await Fixture()
        try FolderCopy.copy(other.backup, to: fixture.backup)
        #expect(try refusal() == .backupOtherNode)
        // The settings may change between the two.
        try fixture.makeBackup()
        let text = try #require(try AtomicFile(fixture.data + "/stele.toml").read())
        try AtomicFile(fixture.data + "/stele.toml").write(text + Array("\n# a remark\n".utf8))
        try fixture.run()
        #expect(try fixture.isUpgraded())
    }

    // MARK: - The verb

    /// Steps that lie in the program reach from the oldest listed format to its own, without a gap.
    @Test func stepsOfTheProgramEndAtItsFormat() {
        let count = UpgradeStep.all.count
        #expect(UpgradeStep.all.map(\.from) == Array((Version.dataFormat - count)..<Version.dataFormat))
    }

    @Test func saysThatThereIsNothingToDo() async throws {
        let fixture = try await Fixture()
        let terminal = TestTerminal()
        #expect(await terminal.run("upgrade", "--data", fixture.data) == .success)
        #expect(terminal.output.joined().contains("nothing to do"))
    }

    @Test(arguments: [
        ("stele 1\n", "store.older"), ("stele 2\n", "store.older"),
        ("stele \(Version.dataFormat + 1)\n", "store.newer"),
        ("nonsense", "store.corrupt"),
    ])
    func refusesAFormatNoStepLeadsFrom(format: String, code: String) async throws {
        let fixture = try await Fixture()
        try AtomicFile(fixture.data + "/FORMAT").write(Array(format.utf8))
        let terminal = TestTerminal()
        #expect(await terminal.run("upgrade", "--data", fixture.data) == .storeDamaged)
        #expect(terminal.errors.joined().contains(code))
        #expect(try AtomicFile(fixture.data + "/FORMAT").read() == Array(format.utf8))
    }

    @Test func refusesADirectoryInUse() async throws {
        let fixture = try await Fixture()
        let lock = try DirectoryLock(fixture.data)
        let terminal = TestTerminal()
        #expect(await terminal.run("upgrade", "--data", fixture.data) == .storeDamaged)
        #expect(terminal.errors.joined().contains("store.locked"))
        _ = lock
    }

    /// A backup that the command itself makes of a node that served, which is what a person will give.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: InitCrashTests.executable.path)))
    func takesTheBackupOfAStoppedNode() async throws {
        let served = try await ServeTests.Fixture()
        #expect(try await served.end(try await served.serve(), by: SIGTERM) == 0)
        let backup = served.folder.path + "/backup"
        #expect(await TestTerminal().run("backup", backup, "--data", served.data) == .success)
        let none = UpgradeStep(from: Self.present, meaning: "Nothing.") { (_, _, _) in }
        let upgrade = FormatUpgrade(
            try Configuration.load(served.data + "/stele.toml"), newest: Self.present + 1, steps: [none])
        try upgrade.run(upgrade.plan(), backup: backup) { _, _ in }
        #expect(try FormatFile.read(in: served.data) == Self.present + 1)
        #expect(try FileList.read(served.data) == nil)

        // One that it served again after the backup is another.
        try FormatFile.write(major: Self.present, in: served.data)
        #expect(try await served.end(try await served.serve(), by: SIGTERM) == 0)
        let error = #expect(throws: SteleError.self) { try upgrade.run(upgrade.plan(), backup: backup) { _, _ in } }
        #expect(error?.code == .backupOutdated)
    }
}
