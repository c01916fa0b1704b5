// ContractsTests · a network without blocks: calls go through envelope, signature and decoder, then run at once.
import Contracts
import Cryptography
@testable import Ledger
import Primitives
import Testing

/// Runs calls one after the other on rows in memory, under a clock that tests set.
final class ContractNetwork {
    static let start: UInt64 = 1_800_000_000 / 86_400 * 86_400

    let random: SeededRandom
    let admin: SigningKey
    let node: SigningKey
    let genesis: Genesis
    let committed = MemoryState()
    let state: StateView
    var time = UnixSeconds(ContractNetwork.start)
    private(set) var height: UInt64 = 1
    private(set) var lastTransaction = TransactionID.zero
    private(set) var lastBody: TransactionBody?
    private(set) var lastChanges: [StateChange] = []

    init(seed: UInt64 = 1) throws {
        random = SeededRandom(seed)
        admin = .random(from: random)
        node = .random(from: random)
        genesis = try Genesis(
            name: "test", time: Timestamp(seconds: Self.start), random: random.bytes32(),
            validators: [Validator(key: SigningKey.random(from: random).publicKey, weight: 1)],
            organisation: "st-elsewhere", adminKey: admin.publicKey, nodeKey: node.publicKey)
        state = StateView(reader: committed)
        try StandardContracts().writeGenesis(genesis, into: state)
        state.applyTransaction()
        commit()
    }

    /// Runs `call` signed by `key` in a block of its own; a refusal leaves no trace.
    @discardableResult
    func run(_ call: some ContractCall, by key: SigningKey) throws -> Outcome {
        try run(type(of: call).declaration.name, call.encodedArguments(), by: key)
    }

    @discardableResult
    func run(_ call: String, _ arguments: [UInt8], by key: SigningKey) throws -> Outcome {
        let envelope = UnsignedTransaction(
            chainID: genesis.chainID, signer: key.publicKey, validUntil: time.seconds + 60, call: call,
            arguments: arguments, random: random
        ).signed(by: [key])
        let admitted = try AdmittedTransaction(
            admitting: envelope, chainID: genesis.chainID, contracts: StandardContracts())
        height += 1
        lastTransaction = admitted.transaction.id
        lastBody = admitted.transaction.body
        let context = CallContext(
            transactionID: lastTransaction, signer: key.publicKey, signers: [key.publicKey],
            time: Timestamp(seconds: time.seconds), height: height, state: state)
        let outcome = try admitted.call.execute(in: context)
        if outcome.status == 0 { state.applyTransaction() } else { state.refuseTransaction() }
        commit()
        if outcome.status != 0 {
            #expect(lastChanges.isEmpty && outcome.indexKeys.isEmpty && outcome.result == [0xa0])
        }
        return outcome
    }

    private func commit() {
        lastChanges = state.takeBlock()
        committed.apply(lastChanges)
    }

    /// The code with which `call` is refused, or nil if it is applied.
    func refusal(of call: some ContractCall, by key: SigningKey) throws -> String? {
        let outcome = try run(call, by: key)
        guard outcome.status != 0 else { return nil }
        return Contract.refusal(status: outcome.status)?.code.name ?? "unnumbered"
    }

    /// Runs `call`, which must be applied, and decodes its result.
    @discardableResult
    func applied<Call: ContractCall>(_ call: Call, by key: SigningKey) throws -> Call.Result {
        let outcome = try run(call, by: key)
        try #require(
            outcome.status == 0, "refused with \(Contract.refusal(status: outcome.status)?.code.name ?? "?")")
        return try Call.Result(decoding: outcome.result)
    }

    func key() -> SigningKey { .random(from: random) }
    func id() -> Bytes32 { random.bytes32() }
}

// MARK: - Subjects
/// A registered subject with its consent key and one token for each name used.
struct TestSubject {
    let id: SubjectID
    let key: SigningKey

    /// What stands for `name` under this subject's policy key.
    func token(_ name: String, version: UInt32 = 1) -> Token {
        SHA256.hash(tag: "test-token", id.bytes + [UInt8(version)] + name.utf8)
    }

