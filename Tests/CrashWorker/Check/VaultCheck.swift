// CrashWorker · vault and ledger held against each other: every anchored record opens, and nothing else is kept.
import Contracts
import Cryptography
import Ledger
import Node
import Primitives
import Storage
import Vault

/// Compares the vault with the ledger that a ``LedgerCheck`` has read.
struct VaultCheck {
    let house: CrashHouse
    let ledger: LedgerCheck
    private(set) var findings = Findings()
    private var subjects: [SubjectID: RegisteredSubject] = [:]
    private var records: [Bytes32: (subject: SubjectID, entry: CompartmentEntry)] = [:]

    init(_ house: CrashHouse, ledger: LedgerCheck) throws {
        self.house = house
        self.ledger = ledger
        try readVault()
        try checkAnchors()
        try checkNothingElseIsKept()
        try checkPeople()
        try checkAccessLogs()
    }

    private mutating func readVault() throws {
        var all: [RegisteredSubject] = []
        try house.vault.directory.forEachSubject { all.append($0) }
        for subject in all {
            subjects[subject.id] = subject
            let compartment = try house.vault.compartment(of: subject.id)
            for entry in compartment.entries {
                findings.expect(records[entry.recordID] == nil, "record \(entry.recordID) is kept twice")
                records[entry.recordID] = (subject.id, entry)
                // Throws unless every chunk opens and the whole is what was anchored.
                let content = try house.vault.open(entry, of: subject.id)
                findings.expect(content.count == entry.byteCount, "record \(entry.recordID) has another size")
            }
            for (resource, versions) in Dictionary(grouping: compartment.entries, by: \.resource) {
                let numbers = versions.map(\.version)
                findings.expect(
                    numbers == Array(1...UInt32(numbers.count)), "\(resource.type) has versions \(numbers)")
            }
        }
    }

    private mutating func checkAnchors() throws {
        var anchored: Set<Bytes32> = []
        for (id, (_, entry)) in ledger.entries where entry.leaf.status == 0 {
            let body = try Transaction(decoding: entry.envelope).body
            guard body.call == RecordsAnchor.declaration.name else { continue }
            let call = try RecordsAnchor(decoding: body.encoded, in: body.argumentRange)
            for version in call.versions {
                anchored.insert(version.record)
                guard let (subject, kept) = records[version.record] else {
                    findings.expect(false, "record \(version.record) is anchored and not in the vault")
                    continue
                }
                findings.expect(
                    subject == call.subject && kept.anchor == version.anchor && kept.transaction == id
                        && kept.profile == version.profile.number, "record \(version.record) is anchored otherwise")
            }
        }
        for record in records.keys where !anchored.contains(record) {
            findings.expect(false, "record \(record) is shown and not anchored")
        }
    }

    /// What was staged for transactions that never committed is gone from every place it could lie in.
    private mutating func checkNothingElseIsKept() throws {
        findings.expect(house.vault.pendingCount == 0, "\(house.vault.pendingCount) transactions are still pending")
        let family = Vault.contentFamilies.first { $0.name == "record" }!
        let rowCount = try house.vaultStores.content.scan(prefix: [], in: family).count
        findings.expect(rowCount == records.count, "\(rowCount) record rows for \(records.count) records")
        guard let blobs = house.vaultStores.blobs as? BlobDirectory else { return }
        var blobCount = 0
        try blobs.forEach { _ in
            blobCount += 1
            return true
        }
        let largeCount = records.values.count { $0.entry.byteCount > 256 << 10 }
        findings.expect(blobCount == largeCount, "\(blobCount) blobs for \(largeCount) large records")
    }

    private mutating func checkPeople() throws {
        for subject in subjects.values where subject.isOnLedger {
            let row = try house.custodian.ledger.withState(about: subject.id) { (state) throws(SteleError) in
                try AccessPreview.policy(of: subject.id, in: state)
            }
            findings.expect(row != nil, "subject \(subject.id) is not on the ledger")
        }
        for actor in try house.vault.directory.actors() {
            findings.expect(
                actor.isOnLedger, "an actor who was registered half-way was not taken up again: \(actor.kind)")
        }
    }

    private mutating func checkAccessLogs() throws {
        for subject in subjects.values where subject.isOnLedger {
            let lines = try house.custodian.accessLog(of: subject.id, limit: .max)
            for line in lines {
                findings.expect(line.request != nil, "event \(line.number) of a subject has no kept request")
                findings.expect(
                    try house.custodian.ledger.receipt(of: line.receipt.transactionID) == line.receipt,
                    "event \(line.number) has another receipt")
            }
        }
    }
}

// MARK: - Against the journal
extension VaultCheck {
    mutating func check(_ lines: [JournalLine]) throws {
        var inForce: [Digest: (subject: SubjectID, isGranted: Bool)] = [:]
        for line in lines {
            switch line {
            case .enrolled(let number, let subject):
                let known = try house.vault.directory.subject(patient: house.markers.patient(number))
                findings.expect(known?.id == subject && known?.isOnLedger == true, "patient \(number) is lost")
            case .record(let subject, let resource, let version, let record, let transaction, let content):
                guard let found = records[record] else {
                    findings.expect(false, "acknowledged record \(record) is lost")
                    continue
                }
                findings.expect(
                    found.subject == subject && found.entry.version == version
                        && found.entry.resource.description == resource && found.entry.transaction == transaction,
                    "acknowledged record \(record) is another")
                let bytes = try house.vault.open(found.entry, of: subject)
                findings.expect(SHA256.hash(bytes) == content, "acknowledged record \(record) has other bytes")
            case .granted(let subject, let grant): inForce[grant] = (subject, true)
            case .revoked(let subject, let grant): inForce[grant] = (subject, false)
            case .released(let subject, let event, let count):
                let kept = try house.vault.keptRequest(for: event, of: subject)
                findings.expect(kept?.records.count == count, "the kept request of release \(event) is lost or another")
            case .transaction, .head: break
            }
        }
        try check(inForce)
    }

    private mutating func check(_ inForce: [Digest: (subject: SubjectID, isGranted: Bool)]) throws {
        // A revoke whose acknowledgement the journal missed is on the ledger all the same.
        var revoked: Set<Digest> = []
        for (_, entry) in ledger.entries.values where entry.leaf.status == 0 {
            let body = try Transaction(decoding: entry.envelope).body
            guard body.call == ConsentRevoke.declaration.name else { continue }
            revoked.formUnion(try ConsentRevoke(decoding: body.encoded, in: body.argumentRange).grants)
        }
        for (grant, expected) in inForce {
            let policy = try house.custodian.ledger.withState(about: expected.subject) { (state) throws(SteleError) in
                try AccessPreview.policy(of: expected.subject, in: state)
            }
            let isThere = policy?.grants.contains { $0.id == grant } == true
            findings.expect(
                isThere == (expected.isGranted && !revoked.contains(grant)),
                "grant \(grant) was not kept as acknowledged")
        }
    }
}
