// SteleCommand · `stele grant`.
internal import Contracts
internal import JSON
internal import Node
internal import Primitives

/// Makes grants in a patient's name.
struct GrantVerb: Verb {
    static let to = Option(
        "to", "WHO", "role:CODE@ORG, organisation:NAME, actor:DID or team:EPISODE; several with commas")
    static let classes = Option(
        "classes", "LIST", "all, categories (laboratory), types (Observation), sensitivities (PSY), with commas")
    static let except = Option("except", "LIST", "classes left out, whatever --classes says")
    static let scope = Option(
        "scope", "WORDS", "a further scope of the same act: \"to=WHO classes=LIST except=LIST\"", isRepeatable: true)
    static let days = Option("days", "NUMBER", "for how long, from now", default: "14")
    static let actions = Option(
        "action", "LIST", "read, search, export, with commas", default: "read,search")
    static let episode = Option("episode", "ID", "the episode the grants end with; opened if it is not open")
    static let forGrant = Option("purpose", "CODE", "what for, an ActReason code", default: "TREAT", isRepeatable: true)
    static let deny = Option(flag: "deny", "forbid instead: a deny beats every permit")

    static let scopeOptions = [to, classes, except, scope, forGrant, days, actions, deny]

    let name = "grant"
    let summary = "let somebody use records, in a patient's name"
    let help = Help(
        meaning: """
            Signs one act of consent with the patient's key and submits it: a permit, or with --deny a prohibition. \
            The ledger gets tokens that only the patient and their custodian can read; the words stay beside the \
            wallet, in the file ending in .grants. Several scopes are granted in one act by repeating --scope: all or \
            none. Bounds are whole minutes, or whole days of UTC beyond 90 days.
            """,
        options: scopeOptions + [episode] + Connection.patientOptions,
        examples: [
            "stele grant --wallet marta.wallet --to role:surgeon@st-anna --classes laboratory,imaging --except PSY",
            "stele grant --wallet marta.wallet --days 30 --scope \"to=role:surgeon@st-anna classes=imaging\" "
                + "--scope \"to=role:laboratory@st-anna classes=laboratory\"",
            "stele grant --wallet marta.wallet --deny --to organisation:st-anna --classes PSY --purpose HRESCH",
        ])

    func run(_ arguments: Arguments, _ terminal: Terminal) async throws -> ExitCode {
        let order = try Self.order(arguments)
        let patient = try Connection(arguments, Connection.patientOptions).patient()
        let episode = try arguments.bytes32(Self.episode)
        let lines = try await patient.give(order, episode: episode)
        for line in lines { terminal.line("granted \(line.grant.hex)"); terminal.line("  \(line.words)") }
        terminal.result([
            "grants": .array(lines.map(\.json)), "episode": episode.map { .string($0.hex) } ?? .null,
        ])
        return .success
    }

    /// What the words ask for.
    static func order(_ arguments: Arguments) throws(SteleError) -> GrantOrder {
        var scopes: [GrantScope] = []
        if arguments.contains(to) || arguments.contains(classes) {
            scopes.append(
                try GrantScope(
                    to: try arguments.required(to), classes: try arguments.required(classes),
                    except: arguments.value(except)))
        }
        for text in arguments.all(scope) { scopes.append(try GrantScope(text)) }
        guard ConsentLimits.grantsPerCall.contains(scopes.count) else {
            throw SteleError(
                .usageValue, "one act makes 1 to \(ConsentLimits.grantsPerCall.upperBound) grants",
                hint: "say --to and --classes, or --scope as often as there are scopes")
        }
        let purposes = arguments.all(forGrant)
        guard purposes.allSatisfy(PurposeOfUse.isKnown) else {
            throw SteleError(
                .usageValue, "a purpose is no ActReason code", hint: "use TREAT, HPAYMT, HOPERAT, HRESCH or PATRQT")
        }
        return GrantOrder(
            scopes: scopes, purposes: purposes.isEmpty ? ["TREAT"] : purposes,
            actions: try actions(arguments.value(actions) ?? "read,search"),
            dayCount: try arguments.integer(days, in: 1...GrantOrder.dayCountMax) ?? 14,
            kind: arguments.contains(deny) ? .deny : .permit)
    }

    private static func actions(_ text: String) throws(SteleError) -> Actions {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let actions = words.compactMap { word in Action.asked.first { $0.name == word } }
        guard actions.count == words.count else {
            throw SteleError(
                .usageValue, "the value of --action is no list of actions",
                hint: "use read, search, export, separated by commas; writing and passing on are not asked of consent")
        }
        return Actions(actions)
    }
}

extension Arguments {
    /// The 32 bytes that an option spells in hexadecimal, or nil when it is not given.
    func bytes32(_ option: Option) throws(SteleError) -> Bytes32? {
        guard let text = value(option) else { return nil }
        guard let bytes = Bytes32(hex: text) else {
            throw SteleError(
                .usageValue, "the value of --\(option.name) is not 64 hexadecimal digits",
                hint: "copy it whole, as it was printed")
        }
        return bytes
    }
}
