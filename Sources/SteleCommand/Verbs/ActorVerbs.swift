// SteleCommand · `stele actor add`, `rotate`, `revoke` and `list`.
internal import Cryptography
internal import JSON
public import Primitives
internal import Storage

/// The key of an actor: read from a public key file, or made here.
private enum ActorKey {
    static let publicKey = Option(
        "public-key", "FILE", "the actor's own public key, PEM; without it a key is made here")
    static let keyFile = Option("key-out", "FILE", "where a key that is made here goes, PEM", default: "ID.pem")

    /// The public key, and where the private one went if it was made here.
    static func take(_ arguments: Arguments, id: String) throws(SteleError) -> (key: PublicKey, path: String?) {
        if let path = arguments.value(publicKey) {
            let text = String(decoding: try InputFile(path).read("public key", byteCountMax: 4096), as: UTF8.self)
            return (try Ed25519.publicKey(pem: text), nil)
        }
        let path = arguments.value(keyFile) ?? id + ".pem"
        guard try AtomicFile(path).read() == nil else {
            throw SteleError(
                .keyExists, "there is a file at the path of the new key", hint: "give another --key-out")
        }
        let key = SigningKey.random(from: SystemRandom())
        // On disk before the node hears of it: a key that is registered and lost is worth nothing.
        try AtomicFile(path).write(key.pem.exposedCopy())
        return (key.publicKey, path)
    }
}

extension ErrorCode {
    /// A file that lies where a new key should go.
    public static let keyExists = ErrorCode("key.exists")
}

/// Registers a person, device or system.
struct ActorAddVerb: Verb {
    static let displayName = Option("name", "NAME", "the name that patients see")
    static let role = Option("role", "CODE", "a role at the organisation, such as surgeon", isRepeatable: true)
    static let kind = Option("kind", "KIND", "person, device or system", default: "person")
    static let officer = Option(flag: "officer", "let the actor register others and enrol patients")

    let name = "actor add"
    let summary = "register a person, device or system"
    let help = Help(
        meaning: """
            Registers an actor under an id with a name, roles and a key. On the ledger there are salted commitments \
            only. Without --public-key a key is made here and written to a file that is the actor's to keep. The DID \
            printed is what a grant to this one actor names.
            """,
        operands: Operands("ID", 1...1),
        options: [displayName, role, kind, officer, ActorKey.publicKey, ActorKey.keyFile]
            + Connection.officerOptions,
        examples: [
            "stele actor add brennauer --name \"Dr. Oskar Brennauer\" --role surgeon --data /srv/stele",
            "stele actor add registrar --name \"Front desk\" --officer --public-key registrar.pub --data /srv/stele",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let id = arguments.operands[0]
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let (key, path) = try ActorKey.take(arguments, id: id)
        let actor = try await session.addActor(
            ActorOrder(
                id: id, kind: arguments.value(Self.kind) ?? "person",
                displayName: try arguments.required(Self.displayName), roles: arguments.all(Self.role), key: key,
                isOfficer: arguments.contains(Self.officer)))
        terminal.line("registered \(actor.id)")
        terminal.line("  did  \(actor.did)")
        if let path { terminal.line("  key  \(path)") }
        terminal.result(["id": .string(actor.id), "did": .string(actor.did), "key": path.map { .string($0) } ?? .null])
        return .success
    }
}

/// Replaces an actor's key.
struct ActorRotateVerb: Verb {
    let name = "actor rotate"
    let summary = "replace the key of an actor"
    let help = Help(
        meaning: "Registers a new key for an actor. Assertions signed with the old one are refused from then on.",
        operands: Operands("ID", 1...1),
        options: [ActorKey.publicKey, ActorKey.keyFile] + Connection.officerOptions,
        examples: ["stele actor rotate brennauer --key-out brennauer-2.pem --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let id = arguments.operands[0]
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        let (key, path) = try ActorKey.take(arguments, id: id)
        try await session.rotateActorKey(id, to: key)
        terminal.line("\(id) has a new key" + (path.map { ": \($0)" } ?? ""))
        terminal.result(["id": .string(id), "key": path.map { .string($0) } ?? .null])
        return .success
    }
}

/// Ends an actor's rights.
struct ActorRevokeVerb: Verb {
    let name = "actor revoke"
    let summary = "end the rights of an actor"
    let help = Help(
        meaning: "Ends an actor's rights for ever. Access tokens that the actor holds are dead when this returns.",
        operands: Operands("ID", 1...1), options: Connection.officerOptions,
        examples: ["stele actor revoke brennauer --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        try await session.revokeActor(arguments.operands[0])
        terminal.line("revoked \(arguments.operands[0])")
        terminal.result(["revoked": .string(arguments.operands[0])])
        return .success
    }
}

/// Suspends a role of an actor.
struct ActorSuspendVerb: Verb {
    static let role = Option("role", "CODE", "the role, as the actor was given it", isRequired: true)

