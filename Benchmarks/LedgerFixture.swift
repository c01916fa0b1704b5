// Benchmarks · a network of one on disk, with a registered subject and presigned transactions.
import Contracts
import Cryptography
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage

/// A running node in a directory of its own.
final class LedgerFixture: Sendable {
    let network: TestNetwork
    let store: RocksDBStore
    let node: LedgerNode
    let path: String
    let random = SystemRandom()

    init(_ run: BenchmarkRun, _ name: String, leaks: LeakGuard? = nil) throws {
        path = try run.freshDirectory(name)
        network = try TestNetwork(random: random, time: SystemTime().now())
        store = try RocksDBStore(path: path + "/ledger", columnFamilies: LedgerStore.columnFamilies)
        node = try network.start(
            store, signStateIn: path, contracts: StandardContracts(), time: SystemTime(), leaks: leaks)
    }

    func envelope(_ call: some ContractCall, key: SigningKey? = nil) -> [UInt8] {
        network.envelope(
            type(of: call).declaration.name, call.encodedArguments(), key: key,
            validUntil: SystemTime().now().seconds + 590, random: random)
    }

    /// Makes calls as a custodian's own node does.
    var maker: UnsignedTransactionMaker {
        UnsignedTransactionMaker(chainID: node.chainID, time: SystemTime(), random: random)
    }

    /// Submits and expects the contract to apply it.
    @discardableResult
    func apply(_ call: some ContractCall, key: SigningKey? = nil) async throws -> Receipt {
        let receipt = try await node.submit(envelope(call, key: key))
        guard receipt.isApplied else { throw RefusedError(status: receipt.status) }
        return receipt
    }

    /// A registered subject with one profile, numbered 0.
    func registerSubject(consentKey: PublicKey, classes: TokenSet) async throws -> SubjectID {
        let subject = random.bytes32()
        try await apply(RecordsRegisterSubject(subject: subject, consentKey: consentKey))
        try await apply(RecordsRegisterProfile(subject: subject, profile: ProfileNumber(0)!, classes: classes))
        return subject
    }

    /// One version of a record of `subject`, never anchored before.
    func anchor(_ subject: SubjectID) -> RecordsAnchor {
        RecordsAnchor(
            subject: subject,
            versions: [
                RecordVersion(record: random.bytes32(), anchor: random.bytes32(), profile: ProfileNumber(0)!)
            ])
    }

    func tokens(_ count: Int = 4) -> TokenSet { TokenSet(padding: [], random: random)! }

    func close() async throws {
        await node.settle()
        try store.close()
    }

    struct RefusedError: Error { let status: UInt8 }
}

/// Runs `count` jobs with at most `inFlight` under way.
func withInFlight(_ inFlight: Int, count: Int, _ job: @escaping @Sendable (Int) async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var next = 0
        while next < min(inFlight, count) {
            let index = next
            group.addTask { try await job(index) }
            next += 1
        }
        while try await group.next() != nil {
            guard next < count else { continue }
            let index = next
            group.addTask { try await job(index) }
            next += 1
        }
    }
}
