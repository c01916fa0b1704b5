// A custodian whose three stores lie on one disk in memory: each can be made to fail, all lose power together.
import Contracts
import Cryptography
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Storage
import Testing
import Vault

/// What outlives the process, and the people who go on asking for what they were not answered.
final class MemoryHouse {
    /// Which store fails.
    enum Part: CaseIterable { case ledger, content, keys }

    let disk = VaultDisk(seed: 5)
    /// Keeps the root key, which an erasure replaces.
    let keeper: MemoryRootKeeper
    let scratch: Scratch
    let clock = TestClock()
    let network: TestNetwork
    let wallet: SigningKey
    /// What was acknowledged: each is looked for after the crash.
    private(set) var written: [(result: Written, content: String)] = []
    /// What was acknowledged of transactions over two patients.
    private(set) var pairs: [(results: [Written], contents: [String])] = []
    private(set) var receipts: [Receipt] = []
    private(set) var events: [(subject: SubjectID, event: TransactionID)] = []
    private(set) var custodian: Custodian?

    init() throws {
        keeper = MemoryRootKeeper(disk.root)
        scratch = try Scratch("house")
        network = try TestNetwork(random: disk.random, time: clock.now())
        wallet = SigningKey.random(from: disk.random)
        try disk.create().close()
    }

    /// Opens everything, with `part` behind a store that fails as `fault` says; returns that store.
    @discardableResult
    func open(_ part: Part? = nil, _ fault: Fault? = nil) throws -> FaultInjectingStore? {
        custodian = nil
        var ledgerStore: any KeyValueStore = try MemoryStore(
            path: "ledger", columnFamilies: LedgerStore.columnFamilies, on: disk.disk)
        var stores = try disk.stores()
        var failing: FaultInjectingStore?
        switch part {
        case .ledger: failing = FaultInjectingStore(ledgerStore, fault: fault)
        case .content: failing = FaultInjectingStore(stores.content, fault: fault)
        case .keys: failing = FaultInjectingStore(stores.keys, fault: fault)
        case nil: break
        }
        if let failing {
            switch part {
            case .ledger: ledgerStore = failing
            case .content: stores.content = failing
            default: stores.keys = failing
            }
        }
        let vault = try? Vault.open(in: stores, roots: keeper.candidates, random: disk.random)
        let ledger = try? network.start(
            ledgerStore, signStateIn: scratch.path, contracts: StandardContracts(), time: clock)
        if let vault { try keeper.settle(onEpoch: vault.epoch) }
        if let vault, let ledger {
            custodian = Custodian(
                ledger: ledger, vault: vault, nodeKey: network.nodeKey, organisation: network.genesis.organisation,
                time: clock, random: disk.random,
                erasure: ErasureTerms(retention: .none, rootKeeper: keeper))
        } else if failing == nil {
            Issue.record("a house on a sound disk does not open")
        }
        return failing
    }

    /// Loses power and opens everything on sound stores.
    func recover() throws {
        custodian = nil
        disk.disk.crash()
        try open()
    }
}

