// SteleCommand · `stele keys root`, `stele keys node` and `stele keys patient`.
internal import JSON
internal import Primitives

/// Replaces the root key.
struct KeysRootVerb: Verb {
    let name = "keys root"
    let summary = "replace the root key, and destroy the old one"
    let help = Help(
        meaning: """
            Wraps every patient's key under a new root key, seals the directory and the node's own keys under it, and \
            overwrites the old one. Backups keep opening with the newest key store ([keys] mirror) and the new root \
            key. Replace your copy of the root key when this returns.
            """,
        options: Connection.officerOptions, examples: ["stele keys root --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let epoch = try await session.send("POST", "/custodian/v1/keys/root").json().requiredNumber("epoch")
        terminal.line("the root key is new: epoch \(epoch). Replace your copy of it now.")
        terminal.result(["epoch": .number(String(epoch))])
        return .success
    }
}

/// Replaces the node's key.
struct KeysNodeVerb: Verb {
    let name = "keys node"
    let summary = "replace the key with which the node signs, and revoke the old one"
    let help = Help(
        meaning: """
            Registers a new node key on the ledger, signs with it from then on, and revokes the old one there. What \
            was signed before stays valid. Backups made before still restore: each key vouches for the next.
            """,
        options: Connection.officerOptions, examples: ["stele keys node --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let key = try await session.send("POST", "/custodian/v1/keys/node").json().requiredText("key")
        terminal.line("the node signs with a new key: \(key)")
        terminal.result(["key": .string(key)])
        return .success
    }
}

/// Renews the keys of a patient's records.
struct KeysPatientVerb: Verb {
    let name = "keys patient"
    let summary = "seal a patient's records under new keys from now on"
    let help = Help(
        meaning: "Gives each category of a patient's records a new key. What was sealed before stays as it is.",
        operands: Operands("PATIENT", 1...1), options: Connection.officerOptions,
        examples: ["stele keys patient marta-kestrel --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let patient = arguments.operands[0]
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let count = try await session.send(
            "POST", "/custodian/v1/subjects/\(PercentText.encode(patient))/keys"
        ).json().requiredNumber("categories")
        terminal.line("\(patient): \(count) categories have new keys")
        terminal.result(["patient": .string(patient), "categories": .number(String(count))])
        return .success
    }
}
