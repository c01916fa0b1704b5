// ContractsTests · a policy key replaced: everything in force is stated under the next one, then one act moves on to
// it, and no decision changes by it.
import Contracts
import Cryptography
import Ledger
import Primitives
import Testing

@Suite struct PolicyKeyTests {
    private let network: ContractNetwork
    private let subject: TestSubject

    init() throws {
        network = try ContractNetwork()
        subject = try network.subject(profiles: [["all", "lab"], ["all", "psy"]])
    }

    private func refusal(_ call: some ContractCall, by key: SigningKey? = nil) throws -> String? {
        try network.refusal(of: call, by: key ?? subject.key)
    }

    private func rotation(to version: UInt32) -> ConsentRotatePolicyKey {
        ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: version)
    }

    private func restatement(_ grants: [RestatedGrant], version: UInt32 = 2) -> ConsentRestate {
        ConsentRestate(subject: subject.id, policyKeyVersion: version, grants: grants)
    }

    private func register(version: UInt32, _ classes: [[String]] = [["all", "lab"], ["all", "psy"]]) throws {
        for (number, names) in classes.enumerated() {
            try network.register(profile: number, names, of: subject, version: version)
        }
    }

    /// What `asker` may read now, in tokens of `version`.
    private func permitted(_ asker: String = "doctor", version: UInt32) throws -> ProfileSet {
        try network.request(subject, by: [asker], version: version).expected
    }

    @Test func movesOnOnceEverythingInForceIsStated() throws {
        let episode = network.id()
        let permit = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let deny = try network.grant(
            network.terms(.deny, of: subject, to: ["doctor"], on: ["psy"], evenInEmergency: true), of: subject)
        let ended = try network.grant(network.terms(of: subject, to: ["nurse"]), of: subject, episode: episode)
        try network.grant(
            network.terms(of: subject, to: ["nurse"], until: ContractNetwork.start + 60), of: subject)
        network.time = UnixSeconds(ContractNetwork.start + 60)
        for version: UInt32 in [1, 3] { #expect(try refusal(rotation(to: version)) == "policy_key.version") }
        #expect(try refusal(rotation(to: 2)) == "policy_key.incomplete")
        try network.register(profile: 0, ["all", "lab"], of: subject, version: 2)
        let first = [
            try network.restated(permit, of: subject, to: ["doctor"], version: 2),
            try network.restated(ended, of: subject, to: ["nurse"], version: 2),
        ]
        #expect(try refusal(restatement(first)) == nil)
        #expect(try refusal(rotation(to: 2)) == "policy_key.incomplete")
        try network.register(profile: 1, ["all", "psy"], of: subject, version: 2)
        #expect(try refusal(rotation(to: 2)) == "policy_key.incomplete")
        #expect(
            try refusal(
                restatement([try network.restated(deny, of: subject, to: ["doctor"], on: ["psy"], version: 2)])) == nil)
        // What comes in between is to be stated as well, and what is stated already decides nothing yet.
        let late = try network.grant(network.terms(of: subject, to: ["clerk"]), of: subject)
        try network.register(profile: 2, ["all"], of: subject)
        #expect(try refusal(rotation(to: 2)) == "policy_key.incomplete")
        #expect(try permitted(version: 1) == ProfileSet(0, 2) && permitted(version: 2) == ProfileSet())
        try network.register(profile: 2, ["all"], of: subject, version: 2)
        try network.applied(
            restatement([try network.restated(late, of: subject, to: ["clerk"], version: 2)]), by: subject.key)
        #expect(try refusal(rotation(to: 2)) == nil)
        #expect(network.lastChanges.count == 1)
        #expect(try permitted(version: 2) == ProfileSet(0, 2) && permitted(version: 1) == ProfileSet())
        #expect(try permitted("clerk", version: 2) == ProfileSet(0, 1, 2))
        // A grant keeps its id and its episode: one act ends it as ever.
        #expect(try permitted("nurse", version: 2) == ProfileSet(0, 1, 2))
        #expect(try refusal(ConsentEndEpisode(subject: subject.id, episode: episode)) == nil)
        #expect(try permitted("nurse", version: 2) == ProfileSet())
        #expect(try refusal(ConsentRevoke(subject: subject.id, grants: [permit])) == nil)
        #expect(try permitted(version: 2) == ProfileSet())
    }

    @Test func aSubjectWithoutAnythingMovesOnAtOnce() throws {
        let other = try network.subject()
        let rotation = ConsentRotatePolicyKey(subject: other.id, policyKeyVersion: 2)
        #expect(try network.refusal(of: rotation, by: other.key) == nil)
        let terms = try network.terms(of: other, to: ["doctor"])
        let old = ConsentGrant(subject: other.id, grants: [terms])
        #expect(try network.refusal(of: old, by: other.key) == "policy_key.version")
        try network.grant(network.terms(of: other, to: ["doctor"], version: 2), of: other)
    }

    /// A revocation between any two steps holds, and stands in nobody's way.
    @Test(arguments: 0..<3) func whatEndsMeanwhileStaysEnded(step: Int) throws {
        let ended = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let other = try network.grant(network.terms(of: subject, to: ["nurse"]), of: subject)
        let revocation = ConsentRevoke(subject: subject.id, grants: [ended])
        try register(version: 2)
        let both = [
            try network.restated(ended, of: subject, to: ["doctor"], version: 2),
            try network.restated(other, of: subject, to: ["nurse"], version: 2),
        ]
        if step == 0 {
            #expect(try refusal(revocation) == nil)
            #expect(try refusal(restatement(both)) == "grant.unknown")
            #expect(try refusal(rotation(to: 2)) == "policy_key.incomplete")
            #expect(try refusal(restatement([both[1]])) == nil)
        } else {
            #expect(try refusal(restatement(both)) == nil)
        }
        if step == 1 { #expect(try refusal(revocation) == nil) }
        #expect(try refusal(rotation(to: 2)) == nil)
        if step == 2 { #expect(try refusal(revocation) == nil) }
        #expect(try permitted(version: 2) == ProfileSet() && permitted("nurse", version: 2) == ProfileSet(0, 1))
        #expect(try refusal(restatement([both[0]], version: 3)) == "grant.unknown")
    }

    @Test func aGrantIsStatedAsItIsOrNotAtAll() throws {
        let plain = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let excepting = try network.grant(
            network.terms(of: subject, to: ["doctor"], except: ["psy"]), of: subject)
        let five = ["a", "b", "c", "d", "e"]
        for other in [
            try network.restated(plain, of: subject, to: ["doctor"], except: ["psy"], version: 2),
            try network.restated(excepting, of: subject, to: ["doctor"], version: 2),
            try network.restated(plain, of: subject, to: five, version: 2),
            try network.restated(plain, of: subject, to: ["doctor"], for: five, version: 2),
            try network.restated(plain, of: subject, to: ["doctor"], on: five, version: 2),
        ] { #expect(try refusal(restatement([other])) == "grant.differs") }
        let right = try network.restated(plain, of: subject, to: ["doctor"], version: 2)
        for version: UInt32 in [1, 3] { #expect(try refusal(restatement([right], version: version)) != nil) }
        let unknown = try network.restated(network.id(), of: subject, to: ["doctor"], version: 2)
        #expect(try refusal(restatement([right, unknown])) == "grant.unknown")
        #expect(try network.state.restatedPolicy(of: subject.id)?.signers == [:])
        #expect(throws: SteleError.self) { try network.run(restatement([right, right]), by: subject.key) }
        #expect(throws: SteleError.self) { try network.run(restatement([]), by: subject.key) }
        // Another subject's grant is none here.
        let other = try network.subject()
        let foreign = ConsentRestate(subject: other.id, policyKeyVersion: 2, grants: [right])
        #expect(try refusal(foreign, by: other.key) == "grant.unknown")
        // The last statement counts.
        let wrong = try network.restated(plain, of: subject, to: ["nobody"], version: 2)
        #expect(try refusal(restatement([wrong])) == nil)
        #expect(try refusal(restatement([right])) == nil)
        let exact = try network.restated(excepting, of: subject, to: ["doctor"], except: ["psy"], version: 2)
        #expect(try refusal(restatement([exact])) == nil)
        #expect(try network.state.restatedPolicy(of: subject.id)?.signers.keys.sorted() == [plain, excepting].sorted())
        try register(version: 2)
        #expect(try refusal(rotation(to: 2)) == nil)
        #expect(try permitted(version: 2) == ProfileSet(0, 1))
        let policy = try #require(try AccessPreview.policy(of: subject.id, in: network.state))
        #expect(policy.grants.allSatisfy { $0.terms.policyKeyVersion == 2 && $0.terms.actions == .all })
    }

    /// What somebody states who had the key is not what the patient moves on to, once the key is another.
    @Test func anothersStatementsDoNotCount() throws {
        let (doctor, thief) = (["doctor"], ["thief"])
        let grant = try network.grant(network.terms(of: subject, to: doctor), of: subject)
        try register(version: 2)
        #expect(try refusal(restatement([network.restated(grant, of: subject, to: thief, version: 2)])) == nil)
        let (next, delegate) = (network.key(), network.key())
        try network.applied(
            ConsentRegisterDelegate(
                subject: subject.id, delegate: delegate.publicKey, kind: .wallet, notAfter: UnixSeconds.max),
            by: subject.key)
        try network.applied(
            ConsentRotateConsentKey(subject: subject.id, consentKey: next.publicKey), by: subject.key)
        for key in [next, delegate] { #expect(try refusal(rotation(to: 2), by: key) == "policy_key.incomplete") }
        #expect(try refusal(rotation(to: 2)) == "signer.not_allowed")
        let right = try network.restated(grant, of: subject, to: doctor, version: 2)
        #expect(try refusal(restatement([right]), by: next) == nil)
        #expect(try refusal(rotation(to: 2), by: delegate) == "policy_key.incomplete")
        #expect(try network.state.restatedPolicy(of: subject.id)?.signers == [grant: next.publicKey])
        #expect(try refusal(rotation(to: 2), by: next) == nil)
        #expect(try permitted(version: 2) == ProfileSet(0, 1) && permitted("thief", version: 2) == ProfileSet())
    }

    @Test(arguments: DelegateKind.allCases) func onlyWalletsState(kind: DelegateKind) throws {
        let key = network.key()
        try network.applied(
            ConsentRegisterDelegate(
                subject: subject.id, delegate: key.publicKey, kind: kind, notAfter: UnixSeconds.max), by: subject.key)
        let grant = try network.grant(network.terms(of: subject, to: ["doctor"]), of: subject)
        let stated = restatement([try network.restated(grant, of: subject, to: ["doctor"], version: 2)])
        #expect(try refusal(stated, by: key) == (kind == .wallet ? nil : "signer.not_allowed"))
        for other in [network.node, network.admin] { #expect(try refusal(stated, by: other) == "signer.not_allowed") }
    }

    /// Asked in tokens of the former key, a request would meet no deny that was made since.
    @Test func whatWasPreparedUnderTheFormerKeyIsStale() throws {
        let overrideKey = network.key()
        try network.applied(NetworkAddKey(key: overrideKey.publicKey, kind: .override), by: network.admin)
        func override(_ version: UInt32, expecting expected: ProfileSet) throws -> AccessOverride {
            AccessOverride(
                subject: subject.id, askerCommitment: network.id(),
                asker: try subject.tokens(["doctor"], version: version, random: network.random), action: .read,
                purposes: try subject.tokens(["treat"], version: version, random: network.random), expected: expected,
                manifestRoot: network.id(), actorCode: network.id(), reason: .unableToConsent, seconds: 600,
                policyKeyVersion: version)
        }
        let request = try network.request(subject, by: ["doctor"])
        let open = try override(1, expecting: ProfileSet(0, 1))
        try register(version: 2)
        #expect(try refusal(rotation(to: 2)) == nil)
        try network.grant(
            network.terms(.deny, of: subject, to: ["doctor"], version: 2, evenInEmergency: true), of: subject)
        #expect(request.expected.isEmpty)
        #expect(try refusal(request, by: network.node) == "access.stale")
        #expect(try refusal(open, by: overrideKey) == "access.stale")
        #expect(try refusal(override(2, expecting: ProfileSet(0, 1)), by: overrideKey) == "access.stale")
        #expect(try refusal(override(2, expecting: ProfileSet()), by: overrideKey) == nil)
        #expect(try refusal(network.request(subject, by: ["doctor"], version: 2), by: network.node) == nil)
    }

    /// Random policies over three keys: what was decided in tokens of one is decided in those of the next, by the same
    /// grants, before, between and after the steps.
    @Test(arguments: 1...20) func noDecisionChanges(seed: UInt64) throws {
        var generator = PolicyGenerator(seed: seed)
        let classes = ["all", "lab", "psy", "image"]
        let people = ["doctor", "nurse", "clerk"]
        let purposes = ["treat", "research"]
        struct Said {
            let id: Digest
            let to: [String]
            let purposes: [String]
            let on: [String]
            let except: [String]?
        }
        let sets = (0..<6).map { _ in Array(Set([generator.pick(classes), generator.pick(classes)])) }
        let subject = try network.subject(profiles: sets)
        var said: [Said] = []
        func decisions(_ version: UInt32) throws -> [Decision] {
            var found: [Decision] = []
            for person in people {
                for purpose in purposes {
                    for isEmergency in [false, true] {
                        let question = ConsentQuestion(
                            asker: try subject.tokens([person], version: version, random: network.random),
                            purposes: try subject.tokens([purpose], version: version, random: network.random),
                            action: .read, time: network.time, isEmergency: isEmergency)
                        found.append(
                            try #require(try AccessPreview.decide(question, about: subject.id, in: network.state)))
                    }
                }
            }
            return found
        }
        for version: UInt32 in 1...3 {
            for _ in 0..<8 {
                let isDeny = generator.number(below: 3) == 0
                let one = (
                    to: [generator.pick(people)], purposes: [generator.pick(purposes)], on: [generator.pick(classes)],
                    except: generator.number(below: 3) == 0 ? [generator.pick(classes)] : nil
                )
                let terms = try network.terms(
                    isDeny ? .deny : .permit, of: subject, to: one.to, for: one.purposes, on: one.on,
                    except: one.except, version: version, evenInEmergency: isDeny && generator.number(below: 2) == 0)
                let id = try network.grant(terms, of: subject)
                said.append(Said(id: id, to: one.to, purposes: one.purposes, on: one.on, except: one.except))
            }
            let revoked = said.remove(at: generator.number(below: said.count))
            try network.applied(ConsentRevoke(subject: subject.id, grants: [revoked.id]), by: subject.key)
            let before = try decisions(version)
            for (number, names) in sets.enumerated() {
                try network.register(profile: number, names, of: subject, version: version + 1)
            }
            #expect(try decisions(version) == before)
            for start in stride(from: 0, to: said.count, by: 16) {
                let grants = try said[start..<min(start + 16, said.count)].map {
                    try network.restated(
                        $0.id, of: subject, to: $0.to, for: $0.purposes, on: $0.on, except: $0.except,
                        version: version + 1)
                }
                try network.applied(
                    ConsentRestate(subject: subject.id, policyKeyVersion: version + 1, grants: grants),
                    by: subject.key)
            }
            #expect(try decisions(version) == before)
            try network.applied(
                ConsentRotatePolicyKey(subject: subject.id, policyKeyVersion: version + 1), by: subject.key)
            #expect(try decisions(version + 1) == before)
            #expect(before.contains { !$0.permitted.isEmpty })
        }
    }
}