// MARK: - What people do
extension MemoryHouse {
    static func result(_ id: String, _ value: Int) -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","# + #""category":[{"coding":[{"system":"#
            + #""http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"#
            + #""code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},"#
            + #""subject":{"reference":"Patient/p"},"valueInteger":\#(value)}"#
    }

    /// Everything a patient and two members of staff do in a day; throws at the first thing that fails. The same again
    /// goes on where it stopped.
    func day() async throws {
        guard let custodian else { return }
        try await custodian.start()
        let enrolment = try await custodian.enrol(
            SubjectDraft(
                patient: "p", displayName: "P", consentKey: wallet.publicKey, organisation: custodian.organisation))
        let subject = enrolment.subject
        let surgeon = try await actor(custodian)
        for value in 1...2 {
            try await write([Self.result("a", value), Self.result("b", value)], custodian)
        }
        // What is written next is under these.
        #expect(try await custodian.renewKeys(of: "p") == 1)
        for value in 1...2 { try await writePair(value, custodian) }
        let permit = try await submit(
            ConsentGrant(subject: subject.id, grants: [terms(of: subject.id, to: surgeon, custodian)]), custodian)
        // Whatever was begun of it before is gone on with; what was permitted is permitted.
        _ = try await custodian.replacePolicyKey(of: subject.id, signing: wallet)
        // Whoever was enrolled by a write that failed may lack the permit that goes with it.
        _ = try await custodian.enrolUnclaimed(
            SubjectDraft(patient: "q", displayName: "Q", consentKey: .zero, organisation: custodian.organisation),
            EnrolmentTerms(treatingPermit: true))
        _ = try await custodian.replacePolicyKey(of: "q")
        let treating = Asker(actor: surgeon, purposes: ["TREAT"], assertion: [4, 5, 6])
        let pair = Question(.read(ResourceName(type: "Observation", id: "pair-q"), version: nil), action: .read)
        guard case .released = try await custodian.read(pair, by: treating) else {
            Issue.record("what the permit for treatment lets see was not released")
            return
        }
        let asker = Asker(actor: surgeon, purposes: ["TREAT"], assertion: [1, 2, 3], patient: "p")
        let question = Question(.read(ResourceName(type: "Observation", id: "a"), version: nil), action: .read)
        guard case .released(let release) = try await custodian.read(question, by: asker) else {
            Issue.record("a permitted record was not released")
            return
        }
        receipts.append(release.receipt)
        events.append((subject.id, release.receipt.transactionID))
        let grant = Grant.id(transaction: permit.transactionID, index: 0)
        _ = try await submit(ConsentRevoke(subject: subject.id, grants: [grant]), custodian)
    }

    private func actor(_ custodian: Custodian) async throws -> RegisteredActor {
        if let known = try custodian.vault.directory.actor(id: "surgeon"), known.isOnLedger { return known }
        let key = SigningKey.random(from: SeededRandom(99)).publicKey
        return try await custodian.addActor(
            ActorDraft(id: "surgeon", kind: .person, displayName: "S", roles: ["surgeon"], key: .okp(key)))
    }

    private func write(_ contents: [String], _ custodian: Custodian) async throws {
        let submissions = try contents.map { Submission(try Resource(parsing: Array($0.utf8))) }
        let results = try await custodian.write(submissions, patient: "p")
        written += zip(results, contents).map { ($0, $1) }
    }

    /// A transaction that changes records of two patients, one of whom it may enrol. What a crash left of an earlier
    /// one is waited for.
    private func writePair(_ value: Int, _ custodian: Custodian) async throws {
        let texts = [
            Self.result("pair-p", value), Self.result("pair-q", value).replacing("Patient/p", with: "Patient/q"),
            #"{"resourceType":"Patient","id":"q","birthDate":"1980-01-0\#(value)"}"#,
        ]
        let changes = try zip(texts, ["p", "q", "q"]).map {
            RecordChange(Submission(try Resource(parsing: Array($0.utf8))), patient: $1)
        }
        func write() async throws {
            let results = try await custodian.exclusively(["p", "q"], enrolling: EnrolmentTerms(treatingPermit: true)) {
                (writer) async throws(SteleError) in try await writer.write(changes, asOne: true)
            }
            pairs.append((results.compactMap { $0 }, texts))
        }
        do {
            try await write()
        } catch let error as SteleError where error.code == .vaultVersionPending {
            clock.advance(milliseconds: 200_000)
            _ = try await submit(
                ConsentRevoke(subject: custodian.enrolled("p"), grants: [.zero]), custodian)
            _ = try await custodian.sweep()
            try await write()
        }
    }

    private func submit(_ call: some ContractCall, _ custodian: Custodian) async throws -> Receipt {
        let maker = UnsignedTransactionMaker(chainID: custodian.ledger.chainID, time: clock, random: disk.random)
        let receipt = try await custodian.ledger.submit(maker.envelope(call, key: wallet))
        receipts.append(receipt)
        return receipt
    }

    private func terms(
        of subject: SubjectID, to actor: RegisteredActor, _ custodian: Custodian
    ) throws -> GrantTerms {
        let key = try custodian.policy(of: subject).key
        func set(_ labels: [Label]) -> TokenSet {
            TokenSet(padding: labels.map { key.token(for: $0) }, random: disk.random)!  // One label each.
        }
        let start = clock.now().seconds / 60 * 60
        return GrantTerms(
            kind: .permit, grantees: set([.actor(actor.did)]), actions: .all, purposes: set([.purpose("TREAT")]),
            classes: set([.all]), notBefore: UnixSeconds(start), notAfter: UnixSeconds(start + 3600),
            termsCommitment: disk.random.bytes32(), policyKeyVersion: key.version)
    }

    /// Everything acknowledged is there as it was acknowledged; nothing staged is left behind.
    func expectWhole(_ what: Comment) async throws {
        let custodian = try #require(custodian)
        clock.advance(milliseconds: 200_000)
        try await write([Self.result("after", 1)], custodian)
        _ = try await custodian.sweep()
        #expect(custodian.vault.pendingCount == 0, what)
        for receipt in receipts { #expect(try custodian.ledger.receipt(of: receipt.transactionID) == receipt, what) }
        let subject = try #require(try custodian.vault.directory.subject(patient: "p"))
        let compartment = try custodian.vault.compartment(of: subject.id)
        for (result, content) in written {
            let entry = try #require(compartment.entry(recordID: result.recordID), what)
            #expect(entry.version == result.version && entry.transaction == result.transactionID, what)
            #expect(try custodian.vault.open(entry, of: subject.id) == Array(content.utf8), what)
        }
        try expectPairs(custodian, what)
        let anchored = try custodian.ledger.lines(indexPrefix: []).filter(\.receipt.isApplied)
        #expect(Set(anchored.map(\.receipt.transactionID)).isSuperset(of: compartment.entries.map(\.transaction)), what)
        for (subject, event) in events {
            #expect(try custodian.vault.keptRequest(for: event, of: subject)?.records.count == 1, what)
        }
    }

    /// Both patients have the same of every pair, and everything that was acknowledged.
    private func expectPairs(_ custodian: Custodian, _ what: Comment) throws {
        let subjects = try ["p", "q", "q"].map { try #require(try custodian.vault.directory.subject(patient: $0)).id }
        let names = [("Observation", "pair-p"), ("Observation", "pair-q"), ("Patient", "q")]
        let versions = try zip(subjects, names).map { subject, name in
            try custodian.vault.compartment(of: subject).versions(of: ResourceName(type: name.0, id: name.1))
        }
        #expect(Set(versions.map(\.count)).count == 1 && versions[0].count >= 2, what)
        for (results, contents) in pairs {
            for (place, (result, content)) in zip(results, contents).enumerated() {
                let entry = try #require(versions[place].first { $0.recordID == result.recordID }, what)
                #expect(try custodian.vault.open(entry, of: subjects[place]) == Array(content.utf8), what)
            }
        }
    }
}
