// SteleCommand · `stele keys policy`.
internal import Cryptography
internal import JSON
internal import Node
public import Primitives

extension ErrorCode {
    /// Grants in force that the wallet did not make, and that nobody agreed to state as they are read.
    public static let policyKeyForeign = ErrorCode("policy_key.foreign")
    /// A policy key in force that is earlier than the wallet's.
    public static let policyKeyEarlier = ErrorCode("policy_key.earlier")
}

/// Replaces the key under which a patient's labels are tokens.
struct KeysPolicyVerb: Verb {
    private static let asRead = Option(
        "as-read", "MARK", "state grants that were not made with this wallet as they were shown with this mark")
    private static let restored = Option(
        flag: "restored", "take an earlier key than the wallet's, after the custodian restored its ledger")
    private static let options = Connection.allOptions + [asRead, restored]

    let name = "keys policy"
    let summary = "replace the key that makes a patient's tokens on the ledger"
    let help = Help(
        meaning: """
            Has the custodian make the next policy key, states every profile and grant in its tokens, and moves on to \
            it in one act. Grants keep their ids and what they say, readers go on reading, and a grant that is ended \
            meanwhile stays ended. From then on nobody reads new tokens with the old key; what was recorded before can \
            be read with it for ever. Cut off, it is gone on with by the same command. If somebody else may have the \
            wallet, run stele keys consent first. Grants that were not made with this wallet are shown as the \
            custodian reads them, with a mark, and stated so with --as-read and that mark. An officer names a patient \
            whose wallet nobody has claimed instead.
            """,
        operands: Operands("[PATIENT]", 0...1), options: options,
        examples: ["stele keys policy --wallet marta.wallet", "stele keys policy marta-kestrel --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let connection = Connection(arguments, Self.options)
        if let patient = arguments.operands.first {
            guard arguments.value(.wallet) == nil else {
                throw SteleError(
                    .usageOperands, "a patient is named and a wallet is given", hint: "give one or the other")
            }
            let version = try await connection.session(.operations).send(
                "POST", "/custodian/v1/subjects/\(PercentText.encode(patient))/policy-key"
            ).json().requiredNumber("policy_key_version")
            terminal.line("\(patient) has policy key \(version)")
            terminal.result(["patient": .string(patient), "policy_key_version": .number(String(version))])
            return .success
        }
        let path = try arguments.required(.wallet)
        var patient = try connection.patient()
        var made = try await replace(of: patient, arguments, terminal)
        try Wallet.change(path, patient.subject) { $0.policyKey = made.key }
        if made.wasToldToAnother {
            terminal.line("policy key \(made.key.version) was told to somebody with another consent key: once more")
            patient = try connection.patient()
            made = try await replace(of: patient, arguments, terminal)
            try Wallet.change(path, patient.subject) { $0.policyKey = made.key }
        }
        let name = patient.subject.logicalID
        terminal.line(
            made.wasReplaced
                ? "\(name) had policy key \(made.key.version) already; the wallet has it now"
                : "\(name) has policy key \(made.key.version); grants stated under it: \(made.count). Replace your "
                    + "copies of the wallet.")
        terminal.result([
            "patient": .string(name), "policy_key_version": .number(String(made.key.version)),
            "grants": .number(String(made.count)), "replaced_before": .bool(made.wasReplaced),
        ])
        return .success
    }

    /// Replaces the key once, if whoever calls has seen what is stated of grants that the wallet did not make.
    private func replace(
        of patient: PatientConnection, _ arguments: Arguments, _ terminal: Terminal
    ) async throws(SteleError) -> PolicyKeyReplacement {
        try await patient.replacePolicyKey(mayBeEarlier: arguments.contains(Self.restored)) {
            (foreign) throws(SteleError) in
            let lines = foreign.map { "\($0.grant.hex) \($0.words)" }.sorted()
            let mark = String(SHA256.hash(Array(lines.joined(separator: "\n").utf8)).hex.prefix(16))
            guard arguments.value(Self.asRead) != mark else { return }
            terminal.line("not made with this wallet, as the custodian reads them:")
            for line in lines { terminal.line("  \(line)") }
            throw SteleError(
                .policyKeyForeign, "\(foreign.count) grants in force were not made with this wallet",
                hint: "if they say what they are to say, repeat with --as-read \(mark); if not, revoke them first")
        }
    }
}
