// A patient's policy key, replaced while people read, write, grant and revoke, and what holds before, meanwhile and
// afterwards.
import Contracts
import Cryptography
import FHIR
import Foundation
import Ledger
import Node
import Primitives
import SteleTesting
import Synchronization
import Testing
import Vault

@Suite struct PolicyKeyTests {
    private typealias Fixture = CustodianTests.Fixture

    private static func isReleased(_ answer: Answer) -> Bool {
        if case .released = answer { return true }
        return false
    }

    /// Whether all of `facts` are labels.
    private static func isRead(_ facts: [ConsentStatement.Fact]) -> Bool {
        facts.allSatisfy { fact in
            if case .label = fact { return true }
            return false
        }
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? SteleError)?.code.name }
    }

    private static func grant(
        _ terms: GrantTerms, _ fixture: Fixture, by wallet: TestCustodian.Wallet? = nil
    ) async throws -> Digest {
        let receipt = try await fixture.house.submit(
            ConsentGrant(subject: fixture.wallet.subject, grants: [terms]), by: wallet ?? fixture.wallet)
        try #require(receipt.isApplied)
        return Grant.id(transaction: receipt.transactionID, index: 0)
    }

    /// The wallet with the policy key in force.
    private static func wallet(of fixture: Fixture) throws -> TestCustodian.Wallet {
        var wallet = fixture.wallet
        wallet.policyKey = try fixture.house.custodian.policy(of: wallet.subject).key
        return wallet
    }

    /// `call` as a wallet sends it, by the door that watches over acts of consent.
    private static func act(_ call: some ContractCall, _ fixture: Fixture) async throws -> Receipt {
        let custodian = fixture.house.custodian
        let maker = UnsignedTransactionMaker(
            chainID: custodian.ledger.chainID, time: fixture.house.clock, random: fixture.house.random)
        return try await custodian.submit(
            custodian.ledger.admit(maker.envelope(call, key: fixture.wallet.consentKey)))
    }

    /// Everything that a wallet does to replace the key, in order, up to and without step `last`.
    private static func replace(_ fixture: Fixture, upTo last: Int = .max) async throws {
        let custodian = fixture.house.custodian
        let subject = fixture.wallet.subject
        for _ in 0..<Custodian.replacementAttemptCountMax {
            let old = try custodian.policy(of: subject).key
            guard last > 0 else { return }
            var next = try await custodian.succession(
                of: subject, after: old.version, for: fixture.wallet.consentKey.publicKey)
            guard last > 1 else { return }
            // As a wallet knows of the grants it made: what the custodian could not read is padding.
            for index in next.grants.indices { next.grants[index].isWhole = true }
            var isStated = true
            for call in try next.restatements(of: subject, from: old, random: fixture.house.random) {
                isStated = try await act(call, fixture).isApplied && isStated
            }
            guard last > 2 else { return }
            let rotation = ConsentRotatePolicyKey(subject: subject, policyKeyVersion: next.key.version)
            let receipt = try await act(rotation, fixture)
            if receipt.isApplied { return }
            try #require(!isStated || receipt.status == Refusal.policyKeyIncomplete.status)
        }
        Issue.record("the key was not replaced")
    }

    // MARK: - Under load

    /// What some may see they see at every moment, and what others may not they never see.
    @Test func nobodyIsWronglyServedMeanwhile() async throws {
        let fixture = try await Fixture()
        let (house, custodian) = (fixture.house, fixture.house.custodian)
        let organisation = custodian.organisation
        _ = try await fixture.grantLaboratory()
        var deny = house.permit(
            fixture.wallet, to: [.organisation(organisation)], classes: [.sensitivity("PSY")])
        deny.kind = .deny
        _ = try await Self.grant(deny, fixture)
        _ = try await Self.grant(
            house.permit(fixture.wallet, to: [.actor(fixture.surgeon.did)], classes: [.all]), fixture)
        let stranger = try await house.person("stranger", role: "clerk")
        let guest = try await house.person("guest", role: "guest")
        let end = End()
        let longest = Longest()
        let load = Load(fixture: fixture, end: end, longest: longest)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group -> [Int] in
            for actor in [fixture.laboratory, fixture.surgeon] {
                group.addTask { try await load.read("Observation", "hb", by: actor) { Self.isReleased($0) } }
                group.addTask {
                    try await load.read("DocumentReference", "psy", by: actor) { answer in
                        if case .unavailable = answer { return true }
                        return false
                    }
                }
            }
            group.addTask {
                try await load.read("Observation", "hb", by: stranger) { answer in
                    if case .refused = answer { return true }
                    return false
                }
            }
            group.addTask { try await load.write() }
            group.addTask { try await load.grantAndRevoke(to: guest) }
            for version: UInt32 in 2...4 {
                try await Self.replace(fixture)
                #expect(try custodian.policy(of: fixture.wallet.subject).key.version == version)
            }
            end.isReached.withLock { $0 = true }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.allSatisfy { $0 > 0 }, "\(counts)")
        // One attempt more, no more than that: it waits for nobody but the next block.
        #expect(longest.duration < .seconds(10), "\(longest.duration)")
        #expect(try custodian.vault.directory.subject(fixture.wallet.subject).profiles.count > 8)
        try await house.restart()
        for actor in [fixture.laboratory, fixture.surgeon] {
            let asker = house.asker(actor, patient: "p1")
            #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
            #expect(!Self.isReleased(try await fixture.read("DocumentReference", "psy", by: asker)))
        }
    }

    /// What people do until the end.
    private struct Load: Sendable {
        let fixture: Fixture
        let end: End
        let longest: Longest

        func read(
            _ type: String, _ id: String, by actor: RegisteredActor, isRight: @Sendable (Answer) -> Bool
        ) async throws -> Int {
            let asker = fixture.house.asker(actor, patient: "p1")
            var count = 0
            while !end.isReached.withLock({ $0 }) {
                let began = ContinuousClock.now
                let answer = try await fixture.read(type, id, by: asker)
                longest.note(ContinuousClock.now - began)
                guard isRight(answer) else {
                    Issue.record("read \(count) of \(type) by \(actor.id) was answered wrongly")
                    end.isReached.withLock { $0 = true }
                    break
                }
                count += 1
            }
            return count
        }

        /// Records of kinds that the patient had none of, so that profiles come as the key goes.
        func write() async throws -> Int {
            var count = 0
            while !end.isReached.withLock({ $0 }) {
                let type = Self.types[count % Self.types.count]
                let text = #"{"resourceType":"\#(type)","id":"w-\#(count)","subject":{"reference":"Patient/p1"}}"#
                let submission = Submission(try TestCustodian.resource(text))
                _ = try await fixture.house.custodian.write([submission], patient: "p1")
                count += 1
                try await Task.sleep(for: .milliseconds(10))
            }
            return count
        }

        /// Grants and revokes all the while, in tokens of whichever key is in force.
        func grantAndRevoke(to guest: RegisteredActor) async throws -> Int {
            var count = 0
            while !end.isReached.withLock({ $0 }) {
                let terms = fixture.house.permit(
                    try PolicyKeyTests.wallet(of: fixture), to: [.actor(guest.did)], classes: [.type("Flag")])
                let receipt = try await fixture.house.submit(
                    ConsentGrant(subject: fixture.wallet.subject, grants: [terms]), by: fixture.wallet)
                guard receipt.isApplied else { continue }
                let revoke = ConsentRevoke(
                    subject: fixture.wallet.subject, grants: [Grant.id(transaction: receipt.transactionID, index: 0)])
                #expect(try await PolicyKeyTests.act(revoke, fixture).isApplied)
                count += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            return count
        }

        private static let types = [
            "Condition", "Procedure", "CarePlan", "Flag", "Goal", "RiskAssessment", "DeviceRequest", "ServiceRequest",
            "NutritionOrder", "ClinicalImpression", "Encounter", "Specimen", "Media", "CareTeam", "List", "Composition",
        ]
    }

    // MARK: - Step by step

    /// Stopped before any step, with a restart or without, everything is as it was, and the same again ends it.
    @Test(arguments: 0...2, [false, true])
    func goesOnFromAnyStep(step: Int, isRestarted: Bool) async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        _ = try await fixture.grantLaboratory()
        let first = try house.custodian.policy(of: fixture.wallet.subject).key
        try await Self.replace(fixture, upTo: step)
        if isRestarted { try await house.restart() }
        let asker = house.asker(fixture.laboratory, patient: "p1")
        #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
        #expect(try house.custodian.policy(of: fixture.wallet.subject).key == first)
        // What is told of the next key is the same as before.
        let told = try await house.custodian.succession(
            of: fixture.wallet.subject, after: 1, for: fixture.wallet.consentKey.publicKey)
        #expect(told.key.version == 2 && !told.isInForce && told.key != first)
        #expect(
            try await house.custodian.succession(
                of: fixture.wallet.subject, after: 1, for: fixture.wallet.consentKey.publicKey
            ).key == told.key)
        try await Self.replace(fixture)
        if isRestarted { try await house.restart() }
        #expect(try house.custodian.policy(of: fixture.wallet.subject).key == told.key)
        #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
        #expect(!Self.isReleased(try await fixture.read("DocumentReference", "psy", by: asker)))
        // A wallet that was cut off after the last step asks again and gets the key in force.
        let again = try await house.custodian.succession(
            of: fixture.wallet.subject, after: 1, for: fixture.wallet.consentKey.publicKey)
        #expect(again.isInForce && again.key == told.key && again.grants.isEmpty)
        _ = try await Self.grant(
            house.permit(try Self.wallet(of: fixture), to: [.actor(fixture.surgeon.did)], classes: [.all]), fixture)
        #expect(
            Self.isReleased(
                try await fixture.read("DocumentReference", "psy", by: house.asker(fixture.surgeon, patient: "p1"))))
    }

    /// Somebody with a copy of the wallet begins a replacement; the patient, with another consent key, ends one that is
    /// the patient's alone: another key, and grants that say what the patient says.
    @Test func whatAThiefPreparedIsThrownAway() async throws {
        let fixture = try await Fixture()
        let (house, custodian, subject) = (fixture.house, fixture.house.custodian, fixture.wallet.subject)
        _ = try await Self.grant(
            house.permit(fixture.wallet, to: [.actor(fixture.laboratory.did)], classes: [.all]), fixture)
        let first = try custodian.policy(of: subject).key
        var told = try await custodian.succession(of: subject, after: 1, for: fixture.wallet.consentKey.publicKey)
        told.grants[0].labels.grantees = [.actor(fixture.surgeon.did)]
        told.grants[0].tokens.grantees = TokenSet(
            padding: [first.token(for: .actor(fixture.surgeon.did))], random: house.random)!
        for call in try told.restatements(of: subject, from: first, random: house.random) {
            #expect(try await Self.act(call, fixture).isApplied)
        }
        let next = SigningKey.random(from: house.random)
        #expect(
            try await Self.act(ConsentRotateConsentKey(subject: subject, consentKey: next.publicKey), fixture)
                .isApplied)
        // The thief's session goes on a while, and the thief's key is no key to ask with.
        #expect(
            await code {
                _ = try await custodian.succession(of: subject, after: 1, for: fixture.wallet.consentKey.publicKey)
            } == "signer.not_allowed")
        // Nor is anybody moved on to a key that was told to the holder of another.
        let maker = UnsignedTransactionMaker(
            chainID: custodian.ledger.chainID, time: house.clock, random: house.random)
        func rotation() throws -> AdmittedTransaction {
            try custodian.ledger.admit(
                maker.envelope(ConsentRotatePolicyKey(subject: subject, policyKeyVersion: 2), key: next))
        }
        #expect(await code { _ = try await custodian.submit(rotation()) } == "policy_key.unprepared")
        let again = try await custodian.succession(of: subject, after: 1, for: next.publicKey)
        #expect(again.key.version == 2 && again.key.secret != told.key.secret && again.grants.count == 1)
        #expect(try await custodian.succession(of: subject, after: 1, for: next.publicKey).key == again.key)
        // Nobody moves on to profiles in tokens of a key that is thrown away.
        let profile = try #require(try custodian.vault.directory.subject(subject).profiles.first)
        let registration = RecordsRegisterProfile(
            subject: subject, profile: ProfileNumber(UInt64(profile.number))!,
            classes: TokenSet(padding: profile.labels.map { told.key.token(for: $0) }, random: house.random)!,
            policyKeyVersion: 2)
        #expect(
            try await custodian.ledger.submit(maker.envelope(registration, key: house.network.nodeKey)).isApplied)
        #expect(await code { _ = try await custodian.submit(rotation()) } == "policy_key.unprepared")
        #expect(try await custodian.replacePolicyKey(of: subject, signing: next) == 2)
        #expect(try custodian.policy(of: subject).key == again.key)
        let (laboratory, surgeon) = (
            house.asker(fixture.laboratory, patient: "p1"), house.asker(fixture.surgeon, patient: "p1")
        )
        #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: laboratory)))
        #expect(!Self.isReleased(try await fixture.read("Observation", "hb", by: surgeon)))
    }

    @Test(arguments: 0...3) func aRevocationMeanwhileHolds(step: Int) async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let receipt = try await fixture.grantLaboratory()
        let kept = try await Self.grant(
            house.permit(fixture.wallet, to: [.actor(fixture.surgeon.did)], classes: [.all]), fixture)
        try await Self.replace(fixture, upTo: step)
        let revoke = ConsentRevoke(
            subject: fixture.wallet.subject, grants: [Grant.id(transaction: receipt.transactionID, index: 0)])
        #expect(try await Self.act(revoke, fixture).isApplied)
        let asker = house.asker(fixture.laboratory, patient: "p1")
        #expect(!Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
        if step < 3 { try await Self.replace(fixture) }
        #expect(!Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
        let surgeon = house.asker(fixture.surgeon, patient: "p1")
        #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: surgeon)))
        #expect(
            try house.custodian.grants(of: fixture.wallet.subject).map { $0.ending?.kind }
                == [.revoked, nil])
        #expect(try house.custodian.policy(of: fixture.wallet.subject).policy.grants.map(\.id) == [kept])
    }

    // MARK: - What was before

    @Test func whatWasRecordedBeforeStaysReadableAndProven() async throws {
        let fixture = try await Fixture()
        let (house, custodian) = (fixture.house, fixture.house.custodian)
        let subject = fixture.wallet.subject
        let trust = house.network.trust
        _ = try await fixture.grantLaboratory()
        let ended = try await Self.grant(
            house.permit(fixture.wallet, to: [.actor(fixture.surgeon.did)], classes: [.type("Observation")]), fixture)
        _ = try await house.submit(ConsentRevoke(subject: subject, grants: [ended]), by: fixture.wallet)
        let asker = house.asker(fixture.laboratory, patient: "p1")
        guard case .released(let release) = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("a permitted record was not released")
            return
        }
        let name = ResourceName(type: "Observation", id: "hb")
        let event = release.receipt.transactionID
        let before = try await custodian.recordProof(name, of: subject, event: event)
        let log = try custodian.accessLog(of: subject)
        let told = try custodian.toldGrants(of: subject).map(\.statement)
        #expect(told.count == 2 && told.allSatisfy { Self.isRead($0.grantees) && Self.isRead($0.classes) })
        for _ in 0..<2 { try await Self.replace(fixture) }
        try await house.restart()
        let after = house.custodian
        // The same words of the same grants, those of a key before the last included.
        #expect(try after.toldGrants(of: subject).map(\.statement) == told)
        #expect(try after.grants(of: subject).map { $0.isActive(at: UnixSeconds(house.clock.now())) } == [true, false])
        #expect(try after.accessLog(of: subject).map(\.reason) == log.map(\.reason))
        #expect(try after.accessLog(of: subject).map(\.grants) == log.map(\.grants))
        for file in [
            before, try await after.recordProof(name, of: subject, event: event),
            try await after.accessLogProof(of: subject),
        ] {
            let verdict = try ProofVerifier.verify(file.encoded, trust: trust)
            #expect(
                verdict.statements.contains { statement in
                    if case .access(_, _, _, _, let missing, _) = statement { return missing.isEmpty }
                    return false
                })
        }
        guard case .released(let second) = try await fixture.read("Observation", "hb", by: asker) else {
            Issue.record("a permitted record was not released")
            return
        }
        let proof = try await after.recordProof(name, of: subject, event: second.receipt.transactionID)
        #expect(
            try ProofVerifier.verify(proof.encoded, trust: trust).statements.contains { statement in
                if case .authorised(_, _, _, let grants) = statement { return !grants.isEmpty }
                return false
            })
        let acts = try after.consentActs(of: subject).map(\.call)
        let replacement = ["consent.restate", "consent.rotate_policy_key"]
        #expect(Array(acts.suffix(4)) == replacement + replacement)
        let preview = try after.preview(
            of: subject, by: [.role(code: "laboratory", organisation: after.organisation)], purposes: ["TREAT"],
            action: .read)
        #expect(preview.items.filter(\.isPermitted).map(\.resource) == [name])
    }

    @Test func anEmergencyGoesOnAndAFirmDenyHolds() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        var deny = house.permit(
            fixture.wallet, to: [.organisation(house.custodian.organisation)], classes: [.sensitivity("PSY")])
        deny.kind = .deny
        deny.isEvenInEmergency = true
        _ = try await Self.grant(deny, fixture)
        let asker = house.asker(fixture.surgeon, patient: "p1", purposes: ["ETREAT"])
        _ = try await house.custodian.openEmergency(
            EmergencyOrder(patient: "p1", reason: .unableToConsent, seconds: 600), by: asker)
        for version: UInt32 in 1...3 {
            #expect(try house.custodian.policy(of: fixture.wallet.subject).key.version == version)
            #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
            #expect(!Self.isReleased(try await fixture.read("DocumentReference", "psy", by: asker)))
            try await Self.replace(fixture)
        }
        let emergency = try #require(try house.custodian.openReviews().first)
        #expect(emergency.patient == "p1" && emergency.request?.askerDisplayName == "Dr surgeon")
    }

    // MARK: - What is refused

    @Test func aKeyThatWasNotMadeHereReachesNoLedger() async throws {
        let fixture = try await Fixture()
        let size = fixture.house.custodian.ledger.head.header.logSize
        for version: UInt32 in [2, 3] {
            do throws(SteleError) {
                let rotation = ConsentRotatePolicyKey(subject: fixture.wallet.subject, policyKeyVersion: version)
                let custodian = fixture.house.custodian
                let maker = UnsignedTransactionMaker(
                    chainID: custodian.ledger.chainID, time: fixture.house.clock, random: fixture.house.random)
                _ = try await custodian.submit(
                    custodian.ledger.admit(maker.envelope(rotation, key: fixture.wallet.consentKey)))
                Issue.record("a policy key was taken over that nobody here has")
            } catch { #expect(error.code == .policyKeyUnprepared) }
        }
        #expect(fixture.house.custodian.ledger.head.header.logSize == size)
    }

    /// A deny of somebody whom nobody here knows would be said again as a deny of nobody.
    @Test func whatCannotBeReadIsNotGuessed() async throws {
        let fixture = try await Fixture()
        let house = fixture.house
        let stranger = Label.actor("did:example:stranger")
        let laboratory = Label.role(code: "laboratory", organisation: house.custodian.organisation)
        var deny = house.permit(fixture.wallet, to: [stranger, laboratory], classes: [.sensitivity("PSY")])
        deny.kind = .deny
        let unread = try await Self.grant(deny, fixture)
        _ = try await fixture.grantLaboratory()
        for _ in 0..<2 {
            do throws(SteleError) {
                let old = try house.custodian.policy(of: fixture.wallet.subject).key
                let next = try await house.custodian.succession(
                    of: fixture.wallet.subject, after: 1, for: fixture.wallet.consentKey.publicKey)
                #expect(next.grants.count == 2 && next.grants.allSatisfy { !$0.isWhole })
                _ = try next.restatements(of: fixture.wallet.subject, from: old, random: house.random)
                Issue.record("a deny was stated that nobody can read")
            } catch {
                // The laboratory's has exceptions, so what of it is padding is not certain either.
                #expect(error.code == .policyKeyUnread && error.message.contains("2 grants"))
            }
        }
        let asker = house.asker(fixture.laboratory, patient: "p1")
        #expect(Self.isReleased(try await fixture.read("Observation", "hb", by: asker)))
        // Who knows what they say says so, as a wallet does of the grants it made.
        var next = try await house.custodian.succession(
            of: fixture.wallet.subject, after: 1, for: fixture.wallet.consentKey.publicKey)
        for index in next.grants.indices {
            if next.grants[index].kind == .deny { next.grants[index].labels.grantees.insert(stranger) }
            next.grants[index].isWhole = true
        }
        for call in try next.restatements(
            of: fixture.wallet.subject, from: fixture.wallet.policyKey, random: house.random)
        { #expect(try await Self.act(call, fixture).isApplied) }
        let policy = try house.custodian.policy(of: fixture.wallet.subject).policy
        #expect(policy.policyKeyVersion == 1)
        #expect(
            try await Self.act(
                ConsentRotatePolicyKey(subject: fixture.wallet.subject, policyKeyVersion: 2), fixture
            ).isApplied)
        let terms = try house.custodian.policy(of: fixture.wallet.subject).policy.grants.first { $0.id == unread }?
            .terms
        #expect(terms?.grantees.tokens.contains(next.key.token(for: stranger)) == true)
        #expect(terms?.grantees.tokens.contains(next.key.token(for: laboratory)) == true)
    }

    // MARK: - Without a wallet

    @Test func theNodeReplacesThatOfAnUnclaimedWallet() async throws {
        let fixture = try await Fixture()
        let (house, custodian) = (fixture.house, fixture.house.custodian)
        let draft = SubjectDraft(
            patient: "p2", displayName: "Pat Two", consentKey: .zero, organisation: custodian.organisation)
        let enrolment = try await custodian.enrolUnclaimed(draft, EnrolmentTerms(treatingPermit: true))
        let text = Fixture.result.replacing("\"hb\"", with: "\"hb2\"").replacing("Patient/p1", with: "Patient/p2")
        _ = try await custodian.write([Submission(try TestCustodian.resource(text))], patient: "p2")
        let asker = house.asker(fixture.surgeon, patient: "p2")
        for version: UInt32 in [2, 3] {
            #expect(try await custodian.replacePolicyKey(of: "p2") == version)
            #expect(Self.isReleased(try await fixture.read("Observation", "hb2", by: asker)))
        }
        // Enrolled again, the permit is known and not made twice.
        _ = try await custodian.enrolUnclaimed(draft, EnrolmentTerms(treatingPermit: true))
        #expect(try custodian.policy(of: enrolment.subject.id).policy.grants.count == 1)
        let claimed = try await custodian.claimWallet(of: "p2")
        #expect(claimed.policyKey.version == 3)
        let wallet = TestCustodian.Wallet(
            patient: "p2", consentKey: try SigningKey(seed: claimed.consentSeed), enrolment: enrolment,
            policyKey: claimed.policyKey)
        var deny = house.permit(wallet, to: [.actor(fixture.surgeon.did)], classes: [.all])
        deny.kind = .deny
        #expect(
            try await house.submit(ConsentGrant(subject: wallet.subject, grants: [deny]), by: wallet).isApplied)
        #expect(!Self.isReleased(try await fixture.read("Observation", "hb2", by: asker)))
        do throws(SteleError) {
            _ = try await custodian.replacePolicyKey(of: "p2")
            Issue.record("the node replaced a patient's own key")
        } catch { #expect(error.code == .vaultWalletClaimed) }
    }
}

private final class End: Sendable {
    let isReached = Mutex(false)
}

/// The longest that anybody waited.
private final class Longest: Sendable {
    private let longest = Mutex(Duration.zero)
    var duration: Duration { longest.withLock { $0 } }

    func note(_ duration: Duration) { longest.withLock { $0 = max($0, duration) } }
}