    /// The padded set of `names`.
    func tokens(_ names: [String], version: UInt32 = 1, random: SeededRandom) throws -> TokenSet {
        try #require(TokenSet(padding: names.map { token($0, version: version) }, random: random))
    }
}

extension ContractNetwork {
    /// Registers a subject at the founding organisation, with `profiles` numbered from 0.
    func subject(profiles: [[String]] = []) throws -> TestSubject {
        let subject = TestSubject(id: id(), key: key())
        try applied(RecordsRegisterSubject(subject: subject.id, consentKey: subject.key.publicKey), by: node)
        for (number, names) in profiles.enumerated() {
            try register(profile: number, names, of: subject)
        }
        return subject
    }

    func register(profile number: Int, _ names: [String], of subject: TestSubject, version: UInt32 = 1) throws {
        let profile = try #require(ProfileNumber(UInt64(number)))
        let classes = try subject.tokens(names, version: version, random: random)
        try applied(
            RecordsRegisterProfile(
                subject: subject.id, profile: profile, classes: classes, policyKeyVersion: version), by: node)
    }

    /// Terms for a day from the network's start.
    func terms(
        _ kind: GrantKind = .permit, of subject: TestSubject, to grantees: [String], for purposes: [String] = ["treat"],
        on classes: [String] = ["all"], except: [String]? = nil, actions: Actions = .all,
        from notBefore: UInt64 = ContractNetwork.start, until notAfter: UInt64 = ContractNetwork.start + 86_400,
        obligations: Obligations = [], version: UInt32 = 1, evenInEmergency: Bool = false
    ) throws -> GrantTerms {
        GrantTerms(
            kind: kind, grantees: try subject.tokens(grantees, version: version, random: random), actions: actions,
            purposes: try subject.tokens(purposes, version: version, random: random),
            classes: try subject.tokens(classes, version: version, random: random),
            except: try except.map { try subject.tokens($0, version: version, random: random) },
            notBefore: UnixSeconds(notBefore), notAfter: UnixSeconds(notAfter), obligations: obligations,
            termsCommitment: id(), policyKeyVersion: version, isEvenInEmergency: evenInEmergency)
    }

    /// Makes one grant and returns its id.
    @discardableResult
    func grant(
        _ terms: GrantTerms, of subject: TestSubject, episode: Bytes32? = nil, by key: SigningKey? = nil
    ) throws -> Digest {
        let call = ConsentGrant(subject: subject.id, grants: [terms], episode: episode)
        return try #require(try applied(call, by: key ?? subject.key).grants.first)
    }

    /// `grant` of `subject` in tokens of the policy key `version`, as ``terms(_:of:to:)`` makes them.
    func restated(
        _ grant: Digest, of subject: TestSubject, to grantees: [String], for purposes: [String] = ["treat"],
        on classes: [String] = ["all"], except: [String]? = nil, version: UInt32
    ) throws -> RestatedGrant {
        RestatedGrant(
            grant: grant,
            tokens: GrantTokens(
                grantees: try subject.tokens(grantees, version: version, random: random),
                purposes: try subject.tokens(purposes, version: version, random: random),
                classes: try subject.tokens(classes, version: version, random: random),
                except: try except.map { try subject.tokens($0, version: version, random: random) }))
    }

    /// A request by `asker`, expecting what the preview shows unless told otherwise.
    func request(
        _ subject: TestSubject, by asker: [String], for purposes: [String] = ["treat"], action: Action = .read,
        expected: ProfileSet? = nil, version: UInt32 = 1
    ) throws -> AccessRequest {
        let asker = try subject.tokens(asker, version: version, random: random)
        let purposes = try subject.tokens(purposes, version: version, random: random)
        let question = ConsentQuestion(asker: asker, purposes: purposes, action: action, time: time)
        let preview = try AccessPreview.decide(question, about: subject.id, in: state)
        return AccessRequest(
            subject: subject.id, askerCommitment: id(), asker: asker, action: action, purposes: purposes,
            expected: expected ?? preview?.permitted ?? ProfileSet(), manifestRoot: id(), policyKeyVersion: version)
    }
}

extension ProfileSet {
    /// The set of these numbers.
    init(_ numbers: Int...) { self.init(bits: numbers.reduce(0) { $0 | 1 << UInt64($1) }) }
}
