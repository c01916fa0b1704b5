// CrashWorker · a process to be killed, and the process that afterwards looks whether anything was lost.
import FHIR
import Glibc
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Vault

/// ```
/// CrashWorker load  DIRECTORY SEED OFFSET_MS ROUND            works until it is killed; prints what it acknowledged
/// CrashWorker check DIRECTORY SEED OFFSET_MS JOURNAL          prints `whole …`, or what is not as it should be
/// ```
/// `STELE_FAILPOINTS` plans failures as ``Storage/Failpoints/init(parsing:)`` reads them; `STELE_FILE_LIMIT` is
/// the size in bytes at which the kernel refuses to let any file of a load grow, as it does on a full disk.
@main
struct CrashWorker {
    /// How far a check moves the clock, in milliseconds: past the time in which any transaction of a load is valid.
    static let expiryMs: UInt64 = 200_000

    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, let seed = UInt64(arguments[3]), let offsetMs = UInt64(arguments[4]) else {
            Journal.print("usage: CrashWorker load|check DIRECTORY SEED OFFSET_MS ROUND|JOURNAL")
            exit(2)
        }
        do {
            switch arguments[1] {
            case "load": try await load(arguments[2], seed, offsetMs, round: Int(arguments[5]) ?? 0)
            default: try await check(arguments[2], seed, offsetMs, journal: arguments[5])
            }
        } catch {
            Journal.print("fault \(error)")
            _exit(3)  // Others are still at work, in stores that `exit` would take from under them.
        }
    }

    private static func load(_ directory: String, _ seed: UInt64, _ offsetMs: UInt64, round: Int) async throws {
        let failpoints = unsafe getenv("STELE_FAILPOINTS").flatMap { unsafe String(validatingCString: $0) }
            .flatMap { Failpoints(parsing: $0) }
        limitFiles()
        let house = try CrashHouse(directory, seed: seed, offsetMs: offsetMs, failpoints: failpoints)
        try await house.custodian.start()
        let load = try await Load(house, round: round)
        Journal.print("ready")
        try await load.run()
    }

    private static func limitFiles() {
        guard let text = unsafe getenv("STELE_FILE_LIMIT").flatMap({ unsafe String(validatingCString: $0) }),
            let byteCount = UInt(text)
        else { return }
        var limit = rlimit(rlim_cur: byteCount, rlim_max: byteCount)
        _ = signal(SIGXFSZ, SIG_IGN)  // Otherwise the first refused write would kill the process.
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    }

    private static func check(
        _ directory: String, _ seed: UInt64, _ offsetMs: UInt64, journal: String
    ) async throws {
        let lines = try Journal.read(journal)
        let network = try HouseSecrets(seed: seed).network
        var findings: [String] = []

        // First as the dead process left it, before anything has been mended.
        let raw = try CrashHouse.ledgerStore(directory, nil)
        if try raw.headHeight() != nil {
            var before = try LedgerCheck(raw, network: network.genesis)
            try before.check(signStateAt: CrashHouse.signStatePath(directory))
            findings += before.findings.texts.map { "before the start: " + $0 }
        }
        try raw.close()

        let house = try CrashHouse(directory, seed: seed, offsetMs: offsetMs)
        let pendingCount = house.vault.pendingCount
        try await house.custodian.start()
        guard house.vault.pendingCount == 0 else {
            Journal.print("broken \(house.vault.pendingCount) transactions are pending after the start")
            exit(1)
        }
        // Whatever was interrupted half-way is asked for again, as whoever asked for it would.
        for number in 0..<HouseSecrets.patientCount { _ = try await house.enrol(number) }
        _ = try await house.reader()
        // Clocks move on, and blocks with them.
        house.clock.advance(milliseconds: expiryMs)
        let value = Int(house.clock.now().milliseconds)
        let content = house.markers.observation(id: "after", patient: 0, value: value)
        _ = try await house.custodian.write(
            [Submission(try Resource(parsing: Array(content.utf8)))], patient: house.markers.patient(0))
        await house.custodian.ledger.settle()

        var ledger = try LedgerCheck(house.store, network: network.genesis)
        try ledger.check(signStateAt: CrashHouse.signStatePath(directory))
        try ledger.checkTiles(of: house.custodian.ledger)
        for line in lines { try ledger.check(line, against: house.custodian.ledger) }
        var vault = try VaultCheck(house, ledger: ledger)
        try vault.check(lines)
        findings += ledger.findings.texts + vault.findings.texts
        try await house.close()

        for finding in findings { Journal.print("broken \(finding)") }
        guard findings.isEmpty else { exit(1) }
        Journal.print(
            "whole: \(ledger.headers.count) blocks, \(ledger.entries.count) transactions, \(lines.count) "
                + "acknowledgements, \(pendingCount) settled at the start")
    }
}