    let name = "actor suspend"
    let summary = "let a role of an actor hold no more until it is resumed"
    let help = Help(
        meaning: """
            Suspends the credential by which an actor holds a role. What they ask from then on is decided without it, \
            with whatever token; grants to the role stay and serve whoever else holds it.
            """,
        operands: Operands("ID", 1...1), options: [role] + Connection.officerOptions,
        examples: ["stele actor suspend brennauer --role surgeon --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        try await Self.run(true, arguments, terminal)
    }

    /// Suspends the role that `arguments` name, or resumes it.
    fileprivate static func run(
        _ isSuspended: Bool, _ arguments: Arguments, _ terminal: Terminal
    ) async throws -> ExitCode {
        let (id, role) = (arguments.operands[0], try arguments.required(role))
        let session = try Connection(arguments, Connection.officerOptions).session(.operations)
        try await session.suspendRole(role, of: id, isSuspended)
        terminal.line(isSuspended ? "suspended: \(id) is no \(role) for now" : "resumed: \(id) is \(role) again")
        terminal.result(["id": .string(id), "role": .string(role), "suspended": .bool(isSuspended)])
        return .success
    }
}

/// Resumes a suspended role of an actor.
struct ActorResumeVerb: Verb {
    let name = "actor resume"
    let summary = "let a suspended role of an actor hold again"
    let help = Help(
        meaning: "Lets a role hold again that stele actor suspend took away for a time.",
        operands: Operands("ID", 1...1), options: [ActorSuspendVerb.role] + Connection.officerOptions,
        examples: ["stele actor resume brennauer --role surgeon --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        try await ActorSuspendVerb.run(false, arguments, terminal)
    }
}

/// Lists the actors of a custodian.
struct ActorListVerb: Verb {
    let name = "actor list"
    let summary = "list the people, devices and systems known to the custodian"
    let help = Help(
        meaning: "Lists every actor with name, roles and the DID that grants name. Patients are actors for themselves.",
        options: Connection.officerOptions, examples: ["stele actor list --data /srv/stele"])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let actors = try await Connection(arguments, Connection.officerOptions).session(.operations).actors()
        for actor in actors {
            let roles = actor.roles.map { actor.suspendedRoles.contains($0) ? $0 + " (suspended)" : $0 }
            let marks = roles + (actor.isOfficer ? ["officer"] : []) + (actor.isRevoked ? ["revoked"] : [])
            terminal.line("\(actor.id)  \(actor.displayName)  \(marks.joined(separator: ", "))  \(actor.did)")
        }
        terminal.result(["actors": .array(actors.map(\.json))])
        return .success
    }
}

extension ActorAnswer {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "did": .string(did), "name": .string(displayName),
            "organisation": .string(organisation), "roles": .array(roles.map { .string($0) }),
            "officer": .bool(isOfficer), "revoked": .bool(isRevoked),
        ]
    }
}
