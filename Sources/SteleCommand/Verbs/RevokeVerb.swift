// SteleCommand · `stele revoke`.
internal import JSON
internal import Primitives

/// Ends grants in a patient's name.
struct RevokeVerb: Verb {
    static let allTo = Option("all-to", "WHO", "every grant made with this wallet to this grantee, as in stele grant")

    let name = "revoke"
    let summary = "end grants, in a patient's name"
    let help = Help(
        meaning: """
            Signs a revocation with the patient's key and submits it. When this returns, the next request under the \
            grants is refused. Name the grants by their ids, or all that were made with this wallet to one grantee.
            """,
        operands: Operands("[GRANT…]", 0...16),
        options: [allTo] + Connection.patientOptions,
        examples: [
            "stele revoke 6f2c…e1 --wallet marta.wallet",
            "stele revoke --all-to role:surgeon@st-anna --wallet marta.wallet",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let grants = try Self.grants(arguments, of: patient)
        for start in stride(from: 0, to: grants.count, by: 16) {
            try await patient.revoke(Array(grants[start..<min(start + 16, grants.count)]))
        }
        for grant in grants { terminal.line("revoked \(grant.hex)") }
        terminal.result(["revoked": .array(grants.map { .string($0.hex) })])
        return .success
    }

    private static func grants(_ arguments: Arguments, of patient: PatientConnection) throws(SteleError) -> [Digest] {
        var grants: [Digest] = []
        for text in arguments.operands {
            guard let grant = Bytes32(hex: text) else {
                throw SteleError(
                    .usageValue, "a grant's id is not 64 hexadecimal digits", hint: "copy it whole, as it was printed")
            }
            grants.append(grant)
        }
        if let who = arguments.value(allTo) {
            guard GrantScope.grantee(who) != nil else {
                throw SteleError(
                    .usageValue, "the value of --all-to is no grantee", hint: "write it as in stele grant --to")
            }
            for line in try GrantBook(walletPath: patient.wallet.path).lines()
            where line.subject == patient.subject.id && !line.isRevoked && line.isTo(who) { grants.append(line.grant) }
        }
        guard !grants.isEmpty else {
            throw SteleError(
                .usageOperands, "no grant is named, or none was made with this wallet to this grantee",
                hint: "give grant ids; the file beside the wallet that ends in .grants lists them")
        }
        return grants
    }
}

extension GrantBook.Line {
    /// Whether the grant was made to `who`, in the words of `stele grant --to`.
    func isTo(_ who: String) -> Bool {
        words.split(separator: " ").contains { word in
            word.hasPrefix("to=") && word.dropFirst(3).split(separator: ",").contains { $0 == who }
        }
    }
}
