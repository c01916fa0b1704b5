// Contracts · the reference page, written from the declarations.

extension Contract {
    /// The text of `docs/spec/contracts.md`: every contract, call, row and refusal. Generated; a test keeps the file
    /// equal.
    public static var referencePage: String {
        var page = """
            <!-- Generated from the declarations in Sources/Contracts; change those, then run the tests with
                 STELE_UPDATE=1. -->
            # Contracts

            A call is named by `contract.call` and carries its arguments as one deterministic CBOR map; the numbers
            below are its keys. In JSON the same fields go by name: bytes in hexadecimal, times as RFC 3339 text or
            seconds, choices and flags by name, sets of profiles as arrays of numbers, tokens in any order. On the
            command line each field is an option with hyphens, `stele records anchor --subject …`. A field that is
            absent from CBOR has no other spelling. Keys of rows and index entries are concatenated bytes: quoted
            ASCII, identifiers of 32 bytes, integers big-endian.

            Every call can be refused with `signer.not_allowed`; arguments that do not fit are refused with
            `contract.arguments` before the transaction enters a block.

            """
        page += signerTable
        for contract in all { page += contract.chapter }
        return page + refusalTable
    }

    private static var signerTable: String {
        var text = """

            ## Who signs

            Whoever holds a key that may sign names it, as `?signer=` of `POST /contracts/v1/{contract}/{call}`, and
            signs the body that the node hands out; `stele {contract} {call} --key FILE` does both. The private key
            stays where it is, and whether it may sign is for the contract to decide. A call for which nobody names a
            key is what the last column says.

            | call | may be signed by | without a signer it is |
            |---|---|---|

            """
        for call in all.flatMap(\.calls) {
            text += "| `\(call.name)` | \(call.signer.words) | \(call.unsignedPhrase) |\n"
        }
        return text
    }

    private var chapter: String {
        var text = "\n## \(name)\n\n\(summary)\n"
        for call in calls { text += call.section }
        text += "\n### Rows of \(name)\n"
        for row in rows {
            text += "\n`\(row.key)`: \(row.summary).\n\n" + Self.table(of: row.fields)
        }
        return text
    }

    private static var refusalTable: String {
        var text = "\n## Refusals\n\n| status | code | meaning | next step |\n|---|---|---|---|\n"
        let refusals = Set(all.flatMap(\.refusals)).sorted { $0.status < $1.status }
        for refusal in refusals {
            text += "| \(refusal.status) | `\(refusal.code)` | \(refusal.message) | \(refusal.hint) |\n"
        }
        return text
    }

    /// The table of `fields`, those inside records by their path.
    fileprivate static func table(of fields: [FieldDescriptor]) -> String {
        guard !fields.isEmpty else { return "An empty map.\n" }
        return "| key | field | type | meaning |\n|---|---|---|---|\n" + rows(of: fields, under: "")
    }

    private static func rows(of fields: [FieldDescriptor], under path: String) -> String {
        var text = ""
        for field in fields {
            let name = path + field.name
            let presence = field.isOptional && field.type != .marker ? "optional, " : ""
            text += "| \(field.key) | `\(name)` | \(presence)\(field.type.phrase) | \(field.summary) |\n"
            switch field.type {
            case .record(let inner): text += rows(of: inner, under: name + ".")
            case .list(.record(let inner), _): text += rows(of: inner, under: name + "[].")
            default: break
            }
        }
        return text
    }
}

extension AnyCallDeclaration {
    fileprivate var section: String {
        var text = "\n### \(name)\n\n\(summary) Signed by \(signer.words).\n"
        if let index { text += "Listed under `\(index)`.\n" }
        text += "\n" + Contract.table(of: arguments)
        text += result.isEmpty ? "\nResult: an empty map.\n" : "\nResult:\n\n" + Contract.table(of: result)
        let codes = refusals.dropFirst().map { "`\($0.code)`" }.joined(separator: ", ")
        return codes.isEmpty ? text : text + "\nRefusals: \(codes).\n"
    }
}

extension FieldType {
    /// The type in a few words.
    fileprivate var phrase: String {
        switch self {
        case .bytes(let count): "\(count) bytes"
        case .tokens: "4, 8 or 16 tokens of 32 bytes, ascending"
        case .integer(let limits): "integer \(limits.lowerBound)–\(limits.upperBound)"
        case .time: "time in seconds"
        case .choice(let members): members.map { "\($0.number) `\($0.name)`" }.joined(separator: ", ")
        case .flags(let members, let isEmptyAllowed):
            (isEmptyAllowed ? "bits, perhaps none: " : "bits: ")
                + members.map { "\($0.number) `\($0.name)`" }.joined(separator: ", ")
        case .marker: "`true` or absent"
        case .name: "text, 1–64 of a–z 0–9 . -"
        case .profiles: "profiles as 64 bits"
        case .list(let type, let counts): "\(counts.lowerBound)–\(counts.upperBound) of: \(type.phrase)"
        case .record: "map"
        }
    }
}
