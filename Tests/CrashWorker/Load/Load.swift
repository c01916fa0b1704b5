// CrashWorker · many writers, readers and a patient who keeps changing their mind, until something kills them.
import Contracts
import Cryptography
import FHIR
import Ledger
import Node
import Ordering
import Primitives
import SteleTesting
import Vault

/// The load of one process.
struct Load {
    let house: CrashHouse
    let enrolments: [Enrolment]
    let reader: RegisteredActor
    /// Keeps ids and values apart from those of earlier processes.
    let round: Int
    static let writerCount = 4
    static let readerCount = 2

    init(_ house: CrashHouse, round: Int) async throws {
        self.house = house
        self.round = round
        _ = house.custodian.ledger.addListener { head in Journal.write(JournalLine(head)) }
        var enrolments: [Enrolment] = []
        for number in 0..<HouseSecrets.patientCount {
            let enrolment = try await house.enrol(number)
            Journal.write(.enrolled(number: number, subject: enrolment.subject.id))
            enrolments.append(enrolment)
        }
        self.enrolments = enrolments
        reader = try await house.reader()
    }

    /// Works until `isOver` says so, without it until the process is killed; ends with the first fault that anybody
    /// meets.
    func run(until isOver: @escaping @Sendable () -> Bool = { false }) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writerCount {
                group.addTask { try await work(until: isOver) { try await write(writer, step: $0) } }
            }
            for reader in 0..<Self.readerCount {
                group.addTask { try await work(until: isOver) { try await read(reader, step: $0) } }
            }
            group.addTask { try await work(until: isOver) { try await consent(step: $0) } }
            group.addTask { try await work(until: isOver) { try await resend(step: $0) } }
            // Waiting for all would wait for those that the fault does not concern, for ever.
            for try await _ in group {}
        }
    }

    /// What two at once may meet, and what a busy machine brings about: no fault, and nothing is acknowledged.
    private static let expected: Set<ErrorCode> = [
        .vaultVersionConflict, .accessContended, .clockSkewed, .grantUnknown, .grantLimit, .nodeBusy, .vaultBusy,
    ]

    private func work(until isOver: () -> Bool, _ body: (Int) async throws -> Void) async throws {
        var step = 0
        while !isOver(), !Task.isCancelled {
            do {
                try await body(step)
            } catch let error as SteleError where Self.expected.contains(error.code) {
                await Task.yield()
            }
            step += 1
        }
    }

    // MARK: - What is done

    /// One to three versions of resources that other writers change as well; now and then a large one.
    private func write(_ writer: Int, step: Int) async throws {
        let patient = (writer + step) % HouseSecrets.patientCount
        let value = (round * 1000 + writer) * 100_000 + step
        var contents: [String] = []
        for part in 0...(step % 3) {
            let id = house.markers.text(.resource) + "-\(patient)-\((writer * 7 + step + part) % 12)"
            contents.append(
                house.markers.observation(
                    id: id, patient: patient, value: value, byteCount: step % 16 == 15 && part == 0 ? 300_000 : 0))
        }
        let submissions = try contents.map { Submission(try Resource(parsing: Array($0.utf8))) }
        let written = try await house.custodian.write(submissions, patient: house.markers.patient(patient))
        for (result, content) in zip(written, contents) {
            Journal.write(
                .record(
                    subject: enrolments[patient].subject.id, resource: result.resource.description,
                    version: result.version, record: result.recordID, result.transactionID,
                    content: SHA256.hash(Array(content.utf8))))
        }
    }

    private func read(_ reader: Int, step: Int) async throws {
        let patient = (reader + step) % HouseSecrets.patientCount
        let name = house.markers.patient(patient)
        let question = Question(
            .search(SearchRequest(SearchQuery(everythingOf: nil, count: 3), scope: .patient(name))), action: .search)
        let answer = try await house.custodian.read(question, by: house.asker(self.reader, patient: patient))
        guard case .released(let release) = answer else { return }
        Journal.write(JournalLine(release.receipt))
        Journal.write(
            .released(
                subject: enrolments[patient].subject.id, event: release.receipt.transactionID,
                count: release.records.count))
    }

    /// Grants until there are a few, then revokes one of them, so that some are in force whenever the process dies.
    private func consent(step: Int) async throws {
        let patient = step % HouseSecrets.patientCount
        let enrolment = enrolments[patient]
        let subject = enrolment.subject.id
        let policy = try house.custodian.ledger.withState(about: subject) { (state) throws(SteleError) in
            try AccessPreview.policy(of: subject, in: state)
        }
        if let grants = policy?.grants, grants.count >= 4 {
            let grant = grants[step % grants.count].id
            let receipt = try await house.submit(ConsentRevoke(subject: subject, grants: [grant]), by: patient)
            Journal.write(JournalLine(receipt))
            if receipt.isApplied { Journal.write(.revoked(subject: subject, grant: grant)) }
        } else {
            let call = ConsentGrant(subject: subject, grants: [house.permit(enrolment)])
            let receipt = try await house.submit(call, by: patient)
            Journal.write(JournalLine(receipt))
            guard receipt.isApplied else { return }
            Journal.write(.granted(subject: subject, grant: Grant.id(transaction: receipt.transactionID, index: 0)))
        }
    }

    /// Sends a transaction twice at once, as a client does after an unclear answer: both get the same receipt.
    private func resend(step: Int) async throws {
        let patient = step % HouseSecrets.patientCount
        let unknown = ConsentRevoke(subject: enrolments[patient].subject.id, grants: [SystemRandom().bytes32()])
        let maker = UnsignedTransactionMaker(
            chainID: house.custodian.ledger.chainID, time: house.clock, random: SystemRandom())
        let envelope = maker.envelope(unknown, key: house.secrets.wallets[patient])
        let ledger = house.custodian.ledger
        async let first = ledger.submit(envelope)
        async let second = ledger.submit(envelope)
        let receipts = try await [first, second]
        guard receipts[0] == receipts[1] else { throw LoadFault.receiptsDiffer }
        Journal.write(JournalLine(receipts[0]))
    }
}

enum LoadFault: Error { case receiptsDiffer }
