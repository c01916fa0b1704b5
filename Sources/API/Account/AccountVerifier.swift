// API · an account of disclosures checked line by line against the ledger, offline. Source: `docs/spec/proofs.md` §6.
package import Contracts
internal import Cryptography
internal import JSON
package import Ledger
internal import Node
package import Primitives
internal import Vault

/// What a check of an account that holds came to.
package struct AccountVerdict: Sendable {
    /// The verdict on the proof that goes with the account.
    package let proof: ProofVerdict
    /// The ledger's name, as the trusted keys have it.
    package let origin: String
    /// The account.
    package let account: DisclosureAccount
    /// On how many lines the recipient's own signature holds under the key that their DID is.
    package let signedCount: Int

    /// Whose disclosures they are, and where.
    package var subject: SubjectID { account.subject }
    package var patient: String { account.patient }
    package var custodian: String { account.custodian }
    /// How many lines it has, and how many accesses of the period released nothing.
    package var lineCount: Int { account.lines.count }
    package var otherCount: Int { account.others.count }
    /// The period, as far as the checkpoint shows it: in its own second more may come.
    package var from: UnixSeconds { account.from }
    package var to: UnixSeconds { min(account.to, UnixSeconds(proof.header.time)) }
}

/// Checks an account of disclosures with nothing but its file and the keys that an auditor pinned.
package struct AccountVerifier {
    private let account: DisclosureAccount
    private let events: [UInt64: AccessFacts]
    private let transactions: [UInt64: TransactionID]
    private let count: UInt64

    /// Checks the account in `bytes`.
    /// - Throws: `proof.malformed`, `proof.false` with the first line and the first thing that is not as the ledger has
    ///   it, or what a check of the proof throws.
    package static func verify(
        _ bytes: [UInt8], trust keys: [TrustedKeys], witnesses: [NoteVerifierKey] = [], requiredCount: Int = 0
    ) throws(SteleError) -> AccountVerdict {
        let (account, signed, proof) = try DisclosureAccount.read(bytes)
        let file = try ProofFile(decoding: proof)
        guard let trust = keys.first(where: { $0.keys[0].key.name == file.claimedOrigin }) ?? keys.first else {
            throw ProofFile.isFalse("no keys are trusted")
        }
        let verdict = try ProofVerifier.verify(proof, trust: trust, witnesses: witnesses, requiredCount: requiredCount)
        let origin = trust.keys[0].key.name
        let isSigned = verdict.statements.contains(
            .account(subject: account.subject, custodian: account.custodian, account: SHA256.hash(signed)))
        guard isSigned, try AccountStatement.network(of: file) == origin else {
            throw ProofFile.isFalse("the account is not the one that the custodian signed")
        }
        let check = try AccountVerifier(account, file, verdict)
        try check.checkPeriod()
        var signedCount = 0
        for line in account.lines where try check.check(line) { signedCount += 1 }
        for other in account.others { try check.check(other) }
        return AccountVerdict(proof: verdict, origin: origin, account: account, signedCount: signedCount)
    }

    private init(
        _ account: DisclosureAccount, _ file: ProofFile, _ verdict: ProofVerdict
    ) throws(SteleError) {
        var count: UInt64?
        for case .complete(account.subject, let number) in verdict.statements { count = number }
        guard let count else {
            throw ProofFile.isFalse("the proof does not show every access event of the account's subject")
        }
        var events: [UInt64: AccessFacts] = [:]
        var transactions: [UInt64: TransactionID] = [:]
        for entry in file.entries where entry.leaf.status == 0 {
            guard let facts = AccessFacts(of: entry.body, result: entry.result), facts.subject == account.subject
            else { continue }
            events[facts.number] = facts
            transactions[facts.number] = entry.body.id
        }
        self.account = account
        self.events = events
        self.transactions = transactions
        self.count = count
    }

    // MARK: - The period

    /// The account has every event of the period once. Block times only rise, so the events of a period have numbers
    /// without a gap, and those next to them show where it begins and ends.
    private func checkPeriod() throws(SteleError) {
        guard account.from <= account.to else { throw ProofFile.isFalse("the account's period ends before it begins") }
        let own = (account.lines.map(\.number) + account.others.map(\.number)).sorted()
        var before: UInt64?
        var after: UInt64?
        for event in account.neighbours {
            try checkTime(event.time, of: event.number)
            if event.time < account.from, before == nil {
                before = event.number
            } else if event.time >= account.to, after == nil {
                after = event.number
            } else {
                throw ProofFile.isFalse("event \(event.number) is not outside the period of the account")
            }
        }
        let first = (before ?? 0) + 1
        let last = after.map { $0 - 1 } ?? count
        guard first <= last + 1, own.elementsEqual(first..<(last + 1)) else {
            throw ProofFile.isFalse("the account does not have every access of its period once")
        }
    }

    /// Block times are in the heads alone: that of the event before, with this event at this time, makes its own.
    private func checkTime(_ time: UnixSeconds, of number: UInt64) throws(SteleError) {
        let facts = try facts(number)
        var chain = AccessChainRow(of: account.subject)
        if number > 1 {
            chain.count = number - 1
            chain.head = try self.facts(number - 1).head
        }
        chain.append(encoded: facts.event(at: time).encoded())
        guard chain.head == facts.head else {
            throw ProofFile.isFalse("event \(number) was recorded at another time, or follows another event")
        }
    }

    private func facts(_ number: UInt64) throws(SteleError) -> AccessFacts {
        guard let facts = events[number] else {
            throw ProofFile.isFalse("the ledger has no access event \(number) of the subject")
        }
        return facts
    }

    // MARK: - Lines

    private func check(_ other: DisclosureAccount.Other) throws(SteleError) {
        let event = try facts(other.number).event(at: account.from)
        try require(
            transactions[other.number] == other.transaction, other.number, "is another transaction on the ledger")
        try require(
            Manifest.root(of: [], salt: other.manifestSalt) == event.manifestRoot, other.number,
            "released something, or is not opened")
    }

    /// Holds a line against its event.
    /// - Returns: whether the recipient's own signature holds.
    private func check(_ line: DisclosureAccount.Line) throws(SteleError) -> Bool {
        let facts = try facts(line.number)
        let event = facts.event(at: line.time)
        func require(_ condition: Bool, _ what: String) throws(SteleError) {
            try self.require(condition, line.number, what)
        }
        try require(line.transaction == transactions[line.number], "is another transaction on the ledger")
        try checkTime(line.time, of: line.number)
        try require(line.time >= account.from && line.time < account.to, "is outside the period of the account")
        try require(
            line.records.count == line.recordIDs.count && !line.recordIDs.isEmpty
                && Manifest.root(of: line.recordIDs, salt: line.manifestSalt) == event.manifestRoot,
            "released other records than the line names")
        try require(line.grants == facts.grants, "rests on other grants than the line names")
        try require(line.emergency == event.override, "was decided under another emergency, or under none")
        try require(line.unordered == event.claimed, "happened at another time, by the custodian's clock")
        try require(
            line.exemption
                == Disclosure.exemption(purposes: line.purposes, isIndividual: line.organisation == nil),
            "is not exempt for the reason that the line gives")

        let openings = line.openings
        func requireOpen(_ label: Label, _ opening: Bytes32?, _ set: TokenSet) throws(SteleError) {
            guard let opening else { return try require(false, "is not opened: the line shows not who asked for what") }
            try require(
                set.tokens.contains(PolicyKey.token(opening: opening, label: label)),
                "was not asked as the line says: its tokens are of another recipient, organisation or purpose")
        }
        try require(
            openings.purposes.count == line.purposes.count && !line.purposes.isEmpty,
            "has not an opening for each purpose that the line names")
        try requireOpen(.actor(line.did), openings.recipient, facts.asker)
        // Without an organisation it is a patient: one who asks for an organisation must not pass for the individual.
        try requireOpen(
            Disclosure.affiliation(line.organisation, custodian: account.custodian), openings.organisation, facts.asker)
        for (purpose, opening) in zip(line.purposes, openings.purposes) {
            try requireOpen(.purpose(purpose), opening, facts.purposes)
        }
        let assertion = Array(line.assertion.utf8)
        try require(
            HMACSHA256.code(of: SHA256.hash(assertion), salt: line.assertionSalt) == event.askerCommitment,
            "was asked on another assertion than the line has")
        return ClientAssertion.isSigned(assertion, byKeyOf: line.did)
    }

    private func require(_ condition: Bool, _ number: UInt64, _ what: String) throws(SteleError) {
        guard condition else { throw ProofFile.isFalse("access event \(number) \(what)") }
    }
}

extension ClientAssertion {
    /// Whether `text`, as it was kept with an event, is signed with the Ed25519 key that `did` is.
    static func isSigned(_ text: [UInt8], byKeyOf did: String) -> Bool {
        guard let key = DIDKey.key(of: did), let end = text.lastIndex(of: UInt8(ascii: ".")),
            let signature = Base64.decode(String(decoding: text[(end + 1)...], as: UTF8.self), .url)
        else { return false }
        return Ed25519.isValid(signature: signature, of: Array(text[..<end]), by: key)
    }
}
